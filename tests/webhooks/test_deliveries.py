"""Messages to programs: made from the log, signed, tried again, given up, sent again."""

import base64
import hashlib
import hmac
import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from people.telling import happened, person, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.facade import erase
from vincle.apps.webhooks import actions, following, jobs
from vincle.apps.webhooks.models import Delivery, Endpoint
from vincle.apps.webhooks.sending import PAUSES
from vincle.apps.webhooks.signing import signature
from vincle.kernel import clock
from webhooks.hearing import add, later, turn

pytestmark = pytest.mark.django_db(transaction=True)

State = Delivery.State


def states() -> list[str]:
    return list(Delivery.objects.order_by("pk").values_list("state", flat=True))


def signed(secret: str, message: "object") -> str:
    """The signature as the specification describes it, computed anew."""
    headers = message.headers
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + message.body
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def test_the_signature_is_that_of_the_specification():
    # The example of the reference libraries of Standard Webhooks.
    assert "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" == signature(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        message_id="msg_p5jXN8AQM9LWM0D4loKWxJek",
        timestamp=1614265330,
        body=b'{"test": 2432232314}',
    )


def test_what_happens_is_told_signed(listener):
    made = add(listener.url, "order.placed")
    tell(happened("c1", "2026-01-01 10:00", "order.placed", name="Mar Roca"), happened("c1", "2026-01-02 10:00"))
    turn()
    (heard,) = listener.heard
    said = json.loads(heard.body)
    assert ("order.placed", str(person("c1").uid), "c1") == (
        said["type"],
        said["data"]["person"],
        said["data"]["identity"]["value"],
    )
    assert signed(made.secret, heard) == heard.headers["webhook-signature"]
    assert Delivery.objects.get().message_id == heard.headers["webhook-id"]
    assert abs(int(heard.headers["webhook-timestamp"]) - clock.now().timestamp()) < 60
    assert [State.DELIVERED] == states()


def test_the_program_of_the_page_for_users_knows_what_is_ours(listener):
    made = add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    (heard,) = listener.heard
    page = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(program, names)  # noqa: S102 - our own page
    assert names["is_ours"](made.secret, heard.headers, heard.body)
    assert not names["is_ours"](made.secret, heard.headers, heard.body + b" ")


def test_what_was_taken_is_not_sent_again(listener):
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    turn(at=later(days=30))
    assert 1 == len(listener.heard)


def test_what_happened_before_is_not_told(listener):
    tell(happened("c1", "2026-01-01 10:00"))
    add(listener.url)
    turn()
    assert [] == listener.heard


def test_messages_go_in_the_order_of_the_log(listener):
    add(listener.url)
    tell(*(happened("c1", f"2026-01-0{day} 10:00") for day in (3, 1, 2)))
    turn()
    assert ["03", "01", "02"] == [json.loads(each.body)["data"]["occurred_at"][8:10] for each in listener.heard]


def test_what_is_not_taken_is_tried_again_with_the_same_id(listener):
    listener.statuses = [500, 503, 200]
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    turn()  # not yet
    assert 1 == len(listener.heard)
    turn(at=later(seconds=1))
    turn(at=later(seconds=1))
    delivery = Delivery.objects.get()
    assert ([500, 503, 200], 3) == ([each["status"] for each in delivery.tries], delivery.attempts)
    assert 1 == len({each.headers["webhook-id"] for each in listener.heard})
    assert State.DELIVERED == delivery.state


def test_the_pauses_grow(listener):
    listener.statuses = [500]
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    pauses = []
    for _ in range(4):
        began = later(seconds=1)
        turn(at=began)
        pauses.append(Delivery.objects.get().due_at - began)
    assert list(PAUSES[:4]) == pauses


def test_who_never_answers_is_given_up_with_a_notice(listener, client_of, olga):
    listener.statuses = [500]
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    for _ in range(len(PAUSES) + 1):
        turn(at=later(seconds=1))
    endpoint = Endpoint.objects.get()
    assert ([State.FAILED], "500", len(PAUSES) + 1) == (states(), endpoint.gave_up, len(listener.heard))
    assert endpoint.off_at is not None
    assert ["Vincle"] == list(AuditEntry.objects.filter(action="webhook.gave_up").values_list("actor_name", flat=True))
    page = client_of(olga).get(f"/settings/webhooks/{endpoint.pk}/").content.decode()
    assert "It was switched off" in page


