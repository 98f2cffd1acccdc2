"""What came of an investment, in sentences that claim no more than the figures."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.web.locales import write_day
from vincle.web.templatetags.vincle import money, number, round_money

_LARGE = 100  # from here on nobody minds the cents
TONES = {"pays": "well", "does_not_pay": "warm", "cannot_tell": "gold", "trends_differ": "gold", "too_few": "plain"}
_SHORT: Mapping[str, Callable[[], str]] = {
    "pays": lambda: _("pays"),
    "does_not_pay": lambda: _("has not paid"),
    "cannot_tell": lambda: _("cannot be told yet"),
    "too_few": lambda: _("too few people"),
    "trends_differ": lambda: _("cannot be compared"),
}


def short(verdict: str) -> str:
    """The verdict in two or three words, for a list."""
    return _SHORT[verdict]()


def sentence(said: Mapping[str, Any], currency: str) -> str:
    """The verdict, with the ends of what it rests on."""
    verdict, told = said["verdict"], {"day": write_day(date.fromisoformat(said["until"]))}
    if verdict == "too_few":
        return _too_few(said)
    if verdict == "trends_differ":
        return _("Both groups moved apart before it began already. What came after cannot be put down to it, so there "
                 "is no answer from this comparison.")  # fmt: skip
    net = said["figures"]["net"]
    if net["low"] is None:
        return _("It cannot be told: all people are alike in what they paid, so nothing says how much is chance.")
    low, high = net["low"], net["high"]
    if verdict == "pays":
        told |= {"low": sum_words(low, currency), "high": sum_words(high, currency)}
        return _("It pays: by %(day)s it has brought between %(low)s and %(high)s more than it cost.") % told
    if verdict == "does_not_pay":
        told |= {"low": sum_words(-high, currency), "high": sum_words(-low, currency)}
        return _("It has not paid by %(day)s: it cost between %(low)s and %(high)s more than it has brought.") % told
    told |= {"low": sum_words(-low, currency), "high": sum_words(high, currency)}
    return _("It cannot be told yet: by %(day)s it may have lost up to %(low)s, or brought up to %(high)s more than it "
             "cost.") % told  # fmt: skip


def needed_words(said: Mapping[str, Any]) -> str:
    """How many people are still needed to tell; empty where it can be told."""
    if said["verdict"] != "cannot_tell" or said["figures"]["net"]["low"] is None:
        return ""
    needed = said["figures"]["needed"]
    if needed is None:
        return _("What it brought and what it cost are so near each other that no sensible number of people would tell "
                 "them apart.")  # fmt: skip
    return _("Still needed: about %(treated)s more people who have it and %(compared)s more who do not. With as many, "
             "8 of 10 such comparisons would tell, if it is really as it looks now.") % {
        "treated": number(_about(needed[0])), "compared": number(_about(needed[1])),
    }  # fmt: skip


def payback_words(said: Mapping[str, Any], cost: float) -> tuple[str, str]:
    """After how long it has earned what it cost, and the ends of that."""
    payback = said["figures"]["payback"]
    if not cost:
        return _("it cost nothing"), ""
    at = _days(payback["days"]) if payback["days"] is not None else _("never, as it goes now")
    if payback["soonest"] is None:
        return at, ""
    soonest = _days(payback["soonest"])
    if payback["latest"] is None:
        return at, _("%(soonest)s at the soonest, perhaps never") % {"soonest": soonest}
    return at, _("%(low)s to %(high)s") % {"low": soonest, "high": _days(payback["latest"])}


def label_words(said: Mapping[str, Any]) -> tuple[str, str]:
    """What sort of comparison it is, and what that means."""
    if said["label"] == "randomised":
        return _("Randomised"), _("A lot decided who had it, so what differs afterwards, beyond chance, comes from it.")
    words = _("Nobody drew a lot: both groups may differ in other things that changed at the same time, and one of "
              "those may be the reason. Read it as a sign, not as a proof.")  # fmt: skip
    return _("Observational"), words


def trend_words(said: Mapping[str, Any], currency: str) -> str:
    """What is to be said of how both groups moved before; empty where a lot decided."""
    if said["label"] == "randomised":
        return ""
    trend = said["figures"]["trend"]
    if trend["slopes"] is None:
        return _("Too little is known of the time before to see whether both groups moved alike. Without that, a "
                 "difference afterwards says little.")  # fmt: skip
    carried = trend["carried"]
    if carried["low"] is None:
        return _("Before it began both groups moved alike.")
    told = {name: sum_words(carried[name], currency) for name in ("low", "high")}
    if trend["differs"]:
        return _("Before it began both groups moved apart: going on like that, it alone would make %(low)s to %(high)s "
                 "a person.") % told  # fmt: skip
    return _("Before it began no difference in how both groups moved can be told from chance. One that cannot be ruled "
             "out would by itself make %(low)s to %(high)s a person.") % told  # fmt: skip


def balance_words(said: Mapping[str, Any], currency: str) -> str:
    """How alike both groups were before, where a lot decided; empty where nothing is known of the time before."""
    balance = said["figures"]["balance"]
    if balance is None or balance["low"] is None:
        return ""
    told = {name: sum_words(balance[name], currency) for name in ("low", "at", "high")}
    if balance["low"] <= 0 <= balance["high"]:
        return _("Before, both groups paid alike, as a lot makes them: the difference is %(at)s a person (%(low)s to "
                 "%(high)s).") % told  # fmt: skip
    return _("Before, both groups did not pay alike: the difference is %(at)s a person (%(low)s to %(high)s). A lot "
             "makes that once in twenty times; make sure that it was one.") % told  # fmt: skip


def sum_words(amount: float, currency: str) -> str:
    """A sum as exact as it is worth reading: small ones with their cents."""
    return round_money(amount, currency) if abs(amount) >= _LARGE else money(amount, currency)


def people_words(said: Mapping[str, Any]) -> str:
    """How many people of both groups it rests on."""
    return _("%(treated)s people beside %(compared)s") % {
        "treated": number(said["treated"]), "compared": number(said["compared"]),
    }  # fmt: skip


def _too_few(said: Mapping[str, Any]) -> str:
    parts: Sequence[tuple[int, int, str]] = (
        (said["treated"], said["missing"][0], _("who had it")),
        (said["compared"], said["missing"][1], _("whom they are compared with")),
    )
    missing = [
        _("%(missing)s of those %(whom)s (there are %(there)s)")
        % {"missing": number(short_of), "whom": whom, "there": number(there)}
        for there, short_of, whom in parts
        if short_of
    ]
    return _("Not enough people yet. Still missing: %(missing)s.") % {"missing": _(" and ").join(missing)}


def _days(days: float) -> str:
    whole = max(1, round(days)) if days else 0
    return ngettext("%(number)s day", "%(number)s days", whole) % {"number": number(whole)}


def _about(people: int) -> int:
    """To two digits: an estimate of an estimate."""
    digits = len(str(people)) - 2
    return people if digits <= 0 else -(-people // 10**digits) * 10**digits
