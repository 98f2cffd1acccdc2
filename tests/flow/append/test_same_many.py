"""Many pairs joined together come to the same as one after the other, and are taken back exactly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from flow.append.cases import LATER, bought, people, person_of, say
from vincle.flow.append import same
from vincle.flow.append.same_many import Outcome, say_all_same, take_all_back
from vincle.flow.append.weaving import Weaving
from vincle.flow.models import Identity, SamePerson, Source
from vincle.kernel.errors import Refused

pytestmark = pytest.mark.django_db
WHO = "abcdef"


def numbers() -> dict[str, int]:
    return dict(Identity.objects.filter(value__in=list(WHO)).values_list("value", "pk"))


def everybody() -> dict[str, int]:
    say(*(bought(who, place) for place, who in enumerate(WHO)))
    return numbers()


def test_pairs_become_people_and_all_of_it_is_taken_back():
    who = everybody()
    before = people()
    done = say_all_same([(who["b"], who["a"]), (who["b"], who["c"]), (who["a"], who["c"])], author="Anna", now=LATER)
    assert [Outcome.JOINED, Outcome.JOINED, Outcome.TOGETHER] == [each.outcome for each in done]
    assert person_of("a") == person_of("c")
    assert 3 == person_of("a").interactions
    assert 2 == take_all_back([each.fact for each in done], author="Anna", now=LATER)
    assert before == people()
    assert 0 == take_all_back([each.fact for each in done], author="Anna", now=LATER)


def test_who_is_kept_apart_stays_apart_and_who_is_gone_is_said():
    who = everybody()
    same.say_different(person_of("a"), person_of("c"), author="Anna", now=LATER)
    done = say_all_same([(who["a"], who["b"]), (who["b"], who["c"]), (who["a"], 4_242)], author="Anna", now=LATER)
    assert [Outcome.JOINED, Outcome.APART, Outcome.GONE] == [each.outcome for each in done]
    assert [False, True, True] == [each.fact == 0 for each in done]
    assert [] == say_all_same([], author="Anna", now=LATER)


def test_what_a_source_says_is_not_taken_back_with_the_rest():
    who = everybody()
    fact = SamePerson.objects.create(
        a_id=who["a"], b_id=who["b"], source=Source.objects.get(name="shop"), recorded_at=LATER
    )
    assert 0 == take_all_back([fact.pk], author="Anna", now=LATER)


PAIRS = st.lists(
    st.tuples(st.sampled_from(WHO), st.sampled_from(WHO)).filter(lambda pair: pair[0] != pair[1]), max_size=8
)


class TestTogether(TestCase):
    @given(joined=PAIRS, apart=PAIRS.map(lambda pairs: pairs[:3]))
    @settings(max_examples=12)
    def test_together_is_as_one_by_one(self, joined, apart):
        who = everybody()
        for one, other in apart:
            same.say_different(person_of(one), person_of(other), author="Anna", now=LATER)
        before = people()
        steps = []
        for one, other in joined:
            try:
                steps.append(same.say_same(person_of(one), person_of(other), author="Anna", now=LATER))
            except Refused:
                continue
        one_by_one = people()
        for step in steps:
            same.take_back(step, author="Anna", now=LATER)
        done = say_all_same([(who[one], who[other]) for one, other in joined], author="Anna", now=LATER)
        assert one_by_one == people()
        assert len(steps) == sum(each.outcome == Outcome.JOINED for each in done)
        take_all_back([each.fact for each in done], author="Anna", now=LATER)
        assert before == people()


def test_weaving_tells_the_smallest_of_those_together():
    weaving = Weaving([5, 3, 8, 1], apart=[(1, 8)])
    assert [True, True, False] == [weaving.join(5, 3), weaving.join(8, 5), weaving.join(1, 3)]
    assert {5: 3, 3: 3, 8: 3, 1: 1} == weaving.roots()
