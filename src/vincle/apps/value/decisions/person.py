"""The best option for one person."""

from dataclasses import dataclass

from vincle.apps.value.decisions.options import options
from vincle.apps.value.decisions.queries import table_of
from vincle.apps.value.decisions.words import ICONS, option_words, reason_words
from vincle.apps.value.models import Worth
from vincle.engine.value.deciding import NOTHING, decide
from vincle.web.templatetags.vincle import round_money

_SCALE = 10_000


@dataclass(frozen=True, slots=True)
class Best:
    """What is best for somebody, why, and what it is expected to add after its cost, in words; `net` is empty where
    that is to do nothing.
    """

    icon: str
    title: str
    reason: str
    net: str = ""
    interval: tuple[str, str] | None = None
    is_clear: bool = True
    is_assumed: bool = False


def best_for(row: Worth, currency: str) -> Best | None:
    """The best option for whom `row` is about; None where nothing can be told."""
    if row.alive is None or row.worth is None:
        return None
    given = options()
    one = decide(table_of(row), [each.option for each in given]).ranked[0]
    words = ICONS[one.kind], option_words(one.kind), reason_words(one.kind, row, currency)
    if one.kind == NOTHING:
        return Best(*words)
    ends = [None if end is None else round_money(end / _SCALE, currency) for end in (one.net_low, one.net_high)]
    interval = (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None
    assumed = next(each for each in given if each.kind == one.kind).measured is None
    return Best(*words, round_money(one.net / _SCALE, currency), interval, one.is_clear, assumed)
