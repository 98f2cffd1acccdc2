"""What other rooms may call."""

from vincle.apps.files.actions import LARGEST, add, bring_back_with_note, remove_with_note
from vincle.apps.files.queries import Carried, carried_by
from vincle.apps.files.web.receiving import one_file, receives

__all__ = [
    "LARGEST",
    "Carried",
    "add",
    "bring_back_with_note",
    "carried_by",
    "one_file",
    "receives",
    "remove_with_note",
]
