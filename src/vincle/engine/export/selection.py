"""Which part of the log is written, and its columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

import pyarrow as pa

from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step, Value

BATCH = 20_000  # rows that stream at a time
_RUN = 200_000  # interactions that are put together at a time

# What an interaction was about, as JSON; importing it again gives the same objects.
_ABOUT = Step(
    "about",
    "SELECT r.interaction_id AS event, CAST(to_json(list_sort(list({'type': t.type, 'key': t.key, "
    "'qualifier': r.qualifier, 'label': t.label, 'quantity': r.quantity, 'amount': money(r.amount), "
    "'properties': CAST(t.properties AS JSON)}))) AS VARCHAR) AS objects "
    "FROM interaction_things r JOIN things t ON t.id = r.thing_id "
    "WHERE r.interaction_id > $after AND r.interaction_id <= $upto GROUP BY r.interaction_id",
    "The things each interaction was about.",
)

ROWS = Pipeline(
    (
        _ABOUT,
        Step(
            "rows_out",
            "SELECT c.message_id, c.occurred_at, c.kind, c.channel, c.place, c.person, c.namespace, c.identity, "
            "c.staff, c.amount, c.currency, c.score, c.text, c.properties, a.objects, c.source, c.uid, c.recorded_at "
            "FROM chosen c LEFT JOIN about a ON a.event = c.id ORDER BY c.id",
            "One row for each interaction chosen, in the order they were recorded.",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Selection:
    """From when (inclusive) to when (exclusive), of which kinds; None is all. `case` is for XES alone.

    `after` and `upto` bound the interactions' numbers, so that a long log is written in short runs.
    """

    since: datetime | None = None
    until: datetime | None = None
    kinds: tuple[str, ...] | None = None
    case: str = "person"
    after: int = 0
    upto: int = 2**63 - 1

    def before(self, pipeline: Pipeline) -> Pipeline:
        """The pipeline reading only what is chosen."""
        return Pipeline((self._chosen(), *pipeline.steps), {**self._values(), **pipeline.parameters})

    def _chosen(self) -> Step:
        conditions = ["id > $after AND id <= $upto"]
        if self.since is not None:
            conditions.append("occurred_at >= $since")
        if self.until is not None:
            conditions.append("occurred_at < $until")
        if self.kinds is not None:
            conditions.append("list_contains($kinds, kind)")
        return Step(
            "chosen", f"SELECT * FROM events WHERE {' AND '.join(conditions)}", "The events that are to be written."
        )

    def _values(self) -> Mapping[str, Value]:
        return {
            "since": self.since,
            "until": self.until,
            "kinds": list(self.kinds or ()),
            "after": self.after,
            "upto": self.upto,
        }


def streamed(log: Log, pipeline: Pipeline, *, batch: int = BATCH) -> pa.RecordBatchReader:
    """What a pipeline gives, `batch` rows at a time."""
    return log.sql(pipeline.sql()).to_arrow_reader(batch)


def streamed_in_runs(log: Log, selection: Selection, pipeline: Pipeline, *, batch: int = BATCH) -> pa.RecordBatchReader:
    """What a pipeline gives, one stretch of the log after the other, so that memory does not grow with the
    log.

    The pipeline must give each event on its own.
    """
    parts = (
        streamed(log, replace(selection, after=after, upto=upto).before(pipeline), batch=batch)
        for after, upto in _runs(log, selection)
    )
    first = next(parts)
    return pa.RecordBatchReader.from_batches(first.schema, chain(first, chain.from_iterable(parts)))


def _runs(log: Log, selection: Selection) -> Iterator[tuple[int, int]]:
    bounds = Step("bounds", "SELECT min(id) - 1 AS after, max(id) AS upto FROM chosen", "The first and last number.")
    [row] = log.run(selection.before(Pipeline((bounds,)))).to_pylist()
    if row["upto"] is None:
        yield 0, 0
        return
    for after in range(row["after"], row["upto"], _RUN):
        yield after, min(after + _RUN, row["upto"])
