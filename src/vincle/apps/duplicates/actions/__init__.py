"""Writes of the room: looking for pairs, deciding about one, joining many at once."""

from vincle.apps.duplicates.actions.bulk import PARTED, carry_out, go_on, start, undo_bulk
from vincle.apps.duplicates.actions.deciding import (
    SKIP_FOR,
    accept,
    bring_back,
    reject,
    skip,
    undo,
)
from vincle.apps.duplicates.actions.looking import LOOKED, look, look_at_once, look_by_itself, start_look

__all__ = [
    "LOOKED",
    "PARTED",
    "SKIP_FOR",
    "accept",
    "bring_back",
    "carry_out",
    "go_on",
    "look",
    "look_at_once",
    "look_by_itself",
    "reject",
    "skip",
    "start",
    "start_look",
    "undo",
    "undo_bulk",
]
