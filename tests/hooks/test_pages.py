"""The pages of incoming webhooks: made, looked at, mapped, rotated, revoked, taken in again."""

import pytest
from django.test import Client

from hooks.sending import MAPPING, a_hook, entered, order, outcomes, send, turn
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.hooks import actions
from vincle.apps.hooks.models import Delivery, Hook
from vincle.apps.hooks.queries import hook_in_force, unmapped
from vincle.flow.models import Kind, Source
from vincle.kernel import clock

pytestmark = pytest.mark.django_db

LIST = "/incoming-webhooks/"
NEW = {"name": "My shop", "signing": "none"}


@pytest.fixture
def olgas(client_of, olga) -> Client:
    for name in ("order.placed", "survey.answered"):
        Kind.objects.get_or_create(name=name)
    return client_of(olga)


def said(page) -> str:
    return page.content.decode()


def columns_said(page) -> dict[str, str]:
    """What the columns' page would send back as it is."""
    sheet = page.context["sheet"]
    fields = {"base": sheet.toml, "path": page.context["path"], "kind": sheet.kind_choice}
    for line in sheet.lines:
        fields |= {f"role-{line.place}": line.choice.role, f"detail-{line.place}": line.choice.detail}
    return fields


def test_an_empty_list_teaches(olgas):
    page = said(olgas.get(LIST))
    assert (True, True) == ("No program sends yet" in page, "curl http://testserver/hooks/ADDRESS/" in page)


def test_one_is_made_and_its_secret_shown_once(olgas):
    page = olgas.post(f"{LIST}new/", NEW, follow=True)
    hook, secret = Hook.objects.get(), page.context["secret"]
    assert hook == hook_in_force(hook.public_id, secret, now=clock.now())
    assert f"http://testserver/hooks/{hook.public_id}/{secret}/" in said(page)
    assert secret not in said(olgas.get(f"{LIST}my-shop/"))


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "…"},
        {"name": "Web"},
        {"name": "x" * 81},
        {"signing": "md5"},
        {"signing": "hmac"},
        {"signing": "hmac", "header": "a header"},
        {"signing": "standard", "signing_secret": "whsec_no base64"},
        {"signing": "hmac", "header": "X-S", "signing_secret": "x" * 201},
    ],
)
def test_what_cannot_be_is_said(olgas, changes):
    Source.objects.create(name="web", label="Web", created_at=clock.now())
    page = olgas.post(f"{LIST}new/", NEW | changes)
    assert (200, 0, True) == (page.status_code, Hook.objects.count(), bool(page.context["form"].errors))


def test_a_secret_to_sign_with_is_made_and_shown_once(olgas):
    a_hook()
    page = olgas.post(f"{LIST}shop/signature/", {"signing": "standard"}, follow=True)
    hook = Hook.objects.get()
    assert (True, True) == (hook.signing_secret.startswith("whsec_"), hook.signing_secret in said(page))
    assert hook.signing_secret not in said(olgas.get(f"{LIST}shop/"))
    assert 422 == olgas.post(f"{LIST}shop/signature/", {"signing": "hmac"}).status_code


def test_it_is_rotated_revoked_and_restored(olgas):
    made = a_hook()
    page = olgas.post(f"{LIST}shop/rotate/", follow=True)
    assert page.context["secret"] not in {"", made.secret}
    olgas.post(f"{LIST}shop/revoke/")
    assert Hook.objects.get().revoked_at
    assert 403 == olgas.post(f"{LIST}shop/revoke/").status_code
    olgas.post(f"{LIST}shop/restore/")
    assert Hook.objects.get().revoked_at is None


def test_what_waits_is_shown_guessed_and_taken_in(olgas):
    made = a_hook(mapping="")
    for number in range(3):
        send(made, order(id=f"A-{number}", customer={"email": f"p{number}@roca.example"}))
    assert ["shop"] == [hook.source.name for hook in unmapped()]
    assert "3 deliveries wait" in said(olgas.get(f"{LIST}shop/"))
    page = olgas.get(f"{LIST}shop/columns/")
    roles = {line.choice.column: str(line.choice.role) for line in page.context["sheet"].lines}
    assert ("email", "when", "amount") == (roles["customer.email"], roles["at"], roles["total"])
    assert (3, True) == (len(page.context["sheet"].reading), "p1@roca.example" in said(page))
    previewed = olgas.post(f"{LIST}shop/preview/", columns_said(page) | {"currency": "EUR"})
    assert (200, "", []) == (previewed.status_code, Hook.objects.get().mapping, entered())
    olgas.post(f"{LIST}shop/columns/", columns_said(page) | {"currency": "EUR"})
    turn()
    assert (["taken"] * 3, 3, []) == (outcomes(made.hook), len(entered()), list(unmapped()))
    assert "takes in" in said(olgas.get(LIST))


