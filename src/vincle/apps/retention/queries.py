"""Reads of the room: whom a rule would erase, and whom it leaves alone."""

from calendar import monthrange
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.people.facade import Sight, everybody, seeing, visible
from vincle.apps.retention.models import FEWEST_MONTHS, MOST_MONTHS, Rule, Run
from vincle.apps.retention.sparing import sparings
from vincle.flow.models import Identity, Kind, Person
from vincle.kernel.errors import BadInput, NotFound

RULES = 100
KINDS = 1_000
RUNS = 50
FIRST = 10


@dataclass(frozen=True, slots=True)
class Preview:
    """Whom a rule would erase now: how many, the first of them that whoever looks may see, and how many old enough it
    leaves alone, by the name of why."""

    found: int
    first: list[Person]
    spared: dict[str, int]


@contextmanager
def seeing_everybody() -> Iterator[None]:
    """A rule is for confidential people too."""
    with seeing(Sight(confidential=True, restricted=True)):
        yield


def rules() -> QuerySet[Rule]:
    """Every rule, the oldest first, with when it last ran (`last_run`)."""
    return Rule.objects.annotate(last_run=Max("runs__started_at")).order_by("pk")[:RULES]


def rule_by_number(number: int) -> Rule:
    """A rule; raises `NotFound`."""
    found = Rule.objects.filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no such rule."))
    return found


def kind_labels() -> dict[str, str]:
    """What the catalogue calls each kind, by its name."""
    return {kind.name: kind.label for kind in Kind.objects.order_by("name")[:KINDS]}


def runs_of(rule: Rule) -> QuerySet[Run]:
    """What a rule did, the latest first."""
    return rule.runs.order_by("-started_at", "-pk")[:RUNS]


def last_seen_before(rule: Rule, now: datetime) -> datetime:
    """Whoever was last seen before this has not been seen for long enough. Raises `BadInput` for a rule that is no
    bound: of that, "all" must never follow."""
    if not FEWEST_MONTHS <= (rule.months or 0) <= MOST_MONTHS:
        raise BadInput(
            _("A rule needs at least %(fewest)d months and at most %(most)d.")
            % {"fewest": FEWEST_MONTHS, "most": MOST_MONTHS}
        )
    year, month = divmod(now.year * 12 + now.month - 1 - rule.months, 12)
    day = min(now.day, monthrange(year, month + 1)[1])
    return now.replace(year=year, month=month + 1, day=day)


def due(rule: Rule, *, now: datetime) -> QuerySet[Person]:
    """Whom the rule would erase, the longest unseen first; call it inside `seeing_everybody`."""
    rows = _old_enough(rule, now)
    for sparing in sparings():
        rows = rows.exclude(pk__in=sparing.numbers())
    return rows.order_by("last_at", "pk")


def preview(rule: Rule, *, now: datetime) -> Preview:
    """Whom it would erase, without erasing anybody."""
    with seeing_everybody():
        wanted = due(rule, now=now)
        found, old = wanted.count(), _old_enough(rule, now)
        spared = {sparing.name: old.filter(pk__in=sparing.numbers()).count() for sparing in sparings()}
    return Preview(found, list(visible(wanted)[:FIRST]), {name: number for name, number in spared.items() if number})


def was_looked_at(rule: Rule) -> bool:
    """Whether somebody has seen whom the rule would erase."""
    return rule.runs.filter(is_dry=True).exists()


def _old_enough(rule: Rule, now: datetime) -> QuerySet[Person]:
    if rule.kind:
        raise BadInput(_("This rule is for a kind of interaction, and erases nobody."))
    rows = everybody().filter(last_at__lt=last_seen_before(rule, now))
    if rule.namespace:
        rows = rows.filter(Exists(Identity.objects.filter(person_id=OuterRef("pk"), namespace=rule.namespace)))
    return rows
