"""What happened, over the API: read and written down."""

from datetime import UTC, datetime

import pytest

from api.calling import Program, problem, program_of
from people.telling import SHOP, happened, line, person, tell
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.queries import interactions as queries
from vincle.flow.models import Interaction, Kind, Quarantined

pytestmark = pytest.mark.django_db

BOUGHT = {
    "message_id": "order-1",
    "occurred_at": "2026-05-03T10:20:00+02:00",
    "kind": "order.placed",
    "identity": {"namespace": "email", "value": "mar@roca.example"},
    "channel": "web",
    "place": "Shop",
    "staff": "Anna",
    "amount": "38.40",
    "currency": "EUR",
    "score": 0.5,
    "text": "Thank you",
    "properties": {"coupon": None, "lines": [1, 2.5, "x"]},
    "things": [{"type": "product", "key": "egg", "label": "Eggs", "quantity": 6, "amount": 3}],
}


@pytest.fixture
def program(olga) -> Program:
    return program_of(olga)


def append(program: Program, *interactions: dict, **headers: str) -> dict:
    return program.do("/interactions", {"interactions": list(interactions)}, **headers)


def kinds(page: dict) -> list[str]:
    return [each["kind"] for each in page["items"]]


def test_what_is_written_down_is_read_as_it_was(program):
    (became,) = append(program, BOUGHT)["results"]
    assert ("order-1", "entered", "") == (became["message_id"], became["state"], became["reason"])
    read = program.read(f"/interactions/{became['uid']}")
    assert (
        read
        | {
            "uid": became["uid"],
            "source": "shop",
            "message_id": "order-1",
            "occurred_at": "2026-05-03T08:20:00Z",
            "kind": "order.placed",
            "channel": "web",
            "place": "Shop",
            "identity": {"namespace": "email", "value": "mar@roca.example"},
            "staff": "Anna",
            "amount": "38.4",
            "currency": "EUR",
            "score": 0.5,
            "text": "Thank you",
            "properties": {"coupon": None, "lines": [1, 2.5, "x"]},
            "things": [
                {
                    "type": "product",
                    "key": "egg",
                    "qualifier": "",
                    "label": "Eggs",
                    "quantity": 6.0,
                    "amount": "3",
                    "properties": {},
                }
            ],
        }
        == read
    )
    assert str(person("mar@roca.example", "email").uid) == read["person"]


def test_what_was_said_before_adds_nothing(program):
    append(program, BOUGHT)
    again = append(program, BOUGHT, BOUGHT | {"message_id": "order-2"})
    assert (1, 1, ["known", "entered"]) == (
        again["known"],
        again["entered"],
        [each["state"] for each in again["results"]],
    )
    assert 2 == Interaction.objects.count()


def test_what_breaks_its_contract_waits_and_the_others_enter(program):
    Kind.objects.create(name="lesson.rated", contract={"type": "object", "required": ["score"]})
    answered = append(
        program,
        BOUGHT,
        {"kind": "lesson.rated"} | {k: BOUGHT[k] for k in ("occurred_at", "identity")} | {"message_id": "l"},
    )
    assert (1, 0, 1) == tuple(answered[each] for each in ("entered", "known", "quarantined"))
    held = answered["results"][1]
    assert ("quarantined", None) == (held["state"], held["uid"])
    assert Quarantined.objects.get().reason == held["reason"]


def test_one_that_has_not_the_form_keeps_all_out(program):
    body = {"interactions": [BOUGHT, BOUGHT | {"message_id": "b", "score": 2}]}
    assert (422, "input") == problem(program.post("/interactions", body))[:2]
    assert 0 == Interaction.objects.count()


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "Order Placed"},
        {"kind": "a" * 121},
        {"occurred_at": "yesterday"},
        {"amount": "NaN"},
        {"amount": "1e400"},
        {"amount": "0.00001"},
        {"currency": "eur"},
        {"currency": None},
        {"score": -1.1},
        {"text": "a\0"},
        {"properties": {"a\0": 1}},
        {"properties": {"a": 2**70}},
        {"properties": []},
        {"channel": "Web Shop"},
        {"identity": {"namespace": "email", "value": "nonsense"}},
        {"things": [{"type": "product"}]},
        {"things": [{"type": "product", "key": "a"}] * 201},
        {"message_id": None},
    ],
)
def test_what_cannot_be_is_refused(program, wrong):
    assert (422, "input") == problem(program.post("/interactions", {"interactions": [BOUGHT | wrong]}))[:2]
    assert 0 == Interaction.objects.count()


def test_properties_have_a_bottom(program):
    deep: dict = {}
    for _ in range(30):
        deep = {"a": deep}
    assert 422 == problem(program.post("/interactions", {"interactions": [BOUGHT | {"properties": deep}]}))[0]


def test_the_one_that_is_meant_is_named(program):
    nobody = BOUGHT | {"identity": {"namespace": "phone", "value": "1"}}
    said = problem(program.post("/interactions", {"interactions": [BOUGHT, nobody]}))[2]
    assert "Interaction 2: “1” is not a telephone number." == said


@pytest.mark.parametrize("count", [0, 101])
def test_a_request_holds_one_to_a_hundred(program, count):
    many = [BOUGHT | {"message_id": str(number)} for number in range(count)]
    assert 422 == problem(program.post("/interactions", {"interactions": many}))[0]


