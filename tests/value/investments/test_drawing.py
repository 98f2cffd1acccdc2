"""A lot decides who gets it: the same seed draws the same people, and nothing that happens later changes who it was."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.telling import NOW, person
from value.investments.crowd import OURS, START, THEIRS, crowd, kept, said
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.lists.actions.changing import What, start
from vincle.apps.lists.actions.fixed import standing_on
from vincle.apps.lists.facade import kept_together, people_in
from vincle.apps.lists.models import Change, FixedList
from vincle.apps.value.investments import actions
from vincle.apps.value.investments.actions import Groups
from vincle.apps.value.investments.drawing import draw, lot
from vincle.apps.value.investments.queries import newest_return
from vincle.apps.value.investments.refreshing import refresh_return
from vincle.flow.append.same import say_same
from vincle.kernel.errors import BadInput, Refused

TODAY = date(2026, 11, 20)
BEFORE = NOW.replace(month=6, day=1)


@given(st.lists(st.integers(1, 10**9), unique=True, max_size=200), st.floats(0.01, 0.99), st.text(max_size=9))
def test_each_is_drawn_or_not_and_the_same_seed_draws_the_same(people, share, seed):
    drawn, others = lot(people, share, seed)
    assert sorted(people) == sorted([*drawn, *others])
    assert round(len(people) * share) == len(drawn)
    assert (drawn, others) == lot(people[::-1], share, seed)


def test_a_lot_is_fair():
    times = [lot(range(100), 0.3, str(seed))[0] for seed in range(400)]
    counted = [sum(number in drawn for drawn in times) for number in range(100)]
    assert 30 * 400 == sum(counted)
    assert max(abs(each - 120) for each in counted) < 5 * (400 * 0.3 * 0.7) ** 0.5


@pytest.fixture
def drawn(transactional_db):
    crowd()
    group = kept((*OURS, *THEIRS), "All of them")
    return draw(said(), group, 0.5, actor=COMMAND_LINE, now=BEFORE, seed="abc")


def test_both_groups_stand_on_lists(drawn):
    treated, compared = (set(people_in(code, now=NOW)) for code in (drawn.treated, drawn.compared))
    assert (40, 40, set()) == (len(treated), len(compared), treated & compared)
    people = [person(who).pk for who in (*OURS, *THEIRS)]
    assert (treated, True, True) == (set(lot(people, 0.5, "abc")[0]), drawn.randomised, drawn.is_drawn)
    names = set(FixedList.objects.values_list("name", flat=True))
    assert {"All of them", "Welcome call: drawn", "Welcome call: not drawn"} == names
    entry = AuditEntry.objects.get(action=actions.DRAWN)
    assert ("abc", 40) == (entry.details["seed"], entry.details["drawn"])


def test_who_was_drawn_counts_whoever_changes_the_lists(drawn):
    this = FixedList.objects.get(name="Welcome call: drawn")
    what = What(Change.Kind.REMOVE, list=this)
    start(what, standing_on(this), expected=40, actor=COMMAND_LINE, now=NOW)
    assert (0, 40, 1) == (
        len(people_in(drawn.treated, now=NOW)), len(kept_together(drawn.treated).people),
        kept_together(drawn.treated).changed,
    )  # fmt: skip
    refresh_return(drawn, now=NOW)
    told = newest_return(drawn)
    assert (40, "randomised", 1) == (told.said["treated"], told.said["label"], told.groups["changed"])


def test_who_is_on_both_sides_and_one_person_is_left_out(drawn):
    ours, theirs = (kept_together(code).people[0] for code in (drawn.treated, drawn.compared))
    by_number = {person(who).pk: who for who in (*OURS, *THEIRS)}
    say_same(person(by_number[ours]), person(by_number[theirs]), author="Anna", now=NOW)
    refresh_return(drawn, now=NOW)
    told = newest_return(drawn)
    assert (39, 39, 1) == (told.said["treated"], told.said["compared"], told.groups["joined"])


def test_undone_and_brought_back_whole(drawn):
    actions.archive(drawn, actor=COMMAND_LINE, now=NOW)
    assert ["All of them"] == list(FixedList.objects.filter(removed_at=None).values_list("name", flat=True))
    actions.bring_back(drawn, actor=COMMAND_LINE, now=NOW)
    assert (3, 40) == (FixedList.objects.filter(removed_at=None).count(), len(people_in(drawn.treated, now=NOW)))


def test_neither_who_was_drawn_nor_an_earlier_day_can_be_said_later(drawn):
    for what, groups in ((said(), Groups("list:x", "list:y", randomised=True)), (said(start=date(2026, 1, 1)), None)):
        with pytest.raises(Refused, match="A lot decided"):
            actions.change(drawn, what, groups, actor=COMMAND_LINE, now=NOW)
    actions.change(drawn, said(cost_each=Decimal(2)), None, actor=COMMAND_LINE, now=NOW)
    drawn.refresh_from_db()
    assert Decimal(2) == drawn.cost_each


def test_no_lot_where_it_would_tell_nothing(transactional_db):
    crowd()
    group = kept((*OURS, *THEIRS), "All of them")
    with pytest.raises(BadInput, match="24 of them would get it and 56 would not; it takes 30 on either side"):
        draw(said(start=TODAY), group, 0.3, actor=COMMAND_LINE, now=NOW)
    with pytest.raises(BadInput, match="today or later"):
        draw(said(start=START), group, 0.5, actor=COMMAND_LINE, now=NOW)
    with pytest.raises(BadInput, match="which share"):
        draw(said(start=TODAY), group, 1.0, actor=COMMAND_LINE, now=NOW)
    assert 1 == FixedList.objects.count()
