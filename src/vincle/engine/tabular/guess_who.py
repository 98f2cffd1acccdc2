"""Who: the columns that identify the person."""

from vincle.engine.tabular import header_words as h
from vincle.engine.tabular.guess_board import Board, choices
from vincle.engine.tabular.guesses import Question
from vincle.engine.tabular.mapping import Who
from vincle.engine.tabular.ocel_files import OBJECT
from vincle.engine.tabular.profiles import Profile
from vincle.kernel.words import slug


def guess_who(board: Board) -> list[Who]:
    """Ids of the person first, then e-mail and telephone, in the order of the file."""
    found = _of_objects(board)
    found += [Who(column.name, namespace(column)) for column in _ids(board)]
    for phrases, name, share in ((h.EMAIL, "email", "emails"), (h.PHONE, "phone", "phones")):
        found += [Who(column.name, name) for column in _addresses(board, phrases, name, share)]
    return found


def fall_back(board: Board, found: list[Who], name: str | None, keys: list[Profile]) -> list[Who]:
    """When nothing identifies a person: their name, else a key of something, and a question."""
    if found:
        return found
    candidates = [column for column in board.columns if _varies(column) and column.length <= 60][:12]
    substitute = next((column for column in board.columns if column.name == name), next(iter(keys), None))
    if substitute is None:
        board.ask(Question("who", "Which column says who each row is about?", choices(candidates), needed=True))
        return []
    text = f"No column clearly identifies a person; “{substitute.name}” was taken. Is that who each row is about?"
    others = [column for column in candidates if column is not substitute]
    board.ask(Question("who", text, choices([substitute, *others]), substitute.name))
    return [Who(substitute.name, namespace(substitute))]


def namespace(column: Profile) -> str:
    """A name for the kind of id in a column: 'Customer ID' gives customer_id."""
    name = slug(column.words.removeprefix(OBJECT.strip(": ")).removesuffix(" concept name"), separator="_")
    return name if name[:1].isalpha() else f"id_{name}".rstrip("_")


def _ids(board: Board) -> list[Profile]:
    """Columns called after a kind of person whose cells look like ids: short, and not the same all over."""

    def plausible(column: Profile) -> bool:
        words = column.length <= 40 and not board.is_date(column) and column.emails < 0.5
        return words and _varies(column) and column.placeholders < 0.9 and column.variety > 0.001

    found: list[Profile] = []
    for phrases, least in ((h.PERSON_ID, 3.0), (h.PERSON_ID, 2.0), (h.ACCOUNT_ID, 3.0), (h.NATIONAL_ID, 3.0)):
        for score, column in board.fitting(phrases, plausible, least):
            if _is_attribute(column) or (score < 3 and (found or not _id_like(column))):
                continue
            why = f"Called “{column.name}”, with {column.distinct:,} different values in {len(column.values):,} cells."
            found.append(board.take(column, "who", why))
    return found


def _addresses(board: Board, phrases: frozenset[str], name: str, share: str) -> list[Profile]:
    found = []
    for column in board.free():
        part = float(getattr(column, share))
        named = h.fit(column.words, phrases) > 0 and part >= 0.5
        plain = name == "email" and part >= 0.9
        if (named or plain) and not h.fit(column.words, h.STAFF):
            what = "e-mail addresses" if name == "email" else "telephone numbers"
            found.append(board.take(column, "who", f"{part:.0%} of its cells are {what}."))
    return found


def _of_objects(board: Board) -> list[Who]:
    """In an object-centric log, the objects whose type is a kind of person."""
    found = []
    for column in board.free():
        if column.name.startswith(OBJECT) and set(column.words.split()) & h.PERSON_TYPES:
            board.take(column, "who", "Objects of this type are people.")
            found.append(Who(column.name, namespace(column)))
    return found


def _varies(column: Profile) -> bool:
    """Not the same all over; of a single row nobody can tell."""
    return column.distinct > 1 or column.rows == 1


def _is_attribute(column: Profile) -> bool:
    return any(h.fit(column.words, phrases) == 3 for phrases in h.ATTRIBUTES.values())


def _id_like(column: Profile) -> bool:
    return column.spaced < 0.3 and column.variety > 0.02
