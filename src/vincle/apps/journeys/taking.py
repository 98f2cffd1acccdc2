"""Taking data out: what really happens, or who entered which stage, as an event log (XES) for other tools."""

import tempfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.maps.queries import journey_of
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.people.facade import PersonMark, looks
from vincle.kernel.errors import Refused
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from vincle.engine import Log

TAKEN_OUT = "journey.taken_out"
MOST_EVENTS = 100_000  # that are written while somebody waits


def take_cases(case: str, *, command: str, actor: Actor, now: datetime) -> IO[bytes]:
    """The cases of a type with all that happened, gzipped. Raises `Refused` for too much, or whom one may not see."""

    def write(log: "Log", path: Path) -> None:
        from vincle.engine.export import export

        export(log, path, format="xes", case=case)

    _refuse_unseen()
    record(actor=actor, now=now, action=TAKEN_OUT, object_type="journey", object_uid="", summary=case, details={})
    return _written(write, case, command)


def take_stages(this: JourneyMap, *, command: str, actor: Actor, now: datetime) -> IO[bytes]:
    """The stages of a designed journey as cases entered them, gzipped. Raises `Refused` as `take_cases` does."""

    def write(log: "Log", path: Path) -> None:
        from vincle.engine.journeys.writing import write_stages

        write_stages(log, journey_of(this), path)

    _refuse_unseen()
    record(
        actor=actor, now=now, action=TAKEN_OUT, object_type="journey", object_uid=str(this.uid), summary=this.name,
        details={},
    )  # fmt: skip
    return _written(write, journey_of(this).case, command)


def _refuse_unseen() -> None:
    """Raise `Refused` where there is somebody in it whom who looks may not see: there is a line for each of them."""
    hidden = PersonMark.objects.filter(kind=PersonMark.Kind.CONFIDENTIAL, lifted_at=None)
    if not looks().confidential and hidden.exists():
        raise Refused(
            _("There are confidential people in it, whom you may not see."),
            _("Ask an owner or a manager for the file."),
        )


def _refuse_much(log: "Log", case: str, command: str) -> None:
    """Raise `Refused` for more than can be waited for."""
    rows = "events" if case == PEOPLE else "objects WHERE type = $type"
    ((events,),) = log.sql(f"SELECT count(*) FROM {rows}", **({} if case == PEOPLE else {"type": case})).fetchall()
    if events > MOST_EVENTS:
        raise Refused(
            _("This is more than can be downloaded here: at most %(count)d events.") % {"count": MOST_EVENTS},
            _("On the machine where Vincle runs: %(command)s") % {"command": command},
        )


def _written(write: "Callable[[Log, Path], None]", case: str, command: str) -> IO[bytes]:
    """The file, open; nothing of it stays once it is closed."""
    import vincle.engine as ve

    with tempfile.TemporaryDirectory(prefix="vincle-journeys-") as folder, ve.open(Home.at()) as log:
        path = Path(folder) / "cases.xes.gz"
        _refuse_much(log, case, command)
        write(log, path)
        return path.open("rb")
