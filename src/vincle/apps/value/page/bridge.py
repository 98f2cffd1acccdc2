"""Why the whole changed: the parts of a bridge between two days, drawn as a waterfall, and month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.people.facade import PersonMark, looks
from vincle.apps.value.page.words import behind_url, stretch_words
from vincle.web import charts
from vincle.web.charts import Chart
from vincle.web.locales import write_day, write_month
from vincle.web.templatetags.vincle import money, number, round_money

FEW = 10  # people of a part, below which its sum tells of each of them
PARTS = ("new", "kept", "recovered", "lost")
_TONES = {"new": "well", "kept": "plain", "recovered": "gold", "lost": "warm"}


@dataclass(frozen=True)
class PartRow:
    """A part: what it adds, to the cent (empty: too few people to tell), and how many people, with their list."""

    key: str
    words: str
    amount: str
    people: str
    url: str


@dataclass(frozen=True)
class BridgeShown:
    """From the first day to the last; `chart` is None where a part may not be told."""

    opening_day: str
    closing_day: str
    window: str
    opening: str
    closing: str
    change: str
    parts: list[PartRow]
    chart: Chart | None


@dataclass(frozen=True)
class Month:
    """One row of the table: what each part added."""

    words: str
    opening: str
    cells: list[tuple[str, str, str, str]]
    closing: str


@dataclass(frozen=True)
class Months:
    """The latest months, the earliest first."""

    rows: list[Month]
    chart: Chart | None


def part_words() -> dict[str, str]:
    """What the parts are called."""
    return {
        "new": _("New"),
        "kept": _("Change in those kept"),
        "recovered": _("Back again"),
        "lost": _("Lost"),
    }


def bridge_of(said: Mapping[str, Any], window: int, currency: str, *, spares: bool) -> BridgeShown:
    """A bridge as it is shown; `spares`: whoever looks may not see everybody, so that sums of few are not told."""
    days = [date.fromisoformat(said[name]) for name in ("opening_day", "closing_day")]
    words, sums = part_words(), _sums(said)
    parts = [
        PartRow(
            part,
            words[part],
            "" if spares and _is_few(said, part) else signed(sums[part], currency),
            number(said["people"][part]),
            behind_url("bridge", part, said["opening_day"], said["closing_day"], window),
        )
        for part in PARTS
    ]
    opening, closing = Decimal(said["opening"]), Decimal(said["closing"])
    told = all(part.amount for part in parts)
    return BridgeShown(
        write_day(days[0]),
        write_day(days[1]),
        stretch_words(window),
        money(opening, currency),
        money(closing, currency),
        signed(closing - opening, currency),
        parts,
        _waterfall(days, opening, sums, closing, currency) if told else None,
    )


def months_of(said: Sequence[Mapping[str, Any]], window: int, currency: str, *, spares: bool) -> Months | None:
    """The months; None where there are none."""
    if not said:
        return None
    rows = [_month(each, window, currency, spares=spares) for each in said]
    told = all(amount for row in rows for _key, amount, _people, _url in row.cells)
    return Months(rows, _bars(said, currency) if told else None)


def may_tell_few() -> bool:
    """Whether sums of a few people may be told to whoever looks: where nobody is confidential, or they see them all."""
    if looks().confidential:
        return True
    return not PersonMark.objects.filter(kind=PersonMark.Kind.CONFIDENTIAL, lifted_at=None).exists()


def signed(amount: Decimal, currency: str) -> str:
    """A sum with its sign, to the cent."""
    sign = "−" if amount < 0 else "+" if amount > 0 else ""
    return sign + money(abs(amount), currency)


def _month(said: Mapping[str, Any], window: int, currency: str, *, spares: bool) -> Month:
    sums = _sums(said)
    cells = [
        (
            part,
            "" if spares and _is_few(said, part) else signed(sums[part], currency),
            number(said["people"][part]),
            behind_url("bridge", part, said["opening_day"], said["closing_day"], window),
        )
        for part in PARTS
    ]
    closing_day = date.fromisoformat(said["closing_day"])
    return Month(
        write_month(closing_day),
        money(Decimal(said["opening"]), currency),
        cells,
        money(Decimal(said["closing"]), currency),
    )


def _sums(said: Mapping[str, Any]) -> dict[str, Decimal]:
    """What each part adds; what was lost takes away."""
    return {part: Decimal(said[part]) * (-1 if part == "lost" else 1) for part in PARTS}


def _is_few(said: Mapping[str, Any], part: str) -> bool:
    return 0 < int(said["people"][part]) < FEW


def _waterfall(
    days: Sequence[date], opening: Decimal, sums: Mapping[str, Decimal], closing: Decimal, currency: str
) -> Chart:
    words = part_words()
    return charts.waterfall(
        _("Why the whole changed from %(opening)s to %(closing)s")
        % {"opening": write_day(days[0]), "closing": write_day(days[1])},
        _("Part"),
        _("What it adds"),
        start=charts.Step(write_day(days[0]), float(opening), round_money(opening, currency)),
        steps=[charts.Step(words[part], float(sums[part]), _round_signed(sums[part], currency)) for part in PARTS],
        end=charts.Step(write_day(days[1]), float(closing), round_money(closing, currency)),
    )


def _bars(said: Sequence[Mapping[str, Any]], currency: str) -> Chart:
    words = part_words()
    return charts.bars(
        _("What each month added and took away"),
        _("Month"),
        [write_month(date.fromisoformat(each["closing_day"])) for each in said],
        [charts.Series(words[part], [float(_sums(each)[part]) for each in said], _TONES[part]) for part in PARTS],
        unit=currency,
        stacked=True,
    )


def _round_signed(amount: Decimal, currency: str) -> str:
    sign = "−" if amount < 0 else "+" if amount > 0 else ""
    return sign + round_money(abs(amount), currency)
