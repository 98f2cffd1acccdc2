"""The one rule by which the ledger says what somebody consents to now, twice: in SQL for many, in Python for one.

Of everything said under any identity of the person, about the purpose, of the channel or of every channel, and not a
mistake, the latest counts; of several at the same moment the most cautious. So joining people forgets nothing, and
parting them leaves each with what was said under their own identities.
"""

from collections.abc import Collection, Iterable
from typing import Any

from vincle.apps.consent.models import CAUTION, Entry

# asked: a pair of purpose and channel a row; standing: one row for each person and pair, with what counts.
_STANDING = """
WITH asked(purpose_id, channel) AS (VALUES {asked}),
told AS (
    SELECT i.person_id, a.purpose_id, a.channel, e.decision, e.decided_at, row_number() OVER (
        PARTITION BY i.person_id, a.purpose_id, a.channel ORDER BY e.decided_at DESC, {caution} DESC, e.id DESC
    ) AS place
    FROM asked a
    JOIN consent_entry e ON (e.purpose_id = a.purpose_id OR (a.purpose_id = 0 AND e.purpose_id IS NULL))
        AND e.channel IN ('', a.channel)
    JOIN flow_identity i ON i.id = e.identity_id
    WHERE e.mistake_of_id IS NULL AND NOT EXISTS (SELECT 1 FROM consent_entry m WHERE m.mistake_of_id = e.id)
    {among}
),
standing AS (SELECT person_id, purpose_id, channel, decision, decided_at FROM told WHERE place = 1)
"""
ANYTHING = 0  # the purpose of an objection to any contact at all


def standing(asked: Iterable[tuple[int, str]], *, among: Collection[int] | None = None) -> tuple[str, list[Any]]:
    """SQL, and its values, that defines `standing`: `person_id`, `purpose_id`, `channel`, `decision`, `decided_at`.

    `asked` are the pairs of a purpose's number (`ANYTHING`: an objection to all) and a channel; `among`, if given, the
    only people looked at.
    """
    pairs = list(asked)
    caution = " ".join(f"WHEN '{decision}' THEN {place}" for decision, place in CAUTION.items())
    values: list[Any] = [value for pair in pairs for value in pair]
    only = ""
    if among is not None:
        only = f"AND i.person_id IN ({', '.join(['%s'] * len(among)) or 'NULL'})"
        values += among
    sql = _STANDING.format(
        asked=", ".join(["(CAST(%s AS bigint), CAST(%s AS varchar))"] * len(pairs)),
        caution=f"CASE e.decision {caution} END",
        among=only,
    )
    return sql, values


def counts(said: Iterable[Entry], purpose_id: int | None, channel: str) -> Entry | None:
    """Of what one person said (mistakes left out), the line that counts; None when they were never asked."""
    of = [entry for entry in said if entry.purpose_id == purpose_id and entry.channel in {"", channel}]
    return max(of, key=lambda entry: (entry.decided_at, CAUTION[entry.decision], entry.pk), default=None)
