"""How the room says how many of whom there are, and what came of a question, no more than the figures do."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.journeys.asking import PEOPLE
from vincle.flow.models import Kind
from vincle.web.locales import locale
from vincle.web.templatetags.vincle import number, percent

CLEAR = 0.05  # of what is called clear, at most this share is expected to be chance


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


def moment_words(moment: Mapping[str, Any], kinds: Mapping[str, Kind], outcome: str, case: str) -> str:
    """What was found of one step, or of two after one another, in one sentence."""
    said = {"outcome": outcome, "step": kinds[moment["step"]].label}
    if moment["former"]:
        step = _("“%(step)s” directly after “%(former)s”") % {**said, "former": kinds[moment["former"]].label}
    else:
        step = _("“%(step)s”") % said
    words = {"step": step, "outcome": outcome}
    if case == PEOPLE:
        return _person_words(moment) % words
    return _thing_words(moment) % words


def _person_words(moment: Mapping[str, Any]) -> str:
    if moment["q"] is None or moment["q"] >= CLEAR:
        return _("Between people with %(step)s and without there is no clear difference in coming to “%(outcome)s”")
    if moment["estimate"] > 0:
        return _("People with %(step)s came to “%(outcome)s” more often")
    return _("People with %(step)s came to “%(outcome)s” less often")


def _thing_words(moment: Mapping[str, Any]) -> str:
    if moment["q"] is None or moment["q"] >= CLEAR:
        return _("Between journeys with %(step)s and without there is no clear difference in coming to “%(outcome)s”")
    if moment["estimate"] > 0:
        return _("Journeys with %(step)s came to “%(outcome)s” more often")
    return _("Journeys with %(step)s came to “%(outcome)s” less often")


def figures_words(moment: Mapping[str, Any]) -> str:
    """The figures behind the sentence: +3.1 points (1.2 to 5.0), 1,204 with and 3,100 without."""
    return _("%(estimate)s points (%(low)s to %(high)s), %(having)s with and %(without)s without") % {
        "estimate": points(moment["estimate"], plus=True),
        "low": points(moment["low"]),
        "high": points(moment["high"]),
        "having": number(moment["having"]),
        "without": number(moment["without"]),
    }
