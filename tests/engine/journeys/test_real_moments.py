"""Moments that matter in public data, where they are at hand: what is published of them, and what another method finds.

The other method is g-computation: a logistic regression of the outcome, and by it the mean difference between everybody
having the step and nobody having it (J. Robins, Mathematical Modelling 7 (1986) 1393-1512). It shares no code.
"""

import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from vincle.engine.journeys import Beside, Moments, moments, read

SHARED = Path(__file__).parents[3].parent / "shared" / "data"
OULAD, INCIDENTS = SHARED / "oulad", SHARED / "incident_log" / "incident_event_log.zip"

COLUMNS = {"case": "who", "activity": "step", "time": "moment"}
SAID_OF_STUDENTS = ("course", "highest_education", "imd_band", "age_band", "num_of_prev_attempts", "studied_credits")

# Days count from the course's beginning; what was before stands on its first day. The presentations with whole clicks.
STUDENTS = """
WITH students AS (
  SELECT concat_ws('/', code_module, code_presentation, id_student) AS who, *,
    concat_ws('/', code_module, code_presentation) AS course
  FROM '{folder}/student.parquet' JOIN '{folder}/student_registration.parquet'
    USING (code_module, code_presentation, id_student)
  WHERE course IN ('AAA/2013J', 'AAA/2014J', 'BBB/2013B')
), events AS (
  SELECT who, 'began' AS step, 0 AS day FROM students
  UNION ALL SELECT who, 'withdrew', greatest(date_unregistration, 0) FROM students WHERE date_unregistration IS NOT NULL
  UNION ALL SELECT who, 'used ' || activity_type, greatest(min(c.date), 0)
    FROM '{folder}/studentVle_part.parquet' c
    JOIN '{folder}/vle.parquet' USING (id_site, code_module, code_presentation)
    JOIN students USING (code_module, code_presentation, id_student) GROUP BY who, activity_type
  UNION ALL SELECT who, CASE WHEN date_submitted <= date THEN 'submitted on time' ELSE 'submitted late' END,
    greatest(date_submitted, 0)
    FROM '{folder}/student_assessment.parquet' JOIN '{folder}/assessment.parquet' USING (id_assessment)
    JOIN students USING (code_module, code_presentation, id_student) WHERE NOT is_banked
)
SELECT who, step, TIMESTAMP '2013-02-01' + to_days(CAST(day AS INTEGER)) AS moment, {said}
FROM events JOIN students USING (who) ORDER BY who, day, step
"""


@pytest.mark.skipif(not OULAD.is_dir(), reason="the students (../shared/data/oulad) are not here")
def test_what_goes_before_withdrawal_at_the_open_university(tmp_path: Path) -> None:
    results = dict(duckdb.sql(f"SELECT final_result, count(*) FROM '{OULAD}/student.parquet' GROUP BY 1").fetchall())
    # J. Kuzilek, M. Hlosta and Z. Zdrahal, Scientific Data 4:170171 (2017): 32,593 students, of whom 31 % withdrew.
    assert {"Pass": 12_361, "Withdrawn": 10_156, "Fail": 7_052, "Distinction": 3_024} == results

    log = tmp_path / "students.parquet"
    duckdb.sql(STUDENTS.format(folder=OULAD, said=", ".join(SAID_OF_STUDENTS))).write_parquet(str(log))
    beside = Beside(attributes=SAID_OF_STUDENTS)
    with read(log, **COLUMNS, beside=beside) as cases:
        found = moments(
            cases, outcome="withdrew", first_days=30, within_days=200, exposures=("steps",),
            attributes=SAID_OF_STUDENTS,
        )  # fmt: skip
    assert (2_243, 351, 272, 0) == (found.cases, found.outcomes, found.had_it, found.not_over)
    on_time, late = of(found, "submitted on time"), of(found, "submitted late")
    # Who handed in the first work in time withdrew less often by about a sixth of all; who did so late, more often.
    assert on_time.effect.low < on_time.effect.estimate < on_time.effect.high < -0.1
    assert 0 < late.effect.low < late.effect.estimate < 0.2
    assert max(on_time.q, late.q) < 0.05 < min(each.q for each in found.moments if each.q and each.step[:4] == "used")
    assert all(after < 0.1 < before for name, (before, after) in on_time.effect.balance.items() if name == "else")
    other = by_g_computation(log, "submitted on time", "withdrew", days=30, until=230, said=SAID_OF_STUDENTS)
    assert other == pytest.approx(on_time.effect.estimate, abs=0.02)


def of(found: Moments, step: str) -> Any:
    (moment,) = (each for each in found.moments if (each.exposure.what, each.step) == ("step", step))
    return moment


