"""Guess which column says what, from what the columns are called and from what stands in them."""

from dataclasses import replace

from vincle.engine.tabular import guess_money, guess_rest, guess_what
from vincle.engine.tabular.guess_board import Board
from vincle.engine.tabular.guess_when import guess_when
from vincle.engine.tabular.guess_who import fall_back, guess_who
from vincle.engine.tabular.guesses import Guess, Reason
from vincle.engine.tabular.header_words import OBJECTS, fit
from vincle.engine.tabular.mapping import Amount, Mapping, ObjectColumn, Rows, What, When, Where
from vincle.engine.tabular.names import source_name
from vincle.engine.tabular.ocel_files import ABOUT, EVENT_ID, EVENT_TIME, EVENT_TYPE, OBJECT
from vincle.engine.tabular.people.guessing import guess_people
from vincle.engine.tabular.people.recognising import is_of_people
from vincle.engine.tabular.profiles import Profile, dates, profile
from vincle.engine.tabular.reader import Reader
from vincle.engine.tabular.workbench import Workbench

_SAMPLE = 1_000


def guess(
    reader: Reader,
    *,
    source: str | None = None,
    timezone: str = "UTC",
    country: str | None = None,
    currency: str | None = None,
    rows: Rows | None = None,
) -> Guess:
    """Guess a mapping for a file, to be shown before it is used.

    `source` names where the file comes from (its name by default); `timezone`, `country` and `currency` are those of
    the organisation. `rows` says what each row is, where somebody has said so: something that happened, or a person.
    What cannot be known is a question, never a silent choice.
    """
    table = reader.sample(_SAMPLE)
    name = source or source_name(reader.path)
    with Workbench() as bench:
        columns = profile(table)
        board = Board(columns, {column.name: dates(bench, column) for column in columns})
        if reader.format == "ocel":
            mapping = _object_centric(board, name)
        elif rows == "people" or (rows is None and (reader.format == "vcard" or is_of_people(board, name))):
            mapping = guess_people(board, name, reader.modified.isoformat())
        else:
            mapping = _flat(board, bench, name, reader.modified.isoformat(), currency)
    for column in board.free():
        board.reasons[column.name] = Reason("property", "Kept with each row as it stands.")
    return Guess(
        replace(mapping, timezone=timezone, country=country),
        {column.name: board.reasons[column.name] for column in columns},
        tuple(board.questions),
    )


def _flat(board: Board, bench: Workbench, source: str, modified: str, currency: str | None) -> Mapping:
    steps_of = _steps(board)
    when = guess_when(board, modified, steps_of is not None)
    who = guess_who(board)
    amount = guess_money.guess_amount(board, bench, currency)
    score = guess_money.guess_score(board)
    channel = guess_rest.guess_channel(board)
    what = guess_what.guess_column(board, steps_of is not None)
    place = guess_rest.guess_place(board)
    message_id = guess_rest.guess_message_id(board) if who else None
    objects = _with_quantity(guess_rest.guess_objects(board, steps_of), amount)
    attributes = guess_rest.guess_attributes(board)
    text = guess_rest.guess_text(board)
    staff = guess_rest.guess_staff(board)
    who = fall_back(board, who, attributes.get("name"), _substitutes(board, objects))
    if what is None:
        what = guess_what.constant(board, source, amount, score, objects)
    return Mapping(
        source,
        tuple(who),
        when,
        what,
        Where(channel_column=channel, place_column=place),
        amount,
        score,
        text,
        staff,
        message_id,
        attributes,
        tuple(objects),
    )


def _object_centric(board: Board, source: str) -> Mapping:
    """OCEL says itself what everything is, but not which type of object is a person."""
    by_name = {column.name: column for column in board.columns}
    for name, role in ((EVENT_ID, "message id"), (EVENT_TYPE, "what"), (EVENT_TIME, "when"), (ABOUT, "objects")):
        board.take(by_name[name], role, "So the OCEL standard says.")
    who = guess_who(board)
    others = [column for column in board.free() if column.name.startswith(OBJECT)]
    for column in others:
        board.take(column, "ignored", f"Held in “{ABOUT}” already.")
    who = fall_back(board, who, None, others)
    score = guess_money.guess_score(board)
    staff = guess_rest.guess_staff(board)
    return Mapping(
        source,
        tuple(who),
        When(EVENT_TIME),
        What(EVENT_TYPE),
        score=score,
        staff=staff,
        message_id=EVENT_ID,
        objects_column=ABOUT,
        ignore=tuple(column.name for column in others if column.name not in {one.column for one in who}),
    )


def _steps(board: Board) -> Profile | None:
    """The case column of a log whose rows are steps of cases: its values come back a few times each."""
    cases = [column for column in board.columns if fit(column.words, OBJECTS["case"] | {"number"}) >= 3]
    return next((column for column in cases if column.filled > 0.9 and 0.001 < column.variety < 0.7), None)


def _substitutes(board: Board, objects: list[ObjectColumn]) -> list[Profile]:
    """What may stand for the person when nothing better does: the case, then other keys that tell rows apart."""
    by_name = {column.name: column for column in board.columns}
    keys = sorted(objects, key=lambda thing: (thing.type not in {"case", "order"}, -by_name[thing.column].variety))
    return [by_name[thing.column] for thing in keys if by_name[thing.column].variety > 0.01]


def _with_quantity(objects: list[ObjectColumn], amount: Amount | None) -> list[ObjectColumn]:
    """A quantity that multiplies a price is that of the product."""
    if amount is None or amount.quantity_column is None:
        return objects
    return [
        replace(thing, quantity_column=amount.quantity_column) if thing.type == "product" else thing
        for thing in objects
    ]
