"""What is known of somebody under some names, for other rooms: what counts, who said so, what was said before."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from vincle.apps.people.queries.person import OBSERVATIONS, OLDER_SHOWN, chosen_first, different, said_by
from vincle.apps.people.words import attribute_words, provenance_words
from vincle.flow.models import HOUSE, Observation


@dataclass(frozen=True, slots=True)
class Said:
    """A value that was said of an identity, and in words by whom and when."""

    identity: int
    value: str
    at: datetime
    provenance: str
    by_colleague: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What counts (None: colleagues took back all that was said), and what was said before, the latest first.

    `voices` are the identities of which a colleague's word stands.
    """

    name: str
    label: str
    now: Said | None
    before: list[Said] = field(default_factory=list)
    voices: frozenset[int] = frozenset()


def known_of(identities: Collection[int], names: Collection[str]) -> dict[str, Known]:
    """By name what is known of whoever has these numbers, in two questions; what nobody ever spoke of is left out."""
    rows = list(
        Observation.objects.filter(identity_id__in=identities, name__in=names)
        .select_related("source")
        .order_by("-pinned", "-observed_at", "-id")[:OBSERVATIONS]
    )
    by_name: dict[str, list[Observation]] = defaultdict(list)
    for row in rows:
        by_name[row.name].append(row)
    authors = said_by(rows)
    return {name: _known(name, said, authors) for name, said in by_name.items()}


def _known(name: str, rows: list[Observation], authors: dict[int, str]) -> Known:
    chosen = chosen_first(rows)
    told = chosen or [row for row in rows if row.value]
    said = [_said(row, rows, authors) for row in told]
    before = _different(told, said, whole=not chosen)[:OLDER_SHOWN]
    latest: dict[int, str] = {}
    for row in rows:
        if row.source.name == HOUSE:
            latest.setdefault(row.identity_id, row.value)
    voices = frozenset(identity for identity, value in latest.items() if value)
    return Known(name, attribute_words(name), said[0] if chosen else None, before, voices)


def _different(rows: list[Observation], said: list[Said], *, whole: bool) -> list[Said]:
    kept = {row.pk for row in different(rows)}
    first = said[:1] if whole else []
    return first + [each for row, each in zip(rows, said, strict=True) if row.pk in kept]


def _said(row: Observation, rows: list[Observation], authors: dict[int, str]) -> Said:
    author = authors.get(row.pk, "")
    repeats = any(other.value == row.value and other.source_id != row.source_id for other in rows)
    words = provenance_words(str(row.source), row.observed_at, author=author, confirms=repeats)
    return Said(row.identity_id, row.value, row.observed_at, words, row.source.name == HOUSE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """That a colleague said something of an identity at a moment: what a colleague had said before (empty: nothing),
    and whether nothing was said since."""

    identity: int
    before: str
    is_last: bool


def said_at(identities: Collection[int], name: str, moment: datetime) -> list[Spoken]:
    """What colleagues said at that moment under a name of whoever has these numbers, in the order of what had been
    said before: said again in that order, the last counts as it did."""
    rows = Observation.objects.filter(identity_id__in=identities, name=name, source__name=HOUSE)
    found = []
    for row in rows.filter(observed_at=moment):
        of_it = rows.filter(identity_id=row.identity_id)
        former = of_it.filter(observed_at__lt=moment).order_by("-observed_at").first()
        is_last = not of_it.filter(observed_at__gt=moment).exists()
        spoken = Spoken(row.identity_id, former.value if former else "", is_last)
        found.append(((former.observed_at, former.pk) if former else (moment, 0), spoken))
    return [spoken for _when, spoken in sorted(found, key=lambda each: each[0])]
