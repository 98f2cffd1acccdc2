"""Files of people, whoever wrote them: told by what their columns are called; two who share a telephone stay two."""

from pathlib import Path

import pytest

from engine.tabular.files import Write
from vincle.engine.tabular import Guess, Mapping, guess, open_file, shape
from vincle.engine.tabular.mapping import What, Who
from vincle.kernel.errors import BadInput

LISTS = {path.stem: path for path in sorted((Path(__file__).parent / "lists").glob("*.csv"))}


def guessed(path: Path) -> Guess:
    return guess(open_file(path), country="ES", timezone="Europe/Madrid")


def shaped(path: Path, mapping: Mapping) -> tuple[dict[int, dict[str, str]], dict[int, set[tuple[str, str]]]]:
    """What each row says of its person, and by what it names them."""
    told: dict[int, dict[str, str]] = {}
    named: dict[int, set[tuple[str, str]]] = {}
    for chunk in shape(open_file(path), mapping):
        assert [] == chunk.rejects.to_pylist()
        for row in chunk.interactions.to_pylist():
            named[row["row"]] = {(row["namespace"], row["identity"])}
        for row in chunk.links.to_pylist():
            named[row["row"]].add((row["namespace"], row["identity"]))
        for row in chunk.observations.to_pylist():
            told.setdefault(row["row"], {})[row["name"]] = row["value"]
    return told, named


@pytest.mark.parametrize("name", LISTS)
def test_lists_of_every_program_are_understood(name: str) -> None:
    path = LISTS[name]
    found = guessed(path)
    assert ("people", What(kind="person.identified")) == (found.mapping.rows, found.mapping.what)
    assert found.questions[0].text.startswith("This is a list of people: nothing that happened is in it.")
    assert not any(question.needed for question in found.questions)
    told, named = shaped(path, found.mapping)
    assert {("email", "merce@example.org"), ("phone", "+34600111222")} <= named[2]
    assert {("email", "joan@example.org"), ("phone", "+34600111333")} <= named[3]
    names = {told[2]["name"].removeprefix("Sra. "), told[3]["name"].removeprefix("Sr. ")}
    assert names in ({"Mercè Roca", "Joan Ferrer"}, {"Mercè Roca Puig", "Joan Ferrer Mas"})


SAID = {
    "google": {"company": "Acme", "job_title": "Baker", "birthday": "1970-04-12", "notes": "hello", "town": "Girona",
        "tags": "* myContacts, Friends", "address": "Carrer Nou 5", "postcode": "17001", "country": "ES",
        "website": "https://example.org"},
    "outlook": {"name_prefix": "Sra.", "job_title": "Baker", "address": "Gran 1", "address_2": "Carrer Nou 5",
        "town": "Salt", "town_2": "Girona", "postcode": "17001", "country": "Spain", "business_fax": "972 20 00 00"},
    "hubspot": {"company": "Acme", "job_title": "Baker", "lead_status": "New", "contact_owner": "Anna",
        "postcode": "17001", "country": "Spain"},
    "mailchimp": {"birthday": "04/12", "member_rating": "2", "country": "ES", "notes": "hello"},
    "odoo": {"company": "Acme", "job_title": "Baker", "address_line_2": "2n 1a", "language": "Catalan"},
    "socis": {"second_family_name": "Puig", "notes": "hola", "vi_preferit": "negre", "birthday": "12/04/1970"},
    "contactos": {"given_name": "Mercè", "family_name": "Roca", "job_title": "Panadera", "company": "Acme",
        "postcode": "17001"},
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_lists_say_is_known_of_the_person(name: str) -> None:
    path = LISTS[name]
    told, _named = shaped(path, guessed(path).mapping)
    assert SAID[name].items() <= told[2].items()
    assert "birthday" not in told[3]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("hubspot", "Last Modified Date (CET)"),
        ("mailchimp", "LAST_CHANGED"),
        ("odoo", "Last Updated on"),
        ("contactos", "Fecha de alta"),
        ("google", None),
    ],
)
def test_rows_are_dated_by_their_last_change(name: str, column: str | None) -> None:
    path = LISTS[name]
    when = guessed(path).mapping.when
    assert column == when.column
    assert when.moment is not None


@pytest.mark.parametrize(
    ("name", "namespace"),
    [("hubspot", "record_id"), ("mailchimp", "leid"), ("odoo", "external_id"), ("socis", "num_soci")],
)
def test_numbers_of_the_source_name_the_person(name: str, namespace: str) -> None:
    path = LISTS[name]
    found = guessed(path)
    assert namespace == found.mapping.who[0].namespace
    assert found.mapping.message_id is None


@pytest.mark.parametrize(
    "lines",
    [
        ("email,name,date,what", "a@example.org,Anna,2026-05-03,Visit", "b@example.org,Pau,2026-05-04,Visit"),
        ("email,first name,order date,total", "a@example.org,Anna,2026-05-03,3.50", "b@example.org,Pau,2026-05-04,4"),
        ("name,email,rating", "Anna,a@example.org,4", "Pau,b@example.org,5"),
        ("name,email,message", "Anna,a@example.org,The eggs came broken", "Pau,b@example.org,So kind and so fast"),
        ("name,email,order id", "Anna,a@example.org,o1", "Pau,b@example.org,o2"),
        ("name,email", *["Anna,a@example.org"] * 10),
        ("colour,size", "red,1", "blue,2"),
    ],
)  # fmt: skip
def test_what_happened_is_no_list_of_people(write: Write, lines: tuple[str, ...]) -> None:
    assert "happenings" == guessed(write("file.csv", "\n".join(lines) + "\n")).mapping.rows


