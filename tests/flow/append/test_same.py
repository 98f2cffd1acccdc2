"""What colleagues say of who is who: joining, keeping apart, and undoing either."""

import os
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.append.cases import LATER, bought, people, person_of, say
from flow.append.test_replay import projections
from vincle.flow.append.links import components
from vincle.flow.append.same import said_apart, say_different, say_same, take_back
from vincle.flow.models import Identity, Interaction, Person, SamePerson
from vincle.flow.replay import replay
from vincle.kernel.errors import Refused

EXAMPLES = int(os.environ.get("VINCLE_EXAMPLES", "60")) if connection.vendor == "sqlite" else 60


def everybody() -> list[Person]:
    return list(Person.objects.filter(into_id=None).order_by("id"))


@pytest.mark.django_db
def test_two_people_become_one_and_each_again_who_they_were():
    say(bought("a"), bought("a", 1), bought("b", 2))
    before, (first, second) = projections(), everybody()
    fact = say_same(second, first, author="Anna", reason="Same phone", now=LATER)
    joined = Person.objects.get(into_id=None)
    assert (first.pk, first.uid, 3) == (joined.pk, joined.uid, joined.interactions)
    assert joined.pk == Person.objects.get(uid=second.uid).into_id
    take_back(fact, author="Marta", now=LATER)
    assert before == projections()
    fact.refresh_from_db()
    assert ("Anna", "Same phone", "Marta") == (fact.author, fact.reason, fact.withdrawn_by)


@pytest.mark.django_db
def test_what_arrives_meanwhile_follows_its_own_identity():
    say(bought("a"), bought("b", 1))
    first, second = everybody()
    fact = say_same(first, second, author="Anna", now=LATER)
    say(bought("b", 2), bought("b", 3))
    take_back(fact, author="Anna", now=LATER)
    assert [1, 3] == [person.interactions for person in everybody()]


@pytest.mark.django_db
def test_who_is_not_the_same_is_never_joined_by_what_a_source_says():
    say(bought("a"), bought("b"))
    first, second = everybody()
    say_different(first, second, author="Anna", now=LATER)
    say(bought("a", 1, links=[("email", "x@example.org")]))
    say(bought("c", 1, namespace="member@club", links=[("email", "x@example.org"), ("customer_id@shop", "b")]))
    assert person_of("a") != person_of("b")
    assert person_of("a").pk == Identity.objects.get(value="x@example.org").person_id
    with pytest.raises(Refused):
        say_same(first, second, author="Anna", now=LATER)


@pytest.mark.django_db
def test_what_a_source_joined_can_be_parted_and_the_source_may_say_it_again():
    say(bought("a", links=[("phone", "+34600")]))
    fact = SamePerson.objects.get()
    parted = take_back(fact, author="Anna", now=LATER)
    assert {frozenset({"a"}), frozenset({"+34600"})} == people()
    say(bought("a", 1, links=[("phone", "+34600")]))
    assert {frozenset({"a"}), frozenset({"+34600"})} == people()
    with pytest.raises(Refused):
        take_back(fact, author="Anna", now=LATER)
    take_back(parted, author="Anna", now=LATER)
    assert {frozenset({"a", "+34600"})} == people()


@pytest.mark.django_db
def test_a_colleague_may_join_through_a_contact_that_a_household_shares():
    email = [("email", "x@example.org")]
    say(bought("a", links=email), bought("b", links=email))
    assert 2 == len(everybody())
    first, second = everybody()
    say_same(first, second, author="Anna", now=LATER)
    assert 1 == len(everybody())


@pytest.mark.django_db
@pytest.mark.parametrize("say_it", [say_same, say_different])
def test_one_person_is_neither_joined_nor_parted_from_themselves(say_it):
    say(bought("a"))
    with pytest.raises(Refused):
        say_it(everybody()[0], everybody()[0], author="Anna", now=LATER)


@pytest.mark.django_db
def test_undoing_twice_is_refused():
    say(bought("a"), bought("b"))
    fact = say_same(*everybody(), author="Anna", now=LATER)
    take_back(fact, author="Anna", now=LATER)
    with pytest.raises(Refused):
        take_back(fact, author="Anna", now=LATER)


@given(
    st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=20),
    st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)).filter(lambda pair: pair[0] != pair[1]), max_size=8),
)
def test_who_is_kept_apart_never_meets(pairs, apart):
    found = components(range(1, 9), pairs, apart=apart)
    assert all(found[a] != found[b] for a, b in apart)
    assert all(found[number] <= number for number in found)
    free = components(range(1, 9), pairs)
    assert all(free[a] == free[b] for a in found for b in found if found[a] == found[b])


WHO = st.sampled_from(["a", "b", "c", "d", "e"])
CONTACT = st.sampled_from([[], [("email", "x@example.org")], [("phone", "+34600")], [("customer_id@shop", "b")]])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), WHO, CONTACT, st.integers(0, 9)),
        st.tuples(st.sampled_from(["join", "part"]), st.integers(0, 9), st.integers(0, 9)),
        st.tuples(st.just("undo"), st.integers(0, 9)),
    ),
    min_size=2,
    max_size=9,
)


def walk(steps: list[tuple[Any, ...]]) -> int:
    """Do what the steps say, as far as it is allowed; returns how many interactions were told."""
    numbers, told = count(), 0
    for verb, *said in steps:
        present = everybody() if verb in {"join", "part"} else []
        facts = list(SamePerson.objects.order_by("id")) if verb == "undo" else []
        try:
            if verb == "say":
                who, contact, day = said
                say(bought(who, day, message_id=f"m{next(numbers)}", links=[one for one in contact if one[1] != who]))
                told += 1
            elif verb == "undo" and facts:
                take_back(facts[said[0] % len(facts)], author="Anna", now=LATER)
            elif verb in {"join", "part"} and present:
                first, second = (present[number % len(present)] for number in said)
                before = projections()
                fact = (say_same if verb == "join" else say_different)(first, second, author="Anna", now=LATER)
                if verb == "join":
                    take_back(fact, author="Anna", now=LATER)
                    assert before == projections()
                    say_same(first, second, author="Anna", now=LATER)
        except Refused:
            continue
    return told


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.timeout(1200)  # thousands of stories, each told and told again
@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_joined_parted_and_undone(clean: Callable[[], Any], steps: list[tuple[Any, ...]]):
    with clean():
        told = walk(steps)
        assert told == Interaction.objects.count() == sum(person.interactions for person in everybody())
        for fact in SamePerson.objects.filter(verdict="different", withdrawn_at=None):
            one, other = Identity.objects.get(pk=fact.a_id), Identity.objects.get(pk=fact.b_id)
            assert one.person_id != other.person_id
            assert said_apart(one.person_id, other.person_id) is not None
        grown = projections()
        replay()
        assert grown == projections()


@pytest.mark.django_db
def test_a_placeholder_that_many_share_is_not_walked_through():
    shared = [("email", "none@example.org")]
    say(*(bought(f"c{number}", links=shared) for number in range(60)))
    with CaptureQueriesContext(connection) as asked:
        say(bought("newcomer", links=shared))
    assert 61 == len(everybody())
    walked = [
        query for query in asked.captured_queries if "flow_sameperson f" in query["sql"] and "JOIN" in query["sql"]
    ]
    assert 2 == len(walked)  # the facts of the newcomer and of what they share, each side once: and no further
