"""The steps by which one rule of a stage becomes moments: when it is met, of which case, and at which opportunity.

An opportunity is the beginning of a case, or an entry into a stage that the rule waits for; an absence that waits for
no stage is an opportunity of its own. What meets a rule has a place in its case: the `moment`, and at the same moment
the number `n` of the interaction, 0 for an absence, which is over before anything at that moment happens.

Nothing is compared with everything: the occasions of a rule are numbered, so that "the third after this entry" is the
one three numbers on. Time is that of sorting, however long a case is.
"""

from collections.abc import Mapping, Sequence

from vincle.engine.journeys.journey import Rule, Where
from vincle.engine.steps import Pipeline, Step, Value

DAY = 86_400_000_000  # microseconds
BEGINNING, ABSENCE = -1, -2  # opportunities that are no entry into a stage
_OWN = {"amount": "CAST(amount AS DOUBLE)", "score": "score"}
_NUMBER = "^-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?$"


def met(rule: Rule, place: int, *, end: int, waits_for: Mapping[int, str]) -> Pipeline:
    """What gives `case_id`, `moment`, `n` and the opportunity (`since_stage`, `since_moment`, `since_n`) of each time
    the rule is met. `place` tells its steps from those of other rules; `waits_for` are the tables of entries into the
    stages it waits for, by their place in the document.
    """
    found = _interactions(rule, place)
    if rule.absent_days is not None:
        absent: dict[str, Value] = {f"absent_{place}": int(rule.absent_days * DAY), f"end_{place}": end}
        found = found.then(*_absences(place), **absent)
    near: dict[str, Value] = {f"within_{place}": int((rule.within_days or 0) * DAY), f"times_{place}": rule.times}
    found = found.then(_numbered(rule, place), **near)
    return found.then(*(_after(place, waits_for) if waits_for else [_from_the_beginning(rule, place)]))


def _interactions(rule: Rule, place: int) -> Pipeline:
    """The interactions that a rule is about."""
    told: dict[str, Value] = {f"kinds_{place}": list(rule.kinds)}
    of_kinds = f"array_contains($kinds_{place}, kind)"
    conditions = [of_kinds]
    if rule.channel:
        conditions.append(f"channel = $channel_{place}")
        told[f"channel_{place}"] = rule.channel
    if rule.about is not None:
        key = "" if rule.about.key is None else f" AND key = $key_{place}"
        conditions.append(f"event IN (SELECT event FROM objects WHERE type = $type_{place}{key})")
        told |= {f"type_{place}": rule.about.type, f"key_{place}": rule.about.key}
    said: list[str] = []
    for number, where in enumerate(rule.where):
        name = f"{place}_{number}"
        (conditions if where.property in _OWN else said).extend(_true(where, name))
        told |= {f"{what}_{name}": getattr(where, what) for what in ("property", "equals", "at_least", "at_most")}
    if said:
        conditions.append(f"event IN (SELECT id FROM events WHERE {' AND '.join([of_kinds, *said])})")
    sql = f"SELECT case_id, moment, n FROM happened WHERE {' AND '.join(conditions)}"
    return Pipeline((Step(f"such_{place}", sql, "The interactions that the rule is about."),), told)


def _true(where: Where, name: str) -> list[str]:
    """The conditions that a property must meet."""
    own = _OWN.get(where.property)
    text = f"property_of(properties, $property_{name})"
    number = own or f"CASE WHEN regexp_matches({text}, '{_NUMBER}') THEN CAST({text} AS DOUBLE) END"
    equal = f"{own} = TRY_CAST($equals_{name} AS DOUBLE)" if own else f"{text} = $equals_{name}"
    asked = {"equals": equal, "at_least": f"{number} >= $at_least_{name}", "at_most": f"{number} <= $at_most_{name}"}
    return [condition for what, condition in asked.items() if getattr(where, what) is not None]


def _absences(place: int) -> Sequence[Step]:
    return (
        Step(
            f"again_{place}",
            "SELECT case_id, moment AS seen, lead(moment) OVER (PARTITION BY case_id ORDER BY n) AS again "
            f"FROM such_{place}",
            "Each of them with the next one.",
        ),
        Step(
            f"absent_{place}",
            f"SELECT case_id, seen + $absent_{place} AS moment, CAST(0 AS BIGINT) AS n FROM again_{place} "
            f"WHERE seen + $absent_{place} <= $end_{place} AND (again IS NULL OR again >= seen + $absent_{place})",
            "The moments at which there had been none for so long.",
        ),
    )


def _numbered(rule: Rule, place: int) -> Step:
    """Occasions with the place from which on the rule is met: their own, or that of the next that is near enough to
    those before it.
    """
    source = f"such_{place}" if rule.absent_days is None else f"absent_{place}"
    order = "PARTITION BY case_id ORDER BY moment, n"
    if rule.within_days is None or rule.times == 1:
        return Step(
            f"occasions_{place}",
            f"SELECT case_id, moment, n, row_number() OVER ({order}) AS k, moment AS met, n AS met_n FROM {source}",
            "They, numbered in each case.",
        )
    near = f"moment - lag(moment, $times_{place} - 1) OVER ({order}) <= $within_{place}"
    onward = f"OVER ({order} ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
    return Step(
        f"occasions_{place}",
        "SELECT case_id, moment, n, k, "
        f"min(CASE WHEN near THEN moment END) {onward} AS met, min(CASE WHEN near THEN n END) {onward} AS met_n "
        f"FROM (SELECT case_id, moment, n, row_number() OVER ({order}) AS k, {near} AS near FROM {source}) t",
        "They, numbered in each case, with the first from there on that comes soon enough after those before it.",
    )


def _from_the_beginning(rule: Rule, place: int) -> Step:
    if rule.absent_days is not None:
        return Step(
            f"met_{place}",
            f"SELECT case_id, met AS moment, met_n AS n, {ABSENCE} AS since_stage, met AS since_moment, "
            f"met_n AS since_n FROM occasions_{place}",
            "Every such absence.",
        )
    return Step(
        f"met_{place}",
        f"SELECT case_id, met AS moment, met_n AS n, {BEGINNING} AS since_stage, CAST(0 AS BIGINT) AS since_moment, "
        f"CAST(0 AS BIGINT) AS since_n FROM occasions_{place} WHERE k = $times_{place} AND met IS NOT NULL",
        "The first time of each case.",
    )


def _after(place: int, waits_for: Mapping[int, str]) -> Sequence[Step]:
    entries = " UNION ALL ".join(
        f"SELECT case_id, moment, n, 1 AS entry, {stage} AS stage FROM {table}" for stage, table in waits_for.items()
    )
    return (
        Step(
            f"both_{place}",
            f"SELECT case_id, moment, n, 0 AS entry, {BEGINNING} AS stage FROM occasions_{place} UNION ALL {entries}",
            "The occasions, and the entries into the stages that the rule waits for.",
        ),
        Step(
            f"counted_{place}",
            "SELECT *, sum(1 - entry) OVER (PARTITION BY case_id ORDER BY moment, n, entry "
            f"ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS passed FROM both_{place}",
            "How many occasions there were until then; the one with which a stage is entered is not after it.",
        ),
        Step(
            f"met_{place}",
            "SELECT c.case_id, o.met AS moment, o.met_n AS n, c.stage AS since_stage, c.moment AS since_moment, "
            f"c.n AS since_n FROM counted_{place} c JOIN occasions_{place} o "
            f"ON o.case_id = c.case_id AND o.k = c.passed + $times_{place} WHERE c.entry = 1 AND o.met IS NOT NULL",
            "The first time after each entry.",
        ),
    )
