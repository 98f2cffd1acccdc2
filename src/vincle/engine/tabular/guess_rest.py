"""Where, staff, text, attributes, objects and the id of the event."""

from vincle.engine.tabular import header_words as h
from vincle.engine.tabular.channels import CHANNELS
from vincle.engine.tabular.guess_board import Board, few
from vincle.engine.tabular.kinds import folded
from vincle.engine.tabular.mapping import ObjectColumn
from vincle.engine.tabular.profiles import Profile
from vincle.kernel.words import slug


def guess_channel(board: Board) -> str | None:
    """By which way they were in touch."""
    column = board.best(h.CHANNEL, few, 2.0)
    if column is None:
        column = next((one for one in board.free() if few(one) and one.distinct > 1 and _channels(one) > 0.7), None)
    if column is None:
        return None
    return board.take(column, "channel", f"Called “{column.name}”, with few different words.").name


def guess_place(board: Board) -> str | None:
    """The named place."""
    column = board.best(h.PLACE, lambda one: one.length <= 60 and not board.is_date(one), 3.0)
    return None if column is None else board.take(column, "place", f"Called “{column.name}”.").name


def guess_staff(board: Board) -> str | None:
    """Who on our side: who served, else who wrote it down."""
    for phrases in (h.STAFF, h.STAFF_WRITING, h.STAFF_OPENING):
        column = board.best(phrases, lambda one: not board.is_date(one) and one.length <= 60 and one.filled > 0.3, 2.0)
        if column is not None:
            return board.take(column, "staff", f"Called “{column.name}”.").name
    return None


def guess_objects(board: Board, steps_of: Profile | None) -> list[ObjectColumn]:
    """Columns with the keys of orders, products, cases ...; those of unknown types are called after their column.

    `steps_of` is the case whose steps the rows are, where they are.
    """
    found: list[ObjectColumn] = []
    if steps_of is not None and steps_of.name not in board.reasons:
        board.take(steps_of, "object", f"Called “{steps_of.name}”, and it comes back: rows are steps of a case.")
        found.append(ObjectColumn("case", steps_of.name, "case"))
    for kind, phrases in h.OBJECTS.items():
        column = board.best(phrases, lambda one: one.length <= 60 and not board.is_date(one), 3.0)
        if column is not None:
            label = _label(board, kind, column)
            board.take(column, "object", f"Called “{column.name}”: the {kind} it was about.")
            found.append(ObjectColumn(kind, column.name, label_column=label))
    for column in board.free():
        words = column.words.split()
        if len(words) > 1 and "id" in {words[0], words[-1]} and column.length <= 60 and column.distinct > 1:
            kind = slug(" ".join(word for word in words if word != "id"), separator="_")
            board.take(column, "object", f"Called “{column.name}”: the key of something it was about.")
            found.append(ObjectColumn(kind or "thing", column.name))
    return found


def guess_text(board: Board) -> str | None:
    """What was said or written: long cells with spaces."""

    def written(column: Profile) -> bool:
        return column.length >= 15 and column.spaced >= 0.6 and column.numbers < 0.1

    column = board.best(h.TEXT, written)
    if column is None:
        long = [one for one in board.free() if one.length >= 60 and one.spaced >= 0.9 and one.variety > 0.5]
        column = max(long, key=lambda one: one.length, default=None)
    if column is None:
        return None
    return board.take(column, "text", f"Its cells are texts of {column.length:.0f} characters on average.").name


def guess_attributes(board: Board) -> dict[str, str]:
    """What the row says of the person."""
    found: dict[str, str] = {}
    for name, phrases in h.ATTRIBUTES.items():
        column = board.best(phrases, lambda one: bool(one.values) and one.length <= 100, 3.0)
        if column is not None:
            found[name] = board.take(
                column, "attribute", f"Called “{column.name}”: the person's {name.replace('_', ' ')}."
            ).name
    return found


def guess_message_id(board: Board) -> str | None:
    """The event's own id: a column called so, different in every row of the sample."""
    column = board.best(h.EVENT_ID, lambda one: one.unique and one.length <= 100, 3.0)
    if column is None:
        return None
    return board.take(column, "message id", f"Called “{column.name}”, and different in every row.").name


def _label(board: Board, kind: str, key: Profile) -> str | None:
    phrases = h.OBJECT_LABELS.get(kind)
    if phrases is None:
        return None
    column = board.best(phrases, lambda one: one is not key and one.numbers < 0.5, 3.0)
    return None if column is None else board.take(column, "label", f"The name of the {kind} in “{key.name}”.").name


def _channels(column: Profile) -> float:
    values = set(column.values)
    return sum(1 for value in values if folded(value) in CHANNELS) / len(values) if values else 0.0
