"""One person: who they are, how they are known, what sources say of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

from django.db.models import F, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from vincle.apps.fields.facade import is_sensitive
from vincle.apps.people.queries.contacts import with_signs
from vincle.apps.people.queries.days import local_day
from vincle.apps.people.queries.visible import look_at, looks, nobody_here, require_visible, with_marks
from vincle.flow.models import (
    HOUSE,
    Forgotten,
    Identity,
    Interaction,
    Observation,
    Person,
    SamePerson,
    Source,
)
from vincle.kernel.errors import NotFound
from vincle.web.locales import write_day

IDENTITIES = 500
OBSERVATIONS = 500
FACTS = 200
OLDER_SHOWN = 20

_BEST_FIRST = {"email": 0, "phone": 1}  # how a person is best recognised, and reached


@dataclass(frozen=True)
class Attribute:
    """What is known of a person under one name: the observation that counts, and the different ones before it."""

    name: str
    shown: Observation
    older: list[Observation]


def person_by_uid(uid: UUID, *, although_restricted: bool = False) -> Person:
    """The person of that address; raises `NotFound` and `Refused` as `require_visible` does. With an `into_id` they
    are part of somebody else now."""
    person = with_marks(Person.objects.filter(uid=uid)).first()
    if person is None:
        _refuse_the_forgotten(uid)
        raise nobody_here()
    return require_visible(person, although_restricted=although_restricted)


def _refuse_the_forgotten(uid: UUID) -> None:
    forgotten = Forgotten.objects.filter(uid=uid).first()
    if forgotten is not None:
        raise NotFound(
            _("This person was erased on %(day)s.") % {"day": write_day(local_day(forgotten.at))},
            _("Nothing is kept of them; this page only says that somebody was here."),
        )


def person_they_are_now(person: Person) -> Person:
    """Whom somebody is part of now; themselves when of nobody."""
    return person if person.into_id is None else Person.objects.get(pk=person.into_id)


def people_of(uids: Collection[UUID]) -> list[int]:
    """The numbers of the people of these addresses, as they are now; an address of nobody gives none."""
    now = Coalesce(F("into_id"), F("pk"))
    return list(Person.objects.filter(uid__in=uids).values_list(now, flat=True).distinct())


def addresses_of(person: Person) -> list[UUID]:
    """Every address that leads to somebody: their own and those of whoever is part of them."""
    numbers = Identity.objects.filter(person_id=person.pk).values("pk")
    return list(Person.objects.filter(pk__in=numbers).order_by("pk").values_list("uid", flat=True)[:IDENTITIES])


def identities_of(person: Person) -> list[Identity]:
    """How they are known, the most telling first, `with_signs`."""
    found = with_signs(Identity.objects.filter(person_id=person.pk)).order_by("id")[:IDENTITIES]
    return sorted(found, key=recognisable)


def with_stories(identities: Iterable[Identity]) -> list[int]:
    """The numbers of the identities with something in the log, the latest first."""
    told = [identity for identity in identities if identity.last_at]
    return [one.pk for one in sorted(told, key=lambda one: (one.last_at, one.pk), reverse=True)]


def main_identities(people: Iterable[int]) -> dict[int, Identity]:
    """For each person the identity they are best known by."""
    best: dict[int, Identity] = {}
    for identity in Identity.objects.filter(person_id__in=list(people)).order_by("id")[: IDENTITIES * 4]:
        if identity.person_id not in best or recognisable(identity) < recognisable(best[identity.person_id]):
            best[identity.person_id] = identity
    return best


def recognisable(identity: Identity) -> tuple[int, int, int]:
    """Sorts identities: e-mail, phone, then by how much there has been with them."""
    return (_BEST_FIRST.get(identity.namespace, 2), -identity.interactions, identity.pk)


def attributes_of(identities: Sequence[Identity]) -> list[Attribute]:
    """What sources say of them, by name; pinned by a colleague counts most, unless they took it back, then the most
    recent. What is sensitive is left out for whoever may not see it, and noted as looked at for whoever may."""
    said = (
        Observation.objects.filter(identity_id__in=[identity.pk for identity in identities])
        .select_related("source")
        .annotate(sensitive=is_sensitive(OuterRef("name")))
        .order_by("-pinned", "-observed_at", "-id")[:OBSERVATIONS]
    )
    by_name: dict[str, list[Observation]] = defaultdict(list)
    for observation in said:
        if not observation.sensitive:
            by_name[observation.name].append(observation)
        elif looks().sensitive:
            by_name[observation.name].append(observation)
            look_at(identities[0].person_id, observation.name)
    chosen = ((name, chosen_first(rows)) for name, rows in sorted(by_name.items()))
    return [Attribute(name, rows[0], different(rows)[:OLDER_SHOWN]) for name, rows in chosen if rows]


def said_by(said: Iterable[Observation]) -> dict[int, str]:
    """For what colleagues said (by the number of the observation): who it was."""
    theirs = [each for each in said if each.source.name == HOUSE]
    if not theirs:
        return {}
    told = Interaction.objects.filter(
        identity_id__in={each.identity_id for each in theirs},
        occurred_at__in={each.observed_at for each in theirs},
        source_id=theirs[0].source_id,
        staff__isnull=False,
    )
    rows = told.values_list("identity_id", "occurred_at", "staff__name")[:OBSERVATIONS]
    names = {(identity, at): name for identity, at, name in rows}
    return {each.pk: names.get((each.identity_id, each.observed_at), "") for each in theirs}


def source_labels() -> dict[str, str]:
    """What every source calls itself, by name."""
    return {source.name: str(source) for source in Source.objects.all()[:1_000]}


def facts_between(identities: Sequence[Identity]) -> list[SamePerson]:
    """Why these identities are one person: the facts in force, in the order they were heard."""
    numbers = [identity.pk for identity in identities]
    return list(
        SamePerson.objects.filter(
            a_id__in=numbers, b_id__in=numbers, verdict=SamePerson.Verdict.SAME, withdrawn_at=None
        )
        .select_related("a", "b", "source")
        .order_by("recorded_at", "id")[:FACTS]
    )


def chosen_first(rows: list[Observation]) -> list[Observation]:
    """What counts first, then the rest; `rows` are those pinned, then the others, each the latest first. Empty when
    nothing counts: all was said by colleagues and taken back."""
    taken_back: set[int] = set()  # identities of which colleagues said nothing in the end
    counting, rest = [], []
    for row in rows:
        if row.pinned and not row.value:
            taken_back.add(row.identity_id)
        elif row.pinned and row.identity_id in taken_back:
            rest.append(row)
        else:
            counting.append(row)
    return counting + rest if counting else []


def different(rows: list[Observation]) -> list[Observation]:
    """The observations after the first that say something else than the one shown before them."""
    return [row for before, row in pairwise(rows) if row.value != before.value]
