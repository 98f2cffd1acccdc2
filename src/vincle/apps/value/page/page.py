"""All of the page, from one reading."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from vincle.apps.value.page.bridge import BridgeShown, Months, bridge_of, may_tell_few, months_of
from vincle.apps.value.page.cohorts import Cohorts, cohorts_of
from vincle.apps.value.page.concentration import Held, concentration_of
from vincle.apps.value.page.groups import Groups, groups_of
from vincle.apps.value.page.head import Head, head_of
from vincle.apps.value.page.levers import Levers, levers_of
from vincle.apps.value.page.loyal import Loyalty, loyalties_of
from vincle.apps.value.page.spread import Spread, spread_of
from vincle.apps.value.page.trust import Trust, trust_of
from vincle.apps.value.page.words import stretch_words
from vincle.apps.value.queries import WholeValue
from vincle.apps.value.terms import HouseTerms
from vincle.web.locales import write_day

_SCALE = 10_000


@dataclass(frozen=True)
class ValuePage:
    """What `value/figures.html` and its parts show. `window` is None where the log is too short to compare stretches of
    it: then there is no bridge, and nobody's loyalty.
    """

    head: Head
    first: str
    as_of: str
    window: str | None
    trust: Trust | None
    bridge: BridgeShown | None
    months: Months | None
    held: list[Held]
    groups: Groups | None
    cohorts: Cohorts | None
    loyalties: list[Loyalty]
    spread: Spread | None
    levers: Levers | None


def page_of(kept: WholeValue, asked: HouseTerms, *, by: str, moved: Mapping[str, int]) -> ValuePage | None:
    """The page; None where nobody has paid anything, or what is kept is of a former form. `by` is the chosen group,
    `moved` where the sliders stand.
    """
    said, page = kept.said, kept.page
    if said is None or not page or kept.as_of is None:
        return None
    currency, window, spares = kept.currency, page["window"], not may_tell_few()
    total = (said.get("worth") or {}).get("at", 0) / _SCALE
    return ValuePage(
        head_of(kept, asked.terms.horizon_days, asked.terms.margin),
        write_day(date.fromisoformat(page["first"])),
        write_day(kept.as_of),
        stretch_words(window) if window else None,
        trust_of(said, currency),
        bridge_of(page["bridge"], window, currency, spares=spares) if window else None,
        months_of(page["months"], window, currency, spares=spares) if window else None,
        concentration_of(page["concentration"], currency),
        groups_of(page["groups"], by, total, currency),
        cohorts_of(page["cohorts"], currency),
        loyalties_of(page["loyalties"]) if window else [],
        spread_of(page["distribution"], currency) if page["distribution"] else None,
        levers_of(page["assumptions"], moved, asked.acquisition_cost, currency) if window else None,
    )
