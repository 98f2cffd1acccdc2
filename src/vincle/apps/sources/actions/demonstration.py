"""The demonstration's data, brought in like any other."""

from collections.abc import Callable
from datetime import datetime

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources import demo
from vincle.apps.sources.actions.receiving import source_named
from vincle.apps.sources.actions.trail import record_import
from vincle.apps.sources.importing.run import Progress, run_chunks
from vincle.apps.sources.models import Import
from vincle.kernel.clock import now as clock_now
from vincle.kernel.errors import BadInput
from vincle.kernel.ids import uuid7


def bring_in_demo(
    *, actor: Actor, progress: Progress = lambda *_: None, clock: Callable[[], datetime] = clock_now
) -> Import:
    """The demonstration's year of interactions; a second time adds nothing and takes no time."""
    digest = demo.digest()
    this = Import.objects.filter(digest=digest).exclude(state=Import.State.UNDONE).first()
    if this is None:
        source = source_named(demo.LABEL, now=clock())
        this = Import.objects.create(
            uid=uuid7(),
            source=source,
            name=demo.LABEL,
            path=str(demo.data_folder()),
            digest=digest,
            size=sum(path.stat().st_size for path in demo.data_folder().glob("*.parquet")),
            author=actor.name,
            created_at=clock(),
        )
    if this.state == Import.State.DONE:
        return this
    run_chunks(this, demo.chunks(), clock=clock, rejects=_no_rejects, progress=progress)
    record_import(this, "import.demo", actor=actor, now=clock())
    return this


def _no_rejects(_: object) -> None:
    raise BadInput("The demonstration's data is damaged: it holds rows that cannot be read.")
