"""The chunks of an import, one made ready while the one before enters."""

from collections.abc import Iterator

import pytest

from flow.append.cases import LATER, START, a_source, bought, import_chunk, shaped
from flow.append.test_bulk import ROWS, a_chunk
from vincle.engine.shaped import Shaped
from vincle.flow.append import Absorbed, Resolver, absorb_each, erase, summarise_batch
from vincle.flow.models import Batch, Identity, Interaction, InteractionThing, Person, Source
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db(transaction=True)


def a_batch(source: Source) -> Batch:
    return Batch.objects.create(source=source, opened_at=START)


def bring_in(chunks: Iterator[tuple[Shaped, int]], source: Source) -> list[tuple[int, Absorbed]]:
    resolver = Resolver()
    try:
        each = absorb_each(chunks, source=source, batch=a_batch(source), clock=lambda: LATER, resolver=resolver)
        return [(number, absorbed) for _chunk, number, absorbed in each]
    finally:
        resolver.close()


def staged_files() -> list[str]:
    return [path.name for path in Home.at().staging.glob("rows-*")]


def test_chunks_enter_in_their_order_and_what_is_known_enters_once():
    chunks = [a_chunk(), a_chunk(1_000), a_chunk(ROWS, 10), a_chunk(0, 10)]
    expected = [(0, Absorbed(new=ROWS)), (1, Absorbed(new=1_000, known=ROWS - 1_000)), (2, Absorbed(known=10))]
    assert [*expected, (3, Absorbed(known=10))] == bring_in(((chunk, n) for n, chunk in enumerate(chunks)), a_source())
    ids = list(Interaction.objects.order_by("id").values_list("message_id", flat=True))
    assert [f"m{n}" for n in range(ROWS + 1_000)] == ids
    assert ROWS + 1_000 == InteractionThing.objects.count()
    assert [] == staged_files()


def test_a_file_that_breaks_off_keeps_what_was_whole_and_leaves_nothing_lying_about():
    def breaking() -> Iterator[tuple[Shaped, int]]:
        yield a_chunk(), 0
        yield a_chunk(ROWS), 1
        raise RuntimeError("the disk was pulled out")

    with pytest.raises(RuntimeError):
        bring_in(breaking(), a_source())
    assert ROWS == Interaction.objects.count()
    assert [] == staged_files()


def test_somebody_who_leaves_between_being_named_and_entering_comes_in_anew():
    source = a_source()
    earlier = a_batch(source)
    import_chunk(shaped([bought("a"), bought("b")]), source=source, batch=earlier)
    summarise_batch(earlier)

    def chunks() -> Iterator[tuple[Shaped, int]]:
        yield shaped([bought("a", 1), bought("c", 1)]), 0
        erase.take_back(earlier, now=LATER)
        yield shaped([bought("b", 2), bought("c", 2)]), 1

    assert [(0, Absorbed(new=2)), (1, Absorbed(new=2))] == bring_in(chunks(), source)
    values = dict(Identity.objects.values_list("id", "value"))
    assert sorted("abcc") == sorted(values[row] for row in Interaction.objects.values_list("identity_id", flat=True))


def test_names_of_what_never_entered_go_when_the_batch_is_taken_back():
    source = a_source()
    batch = a_batch(source)
    resolver = Resolver()
    each = absorb_each(
        iter([(shaped([bought("a")]), 0), (shaped([bought("b")]), 1)]),
        source=source,
        batch=batch,
        clock=lambda: LATER,
        resolver=resolver,
    )
    next(each)
    each.close()
    resolver.close()
    assert {"a", "b"} == set(Identity.objects.values_list("value", flat=True))
    erase.take_back(batch, now=LATER)
    assert (0, 0, 0) == (Identity.objects.count(), Interaction.objects.count(), Person.objects.count())
