"""Keys, origins, encodings and sizes: what is taken at all."""

import base64
import gzip
import json
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from tracking.sending import NOW, a_key, entered, post, send, track
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.tracking import facade
from vincle.apps.tracking.models import WriteKey
from vincle.apps.tracking.taking import together
from vincle.kernel import clock

pytestmark = pytest.mark.django_db

SHOP, OTHER = "https://shop.example.org", "https://elsewhere.example.org"


def basic(key: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}


def refusal(answer) -> tuple[int, str]:
    """Status and code of a refusal, which says something too."""
    assert answer.json()["message"]
    return answer.status_code, answer.json()["code"]


def test_the_key_may_come_in_three_ways():
    key, batch = a_key(), {"batch": [track()]}

    answers = [
        post("batch", batch, headers=basic(key)),
        post("batch", batch, headers={"Authorization": f"Bearer {key}"}),
        post("batch", {**batch, "writeKey": key}),
    ]

    assert [200, 200, 200] == [answer.status_code for answer in answers]


@pytest.mark.parametrize("header", [{}, basic("nobody"), {"Authorization": "Basic ???"}, {"Authorization": "Bearer "}])
def test_without_a_key_in_force_nothing_is_taken(header):
    a_key()

    assert (401, "invalid_write_key") == refusal(post("batch", {"batch": [track()]}, headers=header))
    assert [] == entered()


@pytest.mark.parametrize("key", [None, 7, ["x"], "", "x\0y", "\ud800"])
def test_no_key_in_the_body_is_no_key(key):
    assert (401, "invalid_write_key") == refusal(post("batch", {"batch": [track()], "writeKey": key}))


def test_a_rotated_key_works_as_long_as_it_was_given():
    old = a_key()
    tracking = facade.tracking_named("web")

    late = facade.rotate(tracking, actor=COMMAND_LINE, now=clock.now(), grace=timedelta(hours=1)).write_key
    both = [send(key, track()).status_code for key in (old, late)]
    new = facade.rotate(tracking, actor=COMMAND_LINE, now=clock.now()).write_key

    assert ([200, 200], [401, 401, 200]) == (both, [send(key, track()).status_code for key in (old, late, new)])


def test_a_revoked_key_works_no_more():
    key = a_key()
    facade.revoke(facade.tracking_named("web"), actor=COMMAND_LINE, now=clock.now())

    assert (401, "invalid_write_key") == refusal(send(key, track()))


def test_only_the_hash_of_a_key_is_kept():
    key = a_key()

    kept = WriteKey.objects.values().get()

    assert not [name for name, value in kept.items() if key in str(value)]
    assert (64, key[-4:]) == (len(kept["digest"]), kept["hint"])


def test_the_last_use_of_a_key_is_remembered():
    key = a_key()
    before = WriteKey.objects.get().last_used_at
    send(key, track())

    assert (None, True) == (before, WriteKey.objects.get().last_used_at > NOW)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b'{"batch": 7}', b'{"batch": [{}', b'{"no": []}'])
def test_an_envelope_that_is_none_is_refused(body):
    assert (400, "invalid_json") == refusal(post("batch", body, key=a_key()))


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"null", b"\xff\xfe"])
def test_a_single_event_that_is_none_is_refused(body):
    assert (400, "invalid_json") == refusal(post("track", body, key=a_key()))


def test_an_empty_batch_is_taken():
    assert 200 == send(a_key()).status_code


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_any_content_type_is_taken(content_type):
    answer = post("t", track(), key=a_key(), content_type=content_type)

    assert (200, 1) == (answer.status_code, len(entered()))


@pytest.mark.parametrize("encoding", [{"Content-Encoding": "gzip"}, {}])
def test_gzip_is_unpacked(encoding):
    key = a_key()
    packed = gzip.compress(json.dumps({"batch": [track()], "writeKey": key}).encode())

    answer = post("batch", packed, headers=encoding)

    assert (200, 1) == (answer.status_code, len(entered()))


def test_gzip_in_several_members_is_unpacked():
    key = a_key()
    whole = json.dumps({"batch": [track()], "writeKey": key}).encode()

    answer = post("batch", gzip.compress(whole[:50]) + gzip.compress(whole[50:]), headers={"Content-Encoding": "gzip"})

    assert 200 == answer.status_code


def test_a_gzip_bomb_does_not_go_off():
    bomb = gzip.compress(b"[" + b" " * 200_000_000)

    assert (413, "too_large") == refusal(post("batch", bomb, key=a_key(), headers={"Content-Encoding": "gzip"}))


@pytest.mark.parametrize(
    "body", [b"\x1f\x8bnonsense", gzip.compress(b"{}", mtime=0)[:-9], gzip.compress(b"", mtime=0) * 101]
)
def test_gzip_that_is_none_is_refused(body):
    assert (400, "invalid_gzip") == refusal(post("batch", body, key=a_key(), headers={"Content-Encoding": "gzip"}))


def test_an_encoding_that_nobody_speaks_is_refused():
    answer = post("batch", b"{}", key=a_key(), headers={"Content-Encoding": "br"})

    assert (400, "unsupported_encoding") == refusal(answer)


