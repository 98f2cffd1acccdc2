"""What broke its contract waits: seen, mended, let in, left out, and never lost."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sources.stories import LATER, demand, hold, purchase, say, the_shop, work
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.sources import actions
from vincle.apps.sources.actions.quarantine import Replayed
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries.quarantine import Selection
from vincle.flow.append import ThingOf, append
from vincle.flow.models import Batch, Interaction, InteractionThing, Kind, Observation, Person, Quarantined, SamePerson
from vincle.kernel.ids import uuid7

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
LIST = "sources:quarantine"


def page_of(item: Quarantined) -> str:
    return reverse("sources:held", args=[item.pk])


def filled(client: Client, item: Quarantined, **changes: Any) -> dict[str, Any]:
    """The item's form as it stands on its page, with some fields changed."""
    page = client.get(page_of(item))
    values = {field.html_name: field.value() for field in page.context["form"]}
    values["occurred_at"] = page.content.decode().split('name="occurred_at" value="')[1].partition('"')[0]
    return {name: "" if value is None else value for name, value in {**values, **changes}.items()}


def states() -> list[str]:
    return list(Quarantined.objects.order_by("pk").values_list("state", flat=True))


# Seeing


def test_what_waits_is_listed_with_its_reason(client_of: ClientOf, marta: User) -> None:
    hold()
    page = client_of(marta).get(reverse(LIST)).content.decode()
    assert "person0@example.org" in page
    assert "amount: it is less than 1" in page


def test_reasons_that_are_alike_are_grouped_whatever_their_values(client_of: ClientOf, marta: User) -> None:
    hold(["0.10", "0.20", None])
    groups = client_of(marta).get(reverse(LIST)).context["groups"]
    assert [
        ("amount: the value is less than the minimum of 1", 2),
        ('"amount" is a required property', 1),
    ] == [(group.selection.reason, group.count) for group in groups]


def test_an_empty_quarantine_says_what_it_is_for(client_of: ClientOf, marta: User) -> None:
    assert "Nothing waits" in client_of(marta).get(reverse(LIST)).content.decode()


def test_only_some_roles_see_the_quarantine(client_of: ClientOf, anna: User, ramon: User, outsider: User) -> None:
    item = hold()[0]
    assert [403, 200, 403] == [client_of(user).get(reverse(LIST)).status_code for user in (anna, ramon, outsider)]
    assert [403, 200, 403] == [client_of(user).get(page_of(item)).status_code for user in (anna, ramon, outsider)]


def test_the_auditor_changes_nothing(client_of: ClientOf, ramon: User) -> None:
    item = hold()[0]
    client = client_of(ramon)
    assert "Mend and let in" not in client.get(page_of(item)).content.decode()
    for path in (
        page_of(item),
        reverse("sources:discard", args=[item.pk]),
        reverse("sources:discard_all"),
        reverse("sources:replay"),
        reverse("sources:restore"),
    ):
        assert 403 == client.post(path, {"kind": "order.placed", "amount": "5"}).status_code
    assert ["waiting"] == states()


def test_a_hundred_that_wait_cost_no_more_queries_than_one(
    client_of: ClientOf, marta: User, django_assert_max_num_queries: Any
) -> None:
    hold(["0.01"] * 100)
    client = client_of(marta)
    client.get(reverse(LIST))
    with django_assert_max_num_queries(11):
        client.get(reverse(LIST))


def test_one_that_is_not_there_is_said_to_be_so(client_of: ClientOf, marta: User) -> None:
    assert 404 == client_of(marta).get(reverse("sources:held", args=[77])).status_code


def test_the_list_can_be_narrowed_to_one_reason(client_of: ClientOf, marta: User) -> None:
    hold(["0.10", None])
    chosen = {"reason": '"amount" is a required property'}
    page = client_of(marta).get(reverse(LIST), chosen).content.decode()
    assert "person1@example.org" in page
    assert "person0@example.org" not in page


# Mending


