"""The changes there are of a journey: a small closed set, each as data that can be kept and done again."""

from typing import Any, Literal, TypeAlias

import msgspec
from django.utils.translation import gettext as _

from vincle.engine.journeys.journey import Aim, Feeling, Journey, JourneyStage, Key, Name, Rule, Touchpoint
from vincle.kernel.errors import BadInput

STAGE_TEXTS = ("name", "wants", "does", "dissatisfies", "front", "back", "opportunities", "owner")
MapField: TypeAlias = Literal["name", "case", "about"]
ArchetypeField: TypeAlias = Literal["name", "words", "person"]
StageField: TypeAlias = Literal[
    "name", "wants", "does", "feels", "dissatisfies", "front", "back", "opportunities", "owner", "expected",
    "repeatable", "within_days",
]  # fmt: skip


class _Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="do"):
    """All of them: `do` says which it is."""


class SetMap(_Operation, tag="set-map", frozen=True):
    """The journey's name, whose it is, or what is said about it."""

    field: MapField
    value: str


class SetArchetype(_Operation, tag="set-archetype", frozen=True):
    """Something of the archetype."""

    field: ArchetypeField
    value: str


class SetAim(_Operation, tag="set-aim", frozen=True):
    """What should come of the journey; None: nobody has said."""

    aim: Aim | None


class SetStage(_Operation, tag="set-stage", frozen=True):
    """What stands in one cell of a stage; an empty feeling is None."""

    stage: Key
    field: StageField
    value: str | bool | float | None


class SetRules(_Operation, tag="set-rules", frozen=True):
    """How somebody comes into a stage."""

    stage: Key
    enters: tuple[Rule, ...]


class AddStage(_Operation, tag="add-stage", frozen=True):
    """A new stage with a name; it is given a key, and then it is a `PutStage`."""

    name: Name
    at: int


class PutStage(_Operation, tag="put-stage", frozen=True):
    """A whole stage at a place."""

    stage: JourneyStage
    at: int


class MoveStage(_Operation, tag="move-stage", frozen=True):
    """A stage to another place: `at` counts without it."""

    stage: Key
    at: int


class RemoveStage(_Operation, tag="remove-stage", frozen=True):
    """A stage away, with all that stands in it."""

    stage: Key


class AddTouchpoint(_Operation, tag="add-touchpoint", frozen=True):
    """A new touchpoint at the end of a stage; it is given a key, and then it is a `PutTouchpoint`."""

    stage: Key
    name: Name
    kinds: tuple[str, ...] = ()
    channel: str = ""
    initiator: Literal["person", "organisation"] = "person"
    feels: Feeling | None = None
    words: str = ""


class PutTouchpoint(_Operation, tag="put-touchpoint", frozen=True):
    """A whole touchpoint at a place of a stage."""

    stage: Key
    touchpoint: Touchpoint
    at: int


class ChangeTouchpoint(_Operation, tag="change-touchpoint", frozen=True):
    """A touchpoint as it is to be; its key stays."""

    stage: Key
    touchpoint: Touchpoint


class MoveTouchpoint(_Operation, tag="move-touchpoint", frozen=True):
    """A touchpoint to a place of this or another stage: `at` counts without it."""

    stage: Key
    key: Key
    to: Key
    at: int


class RemoveTouchpoint(_Operation, tag="remove-touchpoint", frozen=True):
    """A touchpoint away."""

    stage: Key
    key: Key


class Replace(_Operation, tag="replace", frozen=True):
    """Everything: a version is restored, or a document read in."""

    journey: Journey


class Several(_Operation, tag="several", frozen=True):
    """Some of them in this order, as one change."""

    parts: tuple["Operation", ...]


Operation: TypeAlias = (
    SetMap | SetArchetype | SetAim | SetStage | SetRules | AddStage | PutStage | MoveStage | RemoveStage | AddTouchpoint
    | PutTouchpoint | ChangeTouchpoint | MoveTouchpoint | RemoveTouchpoint | Replace | Several
)  # fmt: skip


def read_operation(said: Any) -> Operation:
    """An operation from dictionaries and lists. Raises `BadInput` when it is none."""
    try:
        found: Operation = msgspec.convert(said, Operation)
    except msgspec.ValidationError as error:
        raise BadInput(_("This change cannot be read: %(why)s.") % {"why": error}) from error
    return found


def as_said(operation: Operation) -> dict[str, Any]:
    """The same as dictionaries and lists; `read_operation` gives it back."""
    told: dict[str, Any] = msgspec.to_builtins(operation)
    return told
