"""Many rows at once: the same door, the paths that only large chunks take."""

import json
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from flow.append.cases import START, a_source, import_chunk
from vincle.engine.shaped import INTERACTIONS, OBJECTS, OBSERVATIONS, Shaped
from vincle.flow.append import Absorbed, Resolver, summarise_batch
from vincle.flow.append.stage import MANY
from vincle.flow.models import Batch, Identity, Interaction, InteractionThing, Person
from vincle.flow.replay import replay

ROWS = MANY + 1_000
PEOPLE = 700
HARD = ["", "plain", 'quo"ted', "new\nline", "comma, and ; tab\t", "\\N", "ünïcödé 😀", None]


def a_chunk(first: int = 0, rows: int = ROWS) -> Shaped:
    numbers = range(first, first + rows)
    micros = int(START.timestamp()) * 1_000_000
    interactions = {
        "row": numbers,
        "message_id": [f"m{n}" for n in numbers],
        "occurred_at": [datetime.fromtimestamp((micros + n * 1_000_001) / 1_000_000, UTC) for n in numbers],
        "kind": ["order.placed" if n % 3 else "page.viewed" for n in numbers],
        "namespace": ["customer_id@shop"] * rows,
        "identity": [f"c{n % PEOPLE}" for n in numbers],
        "amount": [n * 100 for n in numbers],
        "currency": ["EUR"] * rows,
        "text": [HARD[n % len(HARD)] for n in numbers],
        "properties": [None if n % 5 else f'{{"number": {n}, "said": "«ça» 😀"}}' for n in numbers],
        "score": [None if n % 2 else (n % 21 - 10) / 10 for n in numbers],
    }
    columns = [pa.array(interactions.get(field.name, [None] * rows), field.type) for field in INTERACTIONS]
    return Shaped.of(
        pa.Table.from_arrays(columns, schema=INTERACTIONS),
        objects=pa.Table.from_pylist(
            [
                {"row": n, "type": "product", "key": str(n % 50), "qualifier": "line", "quantity": 1.0, "amount": n}
                for n in numbers
            ],
            OBJECTS,
        ),
        observations=pa.Table.from_pylist(
            [{"row": n, "name": "name", "value": f"Client {n % PEOPLE}"} for n in numbers], OBSERVATIONS
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_a_large_chunk_enters_whole_and_as_it_was():
    source = a_source()
    batch = Batch.objects.create(source=source, opened_at=START)
    chunk = a_chunk()
    resolver = Resolver()
    assert Absorbed(new=ROWS) == import_chunk(chunk, source=source, batch=batch, resolver=resolver)
    assert Absorbed(new=1_000, known=ROWS - 1_000) == import_chunk(
        a_chunk(1_000), source=source, batch=batch, resolver=resolver
    )
    resolver.close()
    assert 2 == summarise_batch(batch)
    names = ["message_id", "occurred_at", "text", "score", "properties"]
    expected = chunk.interactions.select(names).to_pylist()
    for row in expected:
        row["properties"] = row["properties"] and json.loads(row["properties"])
    assert expected == list(Interaction.objects.order_by("id").values(*names)[:ROWS])
    uids = list(Interaction.objects.order_by("id").values_list("uid", flat=True)[:ROWS])
    assert sorted(set(uids)) == uids
    assert {7} == {uid.version for uid in uids}
    assert (PEOPLE, ROWS + 1_000, ROWS + 1_000) == (
        Person.objects.count(),
        sum(Identity.objects.values_list("interactions", flat=True)),
        InteractionThing.objects.count(),
    )
    assert {f"Client {n}" for n in range(PEOPLE)} == set(Person.objects.values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_chunk_that_fails_leaves_nothing_but_names_behind(monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("vincle.flow.append.importing.observe", broken)
    batch = Batch.objects.create(source=a_source(), opened_at=START)
    with pytest.raises(RuntimeError):
        import_chunk(a_chunk(), source=batch.source, batch=batch)
    assert [0, 0, 0] == [each.objects.count() for each in (Interaction, Person, InteractionThing)]
    monkeypatch.undo()
    assert Absorbed(new=ROWS) == import_chunk(a_chunk(), source=batch.source, batch=batch)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("remembered", [True, False])
def test_what_the_resolver_remembers_counts_as_the_log_does(remembered: bool):
    source = a_source()
    batch = Batch.objects.create(source=source, opened_at=START)
    resolver = Resolver()
    import_chunk(a_chunk(), source=source, batch=batch, resolver=resolver)
    import_chunk(a_chunk(ROWS, 10), source=source, batch=batch, resolver=resolver)
    summarise_batch(batch, resolver=resolver if remembered else Resolver())
    resolver.close()
    grown = list(Person.objects.order_by("id").values("interactions", "amount", "first_at", "last_at"))
    replay()
    assert grown == list(Person.objects.order_by("id").values("interactions", "amount", "first_at", "last_at"))
    assert ROWS + 10 == sum(person["interactions"] for person in grown)
