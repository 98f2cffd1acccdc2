"""What a program sends becomes interactions by the mapping, once."""

from decimal import Decimal

import pytest

from hooks.sending import MAPPING, PLAIN, a_hook, entered, held, order, outcomes, send, turn
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.hooks import actions
from vincle.apps.hooks.models import Delivery, KeptBody
from vincle.apps.hooks.taking import entering, said
from vincle.apps.sources.actions import discard_one
from vincle.flow.models import Interaction, Kind, Observation, Quarantined
from vincle.kernel import clock

pytestmark = pytest.mark.django_db


def test_an_object_becomes_an_interaction():
    made = a_hook()
    answer = send(made, order())
    assert (200, {"success": True, "outcome": "taken", "new": 1, "known": 0, "held": 0}) == (
        answer.status_code,
        answer.json(),
    )
    (one,) = Interaction.objects.select_related("source")
    assert ("shop", Decimal("12.5"), "EUR", {"coupon": "MAIG"}) == (
        one.source.name,
        one.amount,
        one.currency,
        one.properties,
    )
    assert [("order.placed", "mar@roca.example", "A-1")] == entered()
    assert [("town", "Girona")] == list(Observation.objects.values_list("name", "value"))


def test_a_repeated_delivery_adds_nothing():
    made = a_hook()
    send(made, order())
    assert {"success": True, "outcome": "taken", "new": 0, "known": 1, "held": 0} == send(made, order()).json()
    assert 1 == len(entered())


def test_a_list_and_a_list_inside_are_taken_one_by_one():
    made = a_hook(path="data.orders")
    body = {"type": "orders", "data": {"orders": [order(), order(id="A-2")]}}
    assert 2 == send(made, body).json()["new"]
    other = a_hook("Other")
    assert 2 == send(other, [order(id="B-1"), order(id="B-2")]).json()["new"]


def test_without_an_id_of_its_own_the_header_counts():
    made = a_hook("Form", mapping=PLAIN)
    first = {"email": "a@roca.example", "answer": "yes"}
    send(made, first, headers={"webhook-id": "msg_1"})
    send(made, first | {"answer": "no"}, headers={"webhook-id": "msg_1"})
    send(made, [first, first], headers={"webhook-id": "msg_2"})
    assert ["msg_1", "msg_2-1", "msg_2-2"] == [number for _kind, _who, number in entered()]


def test_without_any_id_the_content_counts_and_it_happens_when_it_arrives():
    made = a_hook("Form", mapping=PLAIN)
    before = clock.now()
    for each in ({"email": "a@roca.example", "n": 1}, {"n": 1, "email": "a@roca.example"}, {"email": "a@roca.example"}):
        send(made, each)
    found = Interaction.objects.order_by("id").values_list("occurred_at", flat=True)
    assert (2, True) == (len(found), all(before <= at <= clock.now() for at in found))


def test_a_column_that_one_delivery_lacks_is_empty():
    made = a_hook()
    assert 1 == send(made, order(total=..., customer={"email": "mar@roca.example"})).json()["new"]


def test_what_comes_before_there_is_a_mapping_waits_and_is_taken_in_then():
    made = a_hook(mapping="")
    answers = [send(made, said).json()["outcome"] for said in (order(), order(id="A-2"), b"{broken")]
    assert (["waiting"] * 3, []) == (answers, entered())
    actions.choose_mapping(made.hook, actor=COMMAND_LINE, now=clock.now(), toml=MAPPING)
    turn()
    assert ["taken", "taken", "held"] == outcomes(made.hook)
    assert (["A-1", "A-2"], [("It is not JSON.", "waiting")]) == ([each[2] for each in entered()], held())


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (b"{nonsense", "It is not JSON."),
        (b"\xff\xfe\x00", "It is not JSON."),
        (b"null", "It is no JSON object."),
        (b"7", "It is no JSON object."),
        ([7], "It is no JSON object."),
        (order(customer={}), "“customer.email” is empty, so it names nobody"),
        (order(at="yesterday"), "“yesterday” in “at” is not a date"),
        (order(total="a lot"), "“a lot” in “total” is not an amount written with a decimal point"),
        (b"[" * 5_000 + b"]" * 5_000, "It is not JSON."),
    ],
)
def test_what_cannot_be_understood_waits_in_quarantine(sent, reason):
    made = a_hook()
    answer = send(made, sent)
    assert (200, "held") == (answer.status_code, answer.json()["outcome"])
    assert ([(reason, "waiting")], 1) == (held(), KeptBody.objects.count())


