"""People over the API: found, read whole, told of."""

from decimal import Decimal

import pytest

from api.calling import Program, problem, program_of
from people.telling import SHOP, happened, person, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.people.facade import erase
from vincle.apps.tokens.models import KeptAnswer
from vincle.flow.models import Identity, Interaction, Kind, Person, Quarantined, Source
from vincle.kernel import clock

pytestmark = pytest.mark.django_db

NOBODY = "019a9d6e-0000-7000-8000-000000000000"


@pytest.fixture
def program(olga) -> Program:
    return program_of(olga)


@pytest.fixture
def three(db: None) -> None:
    """Three customers of the shop."""
    tell(
        happened("c1", "2026-01-01 10:00", "order.placed", name="Mar Roca", amount=Decimal("12.5"), currency="EUR"),
        happened("c2", "2026-02-01 10:00", name="Pau Serra"),
        happened("c3", "2026-03-01 10:00", name="Mar Vila", links=[("email", "mar@vila.example")]),
        happened("c1", "2026-04-01 10:00"),
    )


def names(page: dict) -> list[str]:
    return [each["name"] for each in page["items"]]


def test_the_list_begins_with_who_was_seen_last(program, three):
    assert ["Mar Roca", "Mar Vila", "Pau Serra"] == names(program.read("/people"))


def test_a_line_says_who_it_is_and_how_much_there_was(program, three):
    (line,) = program.read("/people?search=roca")["items"]
    assert {
        "uid": str(person("c1").uid),
        "name": "Mar Roca",
        "known_as": {"namespace": SHOP, "value": "c1"},
        "interactions": 2,
        "amount": "12.5",
        "currency": "EUR",
        "first": "2026-01-01T10:00:00Z",
        "last": "2026-04-01T10:00:00Z",
    } == line


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("search=mar", ["Mar Roca", "Mar Vila"]),
        ("search=mar%40vila", ["Mar Vila"]),
        ("known_in=email", ["Mar Vila"]),
        ("first_from=2026-02-01&first_to=2026-02-28", ["Pau Serra"]),
        ("last_from=2026-04-01", ["Mar Roca"]),
        ("at_least=2", ["Mar Roca"]),
        ("order=name", ["Mar Roca", "Mar Vila", "Pau Serra"]),
        ("order=-money&limit=1", ["Mar Roca"]),
        ("search=nobody", []),
    ],
)
def test_the_list_is_filtered_and_ordered(program, three, question, expected):
    assert expected == names(program.read(f"/people?{question}"))


def test_pages_follow_one_another(program, three):
    first = program.read("/people?limit=2")
    second = program.read(f"/people?limit=2&cursor={first['next']}")
    assert (["Mar Roca", "Mar Vila"], ["Pau Serra"], None) == (names(first), names(second), second["next"])


@pytest.mark.parametrize(
    "question", ["limit=0", "limit=101", "order=x", "first_from=x", "at_least=0", "cursor=x", "search=%00", "limit=x"]
)
def test_a_question_that_cannot_be_asked_is_refused(program, question):
    assert (422, "input") == problem(program.get(f"/people?{question}"))[:2]


