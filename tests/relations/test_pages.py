"""What a person's page shows of their relations, adding them, ending and taking them back, who may."""

from datetime import date
from urllib.parse import quote

import pytest
from django.urls import reverse

from people.telling import address, person
from relations.relating import WAY, merge, met, organisation, relate, seen, who, works
from vincle.apps.people.facade import undo
from vincle.apps.relations import facade
from vincle.apps.relations.models import Organisation, Relation

pytestmark = pytest.mark.django_db

NOBODY = "019a9d6e-0000-7000-8000-000000000000"


@pytest.fixture(autouse=True)
def _family(db):
    met(C1="Mercè Roca", C2="Pau Roca", C3="Joan Serra")


def near(number: str, *further: str) -> str:
    return address(number, "relations", *further)


def test_the_person_s_page_asks_for_the_card(client_of, ramon):
    assert f'hx-get="{near("C1", "card")}"' in client_of(ramon).get(address("C1")).text


def test_an_empty_card_teaches_and_offers_to_add_to_who_may(client_of, anna, ramon):
    first, second = (client_of(user).get(near("C1", "card")).text for user in (anna, ramon))
    assert (True, True) == ("Nobody yet" in first, near("C1", "new") in first)
    assert (True, False) == ("Nobody yet" in second, near("C1", "new") in second)


def test_the_drawing_is_a_list_of_links_that_say_all_of_it(client_of, ramon):
    relate("C1", "parent", "C2")
    works("C1", "Coop. Ter", role="buyer", since=date(2021, 3, 1))

    card = client_of(ramon).get(near("C1", "card")).text
    assert f'href="{address("C2")}" class="tie" aria-label="parent of Pau Roca"' in card
    assert 'aria-label="works at Coop. Ter, buyer, since 1 Mar 2021"' in card
    assert 'role="list" aria-label="Who Mercè Roca relates to"' in card
    assert " style=" not in card


def test_at_most_eight_are_drawn_and_the_others_are_counted(client_of, ramon):
    for number in range(11):
        works("C1", f"Place {number:02d}", "member")

    card = client_of(ramon).get(near("C1", "card")).text
    assert (8, True) == (card.count('role="listitem"'), "All 11 relations" in card)


def test_the_card_costs_the_same_however_many_there_are(client_of, anna, django_assert_max_num_queries):
    for number in range(12):
        works("C1", f"Place {number:02d}", "member")
    client = client_of(anna)
    client.get(near("C1", "card"))
    with django_assert_max_num_queries(24):
        client.get(near("C1", "card"))


def test_the_page_costs_the_same_however_many_there_are(client_of, anna, django_assert_max_num_queries):
    met(**{f"D{number}": f"Somebody {number}" for number in range(10)})
    for number in range(10):
        relate("C1", "friend", f"D{number}")
        works(f"D{number}", f"Place {number % 3}")
    client = client_of(anna)
    client.get(near("C1"))
    with django_assert_max_num_queries(24):
        page = client.get(near("C1"))
    assert "Somebody 9" in page.text
    assert "Place 2" in page.text


def test_the_second_step_shows_who_is_beyond_each(client_of, ramon):
    relate("C1", "partner", "C2")
    relate("C2", "sibling", "C3")
    assert 'aria-label="Pau Roca sibling of Joan Serra"' in client_of(ramon).get(near("C1")).text


def test_a_person_is_found_and_related_and_it_can_be_undone(client_of, anna):
    client = client_of(anna)
    found = client.get(near("C1", "find"), {"whom": "pau", "kind": "parent"}).text
    assert f'value="person:{person("C2").uid}"' in found
    assert "new:" not in found  # nobody is the parent of an organisation

    page = client.post(
        near("C1", "new"), {"kind": "parent", "other": f"person:{person('C2').uid}", "since": "2012-04-01"}, follow=True
    )
    relation = Relation.objects.get()
    undoing = reverse("relations:withdraw", args=[relation.uid])
    assert (["parent of Pau Roca"], True) == (seen("C1"), undoing in page.text)
    page = client.post(undoing, follow=True)
    assert ([], True) == (seen("C1"), reverse("relations:restore", args=[relation.uid]) in page.text)
    client.post(reverse("relations:restore", args=[relation.uid]))
    assert ["parent of Pau Roca"] == seen("C1")


def test_it_is_said_from_the_other_end(client_of, anna):
    client_of(anna).post(near("C2", "new"), {"kind": "parent:back", "other": f"person:{person('C1').uid}"})
    assert ["parent of Pau Roca"] == seen("C1")


