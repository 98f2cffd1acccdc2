"""A card as text: vCard 4.0 (RFC 6350) or 3.0 (RFC 2426)."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC

from vincle.engine.cards.card import ADDRESS_PARTS, NAME_PARTS, PLACES, VERSIONS, Card
from vincle.engine.cards.values import clean, escaped, is_date
from vincle.kernel.errors import BadInput

_OCTETS = 75  # of a line without its end
_SEXES = frozenset({"M", "F", "O", "N", "U"})
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_INTERNATIONAL = re.compile(r"\+\d{4,15}", re.ASCII)
_OMITTED_YEAR = "1604"  # how address books of Apple write a birthday without its year in vCard 3.0


def write_card(card: Card, *, version: str = "4.0") -> str:
    """The lines of a card, each ended by CRLF, none longer than 75 octets. Raises `BadInput` for another version."""
    if version not in VERSIONS:
        raise BadInput(f"vCard {version} is not written here.", f"Choose {' or '.join(VERSIONS)}.")
    return "".join(f"{folded(line)}\r\n" for line in _lines(card, version))


def folded(line: str) -> str:
    """The line cut into pieces of at most 75 octets, never inside a letter."""
    pieces, size = [""], 0
    for letter in line:
        weight = len(letter.encode("utf-8", "replace"))
        if size + weight > _OCTETS:
            pieces.append("")
            size = 1  # the space that the piece begins with
        pieces[-1] += letter
        size += weight
    return "\r\n ".join(pieces)


def _lines(card: Card, version: str) -> Iterator[str]:
    said = {name: text for name, value in card.attributes.items() if (text := clean(value))}
    is_new = version == "4.0"
    yield "BEGIN:VCARD"
    yield f"VERSION:{version}"
    if is_new:
        yield "KIND:individual"
    if card.uid:
        yield f"UID:{card.uid if is_new and card.uid.startswith('urn:uuid:') else escaped(clean(card.uid))}"
    yield f"FN:{escaped(said.get('name') or next(iter((*card.emails, *card.phones)), ''))}"
    yield f"N:{_structured(said.get(part, '') for part in NAME_PARTS)}"
    yield from _plain(said)
    yield from (f"EMAIL{_preference(card, each, is_new=is_new)}:{escaped(clean(each))}" for each in card.emails)
    yield from _phones(card, said, is_new=is_new)
    yield from _addresses(said)
    yield from _dates(said, is_new=is_new)
    yield from _rest(said, is_new=is_new)
    if card.revised is not None:
        yield f"REV:{card.revised.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "END:VCARD"


def _plain(said: dict[str, str]) -> Iterator[str]:
    for key, name in (("NICKNAME", "nickname"), ("TITLE", "job_title"), ("ROLE", "role"), ("NOTE", "notes")):
        if name in said:
            yield f"{key}:{escaped(said[name])}"
    if "company" in said or "department" in said:
        yield f"ORG:{_structured(said.get(part, '') for part in ('company', 'department'))}"
    for ending in PLACES:
        if page := said.get(f"website{ending}"):
            yield f"URL:{escaped(page)}"
    if "tags" in said:
        yield f"CATEGORIES:{','.join(escaped(tag) for tag in said['tags'].split(', '))}"


def _phones(card: Card, said: dict[str, str], *, is_new: bool) -> Iterator[str]:
    phones = ((clean(each), _preference(card, each, is_new=is_new)) for each in card.phones)
    for number, kind in (*phones, (said.get("fax", ""), ";TYPE=fax")):
        if is_new and _INTERNATIONAL.fullmatch(number):
            yield f"TEL;VALUE=uri{kind}:tel:{number}"
        elif number:
            yield f"TEL{kind}:{escaped(number)}"


def _preference(card: Card, contact: str, *, is_new: bool) -> str:
    if contact not in card.preferred:
        return ""
    return ";PREF=1" if is_new else ";TYPE=pref"


def _addresses(said: dict[str, str]) -> Iterator[str]:
    for ending in PLACES:
        parts = [said.get(f"{part}{ending}", "") for part in ADDRESS_PARTS]
        if any(parts):
            yield f"ADR:;;{_structured(parts)}"


def _dates(said: dict[str, str], *, is_new: bool) -> Iterator[str]:
    for key, name in (("BDAY", "birthday"), ("ANNIVERSARY" if is_new else "X-ANNIVERSARY", "anniversary")):
        if value := said.get(name):
            yield f"{key}{_date(value, is_new=is_new)}"


def _date(value: str, *, is_new: bool) -> str:
    """The rest of a line with a date, its parameters included."""
    if not is_date(value):
        return f";VALUE=text:{escaped(value)}"
    if not value.startswith("--"):
        return f":{value.replace('-', '') if is_new and len(value) == len('1970-04-12') else value}"
    if is_new:
        return f":--{value[2:].replace('-', '')}"
    return f";X-APPLE-OMIT-YEAR={_OMITTED_YEAR}:{_OMITTED_YEAR}{value[1:]}"


def _rest(said: dict[str, str], *, is_new: bool) -> Iterator[str]:
    if gender := said.get("gender"):
        written = gender if gender in _SEXES else f";{escaped(gender)}"
        yield f"GENDER:{written}" if is_new else f"X-GENDER:{escaped(gender)}"
    if language := said.get("language"):
        key = "LANG" if is_new and _LANGUAGE_TAG.fullmatch(language) else "X-LANGUAGE"
        yield f"{key}:{escaped(language)}"


def _structured(parts: Iterable[str]) -> str:
    return ";".join(escaped(part) for part in parts)
