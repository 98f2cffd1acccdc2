"""Address books as files: each card a row, the bad ones beside."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.cards.test_writing import CARDS
from engine.tabular.files import Write, read
from vincle.engine.cards import Card, write_card
from vincle.engine.tabular import guess, open_file, shape
from vincle.engine.tabular.mapping import Who
from vincle.kernel.errors import BadInput

QUICK = settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])

BOOK = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c-1\r\nFN:Mercè Roca\r\nN:Roca;Mercè;;;\r\nEMAIL:Merce@Example.org\r\n"
    "EMAIL:m@work.example.org\r\nTEL:600 111 222\r\nBDAY:1970-04-12\r\nPHOTO;ENCODING=b:AAAA\r\n"
    "REV:2026-05-03T10:20:00Z\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nNOTE:nobody\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c-2\r\nFN:Joan Ferrer\r\nTEL:600 111 222\r\nEND:VCARD\r\n"
)


def test_each_card_is_a_row_under_the_line_it_begins_on(write: Write) -> None:
    found = read(write("contacts.vcf", BOOK))
    assert ("vcard", [1, 17]) == (found.reader.format, [row["row"] for row in found.rows])
    assert {
        "row": 1, "uid": "c-1", "email": "Merce@Example.org", "email 2": "m@work.example.org", "phone": "600 111 222",
        "name": "Mercè Roca", "family_name": "Roca", "given_name": "Mercè", "birthday": "1970-04-12",
        "updated": "2026-05-03T10:20:00+00:00",
    } == found.rows[0]  # fmt: skip
    assert [(13, "The card says neither a name nor an e-mail nor a telephone.")] == found.rejects
    assert "Pictures, logos, sounds and keys of the cards are not kept." in found.reader.notes


def test_a_book_is_a_list_of_people_whatever_it_is_called(write: Write) -> None:
    mapping = guess(open_file(write("file", BOOK)), country="ES").mapping
    expected = (Who("uid", "uid"), Who("email", "email"), Who("email 2", "email"), Who("phone", "phone"))
    assert ("people", expected) == (mapping.rows, mapping.who)
    (chunk,) = shape(open_file(write("file", BOOK)), mapping)
    assert [("uid@file", "c-1"), ("uid@file", "c-2")] == [
        (row["namespace"], row["identity"]) for row in chunk.interactions.to_pylist()
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_books_in_other_encodings_are_read(write: Write, encoding: str) -> None:
    assert "Mercè Roca" == read(write("contacts.vcf", BOOK, encoding)).rows[0]["name"]


def test_a_book_without_a_card_is_refused(write: Write) -> None:
    with pytest.raises(BadInput, match="holds no card"):
        open_file(write("contacts.vcf", "BEGIN:VCARDS\r\n"))


@QUICK
@given(cards=st.lists(CARDS, min_size=1, max_size=4))
def test_what_is_written_enters_as_it_was(cards: list[Card]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "book.vcf"
        path.write_bytes("".join(map(write_card, cards)).encode())
        found = read(path, rows=2)
        assert [] == found.rejects
        for card, row in zip(cards, found.rows, strict=True):
            assert card.attributes.items() <= row.items()
            assert set(card.emails) | set(card.phones) <= set(row.values())
        chunks = list(shape(open_file(path), guess(open_file(path)).mapping))
        assert len(cards) == sum(chunk.interactions.num_rows + chunk.rejects.num_rows for chunk in chunks)
