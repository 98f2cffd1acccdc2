"""Relations leave with whoever leaves, from both ends, and are given to them without saying who others are."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from people.telling import happened, person, tell
from relations.relating import WAY, merge, met, organisation, relate, seen, who, works
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.facade import erase
from vincle.apps.people.privacy.giving import give_everything
from vincle.apps.relations import facade
from vincle.apps.relations.actions.households import no_household
from vincle.apps.relations.models import NoHousehold, Organisation, OrganisationChange, Relation, SameOrganisation
from vincle.flow.models import Interaction

pytestmark = pytest.mark.django_db


def given(number: str) -> dict[str, bytes]:
    file = io.BytesIO()
    give_everything(person(number), file, language="en", **WAY)
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(autouse=True)
def _family(db):
    met(C1="Mercè Roca", C2="Pau Rovira", C3="Joan Serra")
    relate("C1", "parent", "C2")
    relate("C3", "friend", "C1")
    relate("C2", "friend", "C3")
    works("C1", "Coop. Ter", role="buyer")
    no_household(who("C1"), [who("C3")], **WAY)


def test_what_is_said_of_them_goes_from_both_ends_and_others_keep_theirs():
    certificate = erase(person("C1"), **WAY)
    removed = certificate["removed"]
    assert (2, 1, 1) == (removed["relations"], removed["relations_of_others"], removed["no_households"])
    assert (["friend of Joan Serra"], 1, 0) == (seen("C2"), Relation.objects.count(), NoHousehold.objects.count())
    assert ["Coop. Ter"] == list(Organisation.objects.values_list("name", flat=True))


def test_nothing_that_stays_says_who_they_were():
    uid = str(person("C1").uid)
    erase(person("C1"), **WAY)
    kept = json.dumps(list(Interaction.objects.values_list("properties", flat=True)), default=str)
    said = json.dumps(list(AuditEntry.objects.values_list("summary", "details")), default=str)
    assert ("Mercè Roca" in kept, uid in kept, "Mercè Roca" in said) == (False, False, False)


def test_whoever_had_become_part_of_them_goes_too():
    merge("C1", "C2")
    erase(person("C1"), **WAY)
    assert (0, []) == (Relation.objects.count(), seen("C3"))


def test_they_are_told_how_they_relate_and_not_to_whom():
    files = given("C1")
    kept = {
        each["name"]: each["rows"]
        for each in json.loads(next(v for k, v in files.items() if k.endswith(".json")))["kept"]
    }
    assert [("parent of", "somebody else"), ("works at", "Coop. Ter")] == [
        (each["relation"], each["to"]) for each in kept["relations"]
    ]
    assert [("friend of", "somebody else")] == [(each["relation"], each["to"]) for each in kept["relations_of_others"]]
    assert 1 == len(kept["no_households"])
    for content in files.values():
        for other in ("Rovira", "Joan Serra", str(person("C2").uid)):
            assert other.encode() not in content


def test_the_other_end_is_told_in_its_own_words():
    kept = json.loads(next(value for name, value in given("C2").items() if name.endswith(".json")))["kept"]
    rows = {each["name"]: each["rows"] for each in kept}
    assert ["child of"] == [each["relation"] for each in rows["relations_of_others"]]


def test_words_of_others_that_name_them_are_said_and_history_names_them_no_more():
    coop, forn = organisation("Coop. Ter", notes="Nothing"), organisation("Forn Nou")
    for notes in ("Ask for MERCÈ ROCA", "Write to Merce@Example.org", "Ask for Pau"):
        facade.change_organisation(coop, facade.Described("Coop. Ter", notes=notes), **WAY)
    facade.change_organisation(forn, facade.Described("Forn Nou", address="c/o Mercè Roca, Girona"), **WAY)
    facade.join_organisations(coop, forn, reason="So says merce@example.org", **WAY)
    works("C2", "Forn Nou", role="assistant of Mercè Roca, and of joanmerce@example.org" + " x" * 30)
    tell(happened("C1", "2026-04-01 10:00", links=[("email", "merce@example.org")]))
    uid = str(person("C1").uid)

    certificate = erase(person("C1"), **WAY)

    (named,) = [each for each in certificate["remains"] if each["what"] == "named"]
    assert ([reverse("relations:organisation", args=[forn.uid])], False) == (
        list(named["where"]),
        certificate["verified"],
    )
    history = [change.details["notes"] for change in OrganisationChange.objects.filter(details__has_key="notes")]
    assert [
        ["Nothing", f"Ask for {uid}"], [f"Ask for {uid}", f"Write to {uid}"], [f"Write to {uid}", "Ask for Pau"],
    ] == history  # fmt: skip
    assert ["c/o Mercè Roca, Girona", f"So says {uid}"] == [
        Organisation.objects.get(pk=forn.pk).address, SameOrganisation.objects.get().reason,
    ]  # fmt: skip
    role = Relation.objects.exclude(organisation=None).get().role
    assert (True, 120) == (role.startswith(f"assistant of {uid}, and of joanmerce@example.org x"), len(role))
    assert 6 == certificate["removed"]["texts_rewritten"]


@pytest.mark.parametrize("name", ["Mercè", "Joan Roca"])
def test_words_that_may_mean_somebody_else_are_left(name):
    tell(happened("C9", "2026-04-01 10:00", name="Mercè"))
    works("C3", "Coop. Ter", role=f"friend of {name} Serra")
    certificate = erase(person("C9"), **WAY)
    role = Relation.objects.get(organisation__name="Coop. Ter", from_identity=who("C3").number).role
    assert (0, f"friend of {name} Serra") == (certificate["removed"]["texts_rewritten"], role)
    assert [] == [each for each in certificate["remains"] if each["what"] == "named"]


def test_the_certificate_leads_to_where_they_are_named(client_of, olga):
    shop = organisation("Forn Nou", notes="Ask for Mercè Roca")
    uid = person("C1").uid
    erase(person("C1"), **WAY)
    assert (
        f'href="{reverse("relations:organisation", args=[shop.uid])}"'
        in client_of(olga).get(reverse("people:erased", args=[uid])).content.decode()
    )
