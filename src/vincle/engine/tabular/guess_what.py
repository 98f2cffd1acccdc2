"""What happened: a column of words, or one kind for all rows."""

from vincle.engine.tabular import header_words as h
from vincle.engine.tabular.guess_board import Board, choices, few
from vincle.engine.tabular.guesses import Question
from vincle.engine.tabular.kinds import KINDS, folded
from vincle.engine.tabular.mapping import Amount, ObjectColumn, Score, What
from vincle.engine.tabular.profiles import Profile, commonest


def guess_column(board: Board, is_log: bool) -> What | None:
    """A column of words for what happened; a state only counts in a log of the steps of something (`is_log`)."""

    def wordy(column: Profile) -> bool:
        return few(column) and column.numbers < 0.5 and not board.is_date(column)

    column = board.best(h.WHAT, wordy, 3.0)
    if column is None and is_log:
        column = board.best(h.STATE, wordy, 2.0)
    if column is None:
        column = board.best(h.WHAT, wordy, 2.0)
    if column is None:
        column = next((one for one in board.free() if wordy(one) and _known(one) > 0.5), None)
    if column is None:
        return None
    shown = ", ".join(f"“{value}”" for value in commonest(column))
    board.take(column, "what", f"{column.distinct} different words that repeat: {shown}.")
    return What(column.name)


def constant(
    board: Board, source: str, amount: Amount | None, score: Score | None, objects: list[ObjectColumn]
) -> What:
    """One kind for all rows, from the file's name or from what its columns hold."""
    kind = _named(source) or _held(amount, score, {thing.type for thing in objects})
    if kind is None:
        kind = f"{source}.recorded"
        text = f"What does a row of this file stand for? For now each is “{kind}”."
        board.ask(Question("what", text, _offered(board), kind))
        return What(kind=kind, label=source.replace("_", " ").capitalize())
    text = f"No column says what happened; every row was taken as “{kind}”."
    if _lines(board, objects):
        text += " Rows look like lines of orders: each enters by itself, so an order of three lines counts as three."
    returned = "order.returned" if amount is not None and kind == "order.placed" else None
    if returned:
        text += f" With an amount below nought it is “{returned}”."
    board.ask(Question("what", text, _offered(board), kind))
    return What(kind=kind, returned=returned)


def _named(source: str) -> str | None:
    """The kind that words of the file's name stand for, the longest run of words first."""
    words = source.split("_")
    runs = [" ".join(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    return next((KINDS[run] for run in sorted(runs, key=len, reverse=True) if run in KINDS), None)


def _held(amount: Amount | None, score: Score | None, types: set[str]) -> str | None:
    """The kind that the columns speak of."""
    if amount is not None and (types & {"order", "product"} or score is None):
        return "order.placed"
    if score is not None:
        return "survey.answered"
    return "case.opened" if "case" in types else None


def _lines(board: Board, objects: list[ObjectColumn]) -> bool:
    """Whether the key of an order comes back row after row, with a product in each."""
    orders = {thing.column for thing in objects if thing.type == "order"}
    repeated = any(column.name in orders and column.variety < 0.6 for column in board.columns)
    return repeated and any(thing.type == "product" for thing in objects)


def _known(column: Profile) -> float:
    """The share of cells with words that everybody knows for something that happens."""
    values = set(column.values)
    return sum(1 for value in values if folded(value) in KINDS) / len(values) if values else 0.0


def _offered(board: Board) -> tuple[tuple[str, str], ...]:
    def wordy(column: Profile) -> bool:
        return few(column) and column.distinct > 1 and column.numbers < 0.5 and not board.is_date(column)

    return choices([column for column in board.columns if wordy(column)][:8])