def test_a_hundred_enter_together(program, django_assert_max_num_queries):
    many = [BOUGHT | {"message_id": str(number)} for number in range(100)]
    append(program, BOUGHT)
    with django_assert_max_num_queries(70):
        assert 100 == append(program, *many)["entered"]


def test_writing_down_leaves_one_line_in_the_audit_log(program):
    append(program, BOUGHT, BOUGHT | {"message_id": "order-2"})
    append(program, BOUGHT)
    (entry,) = AuditEntry.objects.filter(action="interactions.appended")
    assert ("Olga Serra · Shop", {"interactions": 2, "source": "shop"}) == (entry.actor_name, entry.details)


def test_the_log_is_read_from_its_end(program):
    tell(happened("c1", "2026-03-01 10:00"), happened("c2", "2026-01-01 10:00", "order.placed"))
    assert ["order.placed", "visit.made"] == kinds(program.read("/interactions"))


def test_one_persons_story_is_read_from_its_end(program):
    tell(
        happened("c1", "2026-03-01 10:00"),
        happened("c1", "2026-01-01 10:00", "order.placed"),
        happened("c2", "2026-05-01 10:00"),
    )
    assert ["visit.made", "order.placed"] == kinds(program.read(f"/interactions?person={person('c1').uid}"))


@pytest.mark.parametrize("whose", ["", "person"])
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("kind=order.placed", ["2026-02-01"]),
        ("kind=nothing.such", []),
        ("since=2026-02-01T00:00:00Z", ["2026-03-01", "2026-02-01"]),
        ("until=2026-02-01T10:00:00Z", ["2026-01-01"]),
        ("since=2026-02-01T00:00:00Z&until=2026-02-02T00:00:00Z", ["2026-02-01"]),
    ],
)
def test_what_is_read_is_filtered(program, whose, question, expected):
    tell(
        happened("c1", "2026-01-01 10:00"),
        happened("c1", "2026-02-01 10:00", "order.placed"),
        happened("c1", "2026-03-01 10:00"),
    )
    of = f"&person={person('c1').uid}" if whose else ""
    found = program.read(f"/interactions?{question}{of}")["items"]
    assert expected == [each["occurred_at"][:10] for each in found]


@pytest.mark.parametrize("whose", ["", "person"])
def test_pages_follow_one_another(program, whose):
    tell(*(happened("c1", f"2026-01-0{day} 10:00") for day in range(1, 6)))
    of = f"&person={person('c1').uid}" if whose else ""
    found, cursor = [], ""
    while True:
        page = program.read(f"/interactions?limit=2{of}&cursor={cursor}")
        found.append([each["occurred_at"][8:10] for each in page["items"]])
        cursor = page["next"]
        if not cursor:
            break
    assert [["05", "04"], ["03", "02"], ["01"]] == found


def test_a_filter_that_finds_little_goes_on_from_where_it_stopped(program, monkeypatch):
    monkeypatch.setattr(queries, "REACH", 2)
    tell(
        happened("c1", "2026-01-01 10:00", "order.placed"),
        *(happened("c1", f"2026-02-0{day} 10:00") for day in range(1, 5)),
    )
    found, cursor, pages = [], "", 0
    while True:
        page = program.read(f"/interactions?kind=order.placed&cursor={cursor}")
        found += page["items"]
        cursor, pages = page["next"], pages + 1
        if not cursor:
            break
    assert (1, 3) == (len(found), pages)


@pytest.mark.parametrize("question", ["cursor=x", "person=x", "since=2026-01-01", "limit=0", "kind=%00"])
def test_a_question_that_cannot_be_asked_is_refused(program, question):
    assert 422 == problem(program.get(f"/interactions?{question}"))[0]


def test_a_cursor_of_another_list_is_refused(program):
    tell(*(happened("c1", f"2026-01-0{day} 10:00") for day in range(1, 4)))
    cursor = program.read("/interactions?limit=1")["next"]
    assert 422 == problem(program.get(f"/interactions?person={person('c1').uid}&cursor={cursor}"))[0]


def test_reading_costs_the_same_however_much_it_is(program, django_assert_max_num_queries):
    tell(*(happened(f"c{day}", f"2026-01-{day:02} 10:00", things=[line("Eggs")]) for day in range(1, 29)))
    with django_assert_max_num_queries(9):
        assert 28 == len(program.read("/interactions")["items"])


def test_what_was_read_is_of_somebody_as_they_are_now(program):
    tell(happened("c1", "2026-01-01 10:00", name="Mar"), happened("c2", "2026-02-01 10:00", name="Mar R."))
    first, second = person("c1"), person("c2")
    program.do(f"/people/{first.uid}/join", {"other": str(second.uid)})
    assert {str(first.uid)} == {each["person"] for each in program.read("/interactions")["items"]}


def test_instants_are_exact(program):
    tell(happened("c1", "2026-01-01 10:00:00.123456"))
    assert "2026-01-01T10:00:00.123456Z" == program.read("/interactions")["items"][0]["occurred_at"]
    assert datetime(2026, 1, 1, 10, 0, 0, 123456, UTC) == Interaction.objects.get().occurred_at
    assert SHOP == program.read("/interactions")["items"][0]["identity"]["namespace"]