def test_somebody_may_say_what_the_rows_are(write: Write) -> None:
    path = write("file.csv", "email,name\na@example.org,Anna\nb@example.org,Pau\n")
    assert "people" == guess(open_file(path)).mapping.rows
    told = guess(open_file(path), rows="happenings")
    assert ("happenings", "file.recorded") == (told.mapping.rows, told.mapping.what.kind)


# Who they are


def test_a_shared_telephone_makes_two_entries_of_one_source(write: Write) -> None:
    rows = "name,email,phone\nMercè,m@example.org,972201011\nJoan,j@example.org,972201011\n"
    path = write("home.csv", rows)
    _told, named = shaped(path, guessed(path).mapping)
    assert {("contact@home", "m@example.org"), ("email", "m@example.org"), ("phone", "+34972201011")} == named[2]
    assert {("contact@home", "j@example.org"), ("email", "j@example.org"), ("phone", "+34972201011")} == named[3]


def test_a_shared_email_is_told_apart_by_the_name(write: Write) -> None:
    rows = 'name,email\nMercè Roca,us@example.org\n"Ferrer, Joan",us@example.org\nANNA,a@example.org\n'
    path = write("home.csv", rows)
    _told, named = shaped(path, guessed(path).mapping)
    assert ("contact@home", "us@example.org · merce roca") in named[2]
    assert ("contact@home", "us@example.org · ferrer joan") in named[3]
    assert ("contact@home", "a@example.org") in named[4]


def test_the_same_name_written_otherwise_shares_nothing(write: Write) -> None:
    rows = 'name,email\n"Roca, Mercè",us@example.org\nmerce roca,us@example.org\nANNA,a@example.org\n'
    mapping = guess(open_file(write("home.csv", rows)), rows="people").mapping
    _told, named = shaped(write("home.csv", rows), mapping)
    assert ("contact@home", "us@example.org") in named[2] & named[3]


def test_a_name_alone_is_somebody_unless_two_have_it(write: Write) -> None:
    rows = "name,email\nAnna,\nPau,\nPAU,\nJoan,j@example.org\n,\n,not an address\n"
    path = write("contacts.csv", rows)
    (chunk,) = shape(open_file(path), guess(open_file(path), rows="people").mapping)
    assert ["anna", "j@example.org"] == chunk.interactions.column("identity").to_pylist()
    assert [
        (3, "The row has nothing but a name, which others in the file have too"),
        (4, "The row has nothing but a name, which others in the file have too"),
        (7, "The row names nobody"),
    ] == [(row["row"], row["reason"]) for row in chunk.rejects.to_pylist()]


def test_several_addresses_in_a_cell_are_all_the_persons(write: Write) -> None:
    path = write("g.csv", "name,email\nMercè,a@example.org ::: b@example.org\nJoan,j@example.org\n")
    _told, named = shaped(path, guessed(path).mapping)
    assert {("contact@g", "a@example.org"), ("email", "a@example.org"), ("email", "b@example.org")} == named[2]


def test_a_household_number_names_no_person(write: Write) -> None:
    rows = "".join(f"H{n // 2},Person {n},p{n}@example.org\n" for n in range(20))
    path = write("members.csv", f"Household ID,Name,Email\n{rows}")
    found = guessed(path)
    assert (Who("Email", "email"),) == found.mapping.who
    assert "Household ID" == found.mapping.attributes["household_id"]


# The same again


def ids(path: Path) -> list[str]:
    return [
        one
        for chunk in shape(open_file(path), guessed(path).mapping)
        for one in chunk.interactions["message_id"].to_pylist()
    ]


def test_a_row_that_has_not_changed_is_the_same_row(write: Write) -> None:
    first = ids(write("a.csv", "name,email,town\nMercè,m@example.org,Girona\nJoan,j@example.org,Salt\n"))
    second = ids(write("a.csv", "name,email,town\nJoan,j@example.org,Salt\nMercè,m@example.org,Vic\n"))
    assert first[1] == second[0]
    assert first[0] != second[1]


def test_a_row_without_its_date_is_the_same_whenever_the_file_was_written(write: Write) -> None:
    dated = "Mercè,m@example.org,2026-05-03 10:00\nPau,p@example.org,2026-05-03 11:00\nJo,j@example.org,\n"
    path = write("a.csv", f"name,email,updated at\n{dated}")
    found = ids(path)
    path.touch()
    assert found == ids(path)
    (chunk,) = shape(open_file(path), guessed(path).mapping)
    assert open_file(path).modified == chunk.interactions.column("occurred_at")[2].as_py()


def test_how_chunks_are_cut_changes_nothing(write: Write) -> None:
    rows = "".join(f"Person {n % 7},p{n % 5}@example.org,97220101{n % 3}\n" for n in range(30))
    path = write("contacts.csv", f"name,email,phone\n{rows}")
    mapping = guess(open_file(path), country="ES", rows="people").mapping

    def whole(rows: int) -> list[tuple[str, str]]:
        return [
            (row["message_id"], row["identity"])
            for chunk in shape(open_file(path), mapping, chunk_rows=rows)
            for row in chunk.interactions.to_pylist()
        ]

    assert whole(4) == whole(1_000)


# The mapping


def test_a_mapping_of_people_is_kept_as_text() -> None:
    mapping = guessed(LISTS["odoo"]).mapping
    assert mapping == Mapping.from_toml(mapping.to_toml())
    assert 'rows = "people"' in mapping.to_toml()


def test_rows_are_people_or_what_happened() -> None:
    with pytest.raises(BadInput, match="it must be happenings or people"):
        Mapping.from_toml('source = "a"\nrows = "things"\n')
