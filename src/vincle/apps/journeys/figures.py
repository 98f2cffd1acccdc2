"""What a figure is called, whose people somebody asks for."""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from vincle.engine.journeys.figures import asked
from vincle.engine.journeys.journey import Journey, JourneyStage
from vincle.flow.models import Kind
from vincle.kernel.errors import BadInput, NotFound

DEVIATIONS: Mapping[str, Callable[[], str]] = {
    "skipped": lambda: _("“%(stage)s” was skipped"),
    "repeated": lambda: _("“%(stage)s” was repeated"),
    "out of order": lambda: _("“%(stage)s” came in another place"),
    "unexpected": lambda: _("“%(stage)s” was not expected"),
    "too slow": lambda: _("“%(stage)s” came too late"),
}

OF_STEP: Mapping[str, Callable[[], str]] = {
    "step": lambda: _("With “%(step)s”"),
    "begins": lambda: _("“%(step)s” is their first step"),
    "ends": lambda: _("“%(step)s” is their last step so far"),
    "again": lambda: _("“%(step)s” more than once"),
}
OF_LOG = {*OF_STEP, "edge", "way", "cohort"}


def deviation_words(what: str, stage: str) -> str:
    """A deviation from the design: “Coupon” was skipped. Raises `KeyError` for what is none."""
    return DEVIATIONS[what]() % {"stage": stage}


def figure_words(figure: str, journey: Journey | None) -> str:
    """What a figure counts, in a few words. Raises `NotFound` for what is no figure of that journey."""
    from vincle.engine.journeys import behind_reading, behind_stages

    known = behind_reading.FIGURES | (behind_stages.FIGURES if journey else {})
    try:
        what, parts = asked(figure, known)
        if journey and what not in OF_LOG:
            return _words_of_journey(what, parts, journey)
        return _words_of_log(what, parts)
    except (BadInput, KeyError, ValueError):
        raise NotFound(_("There is no such figure."), _("Open the page again.")) from None


def _words_of_journey(what: str, parts: list[str], journey: Journey) -> str:
    if what == "follows":
        return _("%(journey)s: follow the design") % {"journey": journey.name}
    if what == "deviation":
        return deviation_words(parts[0], journey.stage(parts[1]).name)
    if what == "flow":
        return _flow_words(*(journey.stage(key).name if key else "" for key in parts))
    if what == "in" and not parts[0]:
        return _("Something happened before any stage")
    return _words_of_stage(what, parts[1:], journey.stage(parts[0]))


def _flow_words(source: str, target: str) -> str:
    if not source:
        return _("Began with “%(stage)s”") % {"stage": target}
    if not target:
        return _("“%(stage)s” is their last stage") % {"stage": source}
    return _("From “%(source)s” to “%(target)s”") % {"source": source, "target": target}


def _words_of_stage(what: str, parts: list[str], stage: JourneyStage) -> str:
    if what == "touchpoint":
        names = {each.key: each.name for each in stage.touchpoints}
        return f"{stage.name}: {names[parts[0]]}"
    if what == "kind":
        return f"{stage.name}: {_label(parts[0])}"
    return {
        "entered": _("“%(stage)s”: came here"),
        "in": _("“%(stage)s”: something happened there"),
        "reached": _("“%(stage)s”: came as far as this"),
        "here": _("“%(stage)s”: are here now"),
        "left": _("“%(stage)s”: came here and did not go on"),
    }[what] % {"stage": stage.name}


def _words_of_log(what: str, parts: list[str]) -> str:
    if what in OF_STEP:
        (kind,) = parts
        return OF_STEP[what]() % {"step": _label(kind)}
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


def _label(name: str) -> str:
    """What a kind is called. Raises `KeyError` for one that there is not: nobody has it, and asking takes a while."""
    found = Kind.objects.filter(name=name).first()
    if found is None:
        raise KeyError(name)
    return found.label
