"""How much and how well: amounts with their currency, scores with their scale."""

import re

from vincle.engine.tabular import header_words as h
from vincle.engine.tabular.guess_board import Board, few, numeric
from vincle.engine.tabular.guesses import Question
from vincle.engine.tabular.mapping import Amount, Score
from vincle.engine.tabular.profiles import Profile, decimal_of
from vincle.engine.tabular.workbench import Workbench

_CODE = re.compile(r"[A-Za-z]{3}|[€$£¥₹]|US\$")
_SIGNED = {"€": "EUR", "£": "GBP"}


def guess_amount(board: Board, bench: Workbench, currency: str | None) -> Amount | None:
    """A column of money; a price with a quantity beside it is multiplied."""
    quantity = board.best(h.QUANTITY, numeric, 3.0)
    column, times = board.best(h.AMOUNT, _money, 2.0), None
    if column is None:
        column = board.best(h.PRICE, _money, 3.0)
        times = quantity if column is not None else None
    if column is None:
        return None
    decimal, unsure = decimal_of(bench, column)
    why = f"Called “{column.name}”, and its cells are numbers"
    board.take(column, "amount", f"{why}; multiplied by “{times.name}”." if times else f"{why}.")
    if times is not None:
        board.take(times, "quantity", f"Called “{times.name}”: “{column.name}” is the price of one.")
    if unsure:
        board.ask(
            Question(
                "amount.decimal",
                f"“{unsure}” in “{column.name}”: does its mark separate decimals or thousands?",
                ((".", "decimals are written with a point"), (",", "decimals are written with a comma")),
                needed=True,
            )
        )
    listed = board.best(h.CURRENCY, lambda one: all(map(_CODE.fullmatch, one.values)) and bool(one.values), 2.0)
    if listed is not None:
        board.take(listed, "currency", f"Called “{listed.name}”, and its cells are codes of currencies.")
    told = _named(column) or currency
    return Amount(column.name, told, listed.name if listed else None, decimal, times.name if times else None)


def guess_score(board: Board) -> Score | None:
    """A column of satisfaction; marks of exams are something else."""
    marks = any(h.fit(column.words, h.MARK) >= 2 for column in board.columns)
    column = board.best(h.SCORE, lambda one: numeric(one) and few(one) and not (marks and "score" in one.words), 2.0)
    if column is None:
        return None
    low, high = _scale(column)
    board.take(column, "score", f"Called “{column.name}”, with numbers on a scale from {low:g} to {high:g}.")
    if not {"nps", "stars", "alignment", "sentiment"} & set(column.words.split()):
        text = f"“{column.name}” was read as satisfaction from {low:g} (worst) to {high:g} (best)."
        board.ask(Question("score", text, (), f"{low:g} to {high:g}"))
    return Score(column.name, low, high)


def _money(column: Profile) -> bool:
    counts = {"votes", "likes", "dislikes", "comments", "clicks", "count", "number", "days", "minutes", "hours", "vots"}
    # What a log says of the whole case stands on each of its events: as their amount it would count many times.
    return numeric(column) and not counts & set(column.words.split()) and not column.name.startswith("case:")


def _named(column: Profile) -> str | None:
    """A currency that the header or a sign in the cells names."""
    for word, code in h.CURRENCY_WORDS.items():
        if word in column.words.split():
            return code
    cells = "".join(column.values[:50])
    return next((code for sign, code in _SIGNED.items() if sign in cells), None)


def _scale(column: Profile) -> tuple[float, float]:
    numbers = [float(value.replace(",", ".")) for value in column.values if re.fullmatch(r"-?\d+(?:[.,]\d+)?", value)]
    lowest, highest = min(numbers, default=0.0), max(numbers, default=10.0)
    if "nps" in column.words.split():
        return 0.0, 10.0
    if lowest < 0:
        bound = next((end for end in (1.0, 5.0, 10.0, 100.0) if max(-lowest, highest) <= end), max(-lowest, highest))
        return -bound, bound
    if highest <= 1:
        return 0.0, 1.0
    if highest <= 5:
        return (0.0 if lowest < 1 else 1.0), 5.0
    return (0.0, next((end for end in (10.0, 100.0) if highest <= end), highest))
