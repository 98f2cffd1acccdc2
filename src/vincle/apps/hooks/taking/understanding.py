"""A body as rows for the log, by the mapping of its hook; what cannot enter stands apart with its reason."""

import logging
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from vincle.apps.hooks.models import Hook
from vincle.apps.hooks.taking.mapping import at_arrival, columns_of
from vincle.apps.hooks.taking.said import NOT_AN_OBJECT, Happening, NotUnderstood, happenings, read
from vincle.apps.sources.facade import words_of_kinds
from vincle.engine import tabular
from vincle.engine.shaped import Shaped
from vincle.engine.tabular.limits import LONGEST_KEY
from vincle.flow.append import Handful, Row, ThingRow
from vincle.flow.incoming import broken_json
from vincle.flow.incoming.taken import UNKNOWN, Taken, Unfit
from vincle.kernel.clock import to_micros
from vincle.kernel.errors import BadInput

NO_SENSE = "Nothing can be made of it."
_log = logging.getLogger("vincle.hooks")


@dataclass(slots=True)
class Understood:
    """What a body brings. `contents` are the ids that the rows' contents have, by which quarantine knows those that
    could not enter before."""

    taken: Taken = field(default_factory=Taken)
    contents: list[str] = field(default_factory=list)


def understand(body: str, *, hook: Hook, webhook_id: str, received_at: datetime) -> Understood:
    """Every happening of a body, as a row or as unfit. Raises nothing: what nobody foresaw is unfit as well."""
    found: list[Happening] = []
    try:
        found = happenings(read(body), hook.path)
        return _Reading(hook, webhook_id, received_at, found).understood()
    except (NotUnderstood, BadInput) as error:
        reason = str(error)
    except Exception:  # noqa: BLE001 - a program does not send again what we could not foresee: it is kept
        _log.exception("a delivery to %s could not be understood", hook.source.name)
        reason = NO_SENSE
    whole = found or [Happening.of(1, broken_json.clean(body))]
    return Understood(Taken(unfit=[_unfit(each, reason, received_at) for each in whole]))


@dataclass(slots=True)
class _Reading:
    hook: Hook
    webhook_id: str
    received_at: datetime
    found: list[Happening]

    def understood(self) -> Understood:
        mapping = at_arrival(self.hook.mapping, self.received_at)
        objects = [each for each in self.found if isinstance(each.said, dict)]
        if mapping.message_id is not None:  # said twice in one body, letter by letter, it is one happening
            objects = list({each.digest: each for each in objects}.values())
        made = Understood()
        for each in self.found:
            if not isinstance(each.said, dict):
                made.taken.unfit.append(_unfit(each, NOT_AN_OBJECT, self.received_at))
        if objects:
            self._shape(objects, mapping, made)
        return made

    def _shape(self, objects: list[Happening], mapping: tabular.Mapping, made: Understood) -> None:
        ids = self._ids(objects)
        with tempfile.NamedTemporaryFile(prefix="vincle-hook-", suffix=".jsonl") as file:
            file.write(b"\n".join(each.line for each in objects))
            file.flush()
            with tabular.open_file(Path(file.name), expected=columns_of(self.hook.mapping)) as reader:
                for chunk in tabular.shape(reader, mapping, known=words_of_kinds()):
                    named = {} if mapping.message_id else {place + 1: number for place, number in enumerate(ids)}
                    made.taken.fit.extend(_handful(chunk, named))
                    rows = chunk.interactions.column("row").to_pylist()
                    made.contents += [objects[row - 1].content_id for row in rows]
                    made.taken.unfit += [
                        _unfit(objects[each["row"] - 1], each["reason"], self.received_at, mapping)
                        for each in chunk.rejects.to_pylist()
                    ]

    def _ids(self, objects: list[Happening]) -> list[str]:
        """The ids of happenings that say none: that of the request, else one made of what they say."""
        if self.webhook_id:
            only = len(self.found) == 1
            ids = [self.webhook_id if only else f"{self.webhook_id}-{each.place}" for each in objects]
            if all(len(each) <= LONGEST_KEY for each in ids):
                return ids
        times: Counter[str] = Counter()
        ids = []
        for each in objects:
            times[each.digest] += 1
            again = times[each.digest]
            ids.append(each.content_id if again == 1 else f"{each.content_id}-{again}")
        return ids


def _handful(shaped: Shaped, named: dict[int, str]) -> Handful:
    """The tables as plain rows, with the ids of those that `named` knows by their line."""
    rows = shaped.interactions.to_pylist()
    places = {row["row"]: place for place, row in enumerate(rows)}
    return Handful(
        [_row(row, named.get(row["row"], row["message_id"])) for row in rows],
        [(places[each["row"]], each["namespace"], each["identity"]) for each in shaped.links.to_pylist()],
        [(places[each["row"]], each["name"], each["value"]) for each in shaped.observations.to_pylist()],
        [(places[each.pop("row")], ThingRow(**each)) for each in shaped.objects.to_pylist()],
    )


def _row(row: dict[str, Any], number: str) -> Row:
    said = {name: row[name] for name in Row._fields}
    return Row(**said | {"message_id": number, "occurred_at": to_micros(row["occurred_at"])})


def _unfit(each: Happening, reason: str, at: datetime, mapping: tabular.Mapping | None = None) -> Unfit:
    """What can be told of it, so that a person can mend the rest."""
    said = broken_json.mended(each.line)
    kind = (mapping.what.kind if mapping else None) or UNKNOWN
    payload: dict[str, Any] = {"message_id": each.content_id, "occurred_at": at.isoformat(), "kind": kind}
    if isinstance(said, dict):
        payload["properties"] = said
    else:
        payload |= {"properties": {}, "text": said if isinstance(said, str) else each.line.decode()}
    return Unfit(each.content_id, kind, payload, reason)
