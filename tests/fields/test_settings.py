"""The settings where a lead says which fields there are."""

import pytest

from fields.asking import HTMX, a_field, save
from people.telling import address, happened, tell
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.fields import facade
from vincle.apps.fields.models import CustomField
from vincle.kernel.errors import BadInput

pytestmark = pytest.mark.django_db

NEW = {"type": "one", "label_ca": "Talla", "options": " S \r\nM\r\n\r\nS", "help": "De la samarreta"}


def test_a_field_is_made_and_stands_on_everybodys_page(client_of, marta, anna):
    tell(happened("C1", "2026-03-01 10:00"))
    client_of(marta).post("/settings/fields/new/", NEW)

    field = CustomField.objects.get()
    assert ("talla", "one", ["S", "M"], {"en": "", "ca": "Talla", "es": ""}) == (
        field.slug, field.type, field.options, field.labels,
    )  # fmt: skip
    assert "Talla" in client_of(anna).get(address("C1", "fields")).text
    assert ("Marta Vidal", "talla", "Talla") == tuple(
        AuditEntry.objects.filter(action="field.made").values_list("actor_name", "object_uid", "summary").get()
    )


@pytest.mark.parametrize(
    "said",
    [
        {"type": "text"}, {"type": "poem", "label_en": "X"}, {"type": "one", "label_en": "X"},
        {"type": "text", "label_en": "x" * 81}, {"type": "several", "label_en": "X", "options": "\n \n"},
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_is_said_on_its_form(client_of, olga, said):
    answer = client_of(olga).post("/settings/fields/new/", said)

    assert (200, True, 0) == (answer.status_code, bool(answer.context["form"].errors), CustomField.objects.count())


@pytest.mark.parametrize(
    ("labels", "slugs"),
    [(["Size", "Size"], ["size", "size-2"]), (["New"], ["new-2"]), (["Roles"], ["roles-2"]), (["?!"], ["field"])],
)
def test_every_field_has_an_address_of_its_own(labels, slugs):
    assert slugs == [a_field(label).slug for label in labels]


def test_a_field_is_changed_and_its_type_stays(client_of, olga):
    a_field("Size", "one", options=["S"])
    client_of(olga).post(
        "/settings/fields/size/",
        {"label_en": "Shirt size", "options": "S\nM", "sensitive": "on", "type": "number", "slug": "x"},
    )

    field = CustomField.objects.get()
    assert ("size", "one", "Shirt size", ["S", "M"], True) == (
        field.slug, field.type, field.labels["en"], field.options, field.sensitive,
    )  # fmt: skip


def test_fields_are_put_in_order(client_of, olga):
    for label in ("A", "B", "C"):
        a_field(label)
    client = client_of(olga)
    client.post("/settings/fields/c/move/", {"to": "up"})
    client.post("/settings/fields/a/move/", {"to": "down"})
    client.post("/settings/fields/c/move/", {"to": "up"})

    assert ["c", "a", "b"] == [field.slug for field, _label, _type in client.get("/settings/fields/").context["own"]]


def test_archived_nothing_is_lost_and_it_comes_back(client_of, olga):
    tell(happened("C1", "2026-03-01 10:00"))
    a_field()
    client = client_of(olga)
    save(client, "field:allergies", "Nuts")

    client.post("/settings/fields/allergies/archive/")
    hidden = "Nuts" in client.get(address("C1", "fields")).text
    refused = save(client, "field:allergies", "Eggs").status_code
    client.post("/settings/fields/allergies/restore/")

    assert (False, 404, True) == (hidden, refused, "Nuts" in client.get(address("C1", "fields")).text)


def test_other_rooms_are_told_what_is_sensitive_and_what_fields_are_called(client_of, olga):
    a_field("Diagnosis", sensitive=True)
    a_field("Size")
    client_of(olga).post("/settings/fields/diagnosis/archive/")

    assert frozenset({"field:diagnosis"}) == facade.sensitive_names()
    assert ("Diagnosis", "Size", "Who they are for us") == tuple(
        facade.labels()[name] for name in ("field:diagnosis", "field:size", "field:roles")
    )


def test_who_may_do_what(cast, client_of):
    a_field()
    paths = ["/settings/fields/", "/settings/fields/new/", "/settings/fields/allergies/"]
    looks = {who: [client_of(user).get(path).status_code for path in paths] for who, user in cast.members.items()}

    assert {"olga": [200] * 3, "marta": [200] * 3, "ramon": [200, 403, 403]} == {
        who: found for who, found in looks.items() if found != [403] * 3
    }
    for verb in ("move", "archive", "restore"):
        assert 403 == client_of(cast.members["anna"]).post(f"/settings/fields/allergies/{verb}/").status_code


def test_a_field_that_is_none_is_not_found(client_of, olga):
    client = client_of(olga)
    assert 404 == client.get("/settings/fields/nothing/").status_code
    assert [404] * 3 == [
        client.post(f"/settings/fields/nothing/{verb}/").status_code for verb in ("move", "archive", "restore")
    ]


def test_there_are_not_endlessly_many(monkeypatch):
    monkeypatch.setattr("vincle.apps.fields.actions.MOST_FIELDS", 1)
    a_field()
    with pytest.raises(BadInput):
        a_field("Another")


def test_the_list_costs_the_same_however_many_fields(client_of, olga, django_assert_max_num_queries):
    for number in range(15):
        a_field(f"Field {number}")
    client = client_of(olga)
    with django_assert_max_num_queries(8):
        assert 15 == len(client.get("/settings/fields/", headers=HTMX).context["own"])


def test_an_empty_list_teaches(client_of, olga):
    assert "No fields of your own yet" in client_of(olga).get("/settings/fields/").text