def by_g_computation(log: Path, step: str, outcome: str, *, days: float, until: float, said: Sequence[str]) -> float:
    """How many more cases of all would come to the outcome, if all had the step and nobody had it."""
    columns = ", ".join(f"min({name})::VARCHAR" for name in said)
    rows = duckdb.sql(
        "WITH timed AS (SELECT *, file_row_number AS line, epoch(moment - min(moment) OVER (PARTITION BY who)) / 86400 "
        f"AS day FROM read_parquet('{log}', file_row_number = true)) "
        f"SELECT bool_or(step = '{step}' AND day <= {days}), "
        f"bool_or(step = '{outcome}' AND day > {days} AND day <= {until}), "
        f"ln(1 + count(*) FILTER (day <= {days} AND step <> '{step}')), min_by(step, line), {columns} FROM timed "
        f"GROUP BY who HAVING NOT bool_or(step = '{outcome}' AND day <= {days}) ORDER BY who"
    ).fetchall()
    having, came, rest, *attributes = zip(*rows, strict=True)
    x, y = np.array(having, dtype=float), np.array(came, dtype=float)
    dummies = [
        np.array([value == each for value in values], dtype=float)
        for values in attributes
        for each, _times in Counter(values).most_common(10)
    ]
    others = np.column_stack([np.ones(len(x)), np.array(rest), *dummies])
    both = np.column_stack([x, x * np.array(rest), others])
    weights = np.zeros(both.shape[1])
    for _ in range(8):
        p = 1 / (1 + np.exp(-both @ weights))
        curve = (both * (p * (1 - p))[:, None]).T @ both + 1e-6 * np.eye(len(weights))
        weights += np.linalg.solve(curve, both.T @ (y - p))

    def share(all_have_it: float) -> float:
        same = np.column_stack([np.full(len(x), all_have_it), all_have_it * np.array(rest), others])
        return float((1 / (1 + np.exp(-same @ weights))).mean())

    return share(1) - share(0)


# A row is an update of an incident. That it was reassigned or reopened, the first time, is read from its counts;
# whether it broke the agreement, from what is said when it is closed.
UPDATES = """
WITH rows AS (
  SELECT *, row_number() OVER () AS line, strptime(sys_updated_at, '%d/%m/%Y %H:%M') AS moment,
    nullif(assigned_to, '?') AS resolver FROM read_csv('{file}', all_varchar = true)
), updates AS (
  SELECT *, lag(incident_state) OVER (PARTITION BY number ORDER BY moment, line) AS state_before FROM rows
), events AS (
  SELECT number, lower(incident_state) AS step, moment, line, resolver FROM updates
    WHERE incident_state <> '-100' AND incident_state IS DISTINCT FROM state_before
  UNION ALL SELECT number, 'reassigned', min(moment), min(line), arg_min(resolver, line) FROM updates
    WHERE reassignment_count <> '0' GROUP BY number
  UNION ALL SELECT number, 'reopened', min(moment), min(line), arg_min(resolver, line) FROM updates
    WHERE reopen_count <> '0' GROUP BY number
  UNION ALL SELECT number, 'agreement broken', min(moment), min(line), NULL FROM updates
    WHERE made_sla = 'false' GROUP BY number
), said AS (
  SELECT number, arg_min(priority, line) AS priority, arg_min(contact_type, line) AS contact_type,
    arg_min(category, line) AS category FROM updates GROUP BY number
)
SELECT number AS who, step, moment, priority, contact_type, category, resolver
FROM events JOIN said USING (number) ORDER BY number, moment, line, step
"""
SAID_OF_INCIDENTS = ("priority", "contact_type", "category")


@pytest.fixture(scope="module")
def incidents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("incidents")
    with zipfile.ZipFile(INCIDENTS) as archive:
        archive.extractall(folder)
    log = folder / "incidents.parquet"
    duckdb.sql(UPDATES.format(file=folder / "incident_event_log.csv")).write_parquet(str(log))
    return log


@pytest.mark.skipif(not INCIDENTS.is_file(), reason="the incidents (../shared/data/incident_log) are not here")
def test_what_breaks_the_agreement_about_incidents(incidents: Path) -> None:
    found = of_incidents(incidents, "agreement broken")
    # UCI, Incident management process enriched event log: 24,918 incidents. Of 9,115 the agreement is broken.
    assert (24_738, 8_397, 5, 175) == (found.cases, found.outcomes, found.had_it, found.not_over)
    resolved, reassigned, waiting = (of(found, step) for step in ("resolved", "reassigned", "awaiting user info"))
    assert resolved.effect.high < -0.5
    assert 0.1 < reassigned.effect.low < reassigned.effect.high < 0.2
    assert 0.15 < waiting.effect.low < waiting.effect.high < 0.25
    slower = {(each.former, each.step): each for each in found.moments if each.exposure.what == "wait"}
    assert slower["new", "reassigned"].effect.low > 0  # who is handed on late comes to it more often
    other = by_g_computation(incidents, "reassigned", "agreement broken", days=2, until=62, said=SAID_OF_INCIDENTS)
    # Of everybody, where the effect is told of those who are like somebody on the other side.
    assert other == pytest.approx(reassigned.effect.estimate, abs=0.08)


@pytest.mark.skipif(not INCIDENTS.is_file(), reason="the incidents (../shared/data/incident_log) are not here")
def test_who_is_helped_at_once_is_handed_on_less_and_nothing_says_who_comes_back(incidents: Path) -> None:
    handed_on = of_incidents(incidents, "reassigned")
    assert (15_007, 1_447) == (handed_on.cases, handed_on.outcomes)
    assert -0.4 < of(handed_on, "resolved").effect.estimate < -0.3
    reopened = of_incidents(incidents, "reopened")
    assert (24_653, 175) == (reopened.cases, reopened.outcomes)
    assert [] == [each.step for each in reopened.moments if each.q is not None and each.q < 0.05]


def of_incidents(log: Path, outcome: str) -> Moments:
    with read(log, **COLUMNS, beside=Beside(attributes=SAID_OF_INCIDENTS)) as cases:
        return moments(
            cases, outcome=outcome, first_days=2, within_days=60, exposures=("steps", "waits"),
            attributes=SAID_OF_INCIDENTS,
        )  # fmt: skip
