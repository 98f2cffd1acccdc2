"""Who: addresses, telephone numbers and ids as keys that compare equal when they mean the same."""

import re
from functools import lru_cache

import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.derived import Meaning
from vincle.engine.tabular.limits import LONGEST_KEY

# What systems write when they do not know who it is.
_PLACEHOLDERS = """
    null, none, nil, undefined, n/a, na, nan, #n/a, n.a., 0, -1, -, --, ., ?, ??, unknown, anonymous, anon, guest,
    nobody, test, testing, dummy, missing, empty, void, false, true, tbd, xxx, (none), (null), <null>, <none>,
    [object object], not available, not set, not provided, no email, no name, walk-in, walk in, no@no.com, na@na.com,
    none@none.com, a@a.com, noemail@noemail.com, no@email.com, sense correu, sin correo, desconegut, desconeguda,
    desconocido, desconocida, anonim, anònim, anònima, anonimo, anónimo, anónima, ningu, ningú, ninguno, nadie,
    convidat, invitado
"""
PLACEHOLDERS = frozenset(" ".join(one.split()) for one in _PLACEHOLDERS.split(","))
_IN_ADDRESS = r"[^@\s,;:<>\"()\[\]\\"
_EMAIL = rf"^{_IN_ADDRESS}]{{1,64}}@(?:{_IN_ADDRESS}._-]{_IN_ADDRESS}._]*\.)+{_IN_ADDRESS}.\d_-]{{2,63}}$"
_TEST_ADDRESS = r"^(?:test|tests|testing|noemail|no-email|none|null|undefined|unknown)@"
_PLAIN_EMAIL = re.compile(_EMAIL.replace(r"\s", r"\t\n\f\r "), re.ASCII)  # what Arrow means by a space
_PLAIN_TEST_ADDRESS = re.compile(_TEST_ADDRESS)
_ZEROS = r"^[0\-.:\s]+$"
_PLACEHOLDER = "does not say who it is"

# A full international number that needs no further thought: its country code, then no trunk zero.
_TWO = "20|27|3[0-46]|39|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
_THREE = "21[0-9]|22[0-9]|23[0-9]|24[0-9]|25[0-9]|26[0-9]|29[0-9]|35[0-9]|37[0-9]|38[0-9]|42[0-9]|50[0-9]|59[0-9]"
_E164 = re.compile(rf"\+(?:1[2-9]\d{{9}}|7[3-9]\d{{9}}|(?:{_TWO})[1-9]\d{{6,10}}|(?:{_THREE})[1-9]\d{{5,10}})")
_FILLING = re.compile(r"[\s().\-/  ]+")


def meaning_of(namespace: str, country: str | None) -> Meaning:
    """How the cells of a column of this namespace become identities."""
    if namespace == "email":
        return emails
    if namespace == "phone":
        return lambda cells: phones(cells, country)
    return ids


def ids(cells: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Ids of a source stay as they are; placeholders are refused."""
    values, problems = _refused(cells, _is_placeholder(cells), _PLACEHOLDER)
    return _not_too_long(values, problems)


def emails(cells: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Addresses in lower case; what is not one by its form, and what only fills a field, is refused."""
    lower = pc.utf8_lower(cells)
    valid = pc.and_(pc.match_substring_regex(lower, _EMAIL), pc.less_equal(pc.utf8_length(lower), 254))
    values, problems = _refused(lower, pc.invert(valid), "is not an e-mail address")
    placeholder = pc.or_(_is_placeholder(lower), pc.match_substring_regex(lower, _TEST_ADDRESS))
    return pc.if_else(placeholder, None, values), pc.if_else(placeholder, _PLACEHOLDER, problems)


def email(written: str) -> str | None:
    """One address as `emails` gives it, without the making of columns that costs a hundred times more; or None."""
    if not written.isascii():
        found, _problems = emails(pa.array([written], pa.string()))
        address: str | None = found[0].as_py()
        return address
    lower = written.lower()
    if len(lower) > 254 or not _PLAIN_EMAIL.fullmatch(lower):
        return None
    return None if lower in PLACEHOLDERS or _PLAIN_TEST_ADDRESS.match(lower) else lower


def phones(cells: pa.Array, country: str | None) -> tuple[pa.Array, pa.Array]:
    """Telephone numbers as E.164 ('+34600111222'); without a prefix they are of `country`."""
    placeholder = _is_placeholder(cells)
    found = pa.array([e164(cell, country) for cell in cells.to_pylist()], pa.string())
    advice = "" if country else " (a number without its country's prefix needs the mapping's country)"
    values, problems = _refused(found, pc.is_null(found), f"is not a telephone number{advice}")
    return pc.if_else(placeholder, None, values), pc.if_else(placeholder, _PLACEHOLDER, problems)


def e164(written: str, country: str | None) -> str | None:
    """One telephone number as E.164, or None."""
    bare = _FILLING.sub("", written) if "(0)" not in written else written
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    if _E164.fullmatch(bare):
        return bare
    if country and (national := _national(country)) is not None and national.pattern.fullmatch(bare):
        return f"+{national.code}{bare.removeprefix(national.trunk)}"
    return _parsed(bare, country)


class _National:
    """How numbers of a country are written inside it: its code, its trunk prefix, what they look like."""

    def __init__(self, code: int, trunk: str, numbers: str) -> None:
        self.code = code
        self.trunk = trunk
        self.pattern = re.compile(f"{trunk}(?:{numbers})")


@lru_cache(maxsize=32)
def _national(country: str) -> _National | None:
    """Nothing for countries whose numbers need more than taking the trunk prefix off."""
    found = phonenumbers.PhoneMetadata.metadata_for_region(country, None)
    if found is None or found.country_code is None or found.national_prefix_transform_rule:
        return None
    numbers = found.general_desc.national_number_pattern if found.general_desc else None
    trunk = found.national_prefix or ""
    plain = found.national_prefix_for_parsing in {None, trunk or None}
    return _National(found.country_code, trunk, numbers) if numbers and plain else None


def _parsed(written: str, country: str | None) -> str | None:
    try:
        number = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_placeholder(cells: pa.Array) -> pa.Array:
    listed = pc.is_in(pc.utf8_lower(cells), pa.array(sorted(PLACEHOLDERS), pa.string()))
    return pc.or_(listed, pc.match_substring_regex(cells, _ZEROS))


def _not_too_long(values: pa.Array, problems: pa.Array) -> tuple[pa.Array, pa.Array]:
    longer = pc.fill_null(pc.greater(pc.utf8_length(values), LONGEST_KEY), False)
    if not pc.any(longer).as_py():
        return values, problems
    refused, told = _refused(values, longer, f"is longer than the {LONGEST_KEY} characters of an identity")
    return refused, pc.coalesce(told, problems)


def _refused(values: pa.Array, refused: pa.Array, problem: str) -> tuple[pa.Array, pa.Array]:
    return pc.if_else(refused, None, values), pc.if_else(refused, problem, pa.scalar(None, pa.string()))
