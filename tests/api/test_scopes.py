"""Every operation names its scope, and lets in who has it and nobody else: all operations, every scope, every role."""

import pytest
from django.test import Client
from ninja import Router
from ninja.operation import Operation

from api.calling import Program, problem, program_of
from cast_of import Cast
from people.telling import happened, person, tell
from vincle.api.openapi import BASE, TOKEN, described, operations, scope_of
from vincle.api.rooms import API
from vincle.apps.journeys.models import JourneyMap
from vincle.flow.models import Identity, Interaction, Observation, SamePerson
from vincle.web.permissions import Role, can
from vincle.web.rest.router import RoomRouter
from vincle.web.scopes import SCOPES, SEES_CONFIDENTIAL, in_force

pytestmark = pytest.mark.django_db

OPERATIONS = operations(API)
NAMES = [operation.operation_id for _path, operation in OPERATIONS]
SAMPLE = "019a9d6e-0000-7000-8000-000000000000"
WRITTEN = (Interaction, Identity, Observation, SamePerson, JourneyMap)


def _asked(program: Program | None, path: str, operation: Operation, uid: str = SAMPLE) -> int:
    address = BASE + path.replace("{uid}", uid).replace("{step}", "1")
    headers = {"Authorization": f"Bearer {program.secret}"} if program else {}
    (method,) = operation.methods
    return Client().generic(method, address, b"{}", content_type="application/json", headers=headers).status_code


def _kept() -> list[int]:
    return [each.objects.count() for each in WRITTEN]


def test_there_are_operations():
    assert {"list_people", "get_person", "join_people", "append_interactions"} <= set(NAMES)


def test_every_operation_names_a_scope_of_the_registry():
    assert set() == {scope_of(operation) for _path, operation in OPERATIONS} - set(SCOPES)


def test_every_scope_is_for_some_operation_or_for_whom_they_speak_of():
    assert set(SCOPES) == {scope_of(operation) for _path, operation in OPERATIONS} | {SEES_CONFIDENTIAL}


def test_what_changes_something_asks_for_more_than_to_read():
    reading = {name for name in SCOPES if name.endswith(":read")}
    wrong = [
        each.operation_id for _path, each in OPERATIONS if (each.methods == ["GET"]) != (scope_of(each) in reading)
    ]
    assert [] == wrong


@pytest.mark.parametrize("scope", SCOPES)
def test_a_scope_opens_its_operations_and_no_others(scope, olga):
    program, before = program_of(olga, scope), _kept()
    opened = {each.operation_id for path, each in OPERATIONS if _asked(program, path, each) not in {401, 403}}
    assert {each.operation_id for _path, each in OPERATIONS if scope_of(each) == scope} == opened
    assert before == _kept()


def test_without_a_token_no_operation_answers():
    assert {401} == {_asked(None, path, each) for path, each in OPERATIONS}


@pytest.mark.parametrize("role", Role)
def test_a_token_reaches_no_further_than_the_role_of_its_maker(role, cast: Cast):
    user = cast.with_role(role)
    allowed = {name for name, scope in SCOPES.items() if can(user, scope.permission)}
    assert allowed == in_force(list(SCOPES), user)


def test_somebody_that_does_not_exist_is_not_there_and_nothing_is_changed(olga):
    tell(happened("c1", "2026-01-01 10:00", name="Mar Roca"))
    program, before = program_of(olga), _kept()
    body = {
        "other": str(person("c1").uid),
        "attributes": {"town": "Girona"},
        "title": "Call",
        "kind": "other",
        "name": "Coop. Ter",
        "document": {},
    }
    addressed = [(path, each) for path, each in OPERATIONS if "{" in path]
    answered = {
        each.operation_id: (
            program.get(_filled(path)) if each.methods == ["GET"] else program.post(_filled(path), body)
        )
        for path, each in addressed
    }
    assert {404} == {problem(response)[0] for response in answered.values()}, answered
    assert before == _kept()


def test_a_room_cannot_make_an_operation_without_a_known_scope():
    with pytest.raises(LookupError):
        RoomRouter("Test").get("/test", scope="test:everything", response=None)


def test_an_operation_that_went_past_the_router_of_rooms_is_found():
    router = Router()

    @router.get("/open")
    def open_operation(request: object) -> None:
        """Let anybody in."""

    (operation,) = router.path_operations["/open"].operations
    with pytest.raises(LookupError):
        scope_of(operation)


def test_the_description_tells_the_scope_of_each():
    told = {
        details["operationId"]: details["security"]
        for methods in described(API)["paths"].values()
        for details in methods.values()
    }
    assert {each.operation_id: [{TOKEN: [scope_of(each)]}] for _path, each in OPERATIONS} == told


def _filled(path: str) -> str:
    return path.replace("{uid}", SAMPLE).replace("{step}", "999999")
