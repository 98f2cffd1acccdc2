"""The door of the API: who comes in, how often, once or again, and what is said when something is wrong."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from api.calling import BASE, Program, problem, program_of
from people.telling import happened, person, tell
from vincle.apps.accounts import actions as accounts
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.api import people as people_api
from vincle.apps.tokens import actions, answers
from vincle.apps.tokens.models import KeptAnswer, Token
from vincle.flow.models import Interaction
from vincle.kernel import clock

pytestmark = pytest.mark.django_db

MAR = {"identity": {"namespace": "email", "value": "mar@roca.example"}, "attributes": {"name": "Mar Roca"}}


@pytest.fixture
def program(olga) -> Program:
    return program_of(olga)


def ended(program: Program) -> bool:
    return problem(program.get("/people"))[:2] == (401, "token")


def test_without_a_token_nobody_comes_in():
    response = Client().get(f"{BASE}/people")
    assert (401, "token", "This needs a token that is in force.") == problem(response)
    assert 'Bearer realm="Vincle"' == response["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x", "Basic b2xnYTp4", "Bearer é\x7f", "bearer\tx"])
def test_what_is_no_token_lets_nobody_in(header):
    assert 401 == problem(Client().get(f"{BASE}/people", headers={"Authorization": header}))[0]


def test_a_session_is_no_token(client_of, olga):
    assert 401 == problem(client_of(olga).get(f"{BASE}/people"))[0]


def test_a_token_that_was_revoked_lets_nobody_in(program):
    actions.revoke(Token.objects.get(), actor=COMMAND_LINE, now=clock.now())
    assert ended(program)


def test_a_token_that_has_expired_lets_nobody_in(program):
    Token.objects.update(expires_at=clock.now())
    assert ended(program)


def test_a_token_dies_with_the_access_of_who_made_it(cast):
    program = program_of(cast.members["marta"])
    accounts.deactivate(actor=COMMAND_LINE, now=clock.now(), user_id=cast.members["marta"].pk)
    assert ended(program)


def test_a_token_can_no_more_than_the_role_its_maker_has_now(cast):
    marta = cast.members["marta"]
    program = program_of(marta)
    assert 201 == program.post("/people", MAR).status_code
    accounts.change_role(actor=COMMAND_LINE, now=clock.now(), user_id=marta.pk, role="analyst")
    assert (403, "scope") == problem(program.post("/people", MAR))[:2]
    assert 200 == program.get("/people").status_code


def test_a_token_of_somebody_who_lost_their_role_can_nothing(cast):
    marta = cast.members["marta"]
    program = program_of(marta)
    accounts.change_role(actor=COMMAND_LINE, now=clock.now(), user_id=marta.pk, role="")
    assert 403 == problem(program.get("/people"))[0]


def test_the_audit_log_names_the_colleague_and_the_token(program, olga):
    program.do("/people", MAR)
    entry = AuditEntry.objects.get(action="person.observed")
    assert (olga.pk, "Olga Serra · Shop", "Mar Roca") == (entry.actor_id, entry.actor_name, entry.summary)


def test_using_a_token_is_remembered(program):
    assert Token.objects.get().last_used_at is None
    program.read("/people")
    assert Token.objects.get().last_used_at is not None


def test_a_token_is_used_no_more_often_than_its_rate(program, monkeypatch):
    monkeypatch.setenv("VINCLE_API_RATE", "3")
    assert [200, 200, 200] == [program.get("/people").status_code for _ in range(3)]
    response = program.get("/people")
    assert (429, "too-often", "This token asks more than 3 times a minute.") == problem(response)
    assert 1 <= int(response["Retry-After"]) <= 20


def test_a_token_that_waited_may_go_on(program, monkeypatch):
    monkeypatch.setenv("VINCLE_API_RATE", "1")
    assert [200, 429] == [program.get("/people").status_code for _ in range(2)]
    Token.objects.update(busy_until=clock.to_micros(clock.now() - timedelta(seconds=1)))
    assert 200 == program.get("/people").status_code


def test_two_tokens_have_a_rate_each(olga, program, monkeypatch):
    monkeypatch.setenv("VINCLE_API_RATE", "1")
    other = program_of(olga, name="Other")
    assert [200, 200, 429] == [each.get("/people").status_code for each in (program, other, program)]


def test_asked_twice_with_one_key_is_done_once(program):
    first, second = (program.post("/people", MAR, idempotency_key="a") for _ in range(2))
    assert (201, 201, first.content) == (first.status_code, second.status_code, second.content)
    assert (False, "true") == (first.has_header("Idempotent-Replayed"), second["Idempotent-Replayed"])
    assert 1 == Interaction.objects.count()


def test_asked_with_another_key_is_done_again(program):
    program.do("/people", MAR, idempotency_key="a")
    program.do("/people", MAR, idempotency_key="b")
    assert 2 == Interaction.objects.count()


def test_a_key_belongs_to_one_request(program):
    program.do("/people", MAR, idempotency_key="a")
    other = MAR | {"attributes": {"name": "Somebody Else"}}
    assert (422, "idempotency-key") == problem(program.post("/people", other, idempotency_key="a"))[:2]
    assert 1 == Interaction.objects.count()


def test_a_key_belongs_to_one_token(program, olga):
    program.do("/people", MAR, idempotency_key="a")
    program_of(olga, name="Other").do("/people", MAR, idempotency_key="a")
    assert 2 == Interaction.objects.count()


def test_what_was_refused_keeps_no_key(program):
    assert 422 == program.post("/people", {}, idempotency_key="a").status_code
    assert 0 == KeptAnswer.objects.count()
    assert 201 == program.post("/people", MAR, idempotency_key="a").status_code


def test_an_answer_is_kept_for_a_day(program):
    program.do("/people", MAR, idempotency_key="a")
    KeptAnswer.objects.update(kept_at=clock.now() - answers.KEPT_FOR)
    program.do("/people", MAR, idempotency_key="a")
    assert 2 == Interaction.objects.count()
    KeptAnswer.objects.update(kept_at=clock.now() - answers.KEPT_FOR)
    answers.forget_old(now=clock.now())
    assert 0 == KeptAnswer.objects.count()


def test_a_key_that_is_too_long_is_refused(program):
    assert (400, "malformed") == problem(program.post("/people", MAR, idempotency_key="a" * 256))[:2]


def test_what_was_read_need_not_be_sent_again(program):
    tell(happened("c1", "2026-01-01 10:00", name="Mar Roca"))
    path = f"/people/{person('c1').uid}"
    first = program.get(path)
    again = program.get(path, if_none_match=first["ETag"])
    assert (304, b"", first["ETag"]) == (again.status_code, again.content, again["ETag"])
    tell(happened("c1", "2026-01-02 10:00"))
    assert 200 == program.get(path, if_none_match=first["ETag"]).status_code


def test_lists_have_a_version_too(program):
    first = program.get("/people")
    assert 304 == program.get("/people", if_none_match=first["ETag"]).status_code


def test_somebody_is_changed_only_as_they_were_read(program):
    tell(happened("c1", "2026-01-01 10:00", name="Mar Roca"))
    path = f"/people/{person('c1').uid}"
    read = program.get(path)["ETag"]
    told = {"attributes": {"town": "Girona"}}
    assert 201 == program.post(f"{path}/attributes", told, if_match=read).status_code
    assert (412, "changed") == problem(program.post(f"{path}/attributes", told, if_match=read))[:2]
    assert 201 == program.post(f"{path}/attributes", told, if_match="*").status_code


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"{", "The body is not JSON"),
        (b'{"identity": NaN}', "The body is not JSON"),
        (b"\xff", "The body is not JSON"),
        (b'"\\ud800"', "The body is not JSON"),
        (b"[" * 100_000, "The body is not JSON"),
    ],
)
def test_what_is_no_json_is_refused(program, body, sentence):
    status, kind, said = problem(program.post("/people", body))
    assert (400, "malformed", sentence) == (status, kind, said.partition(":")[0])


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"1", b'"x"', b"{}"])
def test_json_of_another_form_is_refused(program, body):
    assert (422, "input") == problem(program.post("/people", body))[:2]


def test_a_body_has_its_bound(program):
    assert (413, "too-large") == problem(program.post("/people", b'"' + b"x" * 1_100_000 + b'"'))[:2]
    assert (413, "too-large") == problem(program.post("/people", b'"' + b"x" * 5_300_000 + b'"'))[:2]


def test_each_place_that_is_wrong_is_told(program):
    response = program.post("/people", {"identity": {"namespace": "email"}, "attributes": {"N": "x"}})
    assert ["body.identity.value", "body.attributes.N.[key]"] == [
        each["at"] for each in json.loads(response.content)["errors"]
    ]


def test_an_address_that_does_not_exist_is_told_as_a_problem():
    assert (404, "not-found") == problem(Client().get("/api/v1/nothing"))[:2]
    assert (404, "not-found") == problem(Client().get("/api/"))[:2]


def test_a_method_that_is_not_taken_is_told_as_a_problem(program):
    response = Client().delete(f"{BASE}/people", headers={"Authorization": f"Bearer {program.secret}"})
    assert (405, "method", "This address takes GET, POST.") == problem(response)
    assert "GET, POST" == response["Allow"]


def test_a_busy_database_is_said_to_be_busy(program, monkeypatch):
    def busy(*_args: object, **_more: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(people_api.directory, "page", busy)
    response = program.get("/people")
    assert (503, "not-ready") == problem(response)[:2]
    assert "5" == response["Retry-After"]


def test_what_breaks_says_nothing_of_what_is_inside(program, monkeypatch):
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("password=secret")

    monkeypatch.setattr(people_api.directory, "page", broken)
    response = program.get("/people")
    assert (500, "broken") == problem(response)[:2]
    assert b"secret" not in response.content


def test_answers_are_for_nobody_elses_cache(program):
    response = program.get("/people")
    assert "private, no-cache" == response["Cache-Control"]
    assert "Authorization" in response["Vary"]
