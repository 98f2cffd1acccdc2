"""The catalogue of kinds: seen by everybody, described by those who may, with contracts that are tried first."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sources.stories import LATER, SPENT_SOMETHING, demand, hold, purchase, say, work
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.sources import actions
from vincle.flow import catalogue
from vincle.flow.models import Kind, Reading

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]


def address(name: str = "order.placed") -> str:
    return reverse("sources:kind", args=[name])


def said(**changes: Any) -> dict[str, Any]:
    """The form for a purchase, as somebody fills it in."""
    values = {
        "label_en": "Sale",
        "label_ca": "Venda",
        "label_es": "Venta",
        "icon": "receipt",
        "tone": "gold",
        "carries_money": "on",
        "contract": "",
    }
    return {**values, **changes}


@pytest.fixture(autouse=True)
def _kinds(db: None) -> None:
    catalogue.seed()


def test_every_role_sees_the_kinds_grouped_by_prefix(client_of: ClientOf, anna: User) -> None:
    page = client_of(anna).get(reverse("sources:kinds")).content.decode()
    assert "Purchase" in page
    assert "order.placed" in page
    assert "Purchases" in page, "the kinds that begin with order"


def test_the_outsider_sees_no_kind(client_of: ClientOf, outsider: User) -> None:
    assert client_of(outsider).get(reverse("sources:kinds")).status_code == 403
    assert client_of(outsider).get(address()).status_code == 403


def test_the_kinds_are_said_in_the_readers_language(client_of: ClientOf, anna: User) -> None:
    User.objects.filter(pk=anna.pk).update(language="ca")
    assert "Compra" in client_of(User.objects.get(pk=anna.pk)).get(reverse("sources:kinds")).content.decode()


def test_a_thousand_kinds_cost_no_more_queries_than_one(
    client_of: ClientOf, anna: User, django_assert_max_num_queries: Any
) -> None:
    Kind.objects.bulk_create([Kind(name=f"kind.number{each}", labels={"en": f"Kind {each}"}) for each in range(1000)])
    client = client_of(anna)
    client.get(reverse("sources:kinds"))
    with django_assert_max_num_queries(6):
        client.get(reverse("sources:kinds"))


def test_of_very_many_kinds_a_page_shows_some_and_finds_the_others(client_of: ClientOf, anna: User) -> None:
    Kind.objects.bulk_create([Kind(name=f"zone.n{each:04}", labels={"en": f"Zone {each}"}) for each in range(400)])
    client = client_of(anna)
    page = client.get(reverse("sources:kinds")).content.decode()
    assert "kinds more: look for them by their words" in page
    assert "zone.n0399" not in page
    assert "zone.n0399" in client.get(reverse("sources:kinds"), {"words": "zone 399"}).content.decode()


def test_kinds_are_found_by_their_words(client_of: ClientOf, anna: User) -> None:
    page = client_of(anna).get(reverse("sources:kinds"), {"words": "PURCH"}).content.decode()
    assert "order.placed" in page
    assert "email.received" not in page


def test_words_that_no_kind_has_are_answered_kindly(client_of: ClientOf, anna: User) -> None:
    assert "No kind has these words" in client_of(anna).get(reverse("sources:kinds"), {"words": "zzz"}).content.decode()


def test_kinds_are_counted_in_the_background(client_of: ClientOf, anna: User) -> None:
    say(purchase(1), purchase(2))
    assert {"order.placed": 2} == actions.count_kinds(now=LATER)
    page = client_of(anna).get(reverse("sources:kinds"), {"used": "yes"}).content.decode()
    assert "order.placed" in page
    assert "email.received" not in page


def test_kinds_are_counted_anew_only_when_something_came_or_left() -> None:
    say(purchase(1))
    actions.count_kinds(now=LATER)
    Reading.objects.filter(name="kinds").update(computed_at=LATER)
    Reading.objects.filter(name="kinds").update(
        payload={**Reading.objects.get(name="kinds").payload, "counts": {"x": 9}}
    )
    assert {"x": 9} == actions.count_kinds(now=LATER)
    say(purchase(2))
    assert {"order.placed": 2} == actions.count_kinds(now=LATER)


def test_the_count_comes_by_itself() -> None:
    say(purchase(1))
    actions.follow(now=LATER)
    assert ["kinds.count"] == work()
    assert {"order.placed": 1} == Reading.objects.get(name="kinds").payload["counts"]


def test_a_kind_that_came_with_a_file_asks_for_words(client_of: ClientOf, marta: User) -> None:
    say(purchase(1, kind="shop.tasting", kind_label="Wine tasting"))
    page = client_of(marta).get(reverse("sources:kinds")).content.decode()
    assert "New, give it words" in page or "New, give them words" in page
    assert "Wine tasting" in page


def test_a_described_kind_is_new_no_longer(client_of: ClientOf, marta: User) -> None:
    say(purchase(1, kind="shop.tasting", kind_label="Wine tasting"))
    client = client_of(marta)
    assert 302 == client.post(address("shop.tasting"), said(icon="leaf", label_ca="Tast de vins")).status_code
    assert "give them words" not in client.get(reverse("sources:kinds")).content.decode()
    assert {"en": "Sale", "ca": "Tast de vins", "es": "Venta"} == Kind.objects.get(name="shop.tasting").labels


def test_a_language_left_empty_borrows_the_words_of_another(client_of: ClientOf, marta: User) -> None:
    client_of(marta).post(address(), said(label_en="", label_ca="Venda", label_es=""))
    assert {"en": "Venda", "ca": "Venda", "es": "Venda"} == Kind.objects.get(name="order.placed").labels


def test_a_kind_without_any_words_is_not_kept(client_of: ClientOf, marta: User) -> None:
    response = client_of(marta).post(address(), said(label_en=" ", label_ca="", label_es=""))
    assert "at least one language" in response.content.decode()
    assert "Purchase" == Kind.objects.get(name="order.placed").labels["en"]


@pytest.mark.parametrize("wrong", [{"icon": "skull"}, {"tone": "pink"}, {"icon": ""}])
def test_only_looks_on_the_page_can_be_chosen(client_of: ClientOf, marta: User, wrong: dict[str, str]) -> None:
    client_of(marta).post(address(), said(**wrong))
    assert "shopping-bag" == Kind.objects.get(name="order.placed").icon


def test_an_agent_may_look_at_a_kind_but_not_describe_it(client_of: ClientOf, anna: User) -> None:
    client = client_of(anna)
    assert '<form method="post" class="stack"' not in client.get(address()).content.decode()
    assert 403 == client.post(address(), said()).status_code
    assert 403 == client.post(reverse("sources:kind_trial", args=["order.placed"]), {"contract": "{}"}).status_code


def test_describing_a_kind_is_in_the_audit_log_with_what_it_was(client_of: ClientOf, marta: User) -> None:
    client_of(marta).post(address(), said())
    entry = AuditEntry.objects.get(action="kind.changed")
    assert ["Purchase", "Sale"] == entry.details["label en"]
    assert "Marta Vidal" == entry.actor_name


def test_undo_brings_the_former_description_back(client_of: ClientOf, marta: User) -> None:
    client = client_of(marta)
    before = Kind.objects.filter(name="order.placed").values().get()
    page = client.post(address(), said(contract=json.dumps(SPENT_SOMETHING)), follow=True).content.decode()
    undo = reverse("sources:kind_back", args=["order.placed"])
    assert undo in page
    assert before != Kind.objects.filter(name="order.placed").values().get()
    client.post(undo)
    assert before == Kind.objects.filter(name="order.placed").values().get()


def test_undo_works_once_and_for_oneself(client_of: ClientOf, marta: User, olga: User) -> None:
    marta_s, undo = client_of(marta), reverse("sources:kind_back", args=["order.placed"])
    marta_s.post(address(), said())
    assert 403 == client_of(olga).post(undo).status_code
    assert 302 == marta_s.post(undo).status_code
    assert 403 == marta_s.post(undo).status_code


def test_a_kind_that_is_not_there_is_said_to_be_so(client_of: ClientOf, marta: User) -> None:
    assert 404 == client_of(marta).get(address("no.such")).status_code


def test_a_contract_is_tried_on_the_last_interactions(client_of: ClientOf, marta: User) -> None:
    say(purchase(1), purchase(2, "0.20"), purchase(3, "0.30"))
    tried = client_of(marta).post(
        reverse("sources:kind_trial", args=["order.placed"]), {"contract": json.dumps(SPENT_SOMETHING)}
    )
    assert "2 of the last 3 would be held." in tried.content.decode()
    assert "amount: it is less than 1" in tried.content.decode()
    assert Kind.objects.get(name="order.placed").contract is None


def test_a_contract_that_all_keep_is_said_to_be_kept(client_of: ClientOf, marta: User) -> None:
    say(purchase(1), purchase(2))
    tried = client_of(marta).post(
        reverse("sources:kind_trial", args=["order.placed"]), {"contract": json.dumps(SPENT_SOMETHING)}
    )
    assert "All of the last 2 keep to it." in tried.content.decode()


def test_keeping_a_contract_says_how_many_it_would_have_held(client_of: ClientOf, marta: User) -> None:
    say(purchase(1), purchase(2, "0.20"))
    page = client_of(marta).post(address(), said(contract=json.dumps(SPENT_SOMETHING)), follow=True).content.decode()
    assert "Of the last 2, 1 would have been held." in page


def test_the_example_is_a_contract_that_the_last_interactions_keep(client_of: ClientOf, marta: User) -> None:
    say(*(purchase(number, properties={"till": number, "hour": "noon"}) for number in range(8)))
    client = client_of(marta)
    example = client.get(address()).context["example"]
    assert {"amount", "channel", "currency", "place"} == set(json.loads(example)["required"])
    tried = client.post(reverse("sources:kind_trial", args=["order.placed"]), {"contract": example})
    assert "All of the last 8 keep to it." in tried.content.decode()


WRONG_CONTRACTS = {
    "no JSON": "{",
    "no object": "[1, 2]",
    "no schema": '{"type": "nope"}',
    "a broken pattern": '{"properties": {"text": {"pattern": "("}}}',
    "a pattern that takes for ever": '{"properties": {"text": {"pattern": "(?=a)b"}}}',
    "a schema elsewhere": '{"$ref": "http://127.0.0.1:9/schema"}',
    "a file on the server": '{"$ref": "file:///etc/passwd"}',
    "a number that is none": '{"properties": {"amount": {"minimum": NaN}}}',
    "letters that are none": '{"title": "\\ud800"}',
    "a character no database keeps": '{"title": "a\\u0000b"}',
    "endless nesting": '{"not": ' * 3000 + "{}" + "}" * 3000,
    "too much": json.dumps({"title": "x" * 70_000}),
}


@pytest.mark.parametrize("wrong", WRONG_CONTRACTS.values(), ids=WRONG_CONTRACTS.keys())
def test_what_is_no_contract_is_refused_in_a_sentence(client_of: ClientOf, marta: User, wrong: str) -> None:
    client = client_of(marta)
    assert 200 == client.post(address(), said(contract=wrong)).status_code
    assert Kind.objects.get(name="order.placed").contract is None
    tried = client.post(reverse("sources:kind_trial", args=["order.placed"]), {"contract": wrong})
    assert 200 == tried.status_code
    assert "notice-warm" in tried.content.decode()


def test_what_breaks_a_new_contract_is_held_from_then_on(client_of: ClientOf, marta: User) -> None:
    client_of(marta).post(address(), said(contract=json.dumps(SPENT_SOMETHING)))
    assert 1 == len(hold(["0.10"]))


def test_a_kind_says_how_many_of_it_wait(client_of: ClientOf, marta: User, anna: User) -> None:
    hold(["0.10", "0.20"])
    assert "2 wait in quarantine" in client_of(marta).get(address()).content.decode()
    assert "2 wait in quarantine" not in client_of(anna).get(address()).content.decode()


def test_emptying_the_contract_lets_everything_in(client_of: ClientOf, marta: User) -> None:
    demand()
    client_of(marta).post(address(), said(contract="  "))
    assert Kind.objects.get(name="order.placed").contract is None
