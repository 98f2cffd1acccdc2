"""What is said of an e-mail or a telephone by hand: it shows, can be undone, and goes where the contact point goes."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse

from people.telling import NOW, SHOP, address, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.actions import join, undo
from vincle.apps.people.cards import cards_of
from vincle.apps.people.contacting import SAID, TAKEN_BACK, lift_contact, mark_contact, unmark_contact
from vincle.apps.people.facade import PersonMark, erase, mark
from vincle.apps.people.models import ContactMark
from vincle.apps.people.privacy.giving import give_everything
from vincle.apps.people.queries.contacts import HOUSEHOLD, contacts_of
from vincle.apps.people.queries.told import told
from vincle.engine.cards import read_cards, write_card
from vincle.flow.models import Identity, Interaction, Kind, SamePerson
from vincle.kernel.errors import NotFound, Refused

pytestmark = pytest.mark.django_db

State = ContactMark.Kind
FIRST, SECOND, PHONE = "merce@example.org", "roca@example.org", "+34600111222"
WAY = {"actor": COMMAND_LINE, "now": NOW}


@pytest.fixture(autouse=True)
def _merce():
    links = [("email", FIRST), ("email", SECOND), ("phone", PHONE)]
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca", links=links))


def number(value: str) -> int:
    return Identity.objects.get(value=value).pk


def say(value: str, kind: str, who: str = "C1", **way) -> ContactMark:
    return mark_contact(person(who), number(value), State(kind), **(WAY | way))


def states(who: str = "C1") -> dict[str, set[str]]:
    found = contacts_of([person(who).pk])[person(who).pk]
    return {contact.identity.value: set(contact.state) for contact in found if contact.state}


def happenings() -> list[str]:
    rows = Interaction.objects.filter(kind__name__startswith="contact.").order_by("id")
    return list(rows.values_list("kind__name", flat=True))


@pytest.mark.parametrize("kind", list(State))
def test_each_is_said_undone_and_said_again_on_the_page(client_of, anna, kind):
    client, uid = client_of(anna), person("C1").uid
    on = reverse("people:mark_contact", args=[uid, number(FIRST), kind])
    off = reverse("people:unmark_contact", args=[uid, number(FIRST), kind])

    page = client.post(on, follow=True)
    made = ContactMark.objects.get()
    lift = reverse("people:lift_contact", args=[uid, made.pk])
    assert (200, {FIRST: {kind}}, True, True) == (page.status_code, states(), lift in page.text, off in page.text)
    assert 403 == client.post(on).status_code
    page = client.post(lift, follow=True)
    assert ({}, True, 403) == (states(), on in page.text, client.post(lift).status_code)
    client.post(on)
    assert on in client.post(off, follow=True).text
    assert ({}, 403) == (states(), client.post(off).status_code)

    said = [SAID[kind], TAKEN_BACK[kind]] * 2
    assert (said, said) == (
        happenings(), [each.action for each in AuditEntry.objects.filter(action__startswith="contact.").order_by("id")],
    )  # fmt: skip
    assert [(kind, "Anna Puig", "Anna Puig")] * 2 == list(
        ContactMark.objects.values_list("kind", "set_by", "lifted_by")
    )
    story = client.get(address("C1")).text
    assert all(str(each) in story for each in Kind.objects.filter(name__in=said))


@pytest.mark.parametrize(("who", "may"), [("olga", 302), ("anna", 302), ("laia", 403), ("ramon", 403), ("biel", 403)])
def test_who_may_change_people_may_say_it(cast, client_of, who, may):
    client, uid = client_of(cast.members[who]), person("C1").uid
    on = reverse("people:mark_contact", args=[uid, number(FIRST), "verified"])
    assert (may, may == 302) == (client.post(on).status_code, ContactMark.objects.exists())
    if who != "biel":
        assert (may == 302) == (f"/contacts/{number(FIRST)}/" in client.get(address("C1")).text)


def test_what_is_not_there_is_not_found(client_of, anna):
    tell(happened("C2", "2026-03-31 22:30", links=[("email", "joan@example.org")]))
    mark_contact(person("C2"), number("joan@example.org"), State.VERIFIED, **WAY)
    client, uid = client_of(anna), person("C1").uid
    for identity, kind in (
        (number("joan@example.org"), "bounced"),
        (number("C1"), "bounced"),
        (number(FIRST), "shared"),
        (999_999, "bounced"),
    ):
        for name in ("mark_contact", "unmark_contact"):
            assert 404 == client.post(reverse(f"people:{name}", args=[uid, identity, kind])).status_code
    assert [404, 404] == [
        client.post(reverse("people:lift_contact", args=[uid, each])).status_code
        for each in (ContactMark.objects.get().pk, 999_999)
    ]
    assert 405 == client.get(reverse("people:mark_contact", args=[uid, number(FIRST), "verified"])).status_code
    assert {"joan@example.org": {"verified"}} == states("C2")


def test_of_whose_processing_is_restricted_only_leads_say_it(client_of, anna, marta):
    mark(person("C1"), PersonMark.Kind.RESTRICTED, **WAY)
    on = reverse("people:mark_contact", args=[person("C1").uid, number(FIRST), "verified"])
    assert [403, 302] == [client_of(each).post(on).status_code for each in (anna, marta)]


def test_one_of_each_kind_is_preferred_and_undoing_brings_back_the_former():
    say(FIRST, "preferred")
    say(PHONE, "preferred")
    second = say(SECOND, "preferred", now=NOW + timedelta(minutes=1))
    assert {SECOND: {"preferred"}, PHONE: {"preferred"}} == states()
    lift_contact(person("C1"), second, **WAY)
    assert {FIRST: {"preferred"}, PHONE: {"preferred"}} == states()
    say(SECOND, "preferred", now=NOW + timedelta(minutes=2))
    say(FIRST, "preferred", now=NOW + timedelta(minutes=3))
    assert {FIRST: {"preferred"}, PHONE: {"preferred"}} == states()
    unmark_contact(person("C1"), number(FIRST), State.PREFERRED, **WAY)
    assert {PHONE: {"preferred"}} == states()


def test_it_goes_with_its_contact_point_when_people_are_joined_and_parted():
    tell(happened("C2", "2026-03-31 22:30", name="M. Roca", links=[("email", "m@example.org")]))
    say(FIRST, "preferred")
    say("m@example.org", "preferred", "C2", now=NOW + timedelta(minutes=1))
    say("m@example.org", "verified", "C2")
    before = states("C1"), states("C2"), told(person("C1"))["identities"]

    step = join(person("C1"), person("C2"), **WAY)
    assert states("C1") == states("C2") == {"m@example.org": {"preferred", "verified"}}
    say(SECOND, "bounced", "C2")
    undo(step, **WAY)

    assert (before[0] | {SECOND: {"bounced"}}, before[1]) == (states("C1"), states("C2"))


def test_what_a_household_shares_is_told_of_whose_page_it_was_said_on(client_of, anna):
    home = ("email", "home@example.org")
    tell(*(happened(each, "2026-04-01 10:00", name=each, links=[home]) for each in ("H1", "H2")))
    assert {"home@example.org": {"shared"}} == states("H1") == states("H2")
    say("home@example.org", "bounced", "H1")
    assert {"home@example.org": {"shared", "bounced"}} == states("H2")
    page = client_of(anna).get(address("H2")).text
    assert ("of a household" in page, "does not arrive" in page) == (True, True)
    assert [person("H1").pk] == list(
        Interaction.objects.filter(kind__name="contact.bounced").values_list("identity__person_id", flat=True)
    )
    assert Identity.objects.get(value="home@example.org").last_at is None

    tie = SamePerson.objects.get(
        b_id=max(number("H2"), number("home@example.org")), a_id=min(number("H2"), number("home@example.org"))
    )
    undo(tie, **WAY)  # it is not theirs
    assert person("H2").pk not in contacts_of([person("H2").pk])


def test_what_too_many_share_reaches_nobody():
    many = [f"D{each}" for each in range(HOUSEHOLD + 1)]
    tell(*(happened(each, "2026-04-01 10:00", links=[("email", "none@example.org")]) for each in many))
    assert {} == contacts_of([person(each).pk for each in many])


def test_many_cost_the_same_questions(django_assert_max_num_queries):
    for each in range(20):
        tell(
            happened(
                f"D{each}", "2026-04-01 10:00", links=[("email", f"d{each}@example.org"), ("phone", "+34600999999")]
            )
        )
    people = [person(each).pk for each in ("C1", *(f"D{each}" for each in range(20)))]
    say("d3@example.org", "verified", "D3")
    with django_assert_max_num_queries(6):
        found = contacts_of(people)
    assert 21 == len(found)


def test_programs_are_told():
    say(FIRST, "bounced")
    say(FIRST, "verified")
    assert [
        {"namespace": SHOP, "value": "C1", "state": []},
        {"namespace": "email", "value": FIRST, "state": ["bounced", "verified"]},
        {"namespace": "email", "value": SECOND, "state": []},
        {"namespace": "phone", "value": PHONE, "state": []},
    ] == told(person("C1"))["identities"]


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_a_card_names_the_preferred(version):
    say(SECOND, "preferred")
    say(PHONE, "preferred")
    (card,) = cards_of([person("C1")])
    text = write_card(card, version=version)
    wanted = {
        "3.0": (f"EMAIL;TYPE=pref:{SECOND}\r\nEMAIL:{FIRST}\r\n", f"TEL;TYPE=pref:{PHONE}\r\n"),
        "4.0": (f"EMAIL;PREF=1:{SECOND}\r\nEMAIL:{FIRST}\r\n", f"TEL;VALUE=uri;PREF=1:tel:{PHONE}\r\n"),
    }[version]
    assert [True, True] == [line in text for line in wanted]
    (found,) = read_cards([text.encode()])
    assert ((SECOND, FIRST), (PHONE,)) == (found.card.emails, found.card.phones)


def test_it_leaves_with_the_person_and_is_given_to_them():
    tell(happened("C2", "2026-03-31 22:30", links=[("email", "joan@example.org")]))
    say("joan@example.org", "verified", "C2")
    lift_contact(person("C1"), say(FIRST, "bounced"), **WAY)
    say(PHONE, "do_not_use")
    file = io.BytesIO()
    give_everything(person("C1"), file, language="en", **WAY)
    with zipfile.ZipFile(file) as archive:
        kept = {each["name"]: each["rows"] for each in json.loads(archive.read("person.json"))["kept"]}
    assert [("bounced", FIRST, "does not arrive", True), ("do_not_use", PHONE, "do not use", False)] == [
        (row["kind"], row["contact"], row["what"], row["until"] is not None) for row in kept["contact_marks"]
    ]

    certificate = erase(person("C1"), **WAY)
    assert (2, [number("joan@example.org")]) == (
        certificate["removed"]["contact_marks"], list(ContactMark.objects.values_list("identity_id", flat=True)),
    )  # fmt: skip


def test_what_is_said_already_or_is_nobody_s_is_refused():
    say(FIRST, "verified")
    with pytest.raises(Refused):
        say(FIRST, "verified")
    with pytest.raises(Refused):
        unmark_contact(person("C1"), number(SECOND), State.VERIFIED, **WAY)
    with pytest.raises(NotFound):
        say("C1", "verified")