def test_an_organisation_is_made_in_the_same_step_and_found_whatever_its_accents(client_of, anna):
    client = client_of(anna)
    found = client.get(near("C1", "find"), {"whom": "Forn Núria", "kind": "works_at"}).text
    assert 'value="new:Forn Núria"' in found
    client.post(near("C1", "new"), {"kind": "works_at", "other": "new:Forn Núria", "role": "baker"})
    assert ["works at Forn Núria"] == seen("C1")
    found = client.get(near("C2", "find"), {"whom": "forn nuria", "kind": "works_at"}).text
    assert (True, False) == (f"organisation:{Organisation.objects.get().uid}" in found, "new:" in found)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "parent"}, "Choose who it is first"),
        ({"kind": "parent", "other": f"person:{NOBODY}"}, "Choose who it is first"),
        ({"kind": "parent", "other": "person:pau"}, "Choose who it is first"),
        ({"kind": "works_at", "other": "new: "}, "Choose who it is first"),
        ({"kind": "parent", "other": "new:Coop"}, "cannot relate in this way"),
        ({"kind": "parent:back", "other": "new:Coop"}, "Choose who it is first"),
        ({"kind": "works_at", "other": "new:!!"}, "Give the organisation a name"),
        ({"kind": "works_at", "other": "new:Coop", "since": "2020-01-02", "until": "2020-01-01"}, "before it began"),
        ({"kind": "nemesis", "other": "new:Coop"}, "not one of the available choices"),
        ({"kind": "works_at", "other": "new:Coop", "since": "yesterday"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(client_of, anna, said, words):
    page = client_of(anna).post(near("C1", "new"), said)
    assert (200, True) == (page.status_code, words in page.text)
    assert (0, 0) == (Relation.objects.count(), Organisation.objects.count())


def test_what_is_typed_is_only_text(client_of, anna):
    evil = '"><script>alert(1)</script>'
    assert "<script>alert" not in client_of(anna).get(f"{near('C1', 'find')}?kind=works_at&whom={quote(evil)}").text
    assert 200 == client_of(anna).get(f"{near('C1', 'find')}?whom=%00%00&kind=%00").status_code


def test_it_ends_on_a_day_and_goes_on_again(client_of, anna):
    relation = works("C1", "Coop. Ter")
    client = client_of(anna)
    back = {"seen_from": str(person("C1").uid)}
    page = client.post(reverse("relations:end", args=[relation.uid]), {"on": "2026-10-31"} | back, follow=True)
    assert "until 31 Oct 2026" in page.text
    client.post(reverse("relations:reopen", args=[relation.uid]))
    assert [None] == [each.ended for each in facade.related(who("C1"))]
    assert 400 == client.post(reverse("relations:end", args=[relation.uid]), {"on": "2999-01-01"}).status_code
    assert 400 == client.post(reverse("relations:end", args=[relation.uid]), {"on": "soon"}).status_code


def test_one_is_led_back_to_a_person_only(client_of, anna):
    relation = relate("C1", "friend", "C2")
    elsewhere = {"seen_from": "https://evil.example.org/"}
    page = client_of(anna).post(reverse("relations:withdraw", args=[relation.uid]), elsewhere)
    assert near("C1") == page.url


@pytest.mark.parametrize("verb", ["end", "reopen", "withdraw", "restore"])
def test_a_relation_that_is_none_is_not_found(client_of, anna, verb):
    assert 404 == client_of(anna).post(reverse(f"relations:{verb}", args=[NOBODY]), {"on": "2026-01-01"}).status_code


@pytest.mark.parametrize("user", ["ramon", "outsider"])
def test_who_may_not_changes_nothing(client_of, request, user):
    relation = relate("C1", "friend", "C2")
    client = client_of(request.getfixturevalue(user))
    asked = [reverse(f"relations:{verb}", args=[relation.uid]) for verb in ("end", "reopen", "withdraw", "restore")]
    asked += [near("C1", "new"), address("C1", "household")]
    assert {403} == {client.post(each, {"on": "2026-01-01"}).status_code for each in asked}
    assert ["friend of Pau Roca"] == seen("C1")


def test_the_address_of_who_is_part_of_somebody_else_leads_to_all_of_it(client_of, ramon):
    relate("C2", "friend", "C3")
    there = near("C2")
    step = merge("C1", "C2")
    assert "Joan Serra" in client_of(ramon).get(there).text
    undo(step, **WAY)
    assert "Joan Serra" not in client_of(ramon).get(near("C1")).text


def test_an_organisation_put_away_is_not_offered(client_of, anna):
    coop = organisation("Coop. Ter")
    facade.archive_organisation(coop, **WAY)
    assert f"organisation:{coop.uid}" not in client_of(anna).get(near("C1", "find"), {"whom": "coop"}).text
