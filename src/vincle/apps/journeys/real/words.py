"""How figures are written beside a design: people, times, feelings, money, each with its interval."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from vincle.web.locales import locale, write_lasting
from vincle.web.templatetags.vincle import money, percent, round_money

CURRENCIES = 2  # that are written out
SMALL = 0.01  # shares below are written with a decimal
WHOLE = 100  # from here on money is written without its cents

Figures = Sequence[float | None]  # what it is, and the ends of its 95 % interval where enough cases set them


def lasting(seconds: float) -> str:
    """How long, in one unit."""
    return write_lasting(seconds) if seconds >= 1 else _("at once")


def lasting_interval(figures: Figures) -> str:
    """From how long to how long it may be; empty where too few cases can say."""
    _at, low, high = figures[:3]
    if low is None or high is None or lasting(low) == lasting(high):
        return ""
    return _("%(low)s to %(high)s") % {"low": lasting(low), "high": lasting(high)}


def share_words(share: float) -> str:
    """A share; a small one with a decimal, so that a few are not said to be nobody."""
    return percent(share, 1 if 0 < share < SMALL else 0)


def shares_interval(figures: Figures) -> str:
    """The ends of the interval of a share, with as many decimals as tell them apart: 58% to 62%."""
    low, high = figures[1] or 0.0, figures[2] or 0.0
    decimals = 0 if percent(low) != percent(high) and low >= SMALL else 1
    return _("%(low)s to %(high)s") % {"low": percent(low, decimals), "high": percent(high, decimals)}


def feeling(score: float) -> str:
    """A feeling between -2 and +2, always with its sign and one decimal."""
    rounded = round(score, 1)
    sign = "−" if rounded < 0 else "+" if rounded > 0 else ""
    return sign + str(format_decimal(abs(rounded), format="0.0", locale=locale()))


def feeling_interval(figures: Figures) -> str:
    """The ends of its interval; empty where only one has said how it felt."""
    low, high = figures[1], figures[2]
    if low is None or high is None:
        return ""
    return _("%(low)s to %(high)s") % {"low": feeling(low), "high": feeling(high)}


def sums(amounts: Mapping[str, str]) -> list[tuple[str, bool]]:
    """Sums by currency, the largest numbers first, and whether each is a loss; cents only of small ones."""
    ordered = sorted(amounts.items(), key=lambda each: (-abs(Decimal(each[1])), each[0]))
    return [(amount(Decimal(value), currency), Decimal(value) < 0) for currency, value in ordered]


def amount(value: Decimal, currency: str) -> str:
    """Money, with its cents where they are not lost in the whole."""
    return round_money(value, currency) if abs(value) >= WHOLE else money(value, currency)
