"""Programs describe investments, draw lots, and read whether they pay."""

import pytest

from api.calling import problem, program_of
from value.investments.crowd import OURS, THEIRS, crowd, helped, kept
from vincle.apps.lists.models import FixedList, View
from vincle.flow.jobs.worker import Worker
from vincle.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)
CALL = {"name": "Welcome call", "start": "2026-07-01", "cost_each": "5"}


@pytest.fixture
def program(olga):
    crowd(helped(3.0))
    return program_of(olga)


def test_one_is_described_worked_out_put_away_and_brought_back(program):
    groups = {"treated": kept(OURS, "Called"), "compared": kept(THEIRS, "The others")}
    made = program.do("/investments", CALL | groups, Idempotency_Key="once")
    assert made == program.do("/investments", CALL | groups, Idempotency_Key="once")
    address = f"/investments/{made['uid']}"
    assert made == program.read(address)
    assert ("5", "EUR", False, None) == (made["cost_each"], made["currency"], made["randomised"], made["until"])

    assert (409, "being-worked-out") == problem(program.get(f"{address}/return"))[:2]
    Worker().drain()
    told = program.read(f"{address}/return")
    assert ("pays", 40, True) == (told["found"]["verdict"], told["found"]["treated"], told["is_current"])

    assert program.do(f"{address}/archive")["archived_at"]
    assert ([], [made["uid"]]) == (listed(program), listed(program, "?archived=true"))
    assert program.do(f"{address}/bring-back")["archived_at"] is None
    assert [made["uid"]] == listed(program)


def test_a_lot_is_drawn(program):
    given = {"name": "Gift", "start": "2099-01-01", "group": kept((*OURS, *THEIRS), "All of them")}
    made = program.do("/investments/draw", given)
    assert (True, 0.5, 32) == (made["randomised"], made["share"], len(made["seed"]))
    assert 3 == FixedList.objects.filter(removed_at=None).count()
    assert 422 == program.post("/investments/draw", given | {"share": 0.1}).status_code
    assert 422 == program.post("/investments/draw", given | {"start": "2026-01-01"}).status_code
    assert 3 == FixedList.objects.filter(removed_at=None).count()


def test_what_makes_no_sense_is_refused(program):
    treated = kept(OURS, "Called")
    for wrong in (
        {"treated": "list:nowhere"},
        {"treated": treated, "compared": treated},
        {"treated": treated, "randomised": True},
        {"treated": treated, "cost_fixed": "-1"},
        {"treated": treated, "until": "2026-06-30"},
        {"treated": treated, "name": "  "},
    ):
        assert 422 == program.post("/investments", CALL | wrong).status_code, wrong
    assert [] == listed(program)


def test_nobody_reaches_for_a_view_of_somebody_else(program):
    uid = "0197a1b2-0000-7000-8000-000000000001"
    View.objects.create(uid=uid, name="Laia's", owner_id=987, filter="x", made_at=clock.now())
    told = problem(program.post("/investments", CALL | {"treated": f"view:{uid}"}))
    assert (422, "There is no such list or view.") == (told[0], told[2])


def test_a_token_that_may_only_read(program, olga):
    reads = program_of(olga, "value:read")
    assert [] == listed(reads)
    assert (403, "scope") == problem(reads.post("/investments", CALL))[:2]


def listed(program, asked=""):
    return [each["uid"] for each in program.read(f"/investments{asked}")["items"]]
