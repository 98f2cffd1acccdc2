"""Whose processing is restricted stays in the mirror and is not read from it."""

import vincle.engine as ve
from flow.mirror.operational import Operational
from flow.mirror.reading import numbers
from vincle.flow.mirror import refresh


def people_read(database: Operational) -> list[int]:
    with ve.open(database.home) as log:
        return [person for (person,) in log.sql("SELECT DISTINCT person FROM events ORDER BY person").fetchall()]


def test_they_are_kept_and_not_read_until_it_is_lifted(database: Operational) -> None:
    anna, bernat, work = (database.identity(each) for each in ("anna@example.org", "bernat@example.org", "anna@work"))
    interactions = [database.interaction(each, f"m{each}") for each in (anna, bernat, work)]
    database.move(work, anna)
    before = refresh(database.home).version
    assert [anna, bernat] == people_read(database)

    database.restrict(work)
    restricted = refresh(database.home)
    assert ({}, {}, True) == (restricted.added, restricted.erased, restricted.version > before)
    assert ([bernat], interactions) == (people_read(database), numbers(database.home))
    assert restricted.version == refresh(database.home).version

    database.interaction(anna, "later")
    refresh(database.home)
    assert [bernat] == people_read(database)
    refresh(database.home, rebuild=True)
    assert [bernat] == people_read(database)

    database.lift()
    assert refresh(database.home).version > restricted.version
    assert [anna, bernat] == people_read(database)