def test_what_is_mended_enters_the_log_as_it_happened(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    client = client_of(marta)
    response = client.post(page_of(item), filled(client, item, amount="12.30"))
    assert reverse(LIST) == response["Location"]
    entered = Interaction.objects.get()
    assert Decimal("12.30") == entered.amount
    assert purchase(0).occurred_at == entered.occurred_at, "to the microsecond, though the form shows seconds"
    assert "m-0" == entered.message_id
    assert ["replayed"] == states()
    assert "Marta Vidal" == Quarantined.objects.get().settled_by


def test_a_person_is_counted_with_what_was_mended(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    client = client_of(marta)
    client.post(page_of(item), filled(client, item, amount="12.30"))
    assert (1, Decimal("12.30")) == Person.objects.values_list("interactions", "amount").get()


def test_what_travelled_beside_it_enters_with_it(client_of: ClientOf, marta: User) -> None:
    demand()
    thing = ThingOf(type="product", key="egg", label="Eggs", quantity=12, amount=Decimal("0.50"), properties={"a": 1})
    say(purchase(1, "0.50", links=[("phone", "+34600111222")], observations={"name": "Mercè"}, things=[thing]))
    client, item = client_of(marta), Quarantined.objects.get()
    client.post(page_of(item), filled(client, item, amount="5"))
    assert "Mercè" == Observation.objects.get().value
    assert "+34600111222" == SamePerson.objects.get().b.value
    assert ("Eggs", 12, Decimal("0.50")) == InteractionThing.objects.values_list(
        "thing__label", "quantity", "amount"
    ).get()


def test_what_still_breaks_the_contract_says_so_beside_the_field(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    client = client_of(marta)
    page = client.post(page_of(item), filled(client, item, amount="0.99"))
    assert ["it is less than 1"] == page.context["form"].errors["amount"]
    assert not Interaction.objects.exists()
    assert ["waiting"] == states()


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "5", "currency": ""},
        {"amount": "5", "identity": ""},
        {"amount": "5", "kind": "Not a kind!"},
        {"amount": "1e30"},
        {"amount": "1E999999999"},
        {"amount": "twelve"},
        {"amount": "5", "score": "7"},
        {"amount": "5", "occurred_at": "yesterday"},
        {"amount": "5", "properties": "{"},
        {"amount": "5", "properties": "[1]"},
        {"amount": "5", "links": '[{"namespace": "email"}]'},
        {"amount": "5", "objects": '[{"type": "x"}]'},
        {"amount": "5", "objects": "[" * 5000},
        {"amount": "5", "place": "x" * 300},
    ],
)
def test_what_describes_nothing_that_happened_is_refused(
    client_of: ClientOf, marta: User, changes: dict[str, str]
) -> None:
    item = hold()[0]
    client = client_of(marta)
    response = client.post(page_of(item), filled(client, item, **changes))
    assert 200 == response.status_code
    assert response.context["form"].errors
    assert not Interaction.objects.exists()
    assert ["waiting"] == states()


