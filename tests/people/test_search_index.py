"""What people are found by follows who they are: renamed, joined, taken back, erased to the letter."""

from pathlib import Path

import pytest
from django.db import connection

from flow.append.cases import import_chunk, shaped
from people.telling import NOW, happened, person, tell
from vincle.apps.people.queries.search import find_people
from vincle.flow.append import summarise_batch
from vincle.flow.append.erase import take_back
from vincle.flow.models import Batch, Person, Source
from vincle.flow.replay import replay


def found(text: str) -> list[int]:
    return sorted(find_people(text))


def import_file(*events) -> Batch:
    """Bring events in as an import, which can be taken back."""
    source, _made = Source.objects.get_or_create(name="shop", defaults={"label": "The shop", "created_at": NOW})
    batch = Batch.objects.create(source=source, opened_at=NOW)
    import_chunk(shaped(events), source=source, batch=batch)
    summarise_batch(batch)
    return batch


@pytest.mark.django_db
def test_a_new_name_takes_the_place_of_the_old_one():
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    tell(happened("C1", "2026-04-01 10:00", name="Mercè Puig Vila"))
    assert [] == found("roca")
    assert [person("C1").pk] == found("vila")
    tell(happened("C1", "2026-05-01 10:00", name="Mercè"))
    assert [] == found("vila")
    assert [person("C1").pk] == found("merce")


@pytest.mark.django_db
def test_whoever_is_part_of_somebody_else_is_found_as_them():
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    tell(happened("C2", "2026-02-01 10:00", name="Merche Roca", namespace="member_id@club"))
    assert 2 == len(found("roca"))
    tell(happened("C1", "2026-03-07 10:00", links=[("member_id@club", "C2")]))
    assert [person("C1").pk] == found("roca") == found("c2")


@pytest.mark.django_db
def test_replay_leaves_people_to_be_found():
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    Person.objects.update(name="Somebody Else", name_key="somebody else")
    assert [person("C1").pk] == found("else")
    replay()
    assert [] == found("else")
    assert [person("C1").pk] == found("roca")


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_leaves_no_letter_of_a_name():
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"))
    batch = import_file(happened("C2", "2026-03-01 10:00", name="Esclarmonda Vilafrancaxyz"))
    assert 1 == len(found("vilafrancaxyz"))
    take_back(batch, now=NOW)
    assert [] == found("vilafrancaxyz")
    assert [person("C1").pk] == found("roca")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert b"vilafrancaxyz" not in Path(connection.settings_dict["NAME"]).read_bytes().lower()
