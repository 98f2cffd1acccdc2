"""What the two groups of a comparison are called."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from vincle.apps.fields.facade import labels
from vincle.apps.journeys.asking import Comparison
from vincle.apps.journeys.comparisons.actions import ATTRIBUTE, PERIOD
from vincle.apps.journeys.maps.queries import journey_of, map_by_uid
from vincle.web.locales import write_day


def group_names(asked: Comparison) -> tuple[str, str]:
    """Both, in words: 1 Jan 2026 to 31 Mar 2026; Town: Girona; came into “Habit”. Raises `NotFound` for a map that is
    gone, and `KeyError` for a stage that is.
    """
    if asked.by == PERIOD:
        return _period(asked.first), _period(asked.second)
    if asked.by == ATTRIBUTE:
        field = field_words(asked.attribute)
        return f"{field}: {asked.first}", f"{field}: {asked.second or _('any other')}"
    stage = {"stage": journey_of(map_by_uid(UUID(asked.map))).stage(asked.first).name}
    return _("came into “%(stage)s”") % stage, _("never came into “%(stage)s”") % stage


def field_words(name: str) -> str:
    """What a field of people is called."""
    return labels().get(name) or name.removeprefix("field:")


def _period(days: str) -> str:
    first, last = (write_day(date.fromisoformat(day)) for day in days.split("/"))
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}
