"""What the lines of one card say of a person."""

import re
from collections.abc import Sequence

from vincle.engine.cards import values
from vincle.engine.cards.card import ADDRESS_PARTS, MOST, NAME_PARTS, PLACES, Card
from vincle.engine.cards.content_lines import Line

_TEXTS = {"FN": "name", "NICKNAME": "nickname", "TITLE": "job_title", "ROLE": "role"}
_LANGUAGES = ("LANG", "X-LANGUAGE", "LANGUAGE")
_NO_PERSON = ("FAX", "PAGER", "TEXTPHONE")  # a number behind which nobody answers
_EXTENSION = re.compile(r";.*$")
_LOOSE_PREFERENCE = 101  # of a line without one: RFC 6350 counts from 1 (best) to 100
_DAMAGED = "\ufdd0"


def understand(lines: Sequence[Line]) -> Card | str:
    """The card that these lines make, or why they make none."""
    return _Reading(lines).card()


class _Reading:
    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._version = next((line.value.strip() for line in lines if line.name == "VERSION"), "3.0")

    def card(self) -> Card | str:
        if any(_DAMAGED in line.value for line in self._lines):
            return "The card has letters that are not of the file's encoding."
        if any(self._text(line).lower() == "group" for line in self._all("KIND", "X-ADDRESSBOOKSERVER-KIND")):
            return "The card is a group of others and not a person."
        attributes = self._attributes()
        emails, phones = self._emails(), self._phones()
        if not (attributes.get("name") or emails or phones):
            return "The card says neither a name nor an e-mail nor a telephone."
        revised = next((values.moment(self._text(line)) for line in self._all("REV")), None)
        uid = next((self._text(line) for line in self._all("UID")), "")
        return Card(uid, emails, phones, {name: said for name, said in attributes.items() if said}, revised)

    def _attributes(self) -> dict[str, str]:
        found = {name: self._first(key) for key, name in _TEXTS.items()}
        found |= dict(zip(NAME_PARTS, self._structured("N", len(NAME_PARTS)), strict=True))
        company, *units = self._structured("ORG", 4)
        found |= {"company": company, "department": ", ".join(filter(None, units))}
        for key, name in (("BDAY", "birthday"), ("ANNIVERSARY", "anniversary"), ("X-ANNIVERSARY", "anniversary")):
            for line in self._all(key):
                found.setdefault(name, values.date(line, self._version))
        found["gender"] = self._gender()
        found["language"] = next((self._text(line) for line in self._preferred(*_LANGUAGES)), "")
        found["notes"] = "\n".join(filter(None, (self._text(line) for line in self._all("NOTE"))))
        tags = (tag for line in self._all("CATEGORIES") for tag in values.parts(line, self._version, ","))
        found["tags"] = ", ".join(filter(None, tags))
        for ending, line in zip(PLACES, self._preferred("URL"), strict=False):
            found[f"website{ending}"] = self._text(line)
        found |= self._addresses() | self._faxes()
        found["name"] = found["name"] or self._composed(found)
        return found

    def _composed(self, found: dict[str, str]) -> str:
        """A name where none is written in full: the parts of it, else the company's."""
        order = ("name_prefix", "given_name", "middle_name", "family_name", "name_suffix")
        return " ".join(found[part] for part in order if found[part]) or found["company"]

    def _addresses(self) -> dict[str, str]:
        found: dict[str, str] = {}
        written = (line for line in self._preferred("ADR") if any(values.parts(line, self._version)))
        for ending, line in zip(PLACES, written, strict=False):
            box, extended, street, *rest = [*values.parts(line, self._version), *[""] * 7][:7]
            told = (", ".join(filter(None, (street, extended, box))), *rest)
            found |= {f"{part}{ending}": said for part, said in zip(ADDRESS_PARTS, told, strict=True)}
        return found

    def _gender(self) -> str:
        for line in self._all("GENDER"):
            sex, *words = values.parts(line, self._version)
            return next(filter(None, words), sex)
        return self._first("X-GENDER")

    def _emails(self) -> tuple[str, ...]:
        found = (self._text(line).removeprefix("mailto:") for line in self._preferred("EMAIL"))
        return tuple(dict.fromkeys(filter(None, found)))[:MOST]

    def _phones(self) -> tuple[str, ...]:
        found = (_number(self._text(line)) for line in self._preferred("TEL") if not _is_no_person(line))
        return tuple(dict.fromkeys(filter(None, found)))[:MOST]

    def _faxes(self) -> dict[str, str]:
        number = next((_number(self._text(line)) for line in self._all("TEL") if line.has("TYPE", "FAX")), "")
        return {"fax": number} if number else {}

    def _structured(self, name: str, count: int) -> list[str]:
        line = next(iter(self._all(name)), None)
        pieces = values.parts(line, self._version) if line is not None else []
        return [*pieces[:count], *[""] * (count - len(pieces))]

    def _first(self, name: str) -> str:
        return next((said for line in self._preferred(name) if (said := self._text(line))), "")

    def _text(self, line: Line) -> str:
        return values.text(line, self._version)

    def _all(self, *names: str) -> list[Line]:
        return [line for line in self._lines if line.name in names]

    def _preferred(self, *names: str) -> list[Line]:
        return sorted(self._all(*names), key=_preference)


def _preference(line: Line) -> int:
    given = next(iter(line.parameters.get("PREF", ())), "")
    if given.isascii() and given.isdigit():
        return int(given[:4])
    return 1 if line.has("TYPE", "PREF") else _LOOSE_PREFERENCE


def _is_no_person(line: Line) -> bool:
    return any(line.has("TYPE", kind) for kind in _NO_PERSON)


def _number(written: str) -> str:
    return _EXTENSION.sub("", written[4:]) if written.lower().startswith("tel:") else written
