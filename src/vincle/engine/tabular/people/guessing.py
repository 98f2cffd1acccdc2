"""Which column of a list of people says what of them."""

from vincle.engine.tabular.guess_board import Board, choices
from vincle.engine.tabular.guess_when import ask_order
from vincle.engine.tabular.guess_who import namespace
from vincle.engine.tabular.guesses import Question
from vincle.engine.tabular.header_words import Phrases
from vincle.engine.tabular.limits import LONGEST_WORD
from vincle.engine.tabular.mapping import Mapping, What, When, Who
from vincle.engine.tabular.people import words as w
from vincle.engine.tabular.people.recognising import called, is_email, is_id, is_phone
from vincle.engine.tabular.profiles import Profile
from vincle.kernel.words import fold, slug

IDENTIFIED = "person.identified"
_MOST_ATTRIBUTES = 150


def guess_people(board: Board, source: str, modified: str) -> Mapping:
    """The mapping of a list of people; rows without a date of their own say what was known at `modified`."""
    when = _guess_when(board, modified)
    who = _guess_who(board)
    attributes = _guess_attributes(board)
    ignored = [column for column in board.free() if column.words in w.NOT_KEPT]
    for column in ignored:
        board.take(column, "ignored", "Pictures are not kept.")
    attributes |= _others(board, attributes)
    if not who and not {"name", "given_name", "family_name"} & set(attributes):
        _ask_who(board)
    return Mapping(
        source,
        tuple(who),
        when,
        What(kind=IDENTIFIED),
        attributes=attributes,
        ignore=tuple(column.name for column in ignored),
        rows="people",
    )


def _guess_when(board: Board, modified: str) -> When:
    start = "This is a list of people: nothing that happened is in it."
    for phrases in (w.UPDATED, w.CREATED):
        for column in board.free():
            if column.filled > 0.5 and board.is_date(column) and called(column, phrases):
                read = board.dates[column.name]
                board.take(column, "when", f"Called “{column.name}”, and {read.share:.0%} of its cells are dates.")
                text = f"{start} Each row says what was known of one person at the date in “{column.name}”."
                board.ask(Question("when", text, (), column.name))
                ask_order(board, column, read)
                return When(column.name, date_order=read.order, moment=modified)
    text = f"{start} Each row says what was known of one person on the day the file was written ({modified[:10]})."
    board.ask(Question("when", text, (), modified))
    return When(moment=modified)


def _guess_who(board: Board) -> list[Who]:
    """Numbers that a source gives its people first, then e-mails and telephones, in the order of the file."""
    found: list[Who] = []
    for column in board.free():
        if is_id(column) and not board.is_date(column):
            why = f"Called “{column.name}”, and different in every row."
            found.append(Who(board.take(column, "who", why).name, namespace(column)))
    for name, test, what in (("email", is_email, "e-mail addresses"), ("phone", is_phone, "telephone numbers")):
        for column in board.free():
            if test(column):
                share = f"{_share(column, name):.0%} of its cells are {what}." if column.values else None
                board.take(column, "who", share or f"Called “{column.name}”.")
                found.append(Who(column.name, name))
    return found


def _share(column: Profile, name: str) -> float:
    return column.emails if name == "email" else column.phones


def _guess_attributes(board: Board) -> dict[str, str]:
    found: dict[str, str] = {}

    def take(name: str, column: Profile) -> None:
        why = f"Called “{column.name}”: the person's {name.replace('_', ' ')}."
        found[name] = board.take(column, "attribute", why).name

    for name, phrases in w.ATTRIBUTES.items():
        column = next((one for one in board.free() if one.values and one.words in phrases), None)
        if column is not None:
            take(_first_name(name, column, board), column)
    for name, phrases in w.REPEATED.items():
        columns = [one for one in board.free() if one.values and _of_a_place(one.words, phrases)]
        for place, column in enumerate(columns[:3], start=1):
            take(name if place == 1 else f"{name}_{place}", column)
    title = next((one for one in board.free() if one.values and one.words in w.TITLE), None)
    if title is not None and (name := "name_prefix" if _honorific(title) else "job_title") not in found:
        take(name, title)
    return found


def _first_name(name: str, column: Profile, board: Board) -> str:
    """“Nombre” beside “Apellidos” is the first name only."""
    surnames = w.ATTRIBUTES["family_name"]
    beside = any(one.words in surnames and one.values for one in board.columns)
    is_given = name == "name" and column.words in w.PLAIN_NAME and beside
    given = any(one.words in w.ATTRIBUTES["given_name"] and one.values for one in board.columns)
    return "given_name" if is_given and not given else name


def _of_a_place(words: str, phrases: Phrases) -> bool:
    if words in phrases:
        return True
    bare = [word for word in words.split() if word not in w.WHICH_PLACE]
    return " ".join(bare) in phrases


def _honorific(column: Profile) -> bool:
    values = {fold(value).rstrip(".") for value in column.values}
    return 2 * len(values & w.HONORIFICS) >= len(values)


def _others(board: Board, known: dict[str, str]) -> dict[str, str]:
    """All else that rows say is said of the person too; columns that only label others are kept beside."""
    found: dict[str, str] = {}
    for column in board.free():
        if not column.values or w.LABELS & set(column.words.split()) or len(found) >= _MOST_ATTRIBUTES:
            continue
        name = slug(column.words, separator="_")[:LONGEST_WORD].strip("_")
        if name and name not in known and name not in found:
            found[name] = board.take(column, "attribute", f"Called “{column.name}”.").name
    return found


def _ask_who(board: Board) -> None:
    told = [column for column in board.columns if column.distinct > 1][:12]
    board.ask(Question("who", "Which column says who each row is about?", choices(told), needed=True))
