"""How far it can be trusted: what was foretold of a time that the model had not seen, beside what happened in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vincle.apps.value.page.words import between, exact, model_words
from vincle.web.locales import write_day
from vincle.web.templatetags.vincle import number, percent, round_money


@dataclass(frozen=True)
class ClassRow:
    """The people who had come again so often (`words`), what was expected of one of them and what happened, with how
    far each bar reaches.
    """

    words: str
    people: str
    expected: str
    actual: str
    expected_length: str
    actual_length: str


@dataclass(frozen=True)
class Sum:
    """What was foretold and what happened, and by how much that is wrong."""

    words: str
    expected: str
    actual: str
    error: str


@dataclass(frozen=True)
class Trust:
    """`rivals`: each way with its error, of which the first is the one used and `ratio` tells how it compares."""

    since: str
    people: str
    classes: list[ClassRow]
    sums: list[Sum]
    rivals: list[tuple[str, str, bool]]


def trust_of(said: Mapping[str, Any], currency: str) -> Trust | None:
    """The check by a holdout; None where there was none, or it was of contracts, which are told apart by age."""
    holdout = said["holdout"]
    if holdout is None or said["why"].get("reason") == "contractual":
        return None
    classes = holdout["by_frequency"]
    top = max((value for each in classes for value in (each["expected"], each["actual"])), default=0) or 1
    begins = [each["frequency"] for each in classes]
    ends = [*begins[1:], None]
    sums = [Sum(_("Visits"), number(holdout["expected"]), number(holdout["actual"]), _wrong(holdout["total_error"]))]
    foretold, happened = holdout["money_foretold"], holdout["money_happened"]
    if foretold is not None and happened:
        error = foretold / happened - 1
        sums.append(Sum(_("Money"), round_money(foretold, currency), round_money(happened, currency), _wrong(error)))
    own = [(model_words(said["model"]), exact(holdout["root_mean_squared_error"]), True)]
    rivals = [
        (model_words(name), exact(each["root_mean_squared_error"]), False)
        for name, each in sorted(holdout["rivals"].items(), key=_error)
        if name != said["model"]
    ]
    return Trust(
        write_day(date.fromisoformat(holdout["from"])),
        number(holdout["people"]),
        [_row(each, end, top) for each, end in zip(classes, ends, strict=True)],
        sums,
        own + rivals,
    )


def _error(rival: tuple[str, Mapping[str, Any]]) -> float:
    return float(rival[1]["root_mean_squared_error"])


def _row(each: Mapping[str, Any], end: int | None, top: float) -> ClassRow:
    return ClassRow(
        _times(each["frequency"], end),
        number(each["people"]),
        exact(each["expected"], 1),
        exact(each["actual"], 1),
        f"{each['expected'] / top * 100:.1f}%",
        f"{each['actual'] / top * 100:.1f}%",
    )


def _times(begin: int, end: int | None) -> str:
    if end is None:
        return _("%(times)s or more") % {"times": number(begin)}
    return between(number(begin), number(end - 1)) if end - begin > 1 else number(begin)


def _wrong(share: float | None) -> str:
    if share is None:
        return "–"
    words = _("%(share)s too much") if share > 0 else _("%(share)s too little")
    return words % {"share": percent(abs(share), 1)}
