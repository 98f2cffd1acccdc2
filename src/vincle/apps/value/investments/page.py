"""An investment as a page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.lists.facade import name_of_group
from vincle.apps.value.investments import saying
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.investments.picture import Picture, picture_of
from vincle.apps.value.investments.queries import FoundReturn
from vincle.web.templatetags.vincle import percent


@dataclass(frozen=True)
class Figure:
    """A number with its interval."""

    label: str
    value: str
    interval: str
    note: str = ""


@dataclass(frozen=True)
class ReturnShown:
    """What is said of what came of it. `warnings` are what makes the figures less sure."""

    verdict: str
    tone: str
    sentence: str
    needed: str
    randomised: bool
    label: str
    label_words: str
    people: str
    figures: list[Figure]
    notes: list[str]
    warnings: list[str]
    picture: Picture | None


def return_shown(this: Investment, found: FoundReturn) -> ReturnShown | None:
    """What a page says; None where nothing can be told."""
    said = found.said
    if said is None:
        return None
    figures = said["figures"]
    label, label_words = saying.label_words(said)
    currency = this.currency
    return ReturnShown(
        said["verdict"],
        saying.TONES[said["verdict"]],
        saying.sentence(said, currency),
        saying.needed_words(said) if figures else "",
        said["label"] == "randomised",
        label,
        label_words,
        saying.people_words(said),
        _figures(said, currency) if figures and said["verdict"] != "trends_differ" else [],
        _notes(said, currency) if figures else [],
        _warnings(said, found.groups),
        picture_of(figures["trend"], currency) if figures else None,
    )


def group_words(this: Investment, viewer: int | None) -> tuple[str, str]:
    """Who had it, and whom they are compared with."""
    treated = name_of_group(this.treated, viewer) or _("a view that a colleague keeps for themselves")
    if not this.compared:
        return treated, _("everybody else who was known before it began")
    return treated, name_of_group(this.compared, viewer) or _("a view that a colleague keeps for themselves")


def cost_words(this: Investment) -> str:
    """What it cost in all and for each."""
    parts = []
    if this.cost_fixed:
        parts.append(_("%(cost)s in all") % {"cost": saying.sum_words(this.cost_fixed, this.currency)})
    if this.cost_each:
        parts.append(_("%(cost)s for each person") % {"cost": saying.sum_words(this.cost_each, this.currency)})
    return _(" and ").join(parts) or _("nothing")


def _figures(said: Mapping[str, Any], currency: str) -> list[Figure]:
    figures = said["figures"]
    cost = float(said["cost"])
    roi, payback = figures["roi"], saying.payback_words(said, cost)
    found = [
        Figure(_("Brought by each person"), *_money(figures["effect"], currency)),
        Figure(_("Brought in all"), *_money(figures["effect_in_all"], currency), note=saying.people_words(said)),
        Figure(_("Cost"), saying.sum_words(cost, currency), ""),
        Figure(_("Left after the cost"), *_money(figures["net"], currency), note=_margin(said["margin"])),
    ]
    if roi is not None:
        ends = "" if roi["low"] is None else f"{percent(roi['low'])} – {percent(roi['high'])}"
        found.append(Figure(_("Return on what it cost"), percent(roi["at"]), ends))
    found.append(Figure(_("Earned back after"), *payback))
    return found


def _notes(said: Mapping[str, Any], currency: str) -> list[str]:
    told = [saying.trend_words(said, currency), saying.balance_words(said, currency)]
    if said["label"] == "randomised" and said["figures"]["adjusted"]:
        told.append(_("What people paid before is taken into account, so that fewer are needed to tell."))
    return [words for words in told if words]


def _warnings(said: Mapping[str, Any], groups: Mapping[str, Any]) -> list[str]:
    found = []
    if said["figures"] and said["figures"]["skewed"]:
        found.append(_("A few people pay so much more than the others that the intervals may be too narrow."))
    if groups["changed"]:
        found.append(_("The lists of who was drawn were changed since. Those count who were drawn, as they were."))
    if groups["joined"]:
        found.append(_("Some people were drawn for both sides and turned out to be one person; they are left out."))
    return found


def _margin(margin: float) -> str:
    return "" if margin == 1 else _("%(share)s of what is paid is left") % {"share": percent(margin)}


def _money(figure: Mapping[str, Any], currency: str) -> tuple[str, str]:
    at = saying.sum_words(figure["at"], currency)
    if figure["low"] is None:
        return at, ""
    return at, _("%(low)s to %(high)s") % {name: saying.sum_words(figure[name], currency) for name in ("low", "high")}