def test_what_is_good_enters_beside_what_is_not():
    made = a_hook()
    assert {"new": 1, "held": 1, "known": 0, "outcome": "held", "success": True} == send(
        made, [order(), order(id="A-2", at="never")]
    ).json()


def test_what_is_held_is_taken_in_when_the_mapping_is_mended():
    made = a_hook()
    send(made, [order(), order(id="A-2", customer={"mail": "pau@roca.example"})])
    assert 1 == len(entered())
    mended = MAPPING + '\n[[who]]\ncolumn = "customer.mail"\nnamespace = "email"\n'
    actions.choose_mapping(made.hook, actor=COMMAND_LINE, now=clock.now(), toml=mended)
    turn()
    assert ["A-1", "A-2"] == [each[2] for each in entered()]
    assert (["taken"], ["replayed"]) == (outcomes(made.hook), [state for _reason, state in held()])


def test_what_a_person_has_settled_in_quarantine_is_not_taken_in_again():
    made = a_hook()
    send(made, order(customer={"mail": "pau@roca.example"}))
    discard_one(Quarantined.objects.get(), actor=COMMAND_LINE, now=clock.now())
    mended = MAPPING.replace("customer.email", "customer.mail")
    actions.choose_mapping(made.hook, actor=COMMAND_LINE, now=clock.now(), toml=mended)
    turn()
    assert ([], ["taken"]) == (entered(), outcomes(made.hook))


def test_what_breaks_a_contract_is_held_and_taken_in_when_the_contract_allows_it():
    kind, _made = Kind.objects.get_or_create(name="order.placed")
    Kind.objects.filter(pk=kind.pk).update(contract={"type": "object", "required": ["score"]})
    made = a_hook()
    assert "held" == send(made, order()).json()["outcome"]
    Kind.objects.filter(pk=kind.pk).update(contract=None)
    actions.take_again(made.hook, actor=COMMAND_LINE, now=clock.now())
    turn()
    assert (1, ["taken"], ["replayed"]) == (len(entered()), outcomes(made.hook), [state for _why, state in held()])


def test_what_was_left_out_can_be_brought_back():
    made = a_hook(mapping="")
    send(made, order())
    delivery = Delivery.objects.select_related("hook__source").get()
    actions.discard(delivery, actor=COMMAND_LINE, now=clock.now())
    actions.choose_mapping(made.hook, actor=COMMAND_LINE, now=clock.now(), toml=MAPPING)
    turn()
    assert ([], ["discarded"]) == (entered(), outcomes(made.hook))
    actions.bring_back(delivery, actor=COMMAND_LINE, now=clock.now())
    turn()
    assert (1, ["taken"]) == (len(entered()), outcomes(made.hook))


@pytest.mark.parametrize("sent", [b'{"email": "a@roca.example", "n": NaN, "u": "\\u0000x\\ud800", "big": 1e999}'])
def test_what_no_database_keeps_is_left_out(sent):
    made = a_hook("Form", mapping=PLAIN)
    assert 1 == send(made, sent).json()["new"]


def test_too_many_happenings_at_once_are_refused(monkeypatch):
    monkeypatch.setattr(said, "MOST", 2)
    made = a_hook()
    assert (413, []) == (send(made, [order()] * 3).status_code, entered())
    assert ["refused"] == outcomes(made.hook)


def test_too_many_that_wait_are_refused_and_nothing_is_lost(monkeypatch):
    monkeypatch.setattr(entering, "MOST_OPEN", 1)
    made = a_hook(mapping="")
    assert [200, 503] == [send(made, order()).status_code for _time in range(2)]
    assert ["waiting"] == outcomes(made.hook)
