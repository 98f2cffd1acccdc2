"""What quarantine keeps can be read back: nothing of an event is lost on the way."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flow.append.cases import shaped
from vincle.flow.append.contracts import as_payload, attach_others
from vincle.flow.append.event import Event, ThingOf, handful_of
from vincle.flow.append.payload import from_payload
from vincle.kernel.errors import BadInput
from vincle.kernel.money import from_scaled

WORD = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
NAME = st.from_regex(r"[a-z][a-z0-9_]{0,8}(\.[a-z][a-z0-9_]{0,8})?", fullmatch=True)
# Below 450 thousand million units every ten-thousandth comes back; beyond, JSON's numbers have no room for it.
MONEY = st.integers(-(2**52), 2**52).map(from_scaled)
ENORMOUS = st.integers(-((2**63 - 1) // 10_000), (2**63 - 1) // 10_000).map(Decimal)  # whole units, all that fit
PROPERTIES = st.dictionaries(
    WORD, st.none() | st.booleans() | st.integers(-(2**53), 2**53) | WORD | st.lists(WORD, max_size=3), max_size=3
)
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=2)), timezone(-timedelta(hours=9, minutes=30))])
MOMENTS = st.datetimes(datetime(1900, 1, 2), datetime(9999, 12, 30), timezones=ZONES)  # noqa: DTZ001

THINGS = st.builds(
    ThingOf,
    type=WORD,
    key=WORD,
    qualifier=st.just("") | WORD,
    label=st.just("") | WORD,
    quantity=st.none() | st.floats(allow_nan=False, allow_infinity=False),
    amount=st.none() | MONEY,
    properties=st.none() | PROPERTIES.filter(bool),
)
MAYBE = st.none() | WORD


@st.composite
def events(draw: st.DrawFn) -> Event:
    amount = draw(st.none() | MONEY | ENORMOUS)
    return Event(
        message_id=draw(WORD),
        occurred_at=draw(MOMENTS),
        kind=draw(NAME),
        namespace=draw(WORD),
        identity=draw(WORD),
        kind_label=draw(MAYBE),
        channel=draw(MAYBE),
        place=draw(MAYBE),
        staff=draw(MAYBE),
        amount=amount,
        currency=None if amount is None else draw(st.sampled_from(["EUR", "USD"])),
        score=draw(st.none() | st.floats(-1, 1)),
        text=draw(MAYBE),
        properties=draw(PROPERTIES),
        links=draw(st.lists(st.tuples(WORD, WORD), max_size=2)),
        observations=draw(st.dictionaries(WORD, WORD, max_size=2)),
        things=draw(st.lists(THINGS, max_size=2)),
    )


def kept(event: Event) -> dict[str, Any]:
    """The event as it lies in quarantine, after a journey through the database's JSON."""
    chunk = shaped([event])
    payload = as_payload(chunk.interactions.to_pylist()[0])
    attach_others(chunk, {0: payload})
    return dict(json.loads(json.dumps(payload)))


@given(events())
def test_an_event_comes_back_from_quarantine_as_it_was(event: Event) -> None:
    assert event == from_payload(kept(event))


def test_a_payload_without_its_person_is_refused_by_name() -> None:
    payload = kept(an_event())
    del payload["identity"]
    with pytest.raises(BadInput, match="“identity” is missing"):
        from_payload(payload)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("occurred_at", "yesterday", "not a date and hour"),
        ("occurred_at", "2026-05-03T10:20:00", "time zone"),
        ("occurred_at", 12, "not a date and hour"),
        ("kind", "Order placed", "cannot be a kind"),
        ("amount", "12", "must be a number"),
        ("amount", True, "must be a number"),
        ("amount", float("nan"), "must be a number"),
        ("amount", 1e300, "larger than any sum"),
        ("currency", "euro", "currency"),
        ("currency", None, "currency"),
        ("score", 2, "between -1"),
        ("text", 5, "must be text"),
        ("identity", "a\0b", "cannot be kept"),
        ("identity", "x" * 256, "longer than 255"),
        ("properties", [1], "JSON object"),
        ("links", "x", "list of JSON objects"),
        ("links", [{"namespace": "email"}], "lacks its “identity”"),
        ("objects", [{"type": "order", "key": "1", "amount": 1.5}], "ten-thousandths"),
        ("objects", [{"type": "order", "key": "1", "properties": "{"}], "must be JSON"),
        ("surprise", 1, "Nothing is known of “surprise”"),
    ],
)
def test_what_is_wrong_with_a_payload_is_said_in_one_sentence(field: str, value: Any, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        from_payload({**kept(an_event()), field: value})


@given(
    st.dictionaries(
        st.sampled_from(["kind", "amount", "links", "objects", "text", "properties", "occurred_at"]),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(max_size=5),
            lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
        ),
    )
)
def test_a_payload_mended_by_hand_gives_an_event_or_a_sentence(changes: dict[str, Any]) -> None:
    with suppress(BadInput):
        event = from_payload({**kept(an_event()), **changes})
        assert len(handful_of([event]).rows) == 1


def an_event() -> Event:
    return Event(
        message_id="m-1",
        occurred_at=datetime(2026, 5, 3, 10, 20, tzinfo=UTC),
        kind="order.placed",
        namespace="email",
        identity="merce@example.org",
        amount=Decimal("38.40"),
        currency="EUR",
    )
