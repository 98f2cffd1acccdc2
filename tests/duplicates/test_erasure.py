"""Nothing of the queue is left of somebody who is erased."""

import pytest

from duplicates.queueing import BY, numbers, pair, people
from flow.append.cases import person_of
from vincle.apps.duplicates import actions
from vincle.apps.duplicates.models import BulkStep, Candidate
from vincle.apps.people import facade
from vincle.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_pairs_of_somebody_who_is_erased_go_with_them():
    people()
    for one, other in (("a", "b"), ("b", "c"), ("c", "d")):
        pair(one, other, 0.999)
    actions.go_on(actions.start(0.99, expected=3, now=clock.now(), **BY), clock=clock.now)
    kept = numbers("e")
    pair("d", "e", 0.5)
    certificate = facade.erase(person_of("a"), now=clock.now(), **BY)
    assert (4, 3) == tuple(certificate["removed"][name] for name in ("possible_duplicates", "joined_at_once"))
    assert (0, 0) == (Candidate.objects.count(), BulkStep.objects.count())
    assert kept == numbers("e")
