"""Whatever is asked, in whatever form, is answered as described, and never with a fault of ours (Schemathesis)."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.calling import Program, program_of
from people.telling import happened, tell
from vincle.api.openapi import described
from vincle.api.rooms import API

pytestmark = pytest.mark.django_db

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

schema = schemathesis.openapi.from_dict(described(API))
schema.app = get_wsgi_application()


@pytest.fixture(autouse=True)
def _one_connection() -> Iterator[None]:
    """The server lives in this process, inside the test's transaction: it must not put the connection away."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def program(olga, monkeypatch) -> Program:
    """A program that may do everything, and somebody for it to meet."""
    monkeypatch.setenv("VINCLE_API_RATE", "1000000")
    tell(happened("c1", "2026-01-01 10:00", "order.placed", name="Mar Roca"))
    return program_of(olga)


@schema.parametrize()
@settings(
    max_examples=15,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_is_as_described(case, program):
    case.call_and_validate(headers={"Authorization": f"Bearer {program.secret}"}, checks=CHECKS)
