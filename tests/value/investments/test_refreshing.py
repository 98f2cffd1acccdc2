"""What came of an investment: the figures are the engine's, and what cannot be told says why."""

import json
from datetime import timedelta
from decimal import Decimal

import pyarrow as pa
import pytest

from people.telling import NOW, happened, person, tell
from value.investments.crowd import OURS, START, THEIRS, crowd, helped, invested, kept, said
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.lists.facade import put_away
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.value.investments import actions
from vincle.apps.value.investments.actions import Groups
from vincle.apps.value.investments.queries import newest_return
from vincle.apps.value.investments.refreshing import ask_return, refresh_return
from vincle.flow.append.same import say_same
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Reading
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db(transaction=True)


def found(this):
    refresh_return(this, now=NOW)
    return newest_return(this)


def by_engine(ours, theirs, **asked):
    import vincle.engine as ve

    with ve.open(Home.at()) as log:
        transactions = ve.value.of_log(log, currency="EUR", today=NOW.date(), zone="Europe/Madrid")
        groups = (pa.array([person(who).pk for who in each], pa.int64()) for each in (ours, theirs))
        given = {"cost_fixed": Decimal(0), "margin": 1.0, "start": START, "until": transactions.last} | asked
        return json.loads(json.dumps(ve.value.invest(transactions, *groups, **given).as_json()))


def test_the_figures_are_the_engines():
    crowd(helped(3.0))
    this = invested()
    told = found(this)
    expected = by_engine(OURS, THEIRS, cost_each=Decimal(5), randomised=False)
    for figure in ("effect", "net", "roi", "payback"):
        assert pytest.approx(expected["figures"][figure]) == told.said["figures"][figure]
    assert ("pays", "observational", Decimal(200)) == (
        told.said["verdict"], told.said["label"], Decimal(told.said["cost"]),
    )  # fmt: skip


def test_everybody_else_is_who_was_known_before():
    crowd(helped(3.0))
    tell(happened("early", "2026-06-30 10:00"), happened("late", "2026-07-02 10:00"))
    assert (40, 41) == tuple(found(invested(None)).said[of] for of in ("treated", "compared"))


def test_it_is_asked_for_once_and_worked_out_in_the_background():
    crowd()
    this = invested()
    for _ in range(2):
        ask_return(this, now=NOW)
    assert 1 == Job.objects.filter(task="value.invest").count()
    Worker().drain()
    assert "does_not_pay" == newest_return(this).said["verdict"]


def test_what_is_changed_is_worked_out_anew():
    crowd()
    this = invested()
    found(this)
    actions.change(this, said(cost_each=Decimal(1)), None, actor=COMMAND_LINE, now=NOW)
    this.refresh_from_db()
    assert newest_return(this) is None
    assert 1 == Reading.objects.filter(name__startswith="value:investments:").count()


def test_whose_processing_is_restricted_is_in_no_group():
    crowd()
    this = invested()
    mark(person("O00"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)
    assert 39 == found(this).said["treated"]


def test_who_is_in_both_groups_is_said():
    crowd()
    this = invested((*THEIRS, "O00", "O01"))
    assert (None, {"reason": "both"}, 2) == (found(this).said, found(this).why, found(this).groups["both"])


def test_groups_that_are_gone_or_empty():
    crowd()
    empty = actions.describe(said(), Groups(kept([], "Nobody"), "", randomised=False), actor=COMMAND_LINE, now=NOW)
    assert {"reason": "nobody"} == found(empty).why
    this = invested()
    put_away(this.treated, actor=COMMAND_LINE, now=NOW)
    assert {"reason": "gone"} == found(this).why


@pytest.mark.parametrize(
    ("reason", "more"),
    [
        ("early", {"start": START + timedelta(days=300)}),
        ("before", {"start": START - timedelta(days=200)}),
    ],
)
def test_times_of_which_nothing_is_known(reason, more):
    crowd()
    assert reason == found(invested(**more)).why["reason"]


def test_where_nobody_has_paid():
    tell(*(happened(who, "2026-06-01 10:00") for who in (*OURS, *THEIRS)))
    assert {"reason": "nothing"} == found(invested()).why


def test_too_few_are_counted_and_nothing_else_is_told():
    crowd()
    told = found(invested(THEIRS[:10])).said
    assert ("too_few", [0, 20], None) == (told["verdict"], told["missing"], told["figures"])


def test_two_who_turn_out_to_be_one_are_one_person():
    crowd()
    this = invested()
    say_same(person("O00"), person("O01"), author="Anna", now=NOW)
    assert 39 == found(this).said["treated"]
