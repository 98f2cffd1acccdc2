"""Which relations there are: those of the catalogue, other words for them, own ones, those put away."""

import pytest
from django.utils import translation

from relations.relating import met, relate, seen
from vincle.apps.relations.catalogue import LANGUAGES, builtin
from vincle.apps.relations.models import RelationKind
from vincle.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
KINDS = "/relations/kinds/"
GODPARENT = {"between": "people", "en_there": "godparent of", "en_back": "godchild of"}


def test_the_catalogue_names_both_directions_in_every_language():
    for kind in builtin().values():
        assert (set(LANGUAGES), True) == (set(kind.labels), all(all(words) for words in kind.labels.values())), (
            kind.name
        )
        assert kind.symmetric == (kind.labels["en"][0] == kind.labels["en"][1]), kind.name


def test_a_lead_adds_one_with_words_in_one_language(client_of, marta):
    met(C1="Mercè Roca", C2="Pau Roca")
    client_of(marta).post(f"{KINDS}new/", GODPARENT)
    relate("C1", "godparent_of", "C2")
    with translation.override("ca"):
        assert (["godparent of Pau Roca"], ["godchild of Mercè Roca"]) == (seen("C1"), seen("C2"))


@pytest.mark.parametrize(
    "said",
    [
        {"between": "people"},
        GODPARENT | {"en_back": ""},
        GODPARENT | {"between": "planets"},
        GODPARENT | {"between": "organisation", "symmetric": "on"},
        GODPARENT | {"en_there": "x" * 61},
    ],
)
def test_what_cannot_be_is_said(client_of, marta, said):
    page = client_of(marta).post(f"{KINDS}new/", said)
    assert (200, 0) == (page.status_code, RelationKind.objects.count())


def test_the_same_name_twice_is_two_kinds(client_of, marta):
    for _time in range(2):
        client_of(marta).post(f"{KINDS}new/", GODPARENT)
    assert ["godparent_of", "godparent_of_2"] == list(
        RelationKind.objects.order_by("pk").values_list("name", flat=True)
    )


def test_words_that_are_no_words_still_have_an_address(client_of, marta):
    for words in ("new", "母"):
        client_of(marta).post(f"{KINDS}new/", GODPARENT | {"en_there": words})
    assert ["new_2", "relation"] == list(RelationKind.objects.order_by("pk").values_list("name", flat=True))


def test_other_words_are_used_from_then_on(client_of, marta):
    met(C1="Mercè Roca", C2="Pau Roca")
    relate("C1", "parent", "C2")
    said = {
        f"{language}_{end}": words for language in LANGUAGES for end, words in (("there", "mum of"), ("back", "kid of"))
    }
    client_of(marta).post(f"{KINDS}parent/", said)
    assert (["mum of Pau Roca"], ["kid of Mercè Roca"]) == (seen("C1"), seen("C2"))


def test_one_put_away_is_offered_no_more_and_what_was_said_stays(client_of, marta):
    met(C1="Mercè Roca", C2="Pau Roca", C3="Joan Serra")
    relate("C1", "friend", "C2")
    client = client_of(marta)
    page = client.post(f"{KINDS}friend/archive/", follow=True)
    assert f"{KINDS}friend/back/" in page.text
    with pytest.raises(BadInput):
        relate("C1", "friend", "C3")
    assert ["friend of Pau Roca"] == seen("C1")
    client.post(f"{KINDS}friend/back/")
    relate("C1", "friend", "C3")
    assert 403 == client.post(f"{KINDS}friend/back/").status_code


def test_only_leads_change_them(client_of, anna, ramon):
    for user in (anna, ramon):
        client = client_of(user)
        assert (200, 403) == (client.get(f"{KINDS}parent/").status_code, client.post(f"{KINDS}parent/").status_code)
        assert {403} == {
            client.post(f"{KINDS}{each}").status_code for each in ("new/", "friend/archive/", "friend/back/")
        }
    assert 404 == client_of(anna).get(f"{KINDS}nemesis/").status_code


def test_a_kind_that_went_with_its_table_still_shows_by_its_name(client_of, marta):
    met(C1="Mercè Roca", C2="Pau Roca")
    client_of(marta).post(f"{KINDS}new/", GODPARENT)
    relate("C1", "godparent_of", "C2")
    RelationKind.objects.all().delete()
    assert ["godparent_of Pau Roca"] == seen("C1")