def test_mending_into_another_kind_asks_for_that_kinds_contract(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    client = client_of(marta)
    client.post(page_of(item), filled(client, item, kind="visit.made"))
    assert "visit.made" == Interaction.objects.get().kind.name


def test_somebody_else_may_have_mended_it_meanwhile(client_of: ClientOf, marta: User, olga: User) -> None:
    item = hold()[0]
    client = client_of(marta)
    values = filled(client, item, amount="5")
    client_of(olga).post(page_of(item), values)
    assert 403 == client.post(page_of(item), values).status_code
    assert 1 == Interaction.objects.count()


def test_mending_is_in_the_audit_log(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    client = client_of(marta)
    client.post(page_of(item), filled(client, item, amount="5"))
    assert str(item.pk) == AuditEntry.objects.get(action="quarantine.mended").object_uid


# With an import


def an_import(*amounts: str) -> Import:
    """A finished import of purchases, of which some are held."""
    demand()
    batch = Batch.objects.create(source=the_shop(), opened_at=LATER)
    events = [purchase(number, amount) for number, amount in enumerate(amounts)]
    became = append(events, source=the_shop(), now=LATER, batch=batch)
    values = {"source": the_shop(), "batch": batch, "name": "sales.csv", "path": "/nowhere", "digest": "x", "size": 1}
    return Import.objects.create(
        uid=uuid7(), state="done", read=len(amounts), new=became.new, held=became.held, created_at=LATER, **values
    )


def test_an_import_counts_what_was_mended_as_its_own(client_of: ClientOf, marta: User) -> None:
    this = an_import("5", "0.10")
    client, item = client_of(marta), Quarantined.objects.get()
    client.post(page_of(item), filled(client, item, amount="5"))
    this.refresh_from_db()
    assert (2, 0) == (this.new, this.held)


def test_taking_the_import_back_takes_what_was_mended_too(client_of: ClientOf, marta: User) -> None:
    this = an_import("5", "0.10", "0.20")
    client, item = client_of(marta), Quarantined.objects.order_by("pk")[0]
    client.post(page_of(item), filled(client, item, amount="5"))
    this.refresh_from_db()
    assert 2 == actions.take_back(this, actor=COMMAND_LINE, now=LATER)
    assert (0, 0, 0) == (Interaction.objects.count(), Quarantined.objects.count(), Person.objects.count())


def test_one_in_quarantine_leads_to_its_import(client_of: ClientOf, marta: User) -> None:
    this = an_import("0.10")
    page = client_of(marta).get(page_of(Quarantined.objects.get())).content.decode()
    assert reverse("sources:import", args=[this.uid]) in page


# All of a reason


def test_after_the_contract_was_changed_all_are_let_in_again() -> None:
    hold(["0.10", "0.20", "0.30"])
    demand(contract={"type": "object", "properties": {"amount": {"minimum": 0.2}}})
    became = actions.replay_all(Selection(kind="order.placed"), actor=COMMAND_LINE, clock=lambda: LATER)
    assert Replayed(entered=2, still_held=1) == became
    assert ["waiting", "replayed", "replayed"] == states()
    assert "amount: the value is less than the minimum of 0.2" == Quarantined.objects.get(state="waiting").reason


def test_letting_in_again_touches_no_other_reason() -> None:
    hold(["0.10", None])
    Kind.objects.update(contract=None)
    chosen = Selection(reason='"amount" is a required property')
    actions.replay_all(chosen, actor=COMMAND_LINE, clock=lambda: LATER)
    assert ["waiting", "replayed"] == states()


def test_letting_in_again_twice_enters_once() -> None:
    hold(["0.10", "0.20"])
    Kind.objects.update(contract=None)
    for _ in range(2):
        actions.replay_all(Selection(kind="order.placed"), actor=COMMAND_LINE, clock=lambda: LATER)
    assert 2 == Interaction.objects.count()


def test_letting_in_again_goes_on_where_it_was_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.quarantine, "AT_ONCE", 2)
    hold(["0.10"] * 5)
    Kind.objects.update(contract=None)

    def cut() -> None:
        raise InterruptedError

    everything = {"actor": COMMAND_LINE, "clock": lambda: LATER}
    with pytest.raises(InterruptedError):
        actions.replay_all(Selection(kind="order.placed"), **everything, breathe=cut)
    assert 2 == Interaction.objects.count()
    assert Replayed(entered=3) == actions.replay_all(Selection(kind="order.placed"), **everything)
    assert 5 == Interaction.objects.count()


def test_an_import_counts_what_was_let_in_again() -> None:
    this = an_import("5", "0.10", "0.20")
    Kind.objects.update(contract=None)
    actions.replay_all(Selection(kind="order.placed"), actor=COMMAND_LINE, clock=lambda: LATER)
    this.refresh_from_db()
    assert (3, 0) == (this.new, this.held)


def test_a_whole_reason_is_let_in_again_in_the_background(client_of: ClientOf, marta: User) -> None:
    hold(["0.10", "0.20"])
    Kind.objects.update(contract=None)
    client = client_of(marta)
    group = client.get(reverse(LIST)).context["groups"][0].selection
    asked = {"kind": group.kind, "source": group.source, "reason": group.reason}
    page = client.post(reverse("sources:replay"), asked, follow=True).content.decode()
    assert "Being let in" in page
    assert "quarantine.replay" in work()
    assert 2 == Interaction.objects.count()
    assert "Nothing waits" in client.get(reverse(LIST)).content.decode()
    assert "Marta Vidal" == AuditEntry.objects.get(action="quarantine.replayed").actor_name


def test_everything_at_once_is_not_let_in_or_left_out_by_mistake(client_of: ClientOf, marta: User) -> None:
    hold()
    client = client_of(marta)
    assert [400, 400] == [client.post(reverse(name)).status_code for name in ("sources:replay", "sources:discard_all")]
    assert ["waiting"] == states()


# Leaving out


def test_what_is_discarded_stays_out_and_can_be_put_back(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    client = client_of(marta)
    page = client.post(reverse("sources:discard", args=[item.pk]), follow=True).content.decode()
    assert ["discarded"] == states()
    undo = page.split("data-toast-undo")[0].rpartition('action="')[2].partition('"')[0].replace("&amp;", "&")
    client.post(undo)
    assert ["waiting"] == states()


def test_a_whole_reason_is_discarded_and_put_back_together(client_of: ClientOf, marta: User) -> None:
    hold(["0.10", "0.20", None])
    group = client_of(marta).get(reverse(LIST)).context["groups"][0].selection
    at = LATER + timedelta(hours=1)
    assert 2 == actions.discard_all(group, actor=COMMAND_LINE, now=at)
    assert ["discarded", "discarded", "waiting"] == states()
    assert 2 == actions.restore(discarded_at=at, actor=COMMAND_LINE, now=at)
    assert ["waiting"] * 3 == states()


def test_what_was_discarded_is_listed_apart(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    actions.discard_one(item, actor=COMMAND_LINE, now=LATER)
    client = client_of(marta)
    assert "person0@example.org" not in client.get(reverse(LIST)).content.decode()
    assert "person0@example.org" in client.get(reverse(LIST), {"state": "discarded"}).content.decode()
    assert "Put it back" in client.get(page_of(item)).content.decode()


@pytest.mark.parametrize("at", ["", "now", "0001-01-01", "2026-01-01T00:00:00"])
def test_an_address_that_puts_nothing_back_says_so(client_of: ClientOf, marta: User, at: str) -> None:
    response = client_of(marta).post(f"{reverse('sources:restore')}?at={at}")
    assert response.status_code in {400, 403}


def test_the_import_counts_what_is_discarded_no_longer(client_of: ClientOf, marta: User) -> None:
    this = an_import("5", "0.10")
    actions.discard_one(Quarantined.objects.get(), actor=COMMAND_LINE, now=LATER)
    this.refresh_from_db()
    assert (1, 0) == (this.new, this.held)


def test_nothing_held_any_more_is_let_in_as_it_is(client_of: ClientOf, marta: User) -> None:
    item = hold()[0]
    Kind.objects.update(contract=None)
    client = client_of(marta)
    assert "Nothing holds it any more" in client.get(page_of(item)).content.decode()
    client.post(page_of(item), filled(client, item))
    assert json.dumps("0.5000") == json.dumps(str(Interaction.objects.get().amount.quantize(Decimal("0.0001"))))
