"""What other rooms keep of a person leaves with them: each says so once, when it is ready."""

from collections.abc import Callable

from vincle.flow.append.forget import Leaving

Forgetter = Callable[[Leaving], int]

_rooms: dict[str, Forgetter] = {}


def forget_with(table: str, forgetter: Forgetter) -> None:
    """Have `forgetter` called inside the transaction that erases somebody; it says how many rows left `table`."""
    _rooms[table] = forgetter


def forget(leaving: Leaving) -> dict[str, int]:
    """Let every room forget who leaves; how many rows left each table."""
    return {table: forgetter(leaving) for table, forgetter in _rooms.items()}


def tables() -> tuple[str, ...]:
    """The tables whose rows may have left."""
    return tuple(_rooms)
