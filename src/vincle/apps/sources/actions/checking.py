"""A dry run: the whole file is read and nothing enters."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources.actions.trail import record_import, refuse_begun
from vincle.apps.sources.importing import file, keys
from vincle.apps.sources.importing.run import Progress
from vincle.apps.sources.importing.tally import Tally
from vincle.apps.sources.models import Import
from vincle.flow.append.contracts import breaking
from vincle.flow.jobs.queue import enqueue
from vincle.kernel.clock import now as clock_now
from vincle.kernel.errors import Refused, VincleError


def start_check(this: Import, *, actor: Actor, now: datetime) -> None:
    """Have the whole file read in the background without letting anything in."""
    refuse_begun(this)
    if not this.mapping:
        raise Refused("Say first what the columns mean.")
    with transaction.atomic():
        this.state, this.progress, this.read, this.error = Import.State.CHECKING, 0, 0, ""
        this.started_at = None
        this.save(update_fields=["state", "progress", "read", "error", "started_at"])
        enqueue("imports.check", arguments={"uid": str(this.uid)}, key=keys.check_key(this), now=now)
        record_import(this, "import.checked", actor=actor, now=now)


def check(this: Import, *, progress: Progress = lambda *_: None) -> Tally:
    """Read the whole file without letting anything in, and count what would enter, what would not, what would be
    held by the contract of its kind."""
    tally = _read_through(this, progress)
    _keep_check(this, tally)
    return tally


def check_in_background(this: Import, *, clock: Callable[[], datetime] = clock_now) -> None:
    """The check as a job: how far it is can be seen meanwhile, it can be stopped, and what goes wrong is kept in
    words."""
    checking = Import.objects.filter(pk=this.pk, state=Import.State.CHECKING)
    checking.update(started_at=clock())

    def progress(share: float, read: int) -> None:
        if not checking.update(progress=share, read=read):
            raise _Stopped

    try:
        tally = _read_through(this, progress)
    except _Stopped:
        return
    except VincleError as error:
        checking.update(state=Import.State.FAILED, error=str(error))
        return
    if checking.exists():
        _keep_check(this, tally)


def stop_check(this: Import, *, actor: Actor, now: datetime) -> None:
    """Give up a check that is going on; nothing has entered, so nothing has to be taken back."""
    with transaction.atomic():
        if Import.objects.filter(pk=this.pk, state=Import.State.CHECKING).update(state=Import.State.RECEIVED):
            record_import(this, "import.check_stopped", actor=actor, now=now)


class _Stopped(Exception):
    """Somebody has stopped the check."""


def _read_through(this: Import, progress: Progress) -> Tally:
    tally = Tally()
    for chunk, share in file.chunks(this):
        tally.count(chunk)
        for held in breaking(chunk).values():
            tally.would_hold[held.reason] += 1
        progress(share, tally.read)
    return tally


def _keep_check(this: Import, tally: Tally) -> None:
    this.state, this.progress = Import.State.CHECKED, 0
    this.read, this.rejected, this.held = tally.read, tally.rejected, tally.held
    this.reasons = [list(each) for each in tally.frequent]
    this.findings = tally.findings()
    this.save(update_fields=["state", "progress", "read", "rejected", "held", "reasons", "findings"])
