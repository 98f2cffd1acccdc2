"""Everything that happened with one person, in order: a screenful, the next ones, and the details of one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.people.queries import timeline
from vincle.apps.people.queries.days import local_day
from vincle.apps.people.queries.person import (
    identities_of,
    person_by_uid,
    person_they_are_now,
    source_labels,
    with_stories,
)
from vincle.apps.people.queries.story import KindSeen
from vincle.apps.people.queries.things import About, about, lines_of
from vincle.apps.people.queries.timeline import interaction_of, stretch
from vincle.apps.people.templatetags.people import hour
from vincle.apps.people.web.forms import TimelineForm
from vincle.apps.people.words import calm, place_words, score_words
from vincle.flow.models import Interaction, Kind, Person
from vincle.kernel.errors import NotFound
from vincle.web.permissions import needs
from vincle.web.templatetags.vincle import drawable, iso, moment, money, number

KINDS_SHOWN = 8
SHORT_TEXT = 280


@dataclass(frozen=True)
class Feeling:
    """A score in words."""

    words: str
    tone: str
    icon: str


@dataclass(frozen=True)
class Moment:
    """One interaction, in words. `new_day` is its day where that differs from the moment's before it."""

    interaction: Interaction
    new_day: date | None
    icon: str
    money: str
    where: str  # and who of ours
    at: str
    exactly: str
    hour: str
    about: str
    feeling: Feeling | None

    @property
    def is_long(self) -> bool:
        return len(self.interaction.text or "") > SHORT_TEXT


@dataclass(frozen=True)
class KindChoice:
    """A kind to filter by, and the address that adds it to the filter or takes it away."""

    kind: Kind
    times: int
    is_on: bool
    url: str


@needs("people.view")
def more(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The moments that follow those on the page, for the page to add."""
    person = person_they_are_now(person_by_uid(uid))
    numbers = with_stories(identities_of(person))
    form = TimelineForm(request.GET, places=[])
    return render(request, "people/moments.html", context_of(request, person, numbers, form, []))


@needs("people.view")
def details(request: HttpRequest, uid: UUID, interaction: UUID) -> HttpResponse:
    """What one interaction was about, line by line, and everything else its source said of it."""
    person = person_they_are_now(person_by_uid(uid))
    found = interaction_of(person, interaction)
    if found is None:
        raise NotFound(_("This is not in their story any more."), _("It may have left with an import."))
    context = {
        "interaction": found,
        "lines": lines_of(found),
        "properties": [(name, _shown(value)) for name, value in (found.properties or {}).items()],
        "source": source_labels().get(found.source.name, found.source.name),
    }
    return render(request, "people/details.html", context)


def context_of(
    request: HttpRequest, person: Person, identities: Sequence[int], form: TimelineForm, kinds: list[KindSeen]
) -> dict[str, Any]:
    """What the timeline's templates are given."""
    cursor = request.GET.get("page", "")
    found = stretch(identities, form.filter(), cursor=cursor)
    next_page = form.said()
    next_page["page"] = found.next
    return {
        "person": person,
        "moments": _moments(found.interactions, timeline.ended_at(cursor)),
        "stretch": found,
        "next_page": next_page.urlencode(),
        "rest": form.said().urlencode(),
        "begun": bool(cursor),
        "chosen": form.chosen(),
        "filtered": bool(form.asked),
        "kinds": _choices(form, kinds),
        "all_kinds": f"?{form.said(leaving_out=('kind',)).urlencode()}",
        "kinds_on": form.asked.get("kind", []),
    }


def _moments(interactions: list[Interaction], before: datetime | None) -> list[Moment]:
    things = about(interactions)
    day = local_day(before) if before else None
    moments = []
    for interaction in interactions:
        own = local_day(interaction.occurred_at)
        moments.append(_moment(interaction, things.get(interaction.pk), own if own != day else None))
        day = own
    return moments


def _moment(interaction: Interaction, things: About | None, new_day: date | None) -> Moment:
    touchpoint, when = interaction.touchpoint, interaction.occurred_at
    where = [place_words(touchpoint.channel, touchpoint.place)] if touchpoint else []
    where += [str(interaction.staff)] if interaction.staff else []
    paid = interaction.amount is not None and interaction.currency
    return Moment(
        interaction=interaction,
        new_day=new_day,
        icon=drawable(interaction.kind.icon),
        money=money(interaction.amount, str(interaction.currency)) if paid else "",
        where=" · ".join([*where, ""]),
        at=iso(when),
        exactly=moment(when),
        hour=hour(when),
        about=_about(things) if things else "",
        feeling=None if interaction.score is None else _feeling(interaction.score),
    )


def _about(things: About) -> str:
    names = ", ".join(calm(name) for name in things.names)
    if not things.rest:
        return names
    rest = ngettext("and %(number)s more", "and %(number)s more", things.rest) % {"number": number(things.rest)}
    return f"{names} {rest}"


def _feeling(score: float) -> Feeling:
    words, tone, icon = score_words(score)
    return Feeling(f"{words} ({number(score, 2)})", tone, icon)


def _choices(form: TimelineForm, kinds: list[KindSeen]) -> list[KindChoice]:
    on = form.asked.get("kind", [])
    choices = []
    for seen in kinds[:KINDS_SHOWN]:
        name = seen.kind.name
        parameters = form.said(leaving_out=("kind",))
        parameters.setlist("kind", [one for one in on if one != name] if name in on else [*on, name])
        choices.append(KindChoice(seen.kind, seen.times, name in on, f"?{parameters.urlencode()}"))
    return choices


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
