"""What options are called, for whom they are, what they change, and why one of them is best for somebody."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from vincle.apps.lists.facade import chance_words
from vincle.apps.value.decisions.options import Assumed
from vincle.apps.value.models import Worth
from vincle.engine.value.deciding import NOTHING
from vincle.kernel.errors import NotFound
from vincle.web.templatetags.vincle import number, percent, round_money

ICONS = {
    "win_back": "arrow-back-up",
    "warn": "phone",
    "thank": "heart",
    "upsell": "trending-up",
    NOTHING: "circle-dashed",
}


def option_words(kind: str) -> str:
    """What an option is called; raises `NotFound` for what is none."""
    said = {
        "win_back": _("Win back"),
        "warn": _("Have a colleague call"),
        "thank": _("Thank"),
        "upsell": _("Offer more"),
        NOTHING: _("Do nothing"),
    }
    if kind not in said:
        raise NotFound(_("There is no such option."))
    return said[kind]


def who_words(kind: str) -> str:
    """Whom it is for."""
    return {
        "win_back": _("Who is probably gone."),
        "warn": _("Who is probably there, but has been away for more than twice as long as usual for them."),
        "thank": _("Who is probably there."),
        "upsell": _("Who is probably there."),
        NOTHING: _("For whom nothing adds more than it costs."),
    }[kind]


def effect_words(given: Assumed) -> str:
    """What it changes, by how much, and how sure that is."""
    of = given.measured or given
    shares = {"share": share_words(of.likely), "low": share_words(of.low), "high": share_words(of.high)}
    return {
        "win_back": _("%(share)s of them come back (%(low)s to %(high)s)."),
        "warn": _("%(share)s of those who would leave stay (%(low)s to %(high)s)."),
        "thank": _("Their chance to stay rises by %(share)s (%(low)s to %(high)s)."),
        "upsell": _("They spend %(share)s more at a time (%(low)s to %(high)s)."),
    }[given.kind] % shares


def share_words(share: float) -> str:
    """A share, with a decimal where it has one."""
    return percent(share, 0 if round(share * 1000) % 10 == 0 else 1)


def reason_words(kind: str, row: Worth, currency: str) -> str:
    """Why an option is best for somebody of whom that is known."""
    return _REASONS[kind](row, currency)


def _win_back(row: Worth, currency: str) -> str:
    alive, worth = row.alive or 0.0, float(row.worth or 0)
    if not alive or row.worth_low is None:
        return _("Probably gone: %(share)s that they are still with us.") % {"share": chance_words(alive)}
    said = _("Probably gone (%(share)s that they are still with us), and expected to bring %(amount)s if they were.")
    return said % {"share": chance_words(alive), "amount": round_money(worth / alive, currency)}


def _warn(row: Worth, _currency: str) -> str:
    away, usual = (row.tenure_days or 0) - (row.recency_days or 0), (row.recency_days or 0) / (row.frequency or 1)
    said = _("Away for %(days)s days, where %(usual)s are usual for them, and probably still with us (%(share)s).")
    return said % {"days": number(away), "usual": number(usual), "share": chance_words(row.alive or 0.0)}


def _thank(row: Worth, currency: str) -> str:
    said = _("Probably still with us (%(share)s), and expected to bring %(amount)s: what is worth keeping.")
    return said % {"share": chance_words(row.alive or 0.0), "amount": round_money(row.worth, currency)}


def _upsell(row: Worth, currency: str) -> str:
    said = _("Probably still with us (%(share)s), and expected to bring %(amount)s: a little more each time adds up.")
    return said % {"share": chance_words(row.alive or 0.0), "amount": round_money(row.worth, currency)}


def _nothing(_row: Worth, _currency: str) -> str:
    return _("None of the options is expected to add more than it costs.")


_REASONS: dict[str, Callable[[Worth, str], str]] = {
    "win_back": _win_back,
    "warn": _warn,
    "thank": _thank,
    "upsell": _upsell,
    NOTHING: _nothing,
}
