"""What the page of decisions shows: the options that are best for anybody, ranked, in words and bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.value.decisions.options import Assumed
from vincle.apps.value.decisions.words import ICONS, effect_words, option_words, who_words
from vincle.apps.value.decisions.working import Worked
from vincle.engine.value.deciding import NOTHING, Ranked
from vincle.web.templatetags.vincle import number, round_money

_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from nothing and the ends of its interval, in percent of the width as SVG writes it; no ends: not known."""

    zero: str
    start: str
    width: str
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """One option, in words."""

    kind: str
    icon: str
    title: str
    who: str
    effect: str
    source: str
    source_url: str
    people: str
    url: str
    gain: str
    cost: str
    net: str
    interval: str
    bar: Bar | None
    is_clear: bool
    is_nothing: bool


def shown(worked: Worked, given: Sequence[Assumed], *, group: str, currency: str) -> list[Shown]:
    """The options in their order, doing nothing last."""
    assumed = {each.kind: each for each in given}
    ends = [end for each in worked.ranked for end in (0.0, each.net, each.net_low, each.net_high) if end is not None]
    span = (min(ends), max(ends))
    return [_shown(each, assumed.get(each.kind), span, group, currency) for each in worked.ranked]  # type: ignore[call-overload]


def idle(worked: Worked, given: Sequence[Assumed]) -> list[str]:
    """The options that are best for nobody of the group, by name."""
    used = {each.kind for each in worked.ranked}
    return [option_words(each.kind) for each in given if each.kind not in used]


def _shown(each: Ranked, given: Assumed | None, span: tuple[float, float], group: str, currency: str) -> Shown:
    measured = given.measured if given else None
    asked = {"option": each.kind} | ({"group": group} if group else {})
    is_nothing = each.kind == NOTHING
    return Shown(
        kind=each.kind,
        icon=ICONS[each.kind],
        title=option_words(each.kind),
        who=who_words(each.kind),
        effect=effect_words(given) if given else "",
        source=_source(given),
        source_url=measured.url if measured else "",
        people=ngettext("%(count)s person", "%(count)s people", each.people) % {"count": number(each.people)},
        url=f"{reverse('value:decisions-people')}?{urlencode(asked)}" if each.people else "",
        gain=_money(each.gain, currency),
        cost=_money(each.cost, currency),
        net=_money(each.net, currency),
        interval="" if is_nothing else _interval(each, currency),
        bar=None if is_nothing else _bar(each, *span),
        is_clear=each.is_clear,
        is_nothing=is_nothing,
    )


def _source(given: Assumed | None) -> str:
    if given is None:
        return ""
    if given.measured is None:
        return _("assumed")
    said = _("randomised: %(what)s") if given.measured.randomised else _("observational: %(what)s")
    return said % {"what": given.measured.words}


def _interval(each: Ranked, currency: str) -> str:
    if each.net_low is None or each.net_high is None:
        return _("how far it may be off is not known")
    return _("%(low)s to %(high)s") % {"low": _money(each.net_low, currency), "high": _money(each.net_high, currency)}


def _bar(each: Ranked, least: float, most: float) -> Bar:
    def place(value: float) -> float:
        return 100 * (value - least) / ((most - least) or 1.0)

    start, end = sorted((place(0.0), place(each.net)))
    known = each.net_low is not None and each.net_high is not None
    ends = (f"{place(each.net_low or 0.0):.1f}%", f"{place(each.net_high or 0.0):.1f}%") if known else ("", "")
    return Bar(f"{place(0.0):.1f}%", f"{start:.1f}%", f"{end - start:.1f}%", *ends)


def _money(value: float, currency: str) -> str:
    return round_money(value / _SCALE, currency)
