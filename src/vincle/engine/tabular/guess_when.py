"""When: the column of dates, and what a person must say about it."""

from vincle.engine.tabular import header_words as h
from vincle.engine.tabular.guess_board import Board, choices
from vincle.engine.tabular.guesses import Question
from vincle.engine.tabular.mapping import When
from vincle.engine.tabular.profiles import Dates, Profile

_RANKED = ((h.WHEN, 3.0), (h.WHEN_FIRST, 2.8), (h.WHEN_MADE, 2.4), (h.WHEN_OPENED, 2.0), (h.WHEN_LATER, 1.0))
_EPOCHS = (("epoch", 10), ("epoch_ms", 13), ("epoch_us", 16))


def guess_when(board: Board, modified: str, is_log: bool) -> When:
    """The column that says when; without one, the moment the file was written (`modified`, ISO 8601).

    In a log of the steps of something (`is_log`) it is the date that changes from step to step.
    """
    found = [column for column in board.free() if board.is_date(column) and not h.fit(column.words, h.BIRTH)]
    if found:
        return _dated(board, _chosen(found, is_log), found)
    for column in board.free():
        if (format_ := _counted(column)) is not None:
            board.take(column, "when", f"Called “{column.name}”, and its numbers are dates counted as {format_}.")
            return When(column.name, format=format_)
    return _without(board, modified)


def rank(column: Profile) -> float:
    """How much a column's name sounds like the moment something happened, 0 to 3."""
    return max(weight * h.fit(column.words, phrases) / 3 for phrases, weight in _RANKED)


def _chosen(found: list[Profile], is_log: bool) -> Profile:
    named = max(found, key=lambda column: (rank(column), column.filled))
    liveliest = max((column for column in found if column.filled > 0.8), key=lambda one: one.variety, default=named)
    return liveliest if is_log and liveliest.variety > 1.5 * named.variety else named


def _dated(board: Board, column: Profile, found: list[Profile]) -> When:
    read = board.dates[column.name]
    why = f"{read.share:.0%} of its cells are dates"
    why = f"Called “{column.name}”, and {why}." if rank(column) else f"Its name says little, but {why}."
    board.take(column, "when", why)
    rivals = [one for one in found if one is not column and rank(one) >= rank(column) - 0.5]
    if rivals:
        board.ask(
            Question(
                "when",
                f"Which column says when it happened? “{column.name}” was taken.",
                choices([column, *rivals]),
                column.name,
            )
        )
    ask_order(board, column, read)
    return When(column.name, date_order=read.order)


def ask_order(board: Board, column: Profile, read: Dates) -> None:
    """Ask whether the day or the month comes first, where the cells of a column do not tell."""
    if read.asked:
        mixed = " Some values fit only one of the two and others only the other." if read.mixed else ""
        board.ask(
            Question(
                "when.date_order",
                f"“{read.asked}” in “{column.name}”: which comes first, the day or the month?{mixed}",
                (("dmy", "the day"), ("mdy", "the month")),
                needed=True,
            )
        )
    elif read.mixed:
        first = "day" if read.order == "dmy" else "month"
        board.ask(
            Question(
                "when.date_order",
                f"Most dates in “{column.name}” have the {first} first, but not all; the others would be rejected.",
                (("dmy", "the day comes first"), ("mdy", "the month comes first")),
                read.order,
            )
        )


def _counted(column: Profile) -> str | None:
    """Seconds since 1970, or Excel's days, where the name promises a date."""
    if rank(column) < 1.5 or column.numbers < 0.95 or not column.values:
        return None
    whole = [value.split(".")[0] for value in column.values]
    for name, digits in _EPOCHS:
        if all(len(value) == digits and value.isdigit() for value in whole):
            return name
    days = [value for value in whole if value.isdigit() and 20_000 <= int(value) <= 60_000]
    return "excel" if len(days) >= 0.95 * len(whole) else None


def _without(board: Board, modified: str) -> When:
    numbers = [column for column in board.free() if rank(column) >= 1.5 and column.numbers >= 0.9 and column.values]
    if numbers:
        board.ask(
            Question(
                "when",
                f"“{numbers[0].name}” holds numbers like {numbers[0].values[0]}, which are not dates. If they count"
                ' days, say in the mapping from which one (format = "days", start = "2024-01-01").',
                choices(numbers),
                needed=True,
            )
        )
        return When()
    board.ask(
        Question(
            "when",
            f"No column says when it happened, so every row gets the day the file was written ({modified[:10]}).",
            (),
            modified,
        )
    )
    return When(moment=modified)