def test_four_megabytes_are_taken_and_no_more():
    key = a_key()
    events = [track(messageId=f"m{number}", properties={"long": "x" * 31_000}) for number in range(136)]

    assert (413, "too_large") == refusal(send(key, *events))
    assert (200, 130) == (send(key, *events[:130]).status_code, len(entered()))


def test_more_events_than_one_request_may_hold_are_refused():
    assert (413, "too_large") == refusal(post("batch", b'{"batch":[' + b"{}," * 10_000 + b"{}]}", key=a_key()))


def test_a_web_page_may_send_from_the_origins_listed():
    key = a_key("Web", SHOP)

    answers = [send_from(origin, key) for origin in (SHOP, OTHER, "null", None)]

    assert [200, 403, 403, 200] == [answer.status_code for answer in answers]
    assert [SHOP, None, None, None] == [answer.headers.get("Access-Control-Allow-Origin") for answer in answers]
    assert "origin_not_allowed" == answers[1].json()["code"]


def test_without_a_list_any_page_may_send():
    assert OTHER == send_from(OTHER, a_key())["Access-Control-Allow-Origin"]


@pytest.mark.parametrize(("origin", "status"), [(SHOP, 200), (OTHER, 403), ("", 403)])
def test_a_browser_asks_before_it_sends(origin, status):
    a_key("Web", SHOP)

    answer = Client().options("/v1/t", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})

    assert (status, origin if status == 200 else None) == (
        answer.status_code,
        answer.headers.get("Access-Control-Allow-Origin"),
    )


def test_a_revoked_source_welcomes_no_page():
    a_key("Web", SHOP)
    facade.revoke(facade.tracking_named("web"), actor=COMMAND_LINE, now=clock.now())

    assert 403 == Client().options("/v1/t", headers={"Origin": SHOP}).status_code


def test_the_browsers_library_is_told_where_to_send():
    key = a_key()

    answer = Client().get(f"/v1/projects/{key}/settings", headers={"Origin": SHOP, "host": "127.0.0.1:8000"})

    told = answer.json()["integrations"]["Segment.io"]
    assert (200, SHOP) == (answer.status_code, answer["Access-Control-Allow-Origin"])
    assert (key, "127.0.0.1:8000/v1", "http") == (told["apiKey"], told["apiHost"], told["protocol"])


@pytest.mark.parametrize("way", ["header", "address"])
def test_rudderstacks_library_is_told_that_its_source_is_there(way):
    key = a_key("Web", SHOP)
    given = basic(key) if way == "header" else {}
    path = "/sourceConfig/?p=npm" + ("" if way == "header" else f"&writeKey={key}")
    answer = Client().get(path, headers={"Origin": SHOP, **given})
    source = answer.json()["source"]

    assert (200, SHOP) == (answer.status_code, answer["Access-Control-Allow-Origin"])
    assert ("web", True, []) == (source["id"], source["enabled"], source["destinations"])
    assert {"errors": {"enabled": False}, "metrics": {"enabled": False}} == source["config"]["statsCollection"]
    assert (403, "origin_not_allowed") == refusal(Client().get(path, headers={"Origin": OTHER, **given}))


def test_a_beacon_says_its_key_in_the_address():
    key, batch = a_key("Web", SHOP), {"batch": [track()]}
    sent = {"content_type": "text/plain", "headers": {"Origin": SHOP}}

    answers = [
        Client().post(f"/beacon/v1/batch?writeKey={key}", json.dumps(batch), **sent),
        Client().post("/beacon/v1/batch?writeKey=nobody", json.dumps(batch), **sent),
        Client().post("/beacon/v1/batch", json.dumps(batch), **sent),
    ]

    assert [200, 401, 401] == [answer.status_code for answer in answers]
    assert 1 == len(entered())


def test_a_browser_may_send_what_rudderstacks_library_says_beside_its_events():
    a_key()
    allowed = Client().options("/v1/track", headers={"Origin": SHOP})["Access-Control-Allow-Headers"]

    assert {"AnonymousId", "SentAt", "Rsa-Recovered", "Rsa-Retry-Attempt"} <= set(allowed.split(", "))


def test_who_has_no_key_is_told_nothing():
    assert (401, "invalid_write_key") == refusal(Client().get("/sourceConfig/?writeKey=nobody"))
    assert (401, "invalid_write_key") == refusal(Client().get("/sourceConfig/"))
    assert (404, "invalid_write_key") == refusal(Client().get("/v1/projects/nobody/settings"))


def test_events_are_sent_by_post():
    assert (405, "method_not_allowed") == refusal(Client().get("/v1/batch"))


def test_no_session_is_begun_and_none_is_looked_at():
    answer = Client(enforce_csrf_checks=True).post(
        "/v1/t", json.dumps({**track(), "writeKey": a_key()}), content_type="text/plain"
    )

    assert (200, {}) == (answer.status_code, dict(answer.cookies))


def test_when_nothing_can_be_kept_the_sender_is_asked_to_try_again(monkeypatch):
    def locked(*_args, **_named):
        raise OperationalError("database is locked")

    monkeypatch.setattr(together, "enter", locked)
    answer = send(a_key(), track())

    assert (503, "try_again") == refusal(answer)
    assert "5" == answer["Retry-After"]


def send_from(origin, key):
    return post("t", {**track(), "writeKey": key}, headers={"Origin": origin} if origin else {})
