"""Rules for one kind of interaction: what is old enough leaves the log, and the people stay.

What happened last with somebody stays with them whatever its kind, so that nobody is left in the house whom no list
shows; who is not seen for long is for the other rules. So do all interactions of those who stay whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from vincle.apps.retention.models import Rule, Run
from vincle.apps.retention.queries import last_seen_before
from vincle.apps.retention.sparing import Sparing, sparings
from vincle.apps.sources.facade import forget_imports, imports_at_work, remove_files
from vincle.flow.append.expire import expire
from vincle.flow.erasure.finishing import finish
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Identity, Interaction, Kind, Person, Quarantined, Reading
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.home import Home

PORTION = 1_000
TABLES = ("sources_import",)
NOTE = "Its file and its rejected rows were removed on {day}, because something old in them has left the log."
LAST = "last"  # why an interaction stays: it is the last with somebody


@dataclass(frozen=True, slots=True)
class KindPreview:
    """What a rule would take out now: how many interactions, of how many people, how many more in quarantine; and how
    many old enough stay, by the name of why."""

    interactions: int
    found: int
    quarantined: int
    spared: dict[str, int]


def due(rule: Rule, *, now: datetime) -> QuerySet[Interaction]:
    """What a rule would take out of the log. Raises `BadInput` for a rule that is no bound."""
    rows = _not_last(_old_enough(rule, now))
    for sparing in _staying():
        rows = rows.exclude(identity__person_id__in=sparing.numbers())
    return rows


def preview(rule: Rule, *, now: datetime) -> KindPreview:
    """What it would take out, without taking out anything."""
    counted = due(rule, now=now).aggregate(rows=Count("pk"), people=Count("identity__person_id", distinct=True))
    old = _old_enough(rule, now)
    spared = {LAST: old.count() - _not_last(old).count()}
    spared |= {each.name: _not_last(old).filter(identity__person_id__in=each.numbers()).count() for each in _staying()}
    return KindPreview(
        interactions=counted["rows"],
        found=counted["people"],
        quarantined=len(_held(rule, now)),
        spared={name: number for name, number in spared.items() if number},
    )


def run(rule: Rule, report: Run, *, now: datetime, breathe: Callable[[], None]) -> None:
    """Take it out, a portion in each transaction; `report` says how far it has come. Cut short, the next run goes on.

    The files of imports that brought something of it go before it does, as at an erasure: whatever cuts this short, no
    file is forgotten.
    """
    batches: set[int] = set()
    after = 0
    try:
        while portion := list(
            due(rule, now=now).filter(pk__gt=after).order_by("pk").values_list("pk", "batch_id")[:PORTION]
        ):
            breathe()
            _require_quiet()
            new = {batch for _number, batch in portion if batch is not None} - batches
            batches |= new
            _forget_files(new, now=now)
            numbers = [number for number, _batch in portion]
            report.gone += expire(due(rule, now=now), numbers, now=now)
            report.save(update_fields=["gone"])
            after = numbers[-1]
        _let_go_of_quarantine(rule, now=now, breathe=breathe)
    except Refused as error:
        report.stopped = str(error)[:300]
    _follow(now=now)


def _old_enough(rule: Rule, now: datetime) -> QuerySet[Interaction]:
    before = last_seen_before(rule, now)
    if not rule.kind:
        raise BadInput(_("Choose a kind of interaction."))
    return Interaction.objects.filter(kind__in=Kind.objects.filter(name=rule.kind), occurred_at__lt=before)


def _not_last(rows: QuerySet[Interaction]) -> QuerySet[Interaction]:
    last = Person.objects.filter(pk=OuterRef("identity__person_id")).values("last_at")
    return rows.annotate(last_at=Subquery(last)).filter(occurred_at__lt=F("last_at"))


def _staying() -> Iterable[Sparing]:
    return [sparing for sparing in sparings() if sparing.whole]


def _held(rule: Rule, now: datetime) -> list[int]:
    """The numbers of what quarantine keeps, settled or not, that is old enough; not of those who stay whole."""
    before = last_seen_before(rule, now)
    rows = Quarantined.objects.filter(kind=rule.kind)
    staying = {
        identity
        for sparing in _staying()
        for identity in Identity.objects.filter(person_id__in=sparing.numbers()).values_list("namespace", "value")
    }
    return [
        number
        for number, payload, recorded_at in rows.values_list("pk", "payload", "recorded_at").iterator()
        if _when(payload, recorded_at) < before and (payload.get("namespace"), payload.get("identity")) not in staying
    ]


def _when(payload: dict[str, object], recorded_at: datetime) -> datetime:
    """When it happened; when it was heard of, where that cannot be read."""
    try:
        moment = datetime.fromisoformat(str(payload.get("occurred_at")))
    except ValueError:
        return recorded_at
    return moment if moment.tzinfo else recorded_at


def _require_quiet() -> None:
    if busy := imports_at_work():
        raise Refused(_("“%(file)s” is being brought in just now.") % {"file": busy[0]})


def _forget_files(batches: set[int], *, now: datetime) -> None:
    if batches:
        remove_files(forget_imports(batches, (), now=now, note=NOTE)["imports"])


def _let_go_of_quarantine(rule: Rule, *, now: datetime, breathe: Callable[[], None]) -> None:
    held = _held(rule, now)
    for start in range(0, len(held), PORTION):
        breathe()
        rows = Quarantined.objects.filter(pk__in=held[start : start + PORTION])
        batches = {batch for batch in rows.values_list("batch_id", flat=True) if batch is not None}
        _forget_files(batches, now=now)
        rows.delete()
        _forget_files(batches, now=now)  # again, so that they count what waits


def _follow(*, now: datetime) -> None:
    """What was worked out of the log is worked out again; mirror and disk follow."""
    Reading.objects.all().delete()
    enqueue("today.refresh", key="today.refresh", now=now)
    finish(Home.at(), identities=(), numbers=(), tables=TABLES)
