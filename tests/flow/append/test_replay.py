"""Growing a projection and rebuilding it from the log give the same."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.append.cases import LATER, START, a_source, bought, import_chunk, say, shaped
from vincle.flow.append import erase, summarise_batch
from vincle.flow.models import Batch, Identity, Interaction, Person
from vincle.flow.replay import replay

WHO = st.sampled_from(["a", "b", "c", "d"])
EMAIL = st.sampled_from(["x@example.org", "y@example.org", None])
SAID = st.lists(
    st.tuples(WHO, EMAIL, st.integers(0, 9), st.sampled_from(["Ann", "Bea", None])), min_size=1, max_size=12
)


def projections() -> dict[str, list[tuple[Any, ...]]]:
    return {
        "people": list(
            Person.objects.filter(into_id=None)
            .order_by("id")
            .values_list("id", "name", "name_key", "first_at", "last_at", "interactions", "amount")
        ),
        "identities": list(
            Identity.objects.order_by("id").values_list(
                "id", "person_id", "first_at", "last_at", "interactions", "amount"
            )
        ),
    }


def events(said: list[tuple[str, str | None, int, str | None]]) -> list[Any]:
    return [
        bought(
            who,
            day,
            message_id=f"{who}-{day}-{number}",
            links=[("email", email)] if email else [],
            observations={"name": name} if name else {},
        )
        for number, (who, email, day, name) in enumerate(said)
    ]


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(SAID, min_size=1, max_size=3))
def test_replay_gives_what_growing_gave(clean: Callable[[], Any], batches: list[Any]):
    with clean():
        for said in batches:
            say(*events(said))
        grown = projections()
        replay()
        assert grown == projections()


@pytest.mark.django_db
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(SAID, SAID)
def test_taking_a_batch_back_is_as_if_it_had_never_come(clean: Callable[[], Any], before: list[Any], batch: list[Any]):
    with clean():
        say(*events(before))
        expected = projections()
        source = a_source("file")
        opened = Batch.objects.create(source=source, opened_at=START)
        import_chunk(shaped(events(batch)), source=source, batch=opened)
        summarise_batch(opened)
        erase.take_back(opened, now=LATER)
        assert expected == projections()
        assert not Interaction.objects.filter(batch=opened).exists()
        replay()
        assert expected == projections()


@pytest.mark.django_db
def test_a_batch_is_counted_once_however_often_it_is_asked():
    source = a_source()
    opened = Batch.objects.create(source=source, opened_at=START)
    import_chunk(shaped([bought("a"), bought("a", 1)]), source=source, batch=opened)
    assert [1, 0] == [summarise_batch(opened), summarise_batch(opened)]
    assert 2 == Person.objects.get().interactions


@pytest.mark.django_db
def test_what_was_taken_back_can_be_brought_in_again():
    source = a_source()
    for _ in range(2):
        opened = Batch.objects.create(source=source, opened_at=START)
        assert 1 == import_chunk(shaped([bought("a")]), source=source, batch=opened).new
        assert 1 == erase.take_back(opened, now=LATER)
    assert 0 == Person.objects.count()
