"""Which column of a table of people is what, told by its name, and for e-mail addresses by what is in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vincle.engine.tabular import header_words as h
from vincle.kernel.errors import BadInput


def _phrases(text: str) -> h.Phrases:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


# A role, the names it goes by, and how well a header must fit them (`header_words.fit`): a column that merely ends
# in “name” may be a company's.
_ROLES: tuple[tuple[str, h.Phrases, float], ...] = (
    ("given", h.ATTRIBUTES["given_name"] | _phrases("given, forenames, given names, firstname, fname"), 2),
    ("family", h.ATTRIBUTES["family_name"] | _phrases("family, surnames, lastname, lname, segon cognom"), 2),
    ("name", h.ATTRIBUTES["name"] | _phrases("fullname, display name, person, person name"), 3),
    ("birth", h.BIRTH | _phrases("born, born on, birth, date birth, data de naixament"), 2),
    ("email", h.EMAIL | _phrases("email 1, email 2, email 3"), 2),
    ("phone", h.PHONE | _phrases("phone 1, phone 2, phone 3, home phone, work phone, landline, fix, fijo"), 2),
    (
        "document",
        h.NATIONAL_ID
        | _phrases("""dni, nif, nie, dni nie, passport, passport number, nhs number, tax id, vat id, id card,
        identity card, social security, soc sec, nino, bsn, cpf, curp, document, numero de document, documento,
        numero de documento"""),
        2,
    ),
    ("number", _phrases("street number, house number, street no, house no, building number, numero carrer, num"), 3),
    (
        "line2",
        _phrases("address 2, address line 2, address2, street 2, line 2, building, flat, apartment, unit, pis, piso"),
        3,
    ),
    (
        "street",
        h.ATTRIBUTES["address"] | _phrases("address1, address line 1, line 1, street 1, street name, home address"),
        2,
    ),
    ("town", h.ATTRIBUTES["town"], 2),
    ("postcode", h.ATTRIBUTES["postcode"], 2),
    ("region", h.ATTRIBUTES["region"] | h.ATTRIBUTES["province"] | _phrases("state, department, canton"), 2),
    ("gender", h.ATTRIBUTES["gender"], 3),
)
_SEVERAL = {"email", "phone"}  # of these a person may have more than one
_NOT_THEIRS = h.STAFF | _phrases("company, organisation, organization, empresa, employer, emergency, ip")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table and the role it was given."""

    name: str
    role: str


def guess(names: Sequence[str], samples: Mapping[str, Iterable[str | None]], *, id: str) -> tuple[Column, ...]:  # noqa: A002 - the caller's word
    """The columns that tell people apart, by role then by name: the order of the table does not matter.

    `samples` holds some cells of each column. Raises `BadInput` when there is no column `id`, or when fewer than two
    others say anything of a person.
    """
    if id not in names:
        raise BadInput(f"There is no column “{id}”.", f"The columns are: {', '.join(names)}.")
    fits = sorted((_fit(name, samples.get(name, ())), name) for name in names if name != id)
    found: list[Column] = []
    for (_, role), name in fits:
        if role and (role in _SEVERAL or all(column.role != role for column in found)):
            found.append(Column(name, role))
        elif role == "street" and all(column.role != "line2" for column in found):
            found.append(Column(name, "line2"))
    found = _named_well(found)
    if len(found) < 2:
        only = f" Only “{found[0].name}” says something of a person." if found else ""
        raise BadInput(
            f"There is not enough to tell people apart.{only}",
            "At least two columns are needed, of names, birth date, e-mail, phone, street, town, postcode or a "
            "document's number, each called by what it holds.",
        )
    places = {role: place for place, (role, _, _) in enumerate(_ROLES)}
    return tuple(sorted(found, key=lambda column: (places[column.role], column.name)))


def role_of(name: str) -> str:
    """What a column of this name holds ("given", "birth", "town"), or empty."""
    return _fit(name, ())[1]


def _fit(name: str, cells: Iterable[str | None]) -> tuple[float, str]:
    """How badly a column fits the role it fits best (smaller is better), and that role; no role when none."""
    words = h.words_of(name)
    if h.fit(words, _NOT_THEIRS):
        return 0.0, ""
    best = max(
        ((h.fit(words, phrases), -place, role) for place, (role, phrases, _) in enumerate(_ROLES)),
        default=(0.0, 0, ""),
    )
    least = {role: needed for role, _, needed in _ROLES}
    if best[0] >= least[best[2]]:
        return -best[0], best[2]
    filled = [cell for cell in cells if cell]
    if filled and sum("@" in cell for cell in filled) >= len(filled) / 2:
        return 0.0, "email"
    return 0.0, ""


def _named_well(found: list[Column]) -> list[Column]:
    """With a column of family names, the one called “name” holds given names, unless there is one of those too."""
    roles = {column.role for column in found}
    if "name" not in roles or not roles & {"given", "family"}:
        return found
    if "given" in roles:
        return [column for column in found if column.role != "name"]
    return [Column(column.name, "given") if column.role == "name" else column for column in found]
