"""Colleagues who join, part and decide at the same moment cannot spoil anything."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from duplicates.queueing import BY, pair, people, together
from flow.append.cases import people as everybody
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.models import Bulk
from vincle.apps.duplicates.queries import bulks
from vincle.flow.models import SamePerson
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*doings: Callable[[], object]) -> list[str]:
    """What becomes of each, started together: "done" or "refused"."""
    ready = Barrier(len(doings))

    def do(doing: Callable[[], object]) -> str:
        ready.wait()
        try:
            doing()
        except (BadInput, Refused):
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(doings)) as pool:
        return sorted(pool.map(do, doings))


def test_two_bulks_of_the_same_pairs_and_both_undone_leave_everybody_as_they_were():
    people()
    for one, other in (("a", "b"), ("b", "c"), ("d", "e")):
        pair(one, other, 0.999)
    before = everybody()
    started = [actions.start(0.99, expected=3, now=clock.now(), **BY) for _ in range(2)]
    at_once(*(lambda bulk=bulk: actions.go_on(bulk, clock=clock.now) for bulk in started))
    assert together("a", "c")
    assert 3 == sum(bulks.outcomes(bulk).get("joined", 0) for bulk in Bulk.objects.all())
    assert 3 == SamePerson.objects.filter(withdrawn_at=None).count()
    for bulk in started:
        actions.undo_bulk(bulk, now=clock.now(), **BY)
    at_once(*(lambda bulk=bulk: actions.go_on(bulk, clock=clock.now) for bulk in started * 2))
    assert before == everybody()


def test_one_says_the_same_and_one_says_not_and_one_of_them_counts():
    people()
    this = pair("a", "b")
    said = at_once(
        lambda: actions.accept(this, now=clock.now(), **BY),
        lambda: actions.reject(this, now=clock.now(), **BY),
        lambda: actions.accept(this, now=clock.now(), **BY),
    )
    assert ["done", "refused", "refused"] == said
    assert 1 == SamePerson.objects.count()
