"""Done again: steps that happen more than once in a journey, in a row or after something else."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vincle.apps.journeys.queries import Journeys
from vincle.apps.journeys.web.whose import behind_url
from vincle.flow.models import Kind
from vincle.web.templatetags.vincle import number, percent

SHOWN = 6


@dataclass(frozen=True)
class Again:
    """A step: how often it had been there before in the same journey, of how often it happened. `directly` is in a row;
    None where that is not known, as the connection is too rare to be kept. `url`: with whom it happened more than once.
    """

    kind: Kind
    times: int
    of: int
    share: str
    directly: int | None
    url: str

    @property
    def words(self) -> str:
        """How they came about."""
        if self.directly is None:
            return ""
        later = self.times - self.directly
        if not later:
            return _("all of them directly again")
        if not self.directly:
            return _("all of them after something else")
        return _("%(directly)s directly again, %(later)s after something else") % {
            "directly": number(self.directly),
            "later": number(later),
        }


@dataclass(frozen=True)
class AgainCard:
    """The steps done again most often; `line` says how much of all that happened that is."""

    line: str
    steps: list[Again]
    more: int


def again_of(journeys: Journeys, kinds: dict[str, Kind]) -> AgainCard | None:
    """Exact, from how often a step happened and in how many journeys: all but the first time in each is again. None
    where nothing happened twice.
    """
    said = journeys.said
    in_a_row = {source: times for source, target, times, _wait in said["edges"] if source == target}
    all_kept = said["totals"]["edges"] == len(said["edges"])
    found = []
    for step in said["steps"]:
        times = step["n"] - step["cases"]
        if times:
            directly = in_a_row.get(step["kind"], 0 if all_kept else None)
            share = percent(times / step["n"])
            url = behind_url(said["case"], "again", step["kind"])
            found.append(Again(kinds[step["kind"]], times, step["n"], share, directly, url))
    if not found:
        return None
    found.sort(key=lambda each: (-each.times, each.kind.name))
    part = sum(each.times for each in found) / said["events"]
    words = _("%(share)s of what happened had happened before in the same journey.")
    if said["totals"]["steps"] > len(said["steps"]):
        words = _("At least %(share)s of what happened had happened before in the same journey.")
    return AgainCard(words % {"share": percent(part)}, found[:SHOWN], len(found[SHOWN:]))
