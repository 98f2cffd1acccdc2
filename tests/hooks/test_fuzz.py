"""Whatever is sent, the answer is one of ours, and what was accepted is in the log, in quarantine or kept."""

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hooks.sending import PLAIN, a_hook, entered, held, outcomes, send
from vincle.apps.hooks.models import KeptBody

pytestmark = pytest.mark.django_db

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["a@roca.example", "0"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=12
)
FORMS = st.dictionaries(st.sampled_from(["email", " email", "email.", "row", "a.b", "a"]) | st.text(), VALUES)
BODIES = (VALUES | FORMS | st.lists(FORMS, max_size=4)).map(json.dumps).map(str.encode) | st.binary(max_size=200)
QUICKLY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@given(body=BODIES, mapped=st.booleans())
@QUICKLY
def test_any_bytes_are_answered_and_nothing_accepted_is_lost(body, mapped):
    with transaction.atomic():
        made = a_hook("Form", mapping=PLAIN if mapped else "")
        answer = send(made, body)
        kept, there, waiting, became = KeptBody.objects.count(), entered(), held(), outcomes(made.hook)
        transaction.set_rollback(True)
    assert answer.status_code in {200, 400}
    if answer.status_code == 200:
        said = answer.json()
        assert (1, [said["outcome"]]) == (kept, became)
        assert (said["outcome"] == "waiting") != mapped
        assert (said["new"], said["held"] > 0) == (len(there), len(waiting) > 0)


@given(header=st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=300))
@QUICKLY
def test_any_header_is_answered(header):
    with transaction.atomic():
        made = a_hook("Form", mapping=PLAIN)
        statuses = [
            send(made, {"email": "a@roca.example"}, headers={"webhook-id": header}).status_code,
            send(made, {}, headers={"Authorization": header}).status_code,
        ]
        transaction.set_rollback(True)
    assert [200, 401] == statuses
