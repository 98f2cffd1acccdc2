"""The commands that print the same figures as a page. Where the home is, its machine knows: pages do not tell."""

import shlex
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vincle.apps.journeys.models import JourneyMap
from vincle.engine.journeys.figures import figure
from vincle.engine.journeys.journey import Journey
from vincle.kernel.house import house


@dataclass(frozen=True)
class Command:
    """What it prints, in words, and the line itself."""

    words: str
    line: str


def commands_of(this: JourneyMap, journey: Journey) -> list[Command]:
    """All figures of a map, who stands behind one of them, the stages as a file, and the moments of its aim."""
    ours = ("--journey", str(this.uid))
    zone = ("--timezone", house().timezone)
    first = figure("here", journey.stages[0].key)
    found = [
        Command(_("All figures of this page"), _line("map", *ours, *zone, "--json")),
        Command(_("The people behind one of them"), _line("behind", *ours, *zone, "--figure", first)),
        Command(_("Who entered which stage when, as an event log"), export_line(*ours, to="stages.xes.gz")),
    ]
    if journey.aim:
        found.append(Command(_("The moments that matter for its aim"), _line("moments", *ours, "--json")))
    return found


def export_line(*more: str, to: str) -> str:
    """The command that writes an event log."""
    return _line("export", *more, "--to", to)


def _line(verb: str, *more: str) -> str:
    return shlex.join(["vincle", "journeys", verb, *more])
