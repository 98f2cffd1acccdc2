"""The door: who may come in, how much is taken, and what is told to whom."""

import base64
import gzip
import hashlib
import hmac
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.test import Client

from hooks.sending import PLAIN, a_hook, entered, order, outcomes, send
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.hooks import actions
from vincle.apps.hooks.actions import Signing
from vincle.apps.hooks.models import Delivery, Hook, KeptBody
from vincle.apps.webhooks.facade import new_secret, signature
from vincle.flow.incoming.body import LONGEST_BODY
from vincle.kernel import clock
from vincle.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_the_secret_may_stand_in_the_address():
    made = a_hook()
    for ending in ("/", ""):
        address = f"/hooks/{made.hook.public_id}/{made.secret}{ending}"
        assert 200 == Client(enforce_csrf_checks=True).post(address, order(), "application/json").status_code


def test_who_has_not_the_secret_is_told_nothing():
    made = a_hook()
    revoked = a_hook("Gone")
    actions.revoke(revoked.hook, actor=COMMAND_LINE, now=clock.now())
    strange = actions.NewSecret(Hook(public_id="nothing"), made.secret)
    answers = [
        send(made, order(), secret="wrong"),
        send(made, order(), secret=""),
        send(made, order(), secret="café"),
        send(revoked, order()),
        send(strange, order()),
    ]
    assert {401} == {answer.status_code for answer in answers}
    assert 1 == len({answer.content for answer in answers})
    assert ([], 0) == (entered(), Delivery.objects.count())


def test_secrets_are_not_kept():
    made = a_hook()
    assert (True, False) == (made.hook.digest == actions.digest(made.secret), made.secret in str(vars(made.hook)))


@pytest.mark.parametrize("method", ["get", "put", "delete", "head", "options", "patch"])
def test_only_posts_are_taken(method):
    made = a_hook()
    answer = getattr(Client(), method)(f"/hooks/{made.hook.public_id}/{made.secret}/")
    assert (405, "POST") == (answer.status_code, answer["Allow"])


def test_the_former_secret_works_for_a_day():
    made = a_hook()
    fresh = actions.rotate(made.hook, actor=COMMAND_LINE, now=clock.now())
    assert [200, 200] == [send(each, order()).status_code for each in (made, fresh)]
    with patch.object(clock, "now", return_value=clock.now() + timedelta(hours=25)):
        assert [401, 200] == [send(each, order()).status_code for each in (made, fresh)]


def test_what_was_revoked_comes_back_for_an_hour_and_with_a_new_secret_at_any_time():
    made, now = a_hook(), clock.now()
    actions.revoke(made.hook, actor=COMMAND_LINE, now=now)
    actions.restore(made.hook, actor=COMMAND_LINE, now=now + timedelta(minutes=59))
    assert 200 == send(made, order()).status_code
    actions.revoke(made.hook, actor=COMMAND_LINE, now=now)
    with pytest.raises(Refused):
        actions.restore(made.hook, actor=COMMAND_LINE, now=now + timedelta(minutes=61))
    fresh = actions.rotate(made.hook, actor=COMMAND_LINE, now=now)
    assert [401, 200] == [send(each, order()).status_code for each in (made, fresh)]


def test_more_than_is_taken_at_once_is_refused_and_written_down():
    made = a_hook()
    assert [413, 413] == [
        send(made, b"[" + b" " * LONGEST_BODY + b"]").status_code,
        send(made, gzip.compress(b" " * (LONGEST_BODY + 1)), headers={"Content-Encoding": "gzip"}).status_code,
    ]
    assert (["refused"] * 2, 0) == (outcomes(made.hook), KeptBody.objects.count())


@pytest.mark.parametrize(
    ("body", "encoding", "code"),
    [
        (b"\x1f\x8bnonsense", "gzip", "invalid_gzip"),
        (b"{}", "br", "unsupported_encoding"),
        (b"", "", "empty"),
        (b" \n", "", "empty"),
    ],
)
def test_what_cannot_be_unpacked_is_refused(body, encoding, code):
    made = a_hook()
    answer = send(made, body, headers={"Content-Encoding": encoding})
    assert (400, code, ["refused"]) == (answer.status_code, answer.json()["code"], outcomes(made.hook))


def test_what_is_packed_is_unpacked():
    made = a_hook("Form", mapping=PLAIN)
    packed = gzip.compress(b'{"email": "a@roca.example"}')
    assert 1 == send(made, packed, headers={"Content-Encoding": "gzip"}).json()["new"]


def test_too_many_requests_wait(monkeypatch):
    monkeypatch.setenv("VINCLE_HOOKS_RATE", "2")
    made = a_hook()
    answers = [send(made, order()) for _time in range(3)]
    assert [200, 200, 429] == [answer.status_code for answer in answers]
    assert 0 < int(answers[-1]["Retry-After"]) <= 60


def test_an_answer_quotes_nothing_and_opens_no_session():
    made = a_hook()
    answer = send(made, order(note="<script>alert(1)</script>"))
    assert (False, "no-store", {}) == (b"script" in answer.content, answer["Cache-Control"], dict(answer.cookies))


def test_standard_webhooks_are_checked():
    secret, body = new_secret(), b'{"email": "a@roca.example"}'
    made = a_hook("Form", mapping=PLAIN, signing=Signing("standard", secret=secret))
    now = int(clock.now().timestamp())

    def signed(second: int = now, key: str = secret, said: bytes = body) -> dict[str, str]:
        made_of = signature(key, message_id="msg_1", timestamp=second, body=said)
        return {"webhook-id": "msg_1", "webhook-timestamp": str(second), "webhook-signature": f"v1,eA== {made_of}"}

    wrong = [
        {},
        signed(now - 301),
        signed(now + 400),
        signed(key=new_secret()),
        signed(said=b"{}"),
        signed() | {"webhook-id": "msg_2"},
        signed() | {"webhook-timestamp": "²"},
        signed() | {"webhook-signature": "é"},
    ]
    assert {(401, "invalid_signature")} == {
        (answer.status_code, answer.json()["code"]) for answer in (send(made, body, headers=each) for each in wrong)
    }
    assert (["refused"] * len(wrong), 0, []) == (outcomes(made.hook), KeptBody.objects.count(), entered())
    assert 1 == send(made, body, headers=signed()).json()["new"]


def test_an_hmac_of_the_body_is_checked_in_hexadecimal_and_in_base64():
    made = a_hook("Form", mapping=PLAIN, signing=Signing("hmac", "X-Hub-Signature-256", "it is a secret"))
    body = b'{"email": "a@roca.example"}'
    right = hmac.digest(b"it is a secret", body, hashlib.sha256)
    ways = [f"sha256={right.hex()}", right.hex().upper(), base64.b64encode(right).decode()]
    wrong = ["", "sha256=", right.hex()[:-1], "é", f"sha1={right.hex()}"]
    assert [200] * 3 == [send(made, body, headers={"X-Hub-Signature-256": each}).status_code for each in ways]
    assert {401} == {send(made, body, headers={"X-Hub-Signature-256": each}).status_code for each in wrong}