def test_the_list_costs_the_same_however_long_it_is(program, three, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        program.read("/people")


def test_one_person_is_read_whole(program):
    tell(happened("c1", "2026-01-01 10:00", name="Mar Roca", links=[("phone", "+34600111222")]))
    assert {
        "uid": str(person("c1").uid),
        "name": "Mar Roca",
        "attributes": {"name": {"value": "Mar Roca", "source": "shop", "at": "2026-01-01T10:00:00Z", "pinned": False}},
        "identities": [
            {
                "namespace": "phone",
                "value": "+34600111222",
                "state": [],
                "person": str(person("c1").uid),
                "interactions": 0,
                "first": None,
                "last": None,
            },
            {
                "namespace": SHOP,
                "value": "c1",
                "state": [],
                "person": str(person("c1").uid),
                "interactions": 1,
                "first": "2026-01-01T10:00:00Z",
                "last": "2026-01-01T10:00:00Z",
            },
        ],
        "interactions": 1,
        "amount": "0",
        "currency": "EUR",
        "first": "2026-01-01T10:00:00Z",
        "last": "2026-01-01T10:00:00Z",
    } == program.read(f"/people/{person('c1').uid}")


def test_nobody_is_at_an_address_that_was_never_given(program):
    assert (404, "not-found", "There is nobody at this address.") == problem(program.get(f"/people/{NOBODY}"))
    assert (422, "input") == problem(program.get("/people/1"))[:2]


def test_somebody_new_is_made(program):
    made = program.do(
        "/people",
        {
            "identity": {"namespace": "customer_id", "value": " 77 "},
            "identities": [{"namespace": "email", "value": "MAR@Roca.example"}],
            "attributes": {"name": "Mar Roca", "town": "Girona"},
            "occurred_at": "2026-05-01T10:00:00+02:00",
        },
    )
    assert ("Mar Roca", 1, "2026-05-01T08:00:00Z") == (made["name"], made["interactions"], made["first"])
    assert [["email", "mar@roca.example"], ["customer_id@shop", "77"]] == [
        [each["namespace"], each["value"]] for each in made["identities"]
    ]
    assert ("Girona", "shop") == (made["attributes"]["town"]["value"], made["attributes"]["town"]["source"])
    assert made == program.read(f"/people/{made['uid']}")


def test_somebody_who_is_known_is_found_and_told_of(program, three):
    told = program.do(
        "/people", {"identity": {"namespace": SHOP, "value": "c2"}, "attributes": {"name": "Pau Serra Mas"}}
    )
    assert (str(person("c2").uid), "Pau Serra Mas") == (told["uid"], told["name"])
    assert 3 == Person.objects.count()


def test_what_was_said_once_is_not_said_twice(program):
    body = {"identity": {"namespace": "email", "value": "a@b.example"}, "message_id": "m"}
    assert program.do("/people", body) == program.do("/people", body)
    assert 1 == Interaction.objects.count()


@pytest.mark.parametrize(
    ("namespace", "value", "sentence"),
    [
        ("email", "nonsense", "“nonsense” is not an e-mail address."),
        ("email", "test@example.org", "“test@example.org” does not say who it is."),
        ("phone", "12", "“12” is not a telephone number."),
        ("customer_id", "undefined", "“undefined” does not say who it is."),
        ("customer_id@nowhere", "1", "There is no source “nowhere”."),
        ("Customer Id", "1", "“Customer Id” cannot be a namespace."),
        ("email@shop", "a@b.example", "“email” means the same everywhere; it belongs to no source."),
    ],
)
def test_what_names_nobody_is_refused(program, namespace, value, sentence):
    response = program.post("/people", {"identity": {"namespace": namespace, "value": value}})
    assert (422, "input", sentence) == problem(response)
    assert 0 == Identity.objects.count()


@pytest.mark.parametrize(
    "more",
    [
        {"attributes": {"name": "a\0b"}},
        {"attributes": {"Name!": "a"}},
        {"attributes": {"name": 1}},
        {"occurred_at": "2026-01-01T10:00:00"},
        {"occurred_at": "0001-01-01T00:00:00Z"},
        {"occurred_at": "9999-12-31T23:59:59-12:00"},
        {"identities": [{"namespace": "email", "value": "a@b.example"}] * 21},
        {"message_id": ""},
        {"message_id": "x" * 256},
    ],
)
def test_what_has_not_the_form_is_refused(program, more):
    body = {"identity": {"namespace": "email", "value": "a@b.example"}} | more
    assert (422, "input") == problem(program.post("/people", body))[:2]
    assert 0 == Interaction.objects.count()


def test_fields_that_nobody_asked_for_change_nothing(program, olga):
    body = {"identity": {"namespace": "email", "value": "a@b.example"}, "uid": NOBODY, "pinned": True, "source": "x"}
    made = program.do("/people", body)
    assert NOBODY != made["uid"]
    assert {"shop"} == set(Source.objects.values_list("name", flat=True))


def test_what_breaks_the_contract_waits_and_is_said_to(program):
    Kind.objects.update_or_create(
        name="person.identified", defaults={"contract": {"required": ["place"], "type": "object"}}
    )
    response = program.post("/people", {"identity": {"namespace": "email", "value": "a@b.example"}, "message_id": "m"})
    assert 202 == response.status_code
    assert ("m", "quarantined", None) == tuple(response.json()[each] for each in ("message_id", "state", "uid"))
    assert (0, 1) == (Person.objects.count(), Quarantined.objects.count())


def test_more_is_said_of_somebody_at_their_address(program, three):
    told = program.do(f"/people/{person('c3').uid}/attributes", {"attributes": {"town": "Olot"}})
    assert "Olot" == told["attributes"]["town"]["value"]
    assert (422, "input") == problem(program.post(f"/people/{person('c3').uid}/attributes", {"attributes": {}}))[:2]


def test_the_identities_of_somebody_are_listed(program, three):
    listed = program.read(f"/people/{person('c3').uid}/identities")["items"]
    assert [["email", "mar@vila.example"], [SHOP, "c3"]] == [[each["namespace"], each["value"]] for each in listed]


@pytest.mark.parametrize(("namespace", "value"), [("email", "MAR@vila.example"), ("customer_id", "c3"), (SHOP, "c3")])
def test_the_person_behind_an_identity_is_found(program, three, namespace, value):
    (found,) = program.read(f"/identities?namespace={namespace}&value={value}")["items"]
    assert str(person("c3").uid) == found["person"]


def test_an_identity_that_nobody_has_is_no_fault(program):
    assert {"items": [], "next": None} == program.read("/identities?namespace=email&value=a%40b.example")


def test_answers_that_are_kept_leave_with_whoever_is_erased(program):
    made = program.do("/people", {"identity": {"namespace": "email", "value": "mar@roca.example"}}, idempotency_key="a")
    program.do("/people", {"identity": {"namespace": "email", "value": "pau@serra.example"}}, idempotency_key="b")
    erase(Person.objects.get(uid=made["uid"]), actor=COMMAND_LINE, now=clock.now())
    assert ["b"] == list(KeptAnswer.objects.values_list("key", flat=True))
    assert (404, "not-found") == problem(program.get(f"/people/{made['uid']}"))[:2]
