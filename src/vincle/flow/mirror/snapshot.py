"""One unmoving view of the operational database, and how far in it a copy may safely go."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa

from vincle.flow.mirror.reads import RESTRICTED, As
from vincle.flow.mirror.session import Session
from vincle.kernel.home import Home


@dataclass(frozen=True, slots=True)
class Erasure:
    """What left the log: a whole batch, everything of one identity, or single interactions."""

    batch_id: int | None
    identity_id: int | None
    interactions: tuple[int, ...] = ()

    @property
    def is_personal(self) -> bool:
        """Whether its bytes go at once, too."""
        return self.identity_id is not None or bool(self.interactions)


class Snapshot(Protocol):
    """What both databases offer. Positions only grow; what lies up to `upto` will never be joined by
    earlier rows.
    """

    @property
    def session(self) -> Session:
        """The connection it reads through."""
        ...

    @property
    def database(self) -> str:
        """Which database this is; another one needs a new mirror."""
        ...

    @property
    def shapes(self) -> Mapping[As, str]:
        """How DuckDB makes the mirror's columns of this database's (`{}` stands for the column)."""
        ...

    def upto(self, table: str) -> int:
        """How far `table` of the mirror (or `erasures`) may be followed from this snapshot."""
        ...

    def rows(self, table: str, after: int) -> pa.RecordBatchReader:
        """The rows of `table` beyond position `after`, with the columns of `vincle.flow.mirror.reads`."""
        ...

    def numbers(self, table: str) -> pa.RecordBatchReader:
        """The ids of all rows of `table` that exist."""
        ...

    def people(self, numbers: Sequence[int] | None) -> pa.RecordBatchReader:
        """Number and uid of these people, or of all; those without a row yet are left out."""
        ...

    def erasures(self, after: int) -> list[Erasure]:
        """What was erased since position `after`."""
        ...

    def held_back(self) -> int:
        """Committed interactions that must wait because an older transaction is still open."""
        ...

    def uid_of(self, interaction: int) -> str:
        """The uid of an interaction by its number; empty when there is none."""
        ...


def among(numbers: Sequence[int] | None) -> str:
    """The condition that a row `t` is one of `numbers`; any, where None is given."""
    return "true" if numbers is None else f"t.id IN ({', '.join(map(str, numbers))})"


def restricted_in(snapshot: Snapshot) -> list[int]:
    """The identities of whose processing is restricted, in order."""
    return [int(number) for number in snapshot.session.table(RESTRICTED).column(0).to_pylist()]


def erasures_of(table: pa.Table) -> list[Erasure]:
    """Rows (batch_id, identity_id, interactions as JSON) as erasures."""
    return [
        Erasure(row["batch_id"], row["identity_id"], tuple(json.loads(row["interactions"] or "[]")))
        for row in table.to_pylist()
    ]


@contextmanager
def snapshot_of(home: Home, *, anew: bool) -> Iterator[Snapshot]:
    """Look at the home's database; `anew` when everything is going to be copied from the beginning."""
    if home.is_sqlite:
        from vincle.flow.mirror.sqlite import sqlite_snapshot

        with sqlite_snapshot(home) as lite:
            yield lite
    else:
        from vincle.flow.mirror.postgres import postgres_snapshot

        with postgres_snapshot(home, anew=anew) as big:
            yield big
