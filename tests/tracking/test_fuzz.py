"""Whatever is sent, the answer is one of those that libraries understand, and what is good enters."""

import gzip
import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracking.sending import a_key, entered, held, post
from vincle.flow.incoming import broken_json

pytestmark = pytest.mark.django_db

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["undefined", "0", "42"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3), max_leaves=12
)
FIELDS = (
    *("type", "event", "name", "category", "userId", "anonymousId", "previousId", "groupId", "mergeProperties"),
    *(
        "messageId",
        "timestamp",
        "originalTimestamp",
        "sentAt",
        "channel",
        "context",
        "properties",
        "traits",
        "writeKey",
    ),
)
PROPERTIES = ["revenue", "total", "currency", "products", "order_id", "product_id", "quantity", "price", "url", "email"]
EVENTS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(FIELDS, VALUES)
    | {
        "type": st.sampled_from(["track", "identify", "page", "screen", "group", "alias", "merge"]) | VALUES,
        "userId": st.text() | VALUES,
        "properties": st.dictionaries(st.sampled_from(PROPERTIES) | st.text(), VALUES, max_size=5),
        "traits": st.dictionaries(st.sampled_from(["email", "phone", "name", "address"]) | st.text(), VALUES),
        "context": st.dictionaries(st.sampled_from(["page", "app", "traits"]), VALUES),
        "timestamp": st.datetimes().map(str) | VALUES,
    },
)
UNDERSTOOD = {200, 400, 401, 413}
QUICKLY = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def undone(ask):
    """What `ask` gives; the log is as it was before."""
    with transaction.atomic():
        found = ask()
        transaction.set_rollback(True)
    return found


@given(events=st.lists(EVENTS | VALUES, max_size=4), envelope=st.dictionaries(st.sampled_from(FIELDS), VALUES))
@QUICKLY
def test_every_event_of_a_batch_enters_or_waits(events, envelope):
    good = {"type": "page", "userId": "good", "messageId": "the good one"}

    def ask():
        key = a_key()
        body = json.dumps({**envelope, "batch": [*events, good]}).encode()
        return post("batch", body, key=key), [it.message_id for it in entered()], held()

    answer, numbers, waiting = undone(ask)

    said = answer.json()
    assert (200, len(events) + 1) == (answer.status_code, said["taken"] + said["quarantined"])
    assert len(numbers) <= said["taken"]
    assert len(waiting) <= said["quarantined"] + said["taken"]
    assert "the good one" in numbers


@given(body=st.binary(max_size=300) | EVENTS.map(json.dumps).map(str.encode), path=st.sampled_from(["track", "i", "b"]))
@QUICKLY
def test_any_bytes_are_answered(body, path):
    assert undone(lambda: post(path, body).status_code) in UNDERSTOOD


@given(body=st.binary(max_size=300), whole=st.booleans(), encoding=st.sampled_from(["gzip", "", "identity", "br"]))
@QUICKLY
def test_any_encoding_is_answered(body, whole, encoding):
    packed = gzip.compress(body) if whole else b"\x1f\x8b" + body

    assert undone(lambda: post("batch", packed, headers={"Content-Encoding": encoding}).status_code) in UNDERSTOOD


@given(header=st.text(st.characters(max_codepoint=255, exclude_categories=["Cc"]), max_size=60))
@QUICKLY
def test_any_authorization_is_answered(header):
    assert undone(lambda: post("batch", b"{}", headers={"Authorization": header}).status_code) in UNDERSTOOD


@given(value=VALUES)
def test_pieces_of_json_are_found_as_a_parser_finds_them(value):
    written = json.dumps([value, value], allow_nan=True).encode()

    assert [broken_json.mended(json.dumps(value).encode())] * 2 == [
        broken_json.mended(each) for each in broken_json.elements(written) or []
    ]


@given(text=st.binary(max_size=200))
def test_no_bytes_break_the_finding_of_pieces(text):
    for found in (broken_json.members(text), broken_json.elements(text)):
        assert found is None or all(isinstance(each, (bytes, str)) for each in found)
