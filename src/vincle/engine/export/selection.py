"""Which part of the log is written, and its columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

from vincle.engine.log import Log
from vincle.engine.steps import Pipeline, Step, Value

BATCH = 20_000  # rows that stream at a time

# What an interaction was about, as JSON; importing it again gives the same objects.
_ABOUT = Step(
    "about",
    "SELECT r.interaction_id AS event, CAST(to_json(list({'type': t.type, 'key': t.key, 'qualifier': r.qualifier, "
    "'label': t.label, 'quantity': r.quantity, 'amount': money(r.amount), 'properties': CAST(t.properties AS JSON)} "
    "ORDER BY t.type, t.key, r.qualifier)) AS VARCHAR) AS objects "
    "FROM interaction_things r JOIN things t ON t.id = r.thing_id GROUP BY r.interaction_id",
    "The things each interaction was about.",
)

ROWS = Pipeline(
    (
        _ABOUT,
        Step(
            "rows_out",
            "SELECT c.message_id, c.occurred_at, c.kind, c.channel, c.place, c.person, c.namespace, c.identity, "
            "c.staff, "
            "c.amount, c.currency, c.score, c.text, c.properties, a.objects, c.source, c.uid, c.recorded_at "
            "FROM chosen c LEFT JOIN about a ON a.event = c.id ORDER BY c.id",
            "One row for each interaction chosen, in the order they were recorded.",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Selection:
    """From when (inclusive) to when (exclusive), of which kinds; None is all. `case` is for XES alone."""

    since: datetime | None = None
    until: datetime | None = None
    kinds: tuple[str, ...] | None = None
    case: str = "person"

    def chosen(self) -> Step:
        """The step by which exports read their events."""
        conditions = ["true"]
        if self.since is not None:
            conditions.append("occurred_at >= $since")
        if self.until is not None:
            conditions.append("occurred_at < $until")
        if self.kinds is not None:
            conditions.append("list_contains($kinds, kind)")
        return Step(
            "chosen", f"SELECT * FROM events WHERE {' AND '.join(conditions)}", "The events that are to be written."
        )

    def values(self) -> Mapping[str, Value]:
        """What the parameters of `chosen` stand for."""
        return {"since": self.since, "until": self.until, "kinds": list(self.kinds or ())}

    def before(self, pipeline: Pipeline) -> Pipeline:
        """The pipeline reading only what is chosen."""
        return Pipeline((self.chosen(), *pipeline.steps), {**self.values(), **pipeline.parameters})


def streamed(log: Log, pipeline: Pipeline, *, batch: int = BATCH) -> pa.RecordBatchReader:
    """What a pipeline gives, `batch` rows at a time."""
    return log.sql(pipeline.sql()).to_arrow_reader(batch)
