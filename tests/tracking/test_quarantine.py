"""What cannot enter waits in quarantine with its reason, and takes nobody else with it."""

import pytest
from django.urls import reverse
from django.utils import translation

from tracking.sending import a_key, entered, held, post, send, track
from vincle.apps.accounts.models import User
from vincle.apps.sources import words
from vincle.apps.tracking.wire import people, reading
from vincle.apps.tracking.wire.event import Said
from vincle.flow.append.payload import from_payload
from vincle.flow.incoming import entering
from vincle.flow.models import Kind, Quarantined

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"userId": ...}, "neither “userId” nor “anonymousId” is there"),
        ({"userId": ""}, "neither “userId” nor “anonymousId” is there"),
        ({"userId": "undefined"}, "“userId” does not say who it is"),
        ({"userId": "NULL"}, "“userId” does not say who it is"),
        ({"userId": "0"}, "“userId” does not say who it is"),
        ({"userId": 0}, "“userId” does not say who it is"),
        ({"userId": True}, "“userId” does not say who it is"),
        ({"userId": {"id": 1}}, "“userId” does not say who it is"),
        ({"userId": ..., "anonymousId": "anonymous"}, "“anonymousId” does not say who it is"),
        ({"userId": "00000000-0000-0000-0000-000000000000"}, "“userId” does not say who it is"),
        ({"userId": "x" * 256}, "“userId” is longer than 255 letters"),
        ({"event": ...}, "“event” is missing: what was tracked has no name"),
        ({"event": "  "}, "“event” is missing: what was tracked has no name"),
        ({"event": 7}, "“event” is missing: what was tracked has no name"),
        ({"type": "dance"}, "its type is none of track, identify, page, screen, group, alias, merge"),
        ({"type": ["track"]}, "its type is none of track, identify, page, screen, group, alias, merge"),
        ({"timestamp": "yesterday"}, "its time cannot be read"),
        ({"timestamp": 1e300}, "its time cannot be read"),
        ({"type": "group"}, "“groupId” is missing or says nothing"),
        ({"type": "alias"}, "“previousId” is missing or says nothing"),
        ({"properties": {"long": "x" * 33_000}}, "an event may hold 32 KB"),
    ],
)
def test_an_event_that_cannot_enter_waits_with_its_reason(said, reason):
    answer = send(a_key(), track(messageId="good"), track(messageId="bad", **said), track(messageId="better"))

    assert (200, 2, 1) == (answer.status_code, answer.json()["taken"], answer.json()["quarantined"])
    assert (["good", "better"], [("bad", reason)]) == ([it.message_id for it in entered()], held())


@pytest.mark.parametrize(
    "element", [b"null", b"7", b'"text"', b"[]", b"{broken}", b'{"event": undefined}', b"{'a': 1}"]
)
def test_what_is_no_event_takes_nobody_with_it(element):
    whole = b'{"writeKey": "%s", "batch": [{"type":"page","userId":"1"}, %s, {"type":"page","userId":"2"}]}'

    answer = post("batch", whole % (a_key().encode(), element))

    assert (200, ["1", "2"]) == (answer.status_code, [it.identity.value for it in entered()])
    assert ["it is not a JSON object"] == [reason for _number, reason in held()]


def test_numbers_that_are_none_in_json_are_left_out():
    body = (
        b'{"type":"track","event":"Order Completed","userId":"1","properties":{"a":NaN,"b":-Infinity,"c":1e999,"d":1}}'
    )

    post("track", body, key=a_key())

    assert [{"a": None, "b": None, "c": None, "d": 1}] == [it.properties for it in entered()]


def test_letters_that_cannot_be_kept_are_left_out():
    body = b'{"type":"page","userId":"1\\u0000","properties":{"a\\u0000":"b\\ud800c\\u0000", "d": "\xff"}}'

    post("page", body, key=a_key())

    assert [("1", {"a": "b\ufffdc", "d": "\ufffd"})] == [(it.identity.value, it.properties) for it in entered()]


