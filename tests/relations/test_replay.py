"""Which organisations are one, worked out again from the facts."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from relations.relating import WAY, organisation
from vincle.apps.relations import facade
from vincle.apps.relations.models import Organisation, SameOrganisation
from vincle.flow.replay import replay
from vincle.kernel.errors import NotFound, Refused

MOST = 5
STEP = st.one_of(
    st.tuples(st.just("join"), st.integers(0, MOST - 1), st.integers(0, MOST - 1)),
    st.tuples(st.just("part"), st.integers(0, 9), st.just(0)),
)


@contextmanager
def clean() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def wholes() -> dict[int, int]:
    return dict(Organisation.objects.values_list("pk", "whole_id"))


@pytest.mark.django_db
@settings(max_examples=30)
@given(st.lists(STEP, max_size=14))
def test_replay_gives_what_joining_and_parting_gave(steps):
    with clean():
        made = [organisation(f"Place {number}") for number in range(MOST)]
        for verb, first, second in steps:
            try:
                if verb == "join" and first != second:
                    facade.join_organisations(made[first], made[second], **WAY)
                elif verb == "part":
                    facts = list(SameOrganisation.objects.order_by("pk"))
                    facade.part_organisations(facts[first].pk if first < len(facts) else 0, **WAY)
            except (Refused, NotFound):
                continue
        grown = wholes()
        replay()
        assert grown == wholes()


@pytest.mark.django_db
def test_replay_mends_what_a_hand_in_the_database_has_spoiled():
    first, second, third = (organisation(name) for name in ("A", "B", "C"))
    facade.join_organisations(first, second, **WAY)
    right = {first.pk: first.pk, second.pk: first.pk, third.pk: third.pk}
    told: list[str] = []
    Organisation.objects.update(whole_id=third.pk)
    replay(told.append)
    assert (right, True) == (wholes(), "organisations" in told)
