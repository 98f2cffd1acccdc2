"""What a figure is called, whose people somebody asks for."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from vincle.apps.journeys.queries import kinds_named
from vincle.engine.journeys.journey import Journey
from vincle.kernel.errors import NotFound

DEVIATIONS: Mapping[str, Callable[[], str]] = {
    "skipped": lambda: _("“%(stage)s” was skipped"),
    "repeated": lambda: _("“%(stage)s” was repeated"),
    "out of order": lambda: _("“%(stage)s” came in another place"),
    "unexpected": lambda: _("“%(stage)s” was not expected"),
    "too slow": lambda: _("“%(stage)s” came too late"),
}


def deviation_words(what: str, stage: str) -> str:
    """A deviation from the design: “Coupon” was skipped. Raises `KeyError` for what is none."""
    return DEVIATIONS[what]() % {"stage": stage}


def figure_words(figure: str, journey: Journey | None) -> str:
    """What a figure counts, in a few words. Raises `NotFound` for what is no figure of that journey."""
    what, *parts = figure.split(":")
    try:
        return _words_of_journey(what, parts, journey) if journey else _words_of_log(what, parts)
    except (KeyError, ValueError, IndexError):
        raise NotFound(_("There is no such figure."), _("Open the page again.")) from None


def _words_of_journey(what: str, parts: list[str], journey: Journey) -> str:
    if what == "follows":
        return _("%(journey)s: follow the design") % {"journey": journey.name}
    if what == "deviation":
        return deviation_words(parts[0], journey.stage(parts[1]).name)
    if what == "flow":
        ends = [journey.stage(key).name if key else "" for key in parts]
        if not ends[0]:
            return _("Began with “%(stage)s”") % {"stage": ends[1]}
        if not ends[1]:
            return _("“%(stage)s” is their last stage") % {"stage": ends[0]}
        return _("From “%(source)s” to “%(target)s”") % {"source": ends[0], "target": ends[1]}
    stage = journey.stage(parts[0])
    if what == "touchpoint":
        name = next(each.name for each in stage.touchpoints if each.key == parts[1])
        return f"{stage.name}: {name}"
    if what == "kind":
        return f"{stage.name}: {_label(parts[1])}"
    return {
        "entered": _("“%(stage)s”: came here"),
        "here": _("“%(stage)s”: are here now"),
        "left": _("“%(stage)s”: came here and did not go on"),
    }[what] % {"stage": stage.name}


def _words_of_log(what: str, parts: list[str]) -> str:
    if what == "step":
        return _("With “%(step)s”") % {"step": _label(parts[0])}
    if what == "edge":
        return _("“%(target)s” directly after “%(source)s”") % {"source": _label(parts[0]), "target": _label(parts[1])}
    if what == "way":
        return _("Way number %(number)s") % {"number": int(parts[0])}
    if what == "cohort":
        return _("Began in %(month)s, and there again %(count)s months later") % {
            "month": parts[0][:7],
            "count": int(parts[1]),
        }
    raise KeyError(what)


def _label(kind: str) -> str:
    return kinds_named([kind])[kind].label