def test_letters_that_no_database_keeps_are_left_out_of_what_a_batch_shares():
    send(a_key(), track(properties={}), context={"a\0": {"b": "c\0"}})

    assert [{"context": {"a": {"b": "c"}}}] == [it.properties for it in entered()]


def test_letters_that_no_database_keeps_do_not_keep_an_event_from_waiting():
    traits, properties = {"name": "a\0b"}, {"c\0d": ["e\0", "\ud800"]}

    answer = send(a_key(), track(userId="undefined", properties=properties, context={"traits": traits, "x": "\0"}))

    assert (200, 1) == (answer.status_code, Quarantined.objects.count())


def test_saying_it_again_waits_once():
    key = a_key()
    for _ in range(2):
        send(key, track(userId=None))

    assert [("m1", "neither “userId” nor “anonymousId” is there")] == held()


def test_what_waits_can_be_mended():
    send(a_key(), track(userId="undefined", properties={"revenue": 9}, context={"traits": {"name": "Mercè"}}))

    waiting = Quarantined.objects.get()
    event = from_payload({**waiting.payload, "identity": "42"})

    assert ("order.placed", "user_id@web", "42", {"revenue": 9}, {"name": "Mercè"}) == (
        event.kind,
        event.namespace,
        event.identity,
        dict(event.properties),
        dict(event.observations),
    )


def test_what_breaks_its_kinds_contract_waits_too():
    Kind.objects.create(name="video_played", contract={"properties": {"properties": {"required": ["title"]}}})

    answer = send(a_key(), track(event="Video Played", messageId="a"), track(messageId="b"))

    assert (200, ["b"]) == (answer.status_code, [it.message_id for it in entered()])
    assert ["a"] == [number for number, _reason in held()]


def test_nobody_fills_the_catalogue_with_names_of_their_own(monkeypatch):
    Kind.objects.create(name="order.placed")
    monkeypatch.setattr(entering, "KINDS", Kind.objects.count() + 1)

    answer = send(a_key(), *(track(event=f"Name {n}", messageId=f"m{n}") for n in range(3)), track(messageId="known"))

    assert 200 == answer.status_code
    assert ["m0", "known"] == [it.message_id for it in entered()]
    assert {entering.TOO_MANY} == {reason for _number, reason in held()}


def test_an_event_nested_without_end_waits():
    deep = b'{"type":"page","userId":"1","messageId":"deep","properties":' + b'{"a":' * 3_000 + b"1" + b"}" * 3_001

    answer = post("batch", b'{"batch":[' + deep + b',{"type":"page","userId":"2"}]}', key=a_key())

    assert (200, ["2"], 1) == (answer.status_code, [it.identity.value for it in entered()], len(held()))


def test_every_reason_is_said_in_the_readers_language():
    """Reasons are sentences of this room, and their translations stand in the room of sources."""
    said = {
        value for name, value in vars(reading).items() if isinstance(value, str) and name.isupper() and " " in value
    }
    said |= {entering.NOT_KEPT, entering.TOO_MANY}
    said |= {people.why_nobody(Said(user_id=user)) for user in (None, "null", "x" * 256)}
    unsaid = {
        (language, reason)
        for language in ("ca", "es")
        for reason in said
        if not words.is_of_an_event(reason) or _said_in(language, reason) == reason
    }

    assert (13, set()) == (len(said), unsaid)


def _said_in(language, reason):
    with translation.override(language):
        return words.in_words(reason)


def test_whoever_reads_catalan_is_told_why_in_catalan(client_of, marta):
    send(a_key(), track(userId="undefined"))
    User.objects.filter(pk=marta.pk).update(language="ca")
    client, why = client_of(marta), "«userId» no diu qui és"
    item = reverse("sources:held", args=[Quarantined.objects.get().pk])
    pages = [client.get(path).text for path in (reverse("sources:quarantine"), item, "/tracking/web/latest/")]

    assert [True, True, True] == [why in page for page in pages]
    assert "Ja no l'atura res" not in pages[1]
