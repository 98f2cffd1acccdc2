"""Taking data out: what really happens, or who entered which stage, as an event log (XES) for other tools."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.journeys.maps.queries import journey_of
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.people.facade import PersonMark, looks
from vincle.kernel.errors import Refused
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from vincle.engine import Log

TAKEN_OUT = "journey.taken_out"
MOST_EVENTS = 100_000  # that are written while somebody waits


def take_cases(case: str, *, events: int, command: str, actor: Actor, now: datetime) -> IO[bytes]:
    """The cases of a type with all that happened, gzipped. Raises `Refused` as `_refuse` does."""

    def write(log: "Log", path: Path) -> None:
        from vincle.engine.export import export

        export(log, path, format="xes", case=case)

    _refuse(events, command)
    record(actor=actor, now=now, action=TAKEN_OUT, object_type="journey", object_uid="", summary=case, details={})
    return _written(write)


def take_stages(this: JourneyMap, *, events: int, command: str, actor: Actor, now: datetime) -> IO[bytes]:
    """The stages of a designed journey as cases entered them, gzipped. Raises `Refused` as `_refuse` does."""

    def write(log: "Log", path: Path) -> None:
        from vincle.engine.journeys.writing import write_stages

        write_stages(log, journey_of(this), path)

    _refuse(events, command)
    record(
        actor=actor, now=now, action=TAKEN_OUT, object_type="journey", object_uid=str(this.uid), summary=this.name,
        details={},
    )  # fmt: skip
    return _written(write)


def _refuse(events: int, command: str) -> None:
    """Raise `Refused` for more than can be waited for, and where there is somebody in it whom whoever looks may not
    see: an event log has a line for each of them.
    """
    if events > MOST_EVENTS:
        raise Refused(
            _("This is more than can be downloaded here: at most %(count)d events.") % {"count": MOST_EVENTS},
            _("On the machine where Vincle runs: %(command)s") % {"command": command},
        )
    hidden = PersonMark.objects.filter(kind=PersonMark.Kind.CONFIDENTIAL, lifted_at=None)
    if not looks().confidential and hidden.exists():
        raise Refused(
            _("There are confidential people in it, whom you may not see."),
            _("Ask an owner or a manager for the file."),
        )


def _written(write: "Callable[[Log, Path], None]") -> IO[bytes]:
    """The file, open; nothing of it stays once it is closed."""
    import vincle.engine as ve

    with tempfile.TemporaryDirectory(prefix="vincle-journeys-") as folder, ve.open(Home.at()) as log:
        path = Path(folder) / "cases.xes.gz"
        write(log, path)
        return path.open("rb")
