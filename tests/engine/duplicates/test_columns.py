"""Columns are told by their names in three languages, e-mails by what is in them."""

import pytest

from vincle.engine.duplicates.columns import guess


def roles(*names: str, **samples: list[str | None]) -> dict[str, str]:
    return {column.name: column.role for column in guess(["id", *names], samples, id="id")}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["given_name", "surname", "date_of_birth"], ["given", "family", "birth"]),
        (["Nom", "Cognoms", "Data de naixement"], ["given", "family", "birth"]),
        (["nombre", "apellidos", "fecha_nacimiento", "DNI"], ["given", "family", "birth", "document"]),
        (["Full Name", "E-mail", "Phone number"], ["name", "email", "phone"]),
        (["address_1", "address_2", "suburb", "postcode"], ["street", "line2", "town", "postcode"]),
        (["street_number", "address", "city", "state"], ["number", "street", "town", "region"]),
        (["phone", "mobile"], ["phone", "phone"]),
        (["customer name", "zip code"], ["name", "postcode"]),
    ],
)
def test_columns_are_told_by_their_names(names, expected):
    assert dict(zip(names, expected, strict=True)) == roles(*names)


def test_columns_of_others_and_of_something_else_are_left_alone():
    assert {"name": "name", "town": "town"} == roles("name", "company name", "notes", "balance", "staff email", "town")


def test_addresses_are_told_by_what_is_in_them():
    assert "email" == roles("name", "contacte_2", contacte_2=["a@b.cat", None, "c@d.cat"])["contacte_2"]


def test_the_order_of_columns_does_not_matter():
    names = ["address_1", "address_2", "billing city", "city", "name"]
    assert guess(["id", *names], {}, id="id") == guess([*reversed(names), "id"], {}, id="id")
