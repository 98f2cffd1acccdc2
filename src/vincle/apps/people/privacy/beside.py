"""What other rooms keep of a person leaves with them: each says so once, when it is ready."""

from collections.abc import Callable

from vincle.flow.append.forget import Leaving
from vincle.web.permissions import Words

Forgetter = Callable[[Leaving], int]

_rooms: dict[str, tuple[Words, Forgetter]] = {}


def forget_with(table: str, words: Words, forgetter: Forgetter) -> None:
    """Have `forgetter` called inside the transaction that erases somebody; it says how many rows left `table`, which
    the certificate calls `words`."""
    _rooms[table] = (words, forgetter)


def forget(leaving: Leaving) -> dict[str, int]:
    """Let every room forget who leaves; how many rows left each table."""
    return {table: forgetter(leaving) for table, (_words, forgetter) in _rooms.items()}


def in_words() -> dict[str, Words]:
    """What the rows of each table are called."""
    return {table: words for table, (words, _forgetter) in _rooms.items()}


def tables() -> tuple[str, ...]:
    """The tables whose rows may have left."""
    return tuple(_rooms)
