"""How the room says how many of whom there are, and what came of a question, no more than the figures do."""

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vincle.apps.journeys.asking import PEOPLE
from vincle.web.locales import locale
from vincle.web.templatetags.vincle import number, percent

CONFOUNDER_WORDS = {
    "beginning": gettext_lazy("with what they began"),
    "start": gettext_lazy("when they began"),
    "else": gettext_lazy("how much else happened"),
}
CLEAR = 0.05  # of what is called clear, at most this share is expected to be chance
ALIKE = 0.1  # standard deviations between both sides, up to which they count as alike


def counted(count: int, case: str) -> str:
    """1,204 people, or 1,204 journeys of things."""
    if case == PEOPLE:
        return ngettext("%(number)s person", "%(number)s people", count) % {"number": number(count)}
    return ngettext("%(number)s journey", "%(number)s journeys", count) % {"number": number(count)}


def interval(low: float, high: float) -> str:
    """The ends of an interval of a share: 87.6% to 90.4%."""
    return _("%(low)s to %(high)s") % {"low": percent(low, 1), "high": percent(high, 1)}


def points(share: float, *, plus: bool = False) -> str:
    """A difference of shares in points, always with one decimal; `plus`: 3.1 is written +3.1."""
    rounded = round(100 * share, 1)
    sign = "−" if rounded < 0 else "+" if plus and rounded > 0 else ""
    return sign + str(format_decimal(abs(rounded), format="#,##0.0", locale=locale()))


def distance(deviations: float) -> str:
    """How far two sides are apart, with two decimals."""
    return str(format_decimal(round(deviations, 2), format="0.00", locale=locale()))