def test_one_message_that_is_never_taken_gives_nobody_up_who_takes_others(listener):
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    listener.statuses = [500] * (len(PAUSES) + 1)
    for count in range(len(PAUSES) + 1):
        if count == len(PAUSES):
            Endpoint.objects.update(answered_at=Delivery.objects.get().created_at)
        turn(at=later(seconds=1))
    assert ([State.FAILED], None) == (states(), Endpoint.objects.get().off_at)


def test_who_says_that_it_is_gone_is_given_up_at_once(listener):
    listener.statuses = [410]
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    assert "410" == Endpoint.objects.get().gave_up


def test_who_was_given_up_goes_on_where_it_stopped(listener):
    listener.statuses = [410, 200]
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    tell(happened("c2", "2026-01-02 10:00"))
    turn()
    assert 1 == len(listener.heard)
    actions.switch_on(Endpoint.objects.get(), actor=COMMAND_LINE, now=clock.now())
    turn(at=later(seconds=1))
    assert [State.DELIVERED, State.DELIVERED] == states()
    assert "" == Endpoint.objects.get().gave_up


def test_who_does_not_answer_holds_up_nobody_else(listener):
    listener.statuses = [500]
    add(listener.url, name="Broken")
    tell(*(happened("c1", f"2026-01-0{day} 10:00") for day in range(1, 6)))
    turn()
    assert 1 == len(listener.heard)


def test_a_redirection_is_not_followed_and_not_taken(listener):
    listener.statuses, listener.headers = [302], {"Location": listener.url}
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    assert (1, [State.WAITING]) == (len(listener.heard), states())


def test_an_address_that_turned_inward_is_not_spoken_to(listener, monkeypatch):
    add(listener.url)
    monkeypatch.delenv("VINCLE_WEBHOOK_ALLOW")
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    assert [] == listener.heard
    assert "not a machine on the public internet" in Delivery.objects.get().tries[0]["said"]


def test_who_was_erased_is_told_of_no_more(listener):
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    following.follow_log(Endpoint.objects.get().pk, now=clock.now())
    erase(person("c1"), actor=COMMAND_LINE, now=clock.now())
    turn()
    assert ([], [State.GONE]) == (listener.heard, states())


def test_a_former_secret_signs_along_for_a_day(listener):
    first = add(listener.url)
    second = actions.rotate(first.endpoint, actor=COMMAND_LINE, now=clock.now())
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    (heard,) = listener.heard
    assert [signed(each.secret, heard) for each in (second, first)] == heard.headers["webhook-signature"].split()
    Endpoint.objects.update(former_until=clock.now())
    tell(happened("c1", "2026-01-02 10:00"))
    turn()
    assert signed(second.secret, listener.heard[1]) == listener.heard[1].headers["webhook-signature"]


def test_a_test_is_sent(listener):
    actions.test(add(listener.url).endpoint, now=clock.now())
    turn()
    assert ("webhook.tested", {}) == tuple(json.loads(listener.heard[0].body)[each] for each in ("type", "data"))


def test_a_message_is_sent_again(listener):
    add(listener.url)
    tell(happened("c1", "2026-01-01 10:00"))
    turn()
    actions.send_again(Delivery.objects.get(), actor=COMMAND_LINE, now=clock.now())
    turn()
    assert 2 == len(listener.heard)
    assert 1 == len({each.headers["webhook-id"] for each in listener.heard})


def test_no_more_waits_than_is_bounded_and_nothing_is_lost(listener, monkeypatch):
    monkeypatch.setattr(following, "MOST_WAITING", 2)
    monkeypatch.setattr(following, "AT_ONCE", 1)
    add(listener.url)
    tell(*(happened("c1", f"2026-01-0{day} 10:00") for day in range(1, 6)))
    endpoint = Endpoint.objects.get().pk
    assert [True, True, False] == [following.follow_log(endpoint, now=clock.now()) for _ in range(3)]
    for _ in range(4):
        turn()
    assert 5 == len(listener.heard)


def test_old_messages_are_forgotten_and_some_kept(listener, monkeypatch):
    monkeypatch.setattr(jobs, "KEPT", 2)
    add(listener.url)
    tell(*(happened("c1", f"2026-01-0{day} 10:00") for day in range(1, 6)))
    turn()
    prune()
    assert 2 == Delivery.objects.count()
    Delivery.objects.update(finished_at=clock.now() - timedelta(days=31))
    prune()
    assert 0 == Delivery.objects.count()


def prune() -> None:
    class Now:
        now = clock.now()

    jobs.prune(Now())
