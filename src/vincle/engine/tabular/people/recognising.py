"""Whether a file is a list of people: each row somebody, nobody twice, and nothing that happens."""

from collections.abc import Callable, Iterable

from vincle.engine.tabular import header_words as h
from vincle.engine.tabular.cells import EMAIL
from vincle.engine.tabular.guess_board import Board, few, numeric
from vincle.engine.tabular.kinds import KINDS, folded
from vincle.engine.tabular.people import words as w
from vincle.engine.tabular.people.several import first_of
from vincle.engine.tabular.profiles import Profile

_IN_PHONES = frozenset("0123456789+().-/ \u00a0")
_HARDLY_TWICE = 0.8  # different values a row, of what tells people apart
_SAID = h.TEXT - w.ATTRIBUTES["notes"] - {"description", "summary", "resum", "resumen", "descripcio", "descripcion"}


def is_of_people(board: Board, source: str) -> bool:
    """Whether each row is a person: columns say who they are, none of them says that something happened."""
    return _tells_people(board, source) and not any(_happens(board, column) for column in board.columns)


def is_email(column: Profile) -> bool:
    """Addresses, or a column that is called so and empty in the sample."""
    return _mostly(column, lambda cell: EMAIL.fullmatch(cell) is not None, h.EMAIL)


def is_phone(column: Profile) -> bool:
    """Telephones of the person, and not of a fax or an assistant."""
    if w.NOT_THEIR_PHONE & set(column.words.split()) or not h.fit(column.words, h.PHONE):
        return False
    return _mostly(column, _looks_like_phone, h.PHONE)


def is_id(column: Profile) -> bool:
    """A number that a source gives each of its people: no two have the same."""
    phrases = w.ROW_ID | h.PERSON_ID | h.ACCOUNT_ID | h.NATIONAL_ID
    if h.fit(column.words, phrases) < 3 or not column.values:
        return False
    apart = column.distinct == len(column.values) or (len(column.values) > 20 and column.variety > 0.95)
    return apart and column.length <= 80 and column.spaced < 0.3 and column.emails < 0.5


def called(column: Profile, phrases: frozenset[str]) -> bool:
    """Whether a column's name is one of these, perhaps with more behind it: “Create Date (CET)”."""
    return any(column.words == phrase or column.words.startswith(f"{phrase} ") for phrase in phrases)


def _tells_people(board: Board, source: str) -> bool:
    named = [column for column in board.columns if _is_name(column)]
    reached = [column for column in board.columns if is_email(column) or is_phone(column) or is_id(column)]
    known = sum(1 for phrases in _KNOWN for column in board.columns if h.fit(column.words, phrases) == 3)
    by_name = bool(w.LISTS & set(source.split("_")))
    enough = (named and (reached or by_name or known >= 4)) or (reached and by_name)
    return bool(enough) and _hardly_twice([*named, *reached])


_KNOWN = (*w.ATTRIBUTES.values(), *w.REPEATED.values())
_NAMES = w.PLAIN_NAME | w.ATTRIBUTES["name"] | w.ATTRIBUTES["given_name"] | w.ATTRIBUTES["family_name"]


def _is_name(column: Profile) -> bool:
    return column.words in _NAMES and bool(column.values) and column.numbers < 0.5


def _hardly_twice(columns: Iterable[Profile]) -> bool:
    varieties = [column.variety for column in columns if column.filled > 0.3]
    return max(varieties, default=0.0) >= _HARDLY_TWICE


def _happens(board: Board, column: Profile) -> bool:
    """Whether a column says when, what, how much or how well something happened, or what it was about."""
    words = column.words
    if not column.values or called(column, w.CREATED | w.UPDATED) or h.fit(words, h.BIRTH):
        return False
    if board.is_date(column):
        return h.fit(words, h.WHEN | h.WHEN_FIRST | h.WHEN_OPENED) == 3
    if numeric(column) and h.fit(words, h.AMOUNT | h.SCORE) == 3:
        return True
    if words in _SAID:
        return True
    if h.fit(words, h.WHAT) == 3 and few(column) and column.distinct > 1:
        return _known_kinds(column) or words not in {"type", "kind", "tipus", "tipo"}
    return any(h.fit(words, phrases) == 3 for phrases in h.OBJECTS.values())


def _known_kinds(column: Profile) -> bool:
    values = set(column.values)
    return 2 * sum(1 for value in values if folded(value) in KINDS) > len(values)


def _mostly(column: Profile, test: Callable[[str], bool], phrases: frozenset[str]) -> bool:
    fit = h.fit(column.words, phrases)
    if not column.values:
        return fit >= 2 and not w.LABELS & set(column.words.split())
    share = sum(1 for cell in column.values if test(first_of(cell))) / len(column.values)
    return share >= 0.9 or (fit > 0 and share >= 0.5)


def _looks_like_phone(cell: str) -> bool:
    return set(cell) <= _IN_PHONES and 7 <= sum(map(str.isdigit, cell)) <= 15
