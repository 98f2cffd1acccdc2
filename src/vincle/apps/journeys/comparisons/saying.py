"""What differs between two groups, in sentences that claim no more than the figures."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.journeys.real.words import lasting
from vincle.apps.journeys.words import points
from vincle.web.templatetags.vincle import percent

STEPS = 6  # of a way that are said


_WORDS: Mapping[tuple[str, bool], Callable[[], str]] = {
    ("duration", True): lambda: _("Their whole journey lasts longer: %(second)s"),
    ("duration", False): lambda: _("Their whole journey lasts less long: %(second)s"),
    ("pause", True): lambda: _("They take longer from “%(step)s” to “%(next)s”: %(second)s"),
    ("pause", False): lambda: _("They take less long from “%(step)s” to “%(next)s”: %(second)s"),
    ("way", True): lambda: _("More of them go “%(way)s”: %(second)s"),
    ("way", False): lambda: _("Fewer of them go “%(way)s”: %(second)s"),
    ("step", True): lambda: _("More of them have “%(step)s”: %(second)s"),
    ("step", False): lambda: _("Fewer of them have “%(step)s”: %(second)s"),
    ("connection", True): lambda: _("“%(next)s” comes directly after “%(step)s” more often: %(second)s"),
    ("connection", False): lambda: _("“%(next)s” comes directly after “%(step)s” less often: %(second)s"),
}


def sentence(what: str, path: Sequence[str], second: str, *, more: bool) -> str:
    """How the `second` group differs from the first in a figure, of the steps of these names."""
    way = " → ".join(path[:STEPS]) + (" …" if len(path) > STEPS else "")
    step, following = [*path, "", ""][:2]
    return _WORDS[what, more]() % {"second": second, "way": way, "step": step, "next": following}


def figures_words(row: Mapping[str, Any], *, is_time: bool) -> str:
    """The figures behind the sentence: 21% against 12%, +9.0 points (5.1 to 12.8)."""
    first, second = (figure[0] for figure in row["figures"])
    low, at, high = (row["difference"][name] for name in ("low", "at", "high"))
    if is_time:
        words = _("half of them within %(second)s, of the others within %(first)s; %(at)s (%(low)s to %(high)s)")
        told = {name: signed(value) for name, value in (("at", at), ("low", low), ("high", high))}
        return words % {"first": lasting(first), "second": lasting(second), **told}
    words = _("%(second)s against %(first)s, %(at)s points (%(low)s to %(high)s)")
    return words % {
        "first": percent(first, 1), "second": percent(second, 1),
        "at": points(at, plus=True), "low": points(low), "high": points(high),
    }  # fmt: skip


def signed(seconds: float) -> str:
    """A difference of times with its sign."""
    if abs(seconds) < 1:
        return "0"
    return ("−" if seconds < 0 else "+") + lasting(abs(seconds))
