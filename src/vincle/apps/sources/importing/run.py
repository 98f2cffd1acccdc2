"""Running an import: chunk after chunk through the door of the log, so that it may die anywhere and be run again."""

from collections.abc import Callable, Iterable
from datetime import datetime

import pyarrow as pa
from django.db import DatabaseError
from django.db.models import Sum

from vincle.apps.sources.importing.lock import only_run
from vincle.apps.sources.importing.meanwhile import Meanwhile
from vincle.apps.sources.importing.prefetch import prefetched
from vincle.apps.sources.importing.storage import STORAGE_ERRORS, in_words
from vincle.apps.sources.importing.tally import Tally
from vincle.apps.sources.models import Import
from vincle.engine.shaped import Shaped
from vincle.flow.append import Resolver, absorb_each, summarise_batch
from vincle.flow.models import Batch, Quarantined
from vincle.kernel.errors import VincleError
from vincle.kernel.home import Home

Progress = Callable[[float, int], None]  # share of the file read (0..1), rows read
Rejects = Callable[[pa.Table], None]


def run_chunks(
    this: Import,
    chunks: Iterable[tuple[Shaped, float]],
    *,
    clock: Callable[[], datetime],
    rejects: Rejects,
    progress: Progress = lambda *_: None,
) -> Import:
    """Put the chunks (each with the share of the file read when it ends) into the log as the batch of `this`.

    Can be run again after any interruption: what entered before is known and enters no second time, and belongs to
    the same batch. Raises `Refused` when it is being run elsewhere, `NotReady` when the disk is full.
    """
    with only_run(this), Meanwhile(Home.at()) as mirror:
        _start(this, clock())
        tally = Tally()
        resolver = Resolver()
        try:
            entering = absorb_each(
                prefetched(chunks), source=this.source, batch=_batch(this), clock=clock, resolver=resolver
            )
            for chunk, share, absorbed in entering:
                tally.count(chunk)
                if chunk.rejects.num_rows:
                    rejects(chunk.rejects)
                tally.absorbed += absorbed
                _note(this, tally, share)
                mirror.entered(tally.absorbed.new)
                progress(share, tally.read)
            mirror.all_entered(tally.absorbed.new)
            return _finish(this, tally, clock(), resolver)
        except STORAGE_ERRORS as error:
            explained = in_words(error)
            _fail(this, clock(), str(explained))
            raise explained from error
        except VincleError as error:
            _fail(this, clock(), str(error))
            raise
        finally:
            resolver.close()


def _start(this: Import, now: datetime) -> None:
    if this.batch is None:
        this.batch = Batch.objects.create(source=this.source, opened_at=now)
    this.state, this.started_at, this.error, this.progress = Import.State.RUNNING, now, "", 0
    this.save(update_fields=["batch", "state", "started_at", "error", "progress"])


def _batch(this: Import) -> Batch:
    assert this.batch is not None  # noqa: S101 - _start made it
    return this.batch


def _note(this: Import, tally: Tally, share: float) -> None:
    this.progress, this.read, this.new = share, tally.read, tally.absorbed.new
    this.known, this.held, this.rejected = tally.absorbed.known, tally.absorbed.held, tally.rejected
    this.save(update_fields=["progress", "read", "new", "known", "held", "rejected"])


def _finish(this: Import, tally: Tally, now: datetime, resolver: Resolver) -> Import:
    batch = _batch(this)
    # A run that was cut short may have put rows in: they are this import's too.
    entered = batch.chunks.aggregate(rows=Sum("rows"))["rows"] or 0
    summarise_batch(batch, resolver=resolver)
    held = batch.quarantined_set.filter(state=Quarantined.State.WAITING).count()
    this.state, this.finished_at, this.progress = Import.State.DONE, now, 1
    this.read, this.new, this.held, this.rejected = tally.read, entered, held, tally.rejected
    outside = batch.quarantined_set.exclude(state=Quarantined.State.REPLAYED).count()
    this.known = max(0, tally.read - tally.rejected - entered - outside)
    this.reasons = [list(each) for each in tally.frequent]
    this.findings = {**this.findings, **tally.findings(), "held": []}
    this.save()
    return this


def _fail(this: Import, now: datetime, error: str) -> None:
    try:
        this.state, this.finished_at, this.error = Import.State.FAILED, now, error
        this.save(update_fields=["state", "finished_at", "error"])
    except DatabaseError:
        # The disk that was too full for the rows is too full for this note; the run itself still says so.
        return
