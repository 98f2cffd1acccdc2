"""From the one door into the log to what an analyst reads."""

from datetime import timedelta
from decimal import Decimal

import pytest

import vincle.engine as ve
from flow.append.cases import LATER, START, a_source, bought, import_chunk, shaped
from vincle.engine.shaped import Shaped
from vincle.flow import mirror
from vincle.flow.append import ThingOf, append, summarise_batch
from vincle.flow.append.erase import take_back
from vincle.flow.models import Batch, Person
from vincle.kernel.home import Home

TEA = ThingOf(type="product", key="tea", qualifier="line", label="Tea", quantity=2.0, amount=Decimal("12.50"))


def a_chunk() -> Shaped:
    """Two purchases by Bernat, whom nothing else knows, and one by Anna."""
    return shaped([bought("bernat", 1, observations={"name": "Bernat"}), bought("bernat", 2), bought("anna", 9)])


@pytest.mark.django_db(transaction=True)
def test_what_is_appended_is_read_and_what_is_taken_back_is_gone() -> None:
    home, source = Home.at(), a_source()
    mirror.refresh(home, rebuild=True)
    append(
        [bought("anna", links=[("email", "anna@example.org")], observations={"name": "Anna"}, things=[TEA])],
        source=source, now=LATER,
    )  # fmt: skip
    mirror.refresh(home)
    anna = Person.objects.get(name="Anna")
    with ve.open(home) as log:
        assert [(anna.pk, "order.placed", Decimal("12.5000"), "EUR", "anna")] == log.sql(
            "SELECT person, kind, amount, currency, identity FROM events"
        ).fetchall()
        assert [(str(anna.uid), "Anna")] == log.sql("SELECT uid, name FROM people").fetchall()
        assert [("tea", 2.0)] == log.sql("SELECT key, quantity FROM objects").fetchall()
        assert {("anna", anna.pk), ("anna@example.org", anna.pk)} == set(
            log.sql("SELECT value, person FROM identities").fetchall()
        )
        moments = log.sql("SELECT occurred_at FROM events").to_arrow_table().column("occurred_at")
        assert [START] == moments.to_pylist()

        batch = Batch.objects.create(source=source, opened_at=LATER)
        import_chunk(a_chunk(), source=source, batch=batch)
        mirror.refresh(home)
        summarise_batch(batch)
        mirror.refresh(home)
        assert log.refresh()
        assert {("Anna", 2), ("Bernat", 2)} == set(
            log.sql("SELECT name, count(*) FROM events JOIN people USING (person) GROUP BY name").fetchall()
        )

        take_back(batch, now=LATER + timedelta(days=1))
        mirror.refresh(home)
        assert log.refresh()
        assert [("Anna", 1)] == log.sql(
            "SELECT name, count(*) FROM events JOIN people USING (person) GROUP BY name"
        ).fetchall()
        assert [(2,)] == log.sql("SELECT count(*) FROM identities").fetchall()


@pytest.mark.django_db(transaction=True)
def test_people_joined_and_parted_are_so_in_the_mirror_too() -> None:
    home, source = Home.at(), a_source()
    append([bought("anna"), bought("a.roca", 1)], source=source, now=LATER)
    mirror.refresh(home, rebuild=True)
    batch = Batch.objects.create(source=source, opened_at=LATER)
    with ve.open(home) as log:
        apart = log.sql("SELECT count(DISTINCT person) FROM events")
        assert [(2,)] == apart.fetchall()
        both = shaped([bought("anna", 2, links=[("customer_id@shop", "a.roca")])])
        import_chunk(both, source=source, batch=batch)
        mirror.refresh(home)
        log.refresh()
        assert [(1,)] == log.sql("SELECT count(DISTINCT person) FROM events").fetchall()
        take_back(batch, now=LATER)
        mirror.refresh(home)
        log.refresh()
        assert [(2,)] == log.sql("SELECT count(DISTINCT person) FROM events").fetchall()
