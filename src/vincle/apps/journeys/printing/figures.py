"""How the figures of a journey are written on its map, each with its interval where it has one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from vincle.apps.journeys.words import counted, interval
from vincle.flow.catalogue import builtin, describe
from vincle.web.locales import write_day, write_lasting
from vincle.web.templatetags import vincle
from vincle.web.templatetags.vincle import number, percent


def facts(chart: Mapping[str, Any], case: str) -> str:
    """Of how many all of it speaks, and until when."""
    said = [counted(chart["cases"], case)]
    if chart["as_of"]:
        said.append(_("until %(day)s") % {"day": write_day(datetime.fromisoformat(chart["as_of"]))})
    conformance = chart["conformance"]
    if conformance and conformance["cases"]:
        said.append(_("%(share)s follow the design") % {"share": percent(conformance["share"])})
    return " · ".join(said)


def before(part: Mapping[str, Any], case: str) -> str:
    """What happened before any stage; empty when nothing did."""
    if not part["people"]:
        return ""
    return _("Before any stage: %(whom)s, %(times)s") % {
        "whom": counted(part["people"], case),
        "times": _times(part["events"]),
    }


def stage(real: Mapping[str, Any]) -> str:
    """How many entered it, what share that is, and how long it lasts in the middle case."""
    share, low, high = real["share"]
    said = [number(real["entered"]), f"{percent(share)} ({interval(low, high)})"]
    if real["lasting"]:
        said.append(write_lasting(real["lasting"][0]))
    return " · ".join(said)


def touchpoint(real: Mapping[str, Any], case: str) -> str:
    """To how many it happens, how often, and how it is felt."""
    if not real["people"]:
        return _("nobody so far")
    said = f"{counted(real['people'], case)}, {_times(real['events'])}"
    return f"{said} · {feeling(real['feeling'])}" if real["feeling"] else said


def feeling(told: Sequence[Any]) -> str:
    """A mean feeling with its interval: +0.4 (0.1 to 0.7)."""
    mean, low, high = (_signed(each) for each in told[:3])
    if told[1] is None or told[2] is None:
        return mean
    return f"{mean} ({_('%(low)s to %(high)s') % {'low': low, 'high': high}})"


def money(sums: Mapping[str, str]) -> str:
    """Sums by currency."""
    return " · ".join(vincle.round_money(Decimal(each), currency) for currency, each in sorted(sums.items()))


def days(count: float) -> str:
    """A limit as it was set, not rounded to weeks."""
    decimals = 0 if count == int(count) else 1
    return ngettext("%(number)s day", "%(number)s days", 1 if count == 1 else 2) % {"number": number(count, decimals)}


def kind_words(kind: str) -> str:
    """What a kind is called in the catalogue, in the reader's language, else the last part of its name."""
    language = (get_language() or "en").partition("-")[0]
    told = builtin().get(kind)
    return str(told[language]) if told and language in told else str(describe(kind, "").labels["en"])


def _times(count: int) -> str:
    return ngettext("%(number)s time", "%(number)s times", count) % {"number": number(count)}


def _signed(value: float | None) -> str:
    if value is None:
        return ""
    rounded = round(value, 1)
    return f"{'−' if rounded < 0 else '+' if rounded > 0 else ''}{number(abs(rounded), 1)}"
