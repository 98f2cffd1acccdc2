"""The whole: what it is worth now and may bring, which model says so and why, and who or what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.lists.facade import people_worth_url
from vincle.apps.value.page.spread import LEAST
from vincle.apps.value.page.words import behind_url, between, exact, model_words
from vincle.apps.value.queries import WholeValue
from vincle.web.templatetags.vincle import number, percent, round_money

_SCALE = 10_000


@dataclass(frozen=True)
class Figure:
    """One figure: written, its interval (empty: it is exact, or has none), a line beneath it, and who is behind it."""

    label: str
    value: str
    interval: str
    note: str
    url: str = ""


@dataclass(frozen=True)
class Head:
    """`model` is what is used, `why` why; `left_out` says what was not used; `flagged` who looks like a till."""

    figures: list[Figure]
    model: str
    why: str
    is_rule: bool
    left_out: list[str]
    flagged: str
    flagged_url: str


def head_of(kept: WholeValue, horizon_days: int, margin: float) -> Head:
    """The top of the page; where nothing can be expected, only what is present."""
    said: Mapping[str, Any] = kept.said or {}
    model = said["model"] or ""
    return Head(
        _figures(said, kept.currency, horizon_days, margin),
        model_words(model) if model else "",
        why_words(said["why"], model),
        said["why"].get("reason") == "rule_is_better",
        [_left_out(what, rows) for what, rows in said["rows_left_out"].items()],
        _flagged(len(said["flagged"])),
        behind_url("flagged"),
    )


def _figures(said: Mapping[str, Any], currency: str, horizon_days: int, margin: float) -> list[Figure]:
    present, worth, alive, visits = (said.get(name) for name in ("present", "worth", "alive", "expected"))
    costs = "" if margin == 1 else _("after costs: %(share)s of what is paid") % {"share": percent(margin, 0)}
    found = [
        Figure(
            _("Now: the last 12 months"),
            round_money(present["at"] / _SCALE, currency) if present else "–",
            "",
            " · ".join(part for part in (_people(present["people"] if present else 0), _("exact"), costs) if part),
            behind_url("present"),
        )
    ]
    ahead = _ahead(horizon_days)
    if worth:
        label, whole = _("To come: %(ahead)s") % {"ahead": ahead}, round_money(worth["at"] / _SCALE, currency)
        ends = _ends(worth, lambda value: round_money(value / _SCALE, currency))
        found.append(Figure(label, whole, ends, _people(worth["people"]), people_worth_url(LEAST, None)))
    if alive:
        ever = _("of %(people)s who ever paid") % {"people": number(alive["people"])}
        found.append(Figure(_("Probably still with you"), number(alive["at"]), _ends(alive, number), ever))
    if visits:
        found.append(Figure(_("Expected visits"), number(visits["at"]), _ends(visits, number), ahead))
    return found


def why_words(why: Mapping[str, Any], model: str) -> str:
    """Why this model, or none, in a sentence."""
    reason = why.get("reason")
    if reason in {"least_error", "rule_is_better"}:
        order = why["order"]
        said = {
            "model": model_words(model),
            "ways": number(len(order)),
            "error": exact(order[0][1]),
            "other": model_words(order[1][0]) if len(order) > 1 else "",
            "more": exact(order[1][1]) if len(order) > 1 else "",
        }
        words = _(
            "%(model)s is used: of %(ways)s ways tried on a time that none of them had seen, it was the least wrong, "
            "by %(error)s visits a person; the next best, %(other)s, by %(more)s."
        )
        if reason == "rule_is_better":
            words = _(
                "A plain rule, %(model)s, is used: of %(ways)s ways tried on a time that none of them had seen, it was "
                "the least wrong, by %(error)s visits a person, better than any model. A rule has no interval."
            )
        return words % said
    return _untold(reason, why)


def _untold(reason: str | None, why: Mapping[str, Any]) -> str:
    if reason == "too_few_people":
        return _too_few(why)
    words = {
        "nothing_settled": _("No model fits how people come here, so nothing is expected of anybody."),
        "no_holdout": _("The most likely model is used; there was no later time to try it on."),
        "one_day": _("All there is happened on one day: what people will do cannot be told from that."),
        "short": _("The time that is known is too short to expect anything yet."),
        "contractual": _("People pay every month until they leave: who stays is told by how long others stayed (sBG)."),
    }
    return words.get(reason or "", "")


def _too_few(why: Mapping[str, Any]) -> str:
    said = {"people": number(why["people"]), "needed": number(why["people_needed"])}
    if "returned" not in why:
        return _("Not enough people yet to expect anything: %(people)s, and %(needed)s are needed.") % said
    return _(
        "Not enough people yet to expect anything: halfway through the time that is known there were %(people)s, of "
        "whom %(returned)s had come again. %(needed)s and %(again)s are needed."
    ) % {**said, "returned": number(why["returned"]), "again": number(why["returned_needed"])}


def _left_out(what: str, rows: int) -> str:
    words = {
        "other_currency": _("%(rows)s rows in a currency whose rate is not known"),
        "future": _("%(rows)s rows dated in the future"),
        "no_rate": _("%(rows)s rows of days for which no rate is known"),
    }
    return words.get(what, _("%(rows)s rows that cannot be used")) % {"rows": number(rows)}


def _flagged(people: int) -> str:
    if not people:
        return ""
    return ngettext(
        "%(number)s looks like a till or a test and is left out.",
        "%(number)s look like tills or tests and are left out.",
        people,
    ) % {"number": number(people)}


def _people(people: int) -> str:
    return ngettext("%(number)s person", "%(number)s people", people) % {"number": number(people)}


def _ahead(days: int) -> str:
    return _("the next 12 months") if days == 365 else _("the next %(days)s days") % {"days": number(days)}


def _ends(total: Mapping[str, Any], write: Any) -> str:
    if total["low"] is None or total["high"] is None:
        return ""
    return between(write(total["low"]), write(total["high"]))
