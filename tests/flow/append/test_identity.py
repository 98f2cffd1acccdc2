"""Who is together: identities that a row gives for one person, and contact points that a household shares."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.append.cases import a_source, bought, people, person_of, say
from vincle.flow.append.links import components
from vincle.flow.models import IdentityMove, Person, SamePerson


def with_email(who: str, email: str, number: int = 0, **changes):
    return bought(who, number, links=[("email", email)], **changes)


@pytest.mark.django_db
def test_two_identities_in_one_row_are_one_person():
    say(with_email("m1", "merce@example.org"))
    assert {frozenset({"m1", "merce@example.org"})} == people()
    assert 1 == Person.objects.filter(into_id=None).count()


@pytest.mark.django_db
def test_the_person_has_what_all_their_identities_did():
    say(bought("merce@example.org", namespace="email"), bought("m1", 2))
    assert (1, 1) == (person_of("m1").interactions, person_of("merce@example.org").interactions)
    say(with_email("m1", "merce@example.org", 4))
    assert 3 == person_of("m1").interactions == person_of("merce@example.org").interactions


@pytest.mark.django_db
def test_the_person_who_was_joined_still_answers_and_says_to_whom():
    say(bought("merce@example.org", namespace="email"))
    say(bought("m1", 2))
    former = person_of("m1")
    say(with_email("m1", "merce@example.org", 4))
    former.refresh_from_db()
    assert (person_of("m1").pk, 0) == (former.into_id, former.interactions)


@pytest.mark.django_db
def test_an_email_that_two_customers_share_joins_nobody():
    say(with_email("m1", "family@example.org"))
    say(with_email("m2", "family@example.org"))
    assert {frozenset({"m1"}), frozenset({"m2"}), frozenset({"family@example.org"})} == people()
    assert 2 == SamePerson.objects.count()


@pytest.mark.django_db
def test_two_sources_that_give_the_same_email_speak_of_one_person():
    say(with_email("m1", "merce@example.org"))
    say(with_email("77", "merce@example.org", namespace="id@school"), source=a_source("school"))
    assert {frozenset({"m1", "merce@example.org", "77"})} == people()


@pytest.mark.django_db
def test_the_same_fact_from_the_same_source_is_kept_once():
    say(with_email("m1", "merce@example.org"))
    say(with_email("m1", "merce@example.org", 1))
    assert 1 == SamePerson.objects.count()


@pytest.mark.django_db
def test_every_change_of_person_is_told_to_the_mirror():
    say(with_email("m1", "merce@example.org"))
    assert [person_of("m1").pk] == list(IdentityMove.objects.values_list("person_id", flat=True))


@given(
    st.integers(1, 30).flatmap(
        lambda n: st.tuples(st.just(n), st.lists(st.tuples(st.integers(1, n), st.integers(1, n)), max_size=60))
    ),
    st.randoms(use_true_random=False),
)
def test_components_do_not_depend_on_the_order_of_the_facts(case, shuffle: random.Random):
    count, pairs = case
    expected = components(range(1, count + 1), pairs)
    other = list(pairs)
    shuffle.shuffle(other)
    assert expected == components(range(1, count + 1), [(b, a) for a, b in other])
    assert all(expected[a] == expected[b] for a, b in pairs)
    assert all(expected[head] == head for head in expected.values())
