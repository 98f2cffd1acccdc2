"""A filter from an address or a form, or a refusal in one sentence: what cannot be read never means everybody."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from vincle.apps.lists.filters.language import (
    MOST,
    Behind,
    Did,
    Filter,
    Found,
    Known,
    Leaf,
    Period,
    Seen,
    Spent,
    Total,
    Worth,
)
from vincle.apps.lists.filters.offers import attribute_names, gatherings, kind_names, list_names, namespace_names
from vincle.apps.lists.worths import SHARES
from vincle.kernel.errors import BadInput
from vincle.kernel.words import fold

LONGEST = 8_000
LARGEST = Decimal(10**12)
NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")

_decoder = msgspec.json.Decoder(Filter)
_encoder = msgspec.json.Encoder(decimal_format="number")


def write(wanted: Filter) -> str:
    """The filter as a short text for an address."""
    return _encoder.encode(wanted).decode()


def read(text: str) -> Filter:
    """The filter behind a text; raises `BadInput` for what is no filter, holds nothing, or names what is not there."""
    if len(text) > LONGEST:
        raise _refused()
    try:
        wanted = _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise _refused() from error
    check(wanted)
    return wanted


def check(wanted: Filter) -> None:
    """Raise `BadInput` for a filter that means nothing, or something else than it says."""
    leaves = wanted.leaves()
    if len(leaves) > MOST:
        raise BadInput(_("A filter has at most %(count)d conditions.") % {"count": MOST})
    if "\0" in write(wanted) or "\\u0000" in write(wanted):
        raise _refused()
    for leaf in leaves:
        check_alone(leaf)
    _check_names(leaves)
    _check_gatherings(leaves)


def check_alone(leaf: Leaf) -> None:
    """Raise `BadInput` for a condition that means nothing, whatever there is in the log."""
    if isinstance(leaf, Known):
        _check_values(leaf)
    if isinstance(leaf, Did) and leaf.op == "at_least" and not leaf.times:
        raise BadInput(_("“At least 0 times” holds of everybody."), _("Say at least 1, or at most 0 for never."))
    if isinstance(leaf, Did):
        _check_narrowing(leaf)
    if isinstance(leaf, Seen) and leaf.period == Period():
        raise BadInput(_("Say when: a number of days, or a day."))
    if isinstance(leaf, Seen) and leaf.op == "before" and not (leaf.period.days or leaf.period.since):
        raise BadInput(_("Say before which day."))
    if isinstance(leaf, Found) and not leaf.words.strip():
        raise _refused()
    if isinstance(leaf, Total | Spent | Worth):
        _check_number(leaf)
    if isinstance(leaf, Total) and leaf.of == "interactions" and leaf.value != int(leaf.value):
        raise _refused()
    if isinstance(leaf, Did | Spent | Seen):
        _check_period(leaf.period)


def _check_period(period: Period) -> None:
    if period.days and (period.since or period.until):
        raise _refused()
    if period.since and period.until and period.since > period.until:
        raise BadInput(_("A period ends before it begins."), _("Turn its two days round."))


def _check_narrowing(leaf: Did) -> None:
    # Words that are nothing but accents would be found in everything.
    if (leaf.place and not leaf.channel) or (leaf.thing and not (leaf.thing_type and fold(leaf.thing))):
        raise _refused()


def _check_number(leaf: Total | Spent | Worth) -> None:
    value = leaf.amount if isinstance(leaf, Spent) else leaf.value
    if not value.is_finite() or abs(value) > LARGEST:
        raise BadInput(_("“%(value)s” is not a number.") % {"value": value})
    if isinstance(leaf, Worth) and leaf.of in SHARES and not 0 <= value <= 1:
        raise BadInput(_("A probability is from 0 to 100 percent."))


def _check_values(leaf: Known) -> None:
    wanted = {"empty": range(1), "filled": range(1), "one_of": range(1, 51)}.get(leaf.op, range(1, 2))
    if len(leaf.values) not in wanted or not all(fold(value) for value in leaf.values):
        raise BadInput(_("Say what “%(attribute)s” is compared with.") % {"attribute": leaf.name})
    if leaf.op in {"before", "after"} and not _is(date.fromisoformat, leaf.values[0]):
        raise BadInput(_("“%(value)s” is not a day.") % {"value": leaf.values[0]}, _("It looks like 2026-12-31."))
    if leaf.op in {"less", "greater"} and not NUMBER.fullmatch(leaf.values[0]):
        raise BadInput(_("“%(value)s” is not a number.") % {"value": leaf.values[0]})


def _check_names(leaves: list[Leaf]) -> None:
    """What is named must be there: “nobody has it” would otherwise turn a condition round."""
    named: tuple[tuple[str, Callable[[], Any], str], ...] = (
        ("name", attribute_names, _("Nobody has an attribute “%(name)s”.")),
        ("kind", kind_names, _("There is no kind “%(name)s”.")),
        ("namespace", namespace_names, _("Nobody is known by “%(name)s”.")),
        ("list", list_names, _("There is no such list any more.")),
    )
    for field, there, sentence in named:
        wanted = {getattr(leaf, field) for leaf in leaves if getattr(leaf, field, "")}
        for missing in sorted(wanted - set(there()) if wanted else ()):
            raise BadInput(sentence % {"name": missing}, _("Take this condition away, or choose another."))


def _check_gatherings(leaves: list[Leaf]) -> None:
    wanted = {leaf.gathering for leaf in leaves if isinstance(leaf, Behind)}
    if wanted and wanted - set(gatherings(wanted)):
        raise BadInput(
            _("These people behind a figure are not kept any more."),
            _("Open the figure again. To keep people for good, add them to a list."),
        )


def _is(parse: Callable[[str], Any], text: str) -> bool:
    try:
        parse(text)
    except ValueError:
        return False
    return True


def _refused() -> BadInput:
    return BadInput(
        _("This filter cannot be read, so nobody is shown."), _("Open the list again and choose the conditions anew.")
    )
