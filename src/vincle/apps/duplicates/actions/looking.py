"""Looking for pairs among everybody, in the background; doing it again changes what has changed and doubles nothing."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.duplicates.learned import as_kept
from vincle.apps.duplicates.likeness import THE_SAME, agreement
from vincle.apps.duplicates.models import Candidate, Look
from vincle.apps.duplicates.queries.decisions import decisions
from vincle.apps.duplicates.queries.looks import newest_done, under_way
from vincle.apps.duplicates.queries.queue import LEAST, open_candidates
from vincle.apps.people import facade as people
from vincle.flow import mirror
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Identity, SamePerson
from vincle.kernel.errors import Refused, VincleError
from vincle.kernel.home import Home
from vincle.kernel.house import house

if TYPE_CHECKING:
    from vincle.engine.duplicates import Decision, Found, Reason

LOOKED = "duplicates.looked"
MOST_KEPT = 200_000  # pairs, the most probable
NIGHT = range(1, 5)  # the hours, by the organisation's clock, in which it happens by itself
AGAIN_AFTER = timedelta(hours=20)
REMEMBERED = 60  # searches
_CHUNK = 2_000
_DIGITS = 3


@transaction.atomic
def start_look(*, actor: Actor, now: datetime) -> Look:
    """Ask for a search; one that is under way already is given back."""
    standing = under_way()
    if standing is not None:
        return standing
    record(actor=actor, now=now, action=LOOKED, object_type="duplicates")
    return _ask(actor.name, now=now)


def look_by_itself(*, now: datetime) -> Look | None:
    """Once a night: a search that nobody asked for; None when it is not time for it."""
    last = newest_done()
    recent = last is not None and now - last.asked_at < AGAIN_AFTER
    if recent or under_way() is not None or now.astimezone(ZoneInfo(house().timezone)).hour not in NIGHT:
        return None
    return _ask("", now=now)


def look_at_once(*, actor: Actor, clock: Callable[[], datetime]) -> Look:
    """Search here and now, without a worker. Raises `Refused` while a search is under way."""
    if under_way() is not None:
        raise Refused(_("A search is under way already."), _("Wait until it is done."))
    with transaction.atomic():
        this = Look.objects.create(asked_at=clock(), asked_by=actor.name)
        record(actor=actor, now=this.asked_at, action=LOOKED, object_type="duplicates")
    look(this, clock=clock)
    return this


def look(this: Look, *, clock: Callable[[], datetime], breathe: Callable[[], None] = lambda: None) -> None:
    """Search, and let the queue be what was found. Whatever it was interrupted by, it may be done again."""
    if this.state in {Look.State.DONE, Look.State.FAILED}:
        return
    _update(this, state=Look.State.RUNNING, started_at=clock(), step="mirror", note="")
    try:
        _search(this, clock=clock, breathe=breathe)
    except VincleError as reason:
        _update(this, state=Look.State.FAILED, finished_at=clock(), step="", note=str(reason)[:500])
    Look.objects.filter(pk__lt=this.pk - REMEMBERED).delete()


def _ask(author: str, *, now: datetime) -> Look:
    this = Look.objects.create(asked_at=now, asked_by=author)
    job = enqueue("duplicates.look", arguments={"number": this.pk}, key="duplicates.look", now=now)
    if job.arguments["number"] != this.pk:  # somebody else has asked in this very moment
        this.delete()
        return Look.objects.get(pk=job.arguments["number"])
    return this


def _search(this: Look, *, clock: Callable[[], datetime], breathe: Callable[[], None]) -> None:
    import vincle.engine as ve

    home = Home.at()
    mirror.refresh(home)
    with ve.open(home) as log:
        basis = f"{log.version}:{_facts_so_far()}"
        last = newest_done()
        if last is not None and last.basis == basis:
            _update(this, **_as_before(last), finished_at=clock(), note=_("Nothing has changed since the last time."))
            return
        judged = decisions()

        def step(name: str) -> None:
            breathe()
            _update(this, step=name)

        everybody = people.people_to_compare(log, by="person")
        found = ve.duplicates.find(everybody, id="person", threshold=LEAST, decisions=judged, on_step=step)
    step("keep")
    new = _keep(found, this, now=clock(), breathe=breathe)
    _update(this, **_what_came_of_it(found, judged), new=new, basis=basis, finished_at=clock())


def _what_came_of_it(found: "Found", judged: list["Decision"]) -> dict[str, object]:
    kept = min(len(found), MOST_KEPT)
    model = as_kept(found, judged)
    return {"state": Look.State.DONE, "step": "", "compared": found.compared, "found": kept, "model": model}


def _as_before(last: Look) -> dict[str, object]:
    same = {name: getattr(last, name) for name in ("compared", "found", "basis", "model")}
    return {"state": Look.State.DONE, "step": "", **same}


def _keep(found: "Found", this: Look, *, now: datetime, breathe: Callable[[], None]) -> int:
    """Let the table be what was found; how many pairs are new."""
    before = Candidate.objects.count()
    rows = _rows(found, this, now)
    while chunk := list(islice(rows, _CHUNK)):
        breathe()
        Candidate.objects.bulk_create(
            chunk,
            update_conflicts=True,
            unique_fields=["first", "second"],
            update_fields=["probability", "agrees", "reasons", "seen_in"],
        )
    new = Candidate.objects.count() - before
    _drop(open_candidates().exclude(seen_in=this.pk), breathe)
    here = Identity.objects.filter(pk=OuterRef("first_id")), Identity.objects.filter(pk=OuterRef("second_id"))
    _drop(Candidate.objects.exclude(Exists(here[0]), Exists(here[1])), breathe)
    return new


def _rows(found: "Found", this: Look, now: datetime) -> Iterator[Candidate]:
    if found.model is None:
        return
    a, b, probability = (column.to_pylist() for column in found.pairs.slice(0, MOST_KEPT).columns)
    for one, other, sure, reasons in zip(a, b, probability, found.all_reasons(), strict=False):
        yield Candidate(
            first_id=min(one, other),
            second_id=max(one, other),
            probability=sure,
            agrees=agreement(reason.what for reason in reasons if reason.level == THE_SAME),
            reasons=[_kept(reason) for reason in reasons],
            found_at=now,
            seen_in=this.pk,
        )


def _kept(reason: "Reason") -> list[object]:
    return [reason.what, reason.level, round(reason.bits, _DIGITS), round(reason.unadjusted, _DIGITS)]


def _drop(rows: "object", breathe: Callable[[], None]) -> None:
    while numbers := list(rows.values_list("pk", flat=True)[:_CHUNK]):  # type: ignore[attr-defined]
        breathe()
        Candidate.objects.filter(pk__in=numbers).delete()


def _facts_so_far() -> str:
    """Changes whenever a fact of a colleague does."""
    said = SamePerson.objects.filter(source=None)
    last = said.order_by("-id").values_list("id", flat=True).first() or 0
    return f"{last}:{said.exclude(withdrawn_at=None).count()}"


def _update(this: Look, **values: object) -> None:
    for name, value in values.items():
        setattr(this, name, value)
    this.save(update_fields=list(values))
