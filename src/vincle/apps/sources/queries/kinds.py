"""Reads of the catalogue of kinds."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from vincle.apps.sources.looks import UNCHOSEN
from vincle.flow.append.payload import payload_of
from vincle.flow.append.schema import Contract
from vincle.flow.models import Interaction, Kind, Reading
from vincle.kernel.errors import NotFound

COUNTS = "kinds"  # the reading that holds how many interactions there are of each kind
READ = 5_000  # kinds that are looked through
SHOWN = 300  # that are shown at once
TRIED = 200
LOOKED_AT = 200_000  # rows of the log, the last ones, among which interactions of a kind are looked for


@dataclass(frozen=True)
class KindLine:
    """A kind in the list: `count` is None while nothing has been counted."""

    kind: Kind
    count: int | None

    @property
    def is_new(self) -> bool:
        return needs_words(self.kind)


@dataclass(frozen=True)
class KindGroup:
    """The kinds that share the first part of their name."""

    prefix: str
    lines: list[KindLine]

    @property
    def count(self) -> int:
        return sum(line.count or 0 for line in self.lines)


@dataclass(frozen=True)
class Catalogue:
    """The kinds that were asked for, and when they were last counted; `hidden` of them are too many for one page."""

    groups: list[KindGroup]
    new: list[KindLine]
    counted_at: datetime | None
    hidden: int = 0


@dataclass(frozen=True)
class Trial:
    """What a contract would do to the last interactions of its kind: how many were tried, how many would be held, and
    the most frequent reasons with how many each holds."""

    tried: int
    held: int
    reasons: list[tuple[str, int]] = field(default_factory=list)


def needs_words(kind: Kind) -> bool:
    """Whether an import found this kind and nobody has described it yet."""
    return kind.icon == UNCHOSEN and not kind.builtin


def catalogue(words: str = "", *, only_used: bool = False) -> Catalogue:
    """The kinds whose name or label has `words`, by the first part of their name; also apart those nobody described."""
    reading = Reading.objects.filter(name=COUNTS).first()
    counts: dict[str, int] | None = reading.payload["counts"] if reading else None
    wanted = words.strip().casefold()
    lines = [
        KindLine(kind, None if counts is None else counts.get(kind.name, 0))
        for kind in Kind.objects.all()[:READ]
        if wanted in f"{kind.name} {kind.label}".casefold()
    ]
    if only_used:
        lines = [line for line in lines if line.count]
    new = [line for line in lines if line.is_new]
    counted_at = reading.computed_at if reading else None
    return Catalogue(_grouped(lines[:SHOWN]), new, counted_at, max(0, len(lines) - SHOWN))


def kind_named(name: str) -> Kind:
    """One kind; `NotFound` when there is none of that name."""
    found = Kind.objects.filter(name=name).first()
    if found is None:
        raise NotFound(_("There is no kind “%(name)s”.") % {"name": name})
    return found


def count_of(kind: Kind) -> int | None:
    """How many interactions of the kind were counted last; None while nothing has been counted."""
    reading = Reading.objects.filter(name=COUNTS).first()
    return reading.payload["counts"].get(kind.name, 0) if reading else None


def latest_payloads(kind: Kind, limit: int = TRIED) -> list[dict[str, Any]]:
    """The last interactions of a kind that the log received, as a contract sees them; looks at the last
    `LOOKED_AT` rows of the log and no further."""
    last = Interaction.objects.aggregate(last=Max("id"))["last"] or 0
    rows = Interaction.objects.filter(kind=kind, id__gt=last - LOOKED_AT).order_by("-id")
    return [payload_of(each) for each in rows.select_related("kind", "touchpoint", "identity", "staff")[:limit]]


def try_contract(schema: Any, payloads: Iterable[dict[str, Any]]) -> Trial:
    """What the contract would do to `payloads`; raises `BadInput` when it is no contract."""
    contract = Contract(schema)
    reasons: dict[str, int] = {}
    tried = held = 0
    for payload in payloads:
        breaches = contract.breaches(payload)
        tried += 1
        held += bool(breaches)
        for reason in {str(breach) for breach in breaches}:
            reasons[reason] = reasons.get(reason, 0) + 1
    return Trial(tried, held, sorted(reasons.items(), key=lambda each: -each[1])[:5])


def _grouped(lines: list[KindLine]) -> list[KindGroup]:
    groups: dict[str, list[KindLine]] = {}
    for line in lines:
        groups.setdefault(line.kind.name.partition(".")[0], []).append(line)
    return [KindGroup(prefix, found) for prefix, found in sorted(groups.items())]
