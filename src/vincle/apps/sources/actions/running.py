"""An import is brought in, and can be taken back whole."""

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import transaction

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources.actions.trail import record_import
from vincle.apps.sources.importing import file, keeping, keys, novelty
from vincle.apps.sources.importing.lock import only_run
from vincle.apps.sources.importing.run import Progress, run_chunks
from vincle.apps.sources.models import Import
from vincle.engine.shaped import Shaped
from vincle.flow.append import erase
from vincle.flow.jobs.queue import enqueue
from vincle.kernel.clock import now as clock_now
from vincle.kernel.errors import NotFound, Refused
from vincle.kernel.ids import uuid7

Chunks = Iterator[tuple[Shaped, float]]

AT_ONCE = 20_000  # interactions that a page may wait for to leave


def start(this: Import, *, actor: Actor, now: datetime) -> None:
    """Have the import run in the background."""
    if not this.mapping:
        raise Refused("Say first what the columns mean.")
    if this.state in {Import.State.DONE, Import.State.UNDONE}:
        raise Refused("This import is over.", "Bring the file in again as a new import.")
    with transaction.atomic():
        this.state, this.progress, this.read, this.error = Import.State.RUNNING, 0, 0, ""
        this.started_at = None
        this.save(update_fields=["state", "progress", "read", "error", "started_at"])
        enqueue("imports.run", arguments={"uid": str(this.uid)}, key=keys.run_key(this), now=now)
        record_import(this, "import.started", actor=actor, now=now)


def again(this: Import, *, actor: Actor, now: datetime) -> Import:
    """A new import of the same file, understood in the same way, started at once."""
    if not keeping.path_of(this).is_file():
        raise NotFound(f"The file “{this.name}” is no longer where it was.", "Choose it again.")
    with transaction.atomic():
        fresh = Import.objects.create(
            uid=uuid7(),
            source=this.source,
            name=this.name,
            path=this.path,
            digest=this.digest,
            size=this.size,
            options=this.options,
            mapping=this.mapping,
            notes=this.notes,
            author=actor.name,
            created_at=now,
        )
        record_import(fresh, "import.received", actor=actor, now=now)
        start(fresh, actor=actor, now=now)
    return fresh


def run(this: Import, *, progress: Progress = lambda *_: None, clock: Callable[[], datetime] = clock_now) -> Import:
    """Bring the file in now, from its start; what is in already is known and enters no second time."""
    if this.state == Import.State.UNDONE:
        raise Refused("This import was taken back.", "Bring the file in again as a new import.")
    novelty.note_before(this)
    rejects = file.RejectsFile(this, rejects_path(this))
    run_chunks(this, _from_the_start(this, file.chunks(this)), clock=clock, rejects=rejects, progress=progress)
    novelty.note_after(this)
    follow(now=clock())
    return this


def _from_the_start(this: Import, chunks: Chunks) -> Chunks:
    # Asked for only once the import is held, so that nobody's rejects are removed under their hands.
    rejects_path(this).unlink(missing_ok=True)
    yield from chunks


def rejects_path(this: Import) -> Path:
    """Where the rows that could not enter are kept, should there be any."""
    return keeping.folder_of(this.uid) / "rejected.csv"


def start_take_back(this: Import, *, actor: Actor, now: datetime) -> bool:
    """Take the import back: at once when it is small, else in the background. Returns whether it is done."""
    if this.new <= AT_ONCE:
        take_back(this, actor=actor, now=now)
        return True
    if this.state not in {Import.State.DONE, Import.State.FAILED}:
        raise Refused("This import cannot be taken back just now.", "Look again in a moment.")
    with transaction.atomic():
        this.state = Import.State.UNDOING
        this.save(update_fields=["state"])
        arguments = {"uid": str(this.uid), "actor": {"id": actor.id, "name": actor.name}}
        enqueue("imports.take_back", arguments=arguments, key=keys.undo_key(this), now=now)
    return False


def take_back(this: Import, *, actor: Actor, now: datetime) -> int:
    """Undo the whole import; returns how many interactions left the log. The file stays, to be brought in again."""
    if this.state == Import.State.UNDONE:
        raise Refused("This import has been taken back already.")
    if this.state == Import.State.RUNNING and this.started_at is not None:
        with only_run(this):
            return _take_back(this, actor=actor, now=now)
    return _take_back(this, actor=actor, now=now)


def _take_back(this: Import, *, actor: Actor, now: datetime) -> int:
    left = erase.take_back(this.batch, now=now) if this.batch else 0
    with transaction.atomic():
        this.state, this.finished_at, this.new = Import.State.UNDONE, now, 0
        this.save(update_fields=["state", "finished_at", "new"])
        record_import(this, "import.undone", actor=actor, now=now, summary=f"{this.name}: {left}")
    follow(now=now)
    return left


def follow(*, now: datetime) -> None:
    """Have the mirror, the figures of the first page and the catalogue's counts catch up with the log."""
    enqueue("today.refresh", key="today.refresh", now=now)
    enqueue("kinds.count", key="kinds.count", now=now)
