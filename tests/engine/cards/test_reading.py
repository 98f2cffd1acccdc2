"""Cards as programs and telephones write them: what each says of a person, and what keeps one out."""

from datetime import UTC, datetime

import pytest

from vincle.engine.cards import Card, Found, Refused, read_cards
from vincle.engine.cards.content_lines import MAX_VALUE, parsed

LINES = "\r\n"


def found(*lines: str, version: str = "3.0", encoding: str = "utf-8") -> list[Found | Refused]:
    text = LINES.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""])
    return list(read_cards([text.encode(encoding)]))


def card(*lines: str, version: str = "3.0") -> Card:
    (only,) = found(*lines, version=version)
    assert isinstance(only, Found), only
    return only.card


def reason(*lines: str) -> str:
    (only,) = found(*lines)
    assert isinstance(only, Refused), only
    return only.reason


def test_a_card_of_version_four_is_read_whole() -> None:
    read = card(
        "UID:urn:uuid:019a9d6e-0000-7000-8000-000000000000",
        "FN:Mercè Roca i Puig",
        "N:Roca i Puig;Mercè;;Dra.;",
        "NICKNAME:Merceneta",
        "EMAIL;TYPE=work:merce@work.example.org",
        "EMAIL;PREF=1:merce@example.org",
        "TEL;VALUE=uri;TYPE=cell:tel:+34600111222",
        "TEL;TYPE=fax:+34972201000",
        "ADR;TYPE=home:;2n 1a;Carrer Nou\\, 5;Girona;Catalunya;17001;Espanya",
        "ORG:Ajuntament;Cultura;Arxiu",
        "TITLE:Arxivera",
        "BDAY:19700412",
        "ANNIVERSARY:--0914",
        "GENDER:F",
        "LANG;PREF=2:es",
        "LANG;PREF=1:ca",
        "URL:https://example.org/merce",
        "CATEGORIES:Amics,Cor\\, i més",
        "NOTE:Primera línia\\nsegona",
        "REV:20261125T153522Z",
        version="4.0",
    )
    assert {
        "name": "Mercè Roca i Puig", "family_name": "Roca i Puig", "given_name": "Mercè", "name_prefix": "Dra.",
        "nickname": "Merceneta", "company": "Ajuntament", "department": "Cultura, Arxiu", "job_title": "Arxivera",
        "birthday": "1970-04-12", "anniversary": "--09-14", "gender": "F", "language": "ca",
        "website": "https://example.org/merce", "tags": "Amics, Cor, i més", "notes": "Primera línia\nsegona",
        "address": "Carrer Nou, 5, 2n 1a", "town": "Girona", "region": "Catalunya", "postcode": "17001",
        "country": "Espanya", "fax": "+34972201000",
    } == read.attributes  # fmt: skip
    assert ("merce@example.org", "merce@work.example.org") == read.emails
    assert ("+34600111222",) == read.phones
    assert "urn:uuid:019a9d6e-0000-7000-8000-000000000000" == read.uid
    assert datetime(2026, 11, 25, 15, 35, 22, tzinfo=UTC) == read.revised


def test_a_card_of_an_old_telephone_is_read() -> None:
    read = card(
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Roca;Merc=E8",
        "TEL;CELL;PREF:600 111 222",
        "NOTE;ENCODING=QUOTED-PRINTABLE:una l=C3=ADnia molt llarga que =",
        "continua=0D=0Ai una altra",
        "X-UNKNOWN;CUSTOM:whatever",
        version="2.1",
    )
    assert ("Mercè Roca", "una línia molt llarga que continua\ni una altra") == (
        read.attributes["name"],
        read.attributes["notes"],
    )
    assert ("600 111 222",) == read.phones


def test_groups_of_apple_and_birthdays_without_a_year_are_read() -> None:
    read = card("FN:Pau", "item1.EMAIL;type=INTERNET:pau@example.org", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12")
    assert (("pau@example.org",), "--04-12") == (read.emails, read.attributes["birthday"])


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("BDAY:1970-04-12", "1970-04-12"),
        ("BDAY:--0412", "--04-12"),
        ("BDAY:--04-12", "--04-12"),
        ("BDAY:1970-04", "1970-04"),
        ("BDAY:1970-04-12T00:00:00Z", "1970-04-12"),
        ("BDAY;VALUE=text:a la primavera", "a la primavera"),
    ],
)
def test_birthdays_of_every_form(written: str, told: str) -> None:
    assert told == card("FN:Pau", written).attributes["birthday"]


def test_lines_are_unfolded_wherever_they_were_cut() -> None:
    assert "Mercè Roca" == card("FN:Mer", " c", "\tè Roca").attributes["name"]


def test_a_name_is_put_together_where_none_is_written() -> None:
    assert "Dr. Pau Vila" == card("N:Vila;Pau;;Dr.;").attributes["name"]
    assert "Acme" == card("N:;;;;", "ORG:Acme;").attributes["name"]


def test_a_picture_is_left_out_and_said() -> None:
    (only,) = found("FN:Pau", f"PHOTO;ENCODING=b;TYPE=JPEG:{'A' * (2 * MAX_VALUE)}", "TEL:1234567")
    assert isinstance(only, Found)
    assert (True, ("1234567",)) == (only.pictured, only.card.phones)


def test_a_picture_cut_without_the_space_keeps_nobody_out() -> None:
    assert "Pau" == card("FN:Pau", "PHOTO;BASE64;JPEG:AAAA", "BBBBBBBB", "CCCC").attributes["name"]


def test_the_card_of_an_agent_is_inside_and_not_beside() -> None:
    read = card("FN:Pau", "AGENT:", "BEGIN:VCARD", "FN:Secretary", "TEL:7654321", "END:VCARD", "TEL:1234567")
    assert ("Pau", ("1234567",)) == (read.attributes["name"], read.phones)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("FN:Cor", "KIND:group", "MEMBER:urn:uuid:x"), "The card is a group of others and not a person."),
        (("NOTE:nobody",), "The card says neither a name nor an e-mail nor a telephone."),
        (("FN:Pau", "not a line"), "Line 4 of the file is no line of a card."),
        (("FN:Pau", f"NOTE:{'x' * (MAX_VALUE + 1)}"), "The card holds more text than fits."),
        (("FN:Pau", *["X-A:1"] * 2_001), "The card has more than 2,000 lines."),
    ],
)
def test_a_bad_card_is_refused_with_its_reason(lines: tuple[str, ...], why: str) -> None:
    assert why == reason(*lines)


def test_a_bad_card_keeps_no_good_one_out() -> None:
    text = "BEGIN:VCARD\nFN:Pau\nBEGIN:VCARD\nFN:Anna\nEND:VCARD\nrubbish\nBEGIN:VCARD\nFN:Joan"
    told = [
        (each.line, each.card.attributes["name"] if isinstance(each, Found) else each.reason)
        for each in read_cards([text.encode()])
    ]
    assert [(1, "The card does not end."), (3, "Anna"), (7, "The card does not end.")] == told


def test_a_line_is_taken_apart_at_the_first_colon_outside_quotes() -> None:
    line = parsed('item1.tel;TYPE="home,voice";X-A="a:b;c",d:+34:1')
    assert line is not None
    assert ("TEL", "+34:1") == (line.name, line.value)
    assert {"TYPE": ("home,voice",), "X-A": ("a:b;c", "d")} == line.parameters
