"""Cards written: every line fits, nothing breaks out of its place, and what is written is read back the same."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vincle.engine.cards import VERSIONS, Card, Found, Refused, read_cards, write_card
from vincle.engine.cards.card import ADDRESS_PARTS, NAME_PARTS, PLACES
from vincle.kernel.errors import BadInput

QUICK = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])

MERCE = Card(
    "urn:uuid:019a9d6e-0000-7000-8000-000000000000",
    ("merce@example.org",),
    ("+34600111222",),
    {
        "name": "Mercè Roca; i, més",
        "given_name": "Mercè",
        "family_name": "Roca",
        "birthday": "--04-12",
        "language": "ca",
    },
    datetime(2026, 11, 25, 15, 35, 22, tzinfo=UTC),
)


def read_back(text: str) -> Card:
    (only,) = read_cards([text.encode()])
    assert isinstance(only, Found), only
    return only.card


def test_a_card_of_version_four() -> None:
    assert [
        "BEGIN:VCARD",
        "VERSION:4.0",
        "KIND:individual",
        "UID:urn:uuid:019a9d6e-0000-7000-8000-000000000000",
        "FN:Mercè Roca\\; i\\, més",
        "N:Roca;Mercè;;;",
        "EMAIL:merce@example.org",
        "TEL;VALUE=uri:tel:+34600111222",
        "BDAY:--0412",
        "LANG:ca",
        "REV:20261125T153522Z",
        "END:VCARD",
        "",
    ] == write_card(MERCE).split("\r\n")


def test_a_card_of_version_three() -> None:
    lines = write_card(MERCE, version="3.0").split("\r\n")
    assert {
        "VERSION:3.0", "TEL:+34600111222", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-04-12", "X-LANGUAGE:ca",
    } <= set(lines)  # fmt: skip
    assert "KIND:individual" not in lines


def test_another_version_is_refused() -> None:
    with pytest.raises(BadInput, match=re.escape("vCard 2.1 is not written here.")):
        write_card(MERCE, version="2.1")


def test_words_cannot_begin_a_line_of_their_own() -> None:
    card = Card(attributes={"name": "Pau\r\nEND:VCARD\r\nBEGIN:VCARD\nFN:Eve\rTEL:666"})
    assert "Pau\nEND:VCARD\nBEGIN:VCARD\nFN:Eve\nTEL:666" == read_back(write_card(card)).attributes["name"]
    assert () == read_back(write_card(card)).phones


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufdd0\ufeff"), min_size=1, max_size=120
).map(str.strip).filter(bool)  # fmt: skip
LINES = st.lists(TEXTS, min_size=1, max_size=3).map("\n".join)
DATES = st.one_of(
    st.dates().map(lambda day: f"{day:%m-%d}").map("--{}".format),
    st.dates().map(lambda day: day.isoformat()).filter(lambda day: not day.startswith("1604")),
    TEXTS,
)
# A list's own marks are not part of a tag.
TAGS = st.lists(TEXTS.filter(lambda tag: ", " not in tag and not tag.endswith(",")), min_size=1, max_size=3).map(
    ", ".join
)
WHOLE = ["nickname", "job_title", "role", "company", *NAME_PARTS, *(f"website{ending}" for ending in PLACES[:1])]
ATTRIBUTES = st.fixed_dictionaries(
    {"name": TEXTS},
    optional={
        **dict.fromkeys(WHOLE, TEXTS),
        "notes": LINES,
        "birthday": DATES,
        "anniversary": DATES,
        "gender": st.one_of(st.sampled_from("MFONU"), TEXTS),
        "language": st.one_of(st.sampled_from(["ca", "es", "en-GB"]), TEXTS),
        "tags": TAGS,
        "fax": st.just("+34972201000"),
        **dict.fromkeys(ADDRESS_PARTS, TEXTS),
    },
)
CARDS = st.builds(
    Card,
    uid=st.one_of(st.uuids().map("urn:uuid:{}".format), TEXTS),
    emails=st.lists(st.emails(), max_size=3, unique=True).map(tuple),
    phones=st.lists(st.from_regex(r"\+[1-9][0-9]{6,12}", fullmatch=True), max_size=3, unique=True).map(tuple),
    attributes=ATTRIBUTES,
    revised=st.none() | st.integers(0, 4_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
)


@QUICK
@given(card=CARDS, version=st.sampled_from(VERSIONS))
def test_what_is_written_is_read_back_the_same(card: Card, version: str) -> None:
    assert card == read_back(write_card(card, version=version))


@QUICK
@given(card=CARDS, version=st.sampled_from(VERSIONS))
def test_no_line_is_longer_than_75_octets_and_no_letter_is_cut(card: Card, version: str) -> None:
    for line in write_card(card, version=version).encode().split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")


PIECES = (
    b"BEGIN:VCARD\n", b"END:VCARD\r\n", b"N;ENCODING=QUOTED-PRINTABLE:=C3=\n", b" ", b"ADR:;;\\", b"BDAY:--",
    b"AGENT:\n", b"VERSION:2.1\n", b'TEL;TYPE="a:', b"REV:99999999T999999Z\n", b"EMAIL;PREF=9999999999999:a@b.cd\n",
)  # fmt: skip


@QUICK
@given(pieces=st.lists(st.binary(max_size=60) | st.sampled_from(PIECES), max_size=25))
def test_whatever_bytes_come_cards_and_reasons_come_out(pieces: list[bytes]) -> None:
    found = list(read_cards(pieces))
    assert all(isinstance(each, Found | Refused) for each in found)
    assert found == list(read_cards([b"".join(pieces)]))
