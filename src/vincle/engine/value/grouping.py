"""What people are worth by group: by what is said of them, where they began, who served them most often.

Each pipeline of groups gives person, name (by what) and of (which group). `by_group` sums what `valuing` says of the
people of each. The interval of a mean is Student's, that of a sum the same times the people: it tells how far people of
a group differ from each other, not how sure the model is.
"""

from dataclasses import asdict, dataclass
from math import sqrt
from typing import Any

import pyarrow as pa

from vincle.engine.intervals import student
from vincle.engine.runners.duckdb import DuckDBRunner
from vincle.engine.steps import Pipeline, Step

MOST_GROUPS, FEW = 20, 10  # of each sort; people of a group, below which it would tell of each of them
_SCALE = 10_000  # of a unit of money

ATTRIBUTES = Pipeline(
    (
        Step(
            "names_of_people",
            "SELECT person, attributes, unnest(map_keys(attributes)) AS name FROM people",
            "Of what something is said of each person, as it stands now.",
        ),
        Step(
            "said_of_people",
            "SELECT person, name, attributes[name] AS value FROM names_of_people WHERE name <> 'name'",
            "What is said of each.",
        ),
        Step(
            "told",
            "SELECT person, name, value FROM said_of_people WHERE value <> '' AND length(value) <= 100",
            "What can be read at a glance.",
        ),
        Step(
            "usual",
            "SELECT name, count(*) AS people, count(DISTINCT value) AS ways FROM told GROUP BY name",
            "Of how many each is said, in how many ways.",
        ),
        Step(
            "alike",
            "SELECT name FROM usual WHERE 2 * ways <= people ORDER BY people DESC, name LIMIT 12",
            "What several people have alike.",
        ),
        Step(
            "by_attribute",
            "SELECT t.person, t.name, t.value AS of FROM told t JOIN alike a ON a.name = t.name",
            "By each of those the group of each person.",
        ),
    )
)
ORIGINS = Pipeline(
    (
        Step(
            "happened",
            "SELECT person, channel, place, row_number() OVER (PARTITION BY person ORDER BY occurred_at, id) AS number "
            "FROM events WHERE person IS NOT NULL AND channel <> ''",
            "What happened with each person somewhere, in order.",
        ),
        Step(
            "origins",
            "SELECT person, 'origin' AS name, concat(channel, chr(9), coalesce(place, '')) AS of FROM happened "
            "WHERE number = 1",
            "The channel and the place of the first of it.",
        ),
    )
)
STAFF = Pipeline(
    (
        Step(
            "served",
            "SELECT person, staff, count(*) AS times FROM events "
            "WHERE person IS NOT NULL AND staff <> '' GROUP BY person, staff",
            "How often each was served by whom.",
        ),
        Step(
            "ranked",
            "SELECT person, staff, row_number() OVER (PARTITION BY person ORDER BY times DESC, staff) AS place "
            "FROM served",
            "The same, who did it most often first.",
        ),
        Step(
            "most",
            "SELECT person, 'staff' AS name, staff AS of FROM ranked WHERE place = 1",
            "Who served each most often.",
        ),
    )
)
GIVEN = Pipeline((Step("groups", "SELECT person, name, of FROM given_groups", "Groups that somebody made."),))
_SUMMED = (
    Step(
        "sums_of_groups",
        "SELECT g.name, g.of, count(*) AS people, CAST(sum(v.present) AS DOUBLE) AS present, count(v.worth) AS said, "
        "sum(v.worth) AS worth, stddev_samp(v.worth) AS spread FROM {groups} g "
        "JOIN valued_people v ON v.customer = g.person GROUP BY g.name, g.of",
        "What the people of each group are worth.",
    ),
    Step(
        "most_valuable",
        "SELECT *, row_number() OVER (PARTITION BY name ORDER BY coalesce(worth, present) DESC, people DESC, of) "
        "AS place, count(*) OVER (PARTITION BY name) AS groups FROM sums_of_groups",
        "The most valuable first.",
    ),
    Step(
        "shown_groups",
        "SELECT * FROM most_valuable WHERE place <= $most ORDER BY name, place",
        "As many as a page can show.",
    ),
)


@dataclass(frozen=True, slots=True)
class GroupValue:
    """`present` and `potential` are sums, in units of money; `mean` is that of the potential of one person with its
    95 % interval. All three are None where the group is too small (`FEW`), the last two where nothing can be expected.
    """

    of: str
    people: int
    present: float | None
    potential: float | None
    mean: tuple[float, float, float] | None

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Grouped:
    """By `name`, the most valuable groups, and how many `more` there are."""

    name: str
    groups: tuple[GroupValue, ...]
    more: int

    def as_json(self) -> dict[str, Any]:
        """Ready for JSON."""
        return {"name": self.name, "groups": [each.as_json() for each in self.groups], "more": self.more}


def by_group(runner: DuckDBRunner, people: pa.Table, groups: Pipeline) -> list[Grouped]:
    """What the `people` of `valuing.Valued` are worth by each of the groups that the pipeline gives."""
    runner.given("valued_people", people.select(["customer", "present", "worth"]))
    summed, *rest = _SUMMED
    summed = Step(summed.name, summed.sql.format(groups=groups.steps[-1].name), summed.doc)
    found: dict[str, list[dict[str, Any]]] = {}
    for row in runner.run(groups.then(summed, *rest, most=MOST_GROUPS)).to_pylist():
        found.setdefault(row["name"], []).append(row)
    runner.forget("valued_people")
    return [
        Grouped(name, tuple(_group(row) for row in rows), int(rows[0]["groups"]) - len(rows))
        for name, rows in found.items()
    ]


def people_of_group(runner: DuckDBRunner, groups: Pipeline, name: str, of: str) -> list[Any]:
    """Who is in a group, ascending."""
    chosen = Step(
        "of_group",
        f"SELECT person FROM {groups.steps[-1].name} WHERE name = $name AND of = $of ORDER BY person",
        "The people of one group.",
    )
    return list(runner.run(groups.then(chosen, name=name, of=of)).column("person").to_pylist())


def given_groups(runner: DuckDBRunner, name: str, groups: dict[str, list[Any]]) -> Pipeline:
    """Groups of people by their numbers, as the other pipelines give them."""
    people = [person for members in groups.values() for person in members]
    of = [group for group, members in groups.items() for _ in members]
    table = {"person": pa.array(people, pa.int64()), "of": pa.array(of, pa.string())}
    runner.given("given_groups", pa.table(table | {"name": pa.array([name] * len(people), pa.string())}))
    return GIVEN


def _group(row: dict[str, Any]) -> GroupValue:
    of, people, said = str(row["of"]), int(row["people"]), int(row["said"])
    if people < FEW:
        return GroupValue(of, people, None, None, None)
    present = float(row["present"]) / _SCALE
    if said < FEW:
        return GroupValue(of, people, present, None, None)
    sum_ = float(row["worth"]) / _SCALE
    at, half = sum_ / said, student(said - 1) * float(row["spread"]) / _SCALE / sqrt(said)
    return GroupValue(of, people, present, sum_, (at, at - half, at + half))
