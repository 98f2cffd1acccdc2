"""How the room says what the engine calls by names: models, rules, fields, places; and figures with their intervals."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from babel.numbers import format_decimal
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vincle.apps.people.facade import attribute_words as usual_words
from vincle.apps.people.facade import place_words
from vincle.engine.journeys.figures import figure
from vincle.web.locales import locale
from vincle.web.permissions import Words

MODELS: dict[str, Words] = {
    "bgnbd": "BG/NBD",
    "mbgnbd": "MBG/NBD",
    "paretonbd": "Pareto/NBD",
    "sbg": "sBG",
    "same_as_last_period": gettext_lazy("“as often as last time”"),
    "recency_rule": gettext_lazy("“who stays away for unusually long is gone”"),
}


def between(low: str, high: str) -> str:
    """The ends of an interval, both written."""
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def exact(value: float, decimals: int = 2) -> str:
    """A number with all of these decimals, so that it lines up with others."""
    return str(format_decimal(round(value, decimals), format=f"#,##0.{'0' * decimals}", locale=locale()))


def model_words(name: str) -> str:
    """What a model or a rule is called."""
    return str(MODELS.get(name, name))


def attribute_words(name: str, labels: Mapping[str, str]) -> str:
    """What a field of people (of these `labels`), or what a source says of them, is called."""
    words = usual_words(name, labels)
    return words[:1].upper() + words[1:]


def origin_words(of: str) -> str:
    """A channel and a place, as the engine gives them with a tab between."""
    channel, _tab, place = of.partition("\t")
    return place_words(channel, place)


def stretch_words(window: int) -> str:
    """How a stretch of days is called after “the last”."""
    return {365: _("12 months"), 91: _("three months"), 28: _("four weeks")}.get(window) or _("%(days)s days") % {
        "days": window
    }


def behind_url(*parts: str | int) -> str:
    """The address of the people behind a figure of these words."""
    return f"{reverse('value:behind')}?{urlencode({'figure': figure(*map(str, parts))})}"


def points_of(places: Sequence[tuple[float, float]]) -> str:
    """Places, as the points of a line in SVG."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
