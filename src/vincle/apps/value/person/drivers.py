"""What makes somebody worth what they are, in words that claim no more than the figures."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vincle.apps.value.models import Worth
from vincle.engine.value.deciding import is_long_away
from vincle.engine.value.standing import SETTLED_DAYS, hundredths_above, hundredths_below, pace
from vincle.web.templatetags.vincle import number, percent

MOST = 60  # of a hundred people: fewer are not called most, which half of them and a few more would be


def standing_words(row: Worth, standing: Mapping[str, Any]) -> str:
    """How somebody stands among all by what they are expected to bring; empty where that is not known."""
    said = standing.get("worth")
    if not said or row.worth is None:
        return ""
    below = hundredths_below(said["quantiles"], float(row.worth))
    above = hundredths_above(said["quantiles"], float(row.worth))
    of = {"people": number(said["people"])}
    if below >= above:
        return _("Expected to bring more than %(share)s of the %(people)s people.") % {
            "share": percent(below / 100),
            **of,
        }
    return _("Expected to bring less than %(share)s of the %(people)s people.") % {"share": percent(above / 100), **of}


def drivers(row: Worth, standing: Mapping[str, Any]) -> list[str]:
    """Sentences about how often they come, what they spend at a time, and how long they have been away."""
    return [words for words in (_pace(row, standing), _spend(row, standing), _away(row)) if words]


def _pace(row: Worth, standing: Mapping[str, Any]) -> str:
    if row.frequency is None or row.tenure_days is None:
        return ""
    if not row.frequency:
        return _("Has come once so far.")
    said = standing.get("pace")
    if not said or row.tenure_days < SETTLED_DAYS:
        new = ngettext(
            "Known for %(days)s day only, too short to compare how often they come.",
            "Known for %(days)s days only, too short to compare how often they come.",
            row.tenure_days,
        )
        return new % {"days": number(row.tenure_days)} if row.tenure_days < SETTLED_DAYS else ""
    theirs = pace(row.frequency, row.tenure_days)
    return _compared(
        said, theirs, _("Comes more often than %(share)s of people."), _("Comes less often than %(share)s of people.")
    )


def _spend(row: Worth, standing: Mapping[str, Any]) -> str:
    said = standing.get("spend")
    if not said or row.spend is None or not row.frequency:
        return ""
    return _compared(
        said,
        float(row.spend),
        _("Spends more at a time than %(share)s of people."),
        _("Spends less at a time than %(share)s of people."),
    )


def _away(row: Worth) -> str:
    if not row.frequency or row.recency_days is None or row.tenure_days is None:
        return ""
    away, usual = row.tenure_days - row.recency_days, row.recency_days / row.frequency
    days = {"days": number(away), "usual": number(usual, 0 if usual >= 10 else 1)}
    if is_long_away(row.frequency, row.recency_days, row.tenure_days):
        return _("Has been away for longer than usual for them: %(days)s days, usually %(usual)s.") % days
    if away <= usual:
        return _("Was here as lately as is usual for them: %(days)s days ago, usually every %(usual)s.") % days
    return ""


def _compared(said: Mapping[str, Any], value: float, more: str, less: str) -> str:
    below = hundredths_below(said["quantiles"], value)
    if below >= MOST:
        return more % {"share": percent(below / 100)}
    above = hundredths_above(said["quantiles"], value)
    return less % {"share": percent(above / 100)} if above >= MOST else ""
