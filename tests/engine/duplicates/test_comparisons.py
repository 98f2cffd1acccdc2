"""Each comparison says how alike two values are, and says the same whichever comes first."""

import pytest

from engine.duplicates.cast import levels

CASES = [
    ("given name", {"given_name": "Núria"}, {"given_name": "NURIA "}, "the same"),
    ("given name", {"given_name": "Marta"}, {"given_name": "Matra"}, "nearly the same"),
    ("given name", {"given_name": "Montserrat"}, {"given_name": "M."}, "a part or the initial of it"),
    ("given name", {"given_name": "Maria"}, {"given_name": "Maria del Mar"}, "a part or the initial of it"),
    ("given name", {"given_name": "Marta"}, {"given_name": "Maria"}, "nearly the same"),
    ("given name", {"given_name": "Joan"}, {"given_name": "Emma"}, "differs"),
    ("family name", {"family_name": "O'Brien-Núñez"}, {"family_name": "obrien nunez"}, "the same"),
    ("family name", {"family_name": "Domènech"}, {"family_name": "Domenec"}, "nearly the same"),
    ("family name", {"family_name": "Garcia López"}, {"family_name": "Garcia"}, "a part or the initial of it"),
    ("family name", {"family_name": "Roca Castellanos"}, {"family_name": "Roca"}, "a part or the initial of it"),
    ("birth date", {"dob": "1980-03-07"}, {"dob": "07/03/1980"}, "the same"),
    ("birth date", {"dob": "19800307"}, {"dob": "1980-03-07 00:00:00"}, "the same"),
    ("birth date", {"dob": "1980-03-07"}, {"dob": "1980-07-03"}, "one slip away, or day and month swapped"),
    ("birth date", {"dob": "1980-03-07"}, {"dob": "1980-03-17"}, "one slip away, or day and month swapped"),
    ("birth date", {"dob": "1980-03-07"}, {"dob": "1980"}, "the same year"),
    ("birth date", {"dob": "1980-03-07"}, {"dob": "1971-11-24"}, "differs"),
    ("e-mail", {"email": "Anna.Roca@Example.net"}, {"email": "anna.roca@example.net"}, "the same"),
    ("e-mail", {"email": "anna.roca@example.net"}, {"email": "anna.roca@example.com"}, "the same before the @"),
    ("e-mail", {"email": "anna.roca@example.net"}, {"email": "ana.roca@example.net"}, "nearly the same"),
    ("e-mail", {"email": "anna.roca12@example.net"}, {"email": "anna.roca13@example.net"}, "differs"),
    ("phone", {"phone": "+34 972 20 11 45"}, {"phone": "972201145"}, "the same"),
    ("phone", {"phone": "0034972201145"}, {"phone": "(972) 20-11-45"}, "the same"),
    ("phone", {"phone": "972201145"}, {"phone": "972201154"}, "one slip away"),
    ("phone", {"phone": "972201145"}, {"phone": "630778819"}, "differs"),
    ("document", {"dni": "40321955-K"}, {"dni": "40321955k"}, "the same"),
    ("document", {"dni": "40321955K"}, {"dni": "40321995K"}, "one slip away"),
    ("town", {"town": "L’Escala"}, {"town": "lescala"}, "the same"),
    ("town", {"town": "Figueres"}, {"town": "Figuers"}, "nearly the same"),
    ("postcode", {"postcode": "17001"}, {"postcode": "17010"}, "one slip away"),
    ("postcode", {"postcode": "17001"}, {"postcode": "17864"}, "the same area"),
    ("region", {"state": "nsw"}, {"state": "NSW"}, "the same"),
    ("street", {"street": "C/ Major, 12"}, {"street": "carrer major 12"}, "the same"),
    ("street", {"street": "C/ Rutlla"}, {"street": "C/ Rutla"}, "nearly the same"),
    ("house number", {"street": "C/ Major, 12, 3r 2a"}, {"street": "carrer major 12"}, "the same"),
    ("house number", {"street": "C/ Major, 12"}, {"street": "C/ Major, 21"}, "one slip away"),
    ("gender", {"gender": "Dona"}, {"gender": "F"}, "the same"),
    ("gender", {"gender": "Home"}, {"gender": "F"}, "differs"),
]


@pytest.mark.parametrize(("what", "first", "second", "expected"), CASES)
def test_two_values_are_told_alike_the_same_way_round_and_the_other(what, first, second, expected):
    beside = {"surname": "Roca", "zip": "17001"}
    if "family_name" in first:
        beside = {"zip": "17001", "city": "Olot"}
    if "postcode" in first:
        beside = {"surname": "Roca"}
    assert expected == levels(first | beside, second | beside)[what]
    assert expected == levels(second | beside, first | beside)[what]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"given_name": "Anna", "family_name": "Roca"}, {"given_name": "Roca", "family_name": "Anna"}),
        ({"given_name": "Anna", "family_name": "Roca"}, {"given_name": "Rocca", "family_name": "Anna"}),
        ({"name": "Anna Roca Vila"}, {"name": "Roca Vila Anna"}),
    ],
)
def test_swapped_names_count_once(first, second):
    for one, other in ((first, second), (second, first)):
        told = levels(one | {"town": "Olot"}, other | {"town": "Olot"})
        assert "given and family name swapped" == told["given name"]
        assert "family name" not in told


def test_a_comma_says_that_the_family_name_comes_first():
    told = levels({"name": "Roca Vila, Anna", "town": "Olot"}, {"name": "Anna Roca Vila", "town": "Olot"})
    assert ("the same", "the same") == (told["given name"], told["family name"])


def test_swapped_lines_of_an_address_count_once():
    told = levels(
        {"address_1": "gundulu place", "address_2": "curringa"}, {"address_1": "curringa", "address_2": "gundulu place"}
    )
    assert "the lines of the address swapped" == told["street"]
    assert "second line of the address" not in told


def test_one_of_several_phones_is_enough():
    told = levels({"phone": "972201145", "mobile": "630778819"}, {"phone": "630778819", "mobile": None})
    assert "the same" == told["phone"]


@pytest.mark.parametrize(
    ("name", "filling"),
    [
        ("given_name", "Unknown"), ("given_name", " n/a "), ("given_name", "desconegut"), ("email", "test@test.com"),
        ("email", "noemail@gmail.com"), ("email", "none"), ("phone", "000000000"), ("phone", "123456789"),
        ("phone", "n/a"), ("dob", "1900-01-01"), ("dob", "unknown"), ("dni", "00000000"), ("town", "?"), ("town", ""),
    ],
)  # fmt: skip
def test_what_only_fills_a_field_is_not_compared(name, filling):
    row = {name: filling, "surname": "Roca", "zip": "17001"}
    assert {"family name": "the same", "postcode": "the same"} == levels(row, row)


def test_the_months_place_in_a_date_follows_from_the_column():
    row = {"surname": "Roca"}
    assert "the same" == levels(row | {"dob": "03/27/1980"}, row | {"dob": "03/27/1980"})["birth date"]
    assert "the same year" == levels(row | {"dob": "03/27/1980"}, row | {"dob": "11/02/1980"})["birth date"]
