"""Reads of imports."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import QuerySet

from vincle.apps.sources.importing import lock
from vincle.apps.sources.importing.keys import check_key, run_key, undo_key
from vincle.apps.sources.models import Import
from vincle.flow.jobs.neighbours import is_dead
from vincle.flow.models import Job, Source
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page

State = Import.State
BEFORE = {State.RECEIVED, State.CHECKED, State.FAILED}
AT_WORK = {State.CHECKING, State.RUNNING, State.UNDOING}


def import_by_uid(uid: str | UUID) -> Import:
    """One import by its uid, or by the end of it when only one ends so; else `NotFound`."""
    text = str(uid).lower()
    try:
        return imports().get(uid=UUID(text))
    except (ValueError, Import.DoesNotExist):
        pass
    found = [this for this in newest_imports(1000) if len(text) >= 4 and str(this.uid).endswith(text)]
    if len(found) != 1:
        raise NotFound(f"There is no import “{uid}”.", "“vincle imports” lists them.")
    return found[0]


def imports() -> QuerySet[Import]:
    """Every import, with its source."""
    return Import.objects.select_related("source", "batch")


def newest_imports(limit: int = 50) -> QuerySet[Import]:
    """The last imports, newest first."""
    return imports().order_by("-created_at", "-id")[:limit]


def imports_page(*, state: str = "", cursor: str = "") -> Page[Import]:
    """One page of the imports, newest first; of one state, when it is named."""
    rows = imports().filter(state=state) if state in State.values else imports()
    return keyset_page(rows, order="-created_at", cursor=cursor, size=25)


def brought_in_before(this: Import) -> Import | None:
    """The last finished import of the very same file: from the same source, else from another, if there is one."""
    same = imports().filter(digest=this.digest, state=State.DONE).exclude(pk=this.pk).order_by("-created_at", "-id")
    return same.filter(source=this.source_id).first() or same.first()


def known_sources() -> QuerySet[Source]:
    """Where interactions have come from so far, by name."""
    return Source.objects.order_by("label", "name")[:500]


class Pace(StrEnum):
    """How work on an import goes: in the queue, being done, interrupted and about to go on by itself, or given up."""

    WAITING = "waiting"
    WORKING = "working"
    RESUMING = "resuming"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Going:
    """How far the work on an import is. `share` is None while nobody knows; rates are None until there is one."""

    pace: Pace
    share: float | None
    rows: int
    per_second: float | None
    seconds_left: float | None
    next_try: datetime | None


def going(this: Import, *, now: datetime) -> Going:
    """How far the work is on an import that is being checked, brought in or taken back."""
    key = {State.CHECKING: check_key, State.UNDOING: undo_key}.get(State(this.state), run_key)(this)
    pace, next_try = _pace(this, Job.objects.filter(key=key).first(), now)
    seconds = (now - this.started_at).total_seconds() if this.started_at and pace == Pace.WORKING else 0
    measured = seconds > 0.5 and this.read > 0
    return Going(
        pace=pace,
        share=None if this.state == State.UNDOING or not this.progress else min(1.0, this.progress),
        rows=this.read,
        per_second=this.read / seconds if measured else None,
        seconds_left=seconds * (1 - this.progress) / this.progress if measured and this.progress else None,
        next_try=next_try,
    )


def _pace(this: Import, job: Job | None, now: datetime) -> tuple[Pace, datetime | None]:
    if job is None:
        # No job: a command in a terminal does it, for as long as that lives.
        return (Pace.WORKING if lock.is_held(this) else Pace.STOPPED), None
    if job.state == Job.State.WAITING:
        return (Pace.RESUMING, job.run_at) if job.attempts else (Pace.WAITING, None)
    if job.lease_until is None or job.lease_until <= now or is_dead(job.worker):
        return Pace.RESUMING, None
    return Pace.WORKING, None