def test_what_says_no_moment_happens_when_it_arrives(olgas):
    made = a_hook(mapping="")
    send(made, {"email": "a@roca.example", "answer": "Very good"})
    page = olgas.get(f"{LIST}shop/columns/")
    assert "It happens when it arrives." in said(page)
    olgas.post(f"{LIST}shop/columns/", columns_said(page) | {"kind": "survey.answered"})
    assert "moment" not in Hook.objects.get().mapping
    turn()
    assert ["survey.answered"] == [kind for kind, _who, _number in entered()]
    again = olgas.get(f"{LIST}shop/columns/")
    assert (True, "survey.answered") == (again.context["sheet"].is_ready, again.context["sheet"].settings.kind)


def test_a_list_inside_is_looked_at(olgas):
    made = a_hook(mapping="")
    send(made, {"type": "orders", "data": {"orders": [order(), order(id="A-2")]}})
    assert {"data.orders"} < set(olgas.get(f"{LIST}shop/columns/").context["paths"])
    page = olgas.get(f"{LIST}shop/columns/?path=data.orders")
    assert 2 == len(page.context["sheet"].rows)
    olgas.post(f"{LIST}shop/columns/", columns_said(page) | {"currency": "EUR"})
    turn()
    assert ("data.orders", 2) == (Hook.objects.get().path, len(entered()))
    assert "There is no object there" in said(olgas.get(f"{LIST}shop/columns/?path=nowhere"))


def test_a_mapping_is_brought_and_kept_as_text(olgas):
    made = a_hook(mapping="")
    send(made, order())
    olgas.post(f"{LIST}shop/columns.toml", {"toml": MAPPING.replace("\n", "\r\n"), "path": ""})
    turn()
    assert (MAPPING, 1) == (olgas.get(f"{LIST}shop/columns.toml").content.decode(), len(entered()))


@pytest.mark.parametrize(
    "toml", ["nonsense", 'source = "shop"', 'rows = "people"\n' + MAPPING, MAPPING.replace('kind = "order.placed"', "")]
)
def test_what_is_no_mapping_is_not_kept(olgas, toml):
    a_hook(mapping="")
    olgas.post(f"{LIST}shop/columns.toml", {"toml": toml})
    assert "" == Hook.objects.get().mapping
    assert 400 == olgas.post(f"{LIST}shop/columns.toml", {"toml": "x" * 300_000}).status_code


def test_without_anything_sent_the_columns_teach(olgas):
    a_hook(mapping="")
    assert "have it send something" in said(olgas.get(f"{LIST}shop/columns/")).lower()
    assert [404, 404] == [
        olgas.get(f"{LIST}shop/columns.toml").status_code,
        olgas.post(f"{LIST}shop/preview/", {}).status_code,
    ]


def test_what_is_held_says_why_and_is_taken_in_again(olgas):
    made = a_hook()
    send(made, order(at="never"))
    page = said(olgas.get(f"{LIST}shop/"))
    assert (True, True) == ("1 in quarantine" in page, "“never” in “at” is not a date" in page)
    olgas.post(f"{LIST}shop/again/")
    assert ["waiting"] == outcomes(made.hook)


def test_a_delivery_is_looked_at_left_out_and_brought_back(olgas):
    send(a_hook(mapping=""), order(note="<b>hello</b>"))
    number = Delivery.objects.get().pk
    page = said(olgas.get(f"{LIST}shop/{number}/"))
    assert (True, False) == ("&lt;b&gt;hello" in page, "<b>hello" in page)
    olgas.post(f"{LIST}shop/{number}/discard/")
    assert "discarded" == Delivery.objects.get().outcome
    assert 403 == olgas.post(f"{LIST}shop/{number}/discard/").status_code
    olgas.post(f"{LIST}shop/{number}/back/")
    assert "waiting" == Delivery.objects.get().outcome
    assert 404 == olgas.get(f"{LIST}shop/{number + 1}/").status_code


def test_a_delivery_of_another_is_not_there(olgas):
    send(a_hook(mapping=""), order())
    a_hook("Other", mapping="")
    assert 404 == olgas.get(f"{LIST}other/{Delivery.objects.get().pk}/").status_code


def test_who_only_looks_sees_no_body(client_of, ramon, anna):
    send(a_hook(mapping=""), order())
    number = Delivery.objects.get().pk
    page = client_of(ramon).get(f"{LIST}shop/{number}/")
    assert (200, False) == (page.status_code, "mar@roca.example" in said(page))
    assert [403, 403] == [
        client_of(ramon).get(f"{LIST}shop/columns/").status_code,
        client_of(anna).get(f"{LIST}shop/").status_code,
    ]


def test_a_body_that_is_gone_is_said_to_be(olgas):
    made = a_hook(mapping="")
    send(made, order())
    delivery = Delivery.objects.get()
    delivery.kept.delete()
    assert "not kept any more" in said(olgas.get(f"{LIST}shop/{delivery.pk}/"))
    delivery.outcome = "discarded"
    delivery.save()
    with pytest.raises(actions.Refused):
        actions.bring_back(delivery, actor=COMMAND_LINE, now=clock.now())


def test_the_pages_ask_few_questions(olgas, django_assert_max_num_queries):
    made = a_hook(mapping="")
    for number in range(20):
        send(made, order(id=f"A-{number}"))
        a_hook(f"Hook {number}")
    for path in (LIST, f"{LIST}shop/"):
        olgas.get(path)
        with django_assert_max_num_queries(16):
            olgas.get(path)
