"""A designed journey as a document: its stages, how one comes into each, and what should happen there.

    journey = from_json(Path("journey.json").read_text())
    journey.stages[0].enters          # the rules by which the data itself moves people along

The format is `vincle-journey/1`; `schema()` is its JSON Schema, and docs/journey-format.md explains it. Texts are as
long as people write them, within bounds; what a document does not say is empty, never invented.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from vincle.kernel.errors import BadInput

MOST_STAGES = 30
MOST_TOUCHPOINTS = 40  # of one stage

Key = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_-]{0,39}$")]
Name = Annotated[str, Meta(min_length=1, max_length=120)]
Words = Annotated[str, Meta(max_length=4000)]
Kind = Annotated[str, Meta(min_length=1, max_length=200)]
Kinds = Annotated[tuple[Kind, ...], Meta(min_length=1, max_length=50)]
Days = Annotated[float, Meta(gt=0, le=3650)]
Feeling = Annotated[float, Meta(ge=-2, le=2)]  # -2 very bad, 0 neither, 2 very good
Expected = Literal["always", "maybe", "never"]
Initiator = Literal["person", "organisation"]

ERASED = "erased"  # what an archetype says instead of the address of a person who was erased

_KEY = re.compile("[^a-z0-9]+")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # what no database keeps, or no page shows


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a property of an interaction must be: exactly `equals`, or a number from `at_least` to `at_most`. The names
    `amount` and `score` mean the interaction's own.
    """

    property: Annotated[str, Meta(min_length=1, max_length=100)]
    equals: Annotated[str, Meta(max_length=400)] | None = None
    at_least: float | None = None
    at_most: float | None = None


class About(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an interaction must be about: a thing of `type`, and of those the one with `key` where that is said."""

    type: Annotated[str, Meta(min_length=1, max_length=100)]
    key: Annotated[str, Meta(min_length=1, max_length=400)] | None = None


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """When a stage is entered: with the `times`-th interaction that is one of `kinds` (by `channel`, `about` something,
    with properties as `where` says), all of them `within_days` of one another where that is said. Or, with
    `absent_days`, when so many days have passed since such an interaction without another.

    `after` names stages: then it counts from when one of those was entered, once for each time. Without it a stage is
    entered once, and by absence as often as there is one.
    """

    kinds: Kinds
    channel: Annotated[str, Meta(max_length=100)] = ""
    about: About | None = None
    where: Annotated[tuple[Where, ...], Meta(max_length=10)] = ()
    times: Annotated[int, Meta(ge=1, le=10_000)] = 1
    within_days: Days | None = None
    absent_days: Days | None = None
    after: Annotated[tuple[Key, ...], Meta(max_length=MOST_STAGES)] = ()


class Touchpoint(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Where the person and the organisation meet. What is of `kinds`, and by `channel` where that is said, is it."""

    key: Key
    name: Name
    kinds: Annotated[tuple[Kind, ...], Meta(max_length=50)] = ()
    channel: Annotated[str, Meta(max_length=100)] = ""
    initiator: Initiator = "person"
    feels: Feeling | None = None
    words: Words = ""


class JourneyStage(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One stage and its lanes. `expected`: whether everybody should come through it, may, or should not;
    `repeatable`: whether they may several times in a row; `within_days`: how long it may take since the stage before.
    Without a rule in `enters` nobody is known to be in it.
    """

    key: Key
    name: Name
    enters: Annotated[tuple[Rule, ...], Meta(max_length=20)] = ()
    expected: Expected = "always"
    repeatable: bool = False
    within_days: Days | None = None
    wants: Words = ""
    does: Words = ""
    feels: Feeling | None = None
    dissatisfies: Words = ""
    front: Words = ""
    back: Words = ""
    opportunities: Words = ""
    owner: Annotated[str, Meta(max_length=200)] = ""
    touchpoints: Annotated[tuple[Touchpoint, ...], Meta(max_length=MOST_TOUCHPOINTS)] = ()


class Archetype(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Whose journey it is: a name, a description, and the `person` who stands for the group where one was chosen: their
    address, or `ERASED` when they were erased since.
    """

    name: Annotated[str, Meta(max_length=200)] = ""
    words: Words = ""
    person: Annotated[str, Meta(max_length=40)] = ""


class Aim(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What should come of it, for moments that matter: an interaction of `kind` or coming into `stage`, one of them."""

    kind: Annotated[str, Meta(max_length=200)] = ""
    stage: Annotated[str, Meta(max_length=40)] = ""
    first_days: Days = 30
    within_days: Days = 90
    again: bool = False


class Journey(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A whole document. `case` is "person", or the type of thing whose journey it is (an order, a course)."""

    name: Name
    stages: Annotated[tuple[JourneyStage, ...], Meta(min_length=1, max_length=MOST_STAGES)]
    format: Literal["vincle-journey/1"] = "vincle-journey/1"
    case: Annotated[str, Meta(min_length=1, max_length=100)] = "person"
    about: Words = ""
    archetype: Archetype = Archetype()
    aim: Aim | None = None

    def stage(self, key: str) -> JourneyStage:
        """The stage with that key. Raises `KeyError` when there is none."""
        for each in self.stages:
            if each.key == key:
                return each
        raise KeyError(key)


def from_json(text: str | bytes) -> Journey:
    """Read a document and check it (see `checked`). Raises `BadInput` that says which part of it is wrong."""
    try:
        said = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadInput(f"The journey is not JSON: {error}.") from error
    return from_data(said)


def from_data(said: Any) -> Journey:
    """The same of what was read already: dictionaries, lists, texts and numbers."""
    try:
        return checked(msgspec.convert(said, Journey))
    except msgspec.ValidationError as error:
        raise BadInput(f"The journey cannot be read: {error}.") from error


def as_data(journey: Journey) -> dict[str, Any]:
    """The document as dictionaries and lists, without what is empty; `from_data` gives the same journey back."""
    told: dict[str, Any] = msgspec.to_builtins(journey)
    return {"format": journey.format, **told}


def as_json(journey: Journey) -> str:
    """The document as indented JSON."""
    return msgspec.json.format(msgspec.json.encode(as_data(journey))).decode()


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of the format."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Journey)}


def checked(journey: Journey) -> Journey:
    """The same journey, with who stands for it by their address as it is usually written, or by none. Raises `BadInput`
    when two parts have one key, a rule waits for a stage that is not there, stages wait for one another (the stages of
    such a cycle are named), or a text holds what cannot be kept.
    """
    if any(_UNSPEAKABLE.search(text) for text in _texts(msgspec.to_builtins(journey))):
        raise BadInput("The journey holds a character that cannot be kept.")
    keys = [each.key for each in journey.stages]
    _unlike(keys, "stages")
    for stage in journey.stages:
        _unlike([each.key for each in stage.touchpoints], f"touchpoints of “{stage.name}”")
        for rule in stage.enters:
            _possible(rule, stage, keys)
    in_order(journey)
    if journey.aim and (bool(journey.aim.kind) == bool(journey.aim.stage) or journey.aim.stage not in {"", *keys}):
        raise BadInput("The aim of the journey is to be one kind of interaction, or one of its stages.")
    whose = _address(journey.archetype.person)
    if whose == journey.archetype.person:
        return journey
    return msgspec.structs.replace(journey, archetype=msgspec.structs.replace(journey.archetype, person=whose))


def in_order(journey: Journey) -> list[JourneyStage]:
    """The stages such that each comes after those that its rules wait for, else as they stand. Raises `BadInput` with
    the names when some wait for one another.
    """
    if circle := waiting_circle(journey):
        raise BadInput(
            f"These stages wait for one another: {' → '.join(each.name for each in circle)}.",
            "Let one of them be entered without waiting for another.",
        )
    return [journey.stage(key) for key in _ready(_waits(journey))]


def waiting_circle(journey: Journey) -> list[JourneyStage]:
    """Stages that wait for one another, each for the next, the first of them again at the end; empty when none do."""
    waits = _waits(journey)
    found = _ready(waits)
    return [journey.stage(key) for key in _cycle(waits, found)] if len(found) < len(waits) else []


def key_from(name: str, taken: Collection[str]) -> str:
    """A key for something new that is called `name`, unlike those `taken`."""
    base = _KEY.sub("-", name.casefold()).strip("-")[:32].strip("-") or "part"
    numbered: Iterator[str] = (base if n == 1 else f"{base}-{n}" for n in range(1, len(taken) + 2))
    return next(key for key in numbered if key not in taken)


def _waits(journey: Journey) -> dict[str, set[str]]:
    known = {each.key for each in journey.stages}
    return {each.key: {key for rule in each.enters for key in rule.after} & known for each in journey.stages}


def _ready(waits: Mapping[str, set[str]]) -> list[str]:
    """The keys such that each comes after those it waits for, else as they stand; without those that cannot."""
    found: list[str] = []
    while True:
        ready = next((key for key, others in waits.items() if key not in found and others <= set(found)), None)
        if ready is None:
            return found
        found.append(ready)


def _cycle(waits: Mapping[str, set[str]], found: Sequence[str]) -> list[str]:
    """The keys of a cycle, the first of them again at the end, each waiting for the next."""
    left = set(waits) - set(found)
    path = [min(left)]
    while path.count(path[-1]) == 1:
        path.append(min(waits[path[-1]] & left))
    return path[path.index(path[-1]) :]


def _texts(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, Mapping):
        for each in said.values():
            yield from _texts(each)
    elif isinstance(said, list | tuple):
        for each in said:
            yield from _texts(each)


def _address(said: str) -> str:
    """The address of a person as an erasure looks for it; what is none means nobody here."""
    try:
        return said if said in {"", ERASED} else str(UUID(said))
    except ValueError:
        return ""


def _unlike(keys: Sequence[str], what: str) -> None:
    for key in keys:
        if keys.count(key) > 1:
            raise BadInput(f"Two of the {what} have the key “{key}”.")


def _possible(rule: Rule, stage: JourneyStage, keys: Sequence[str]) -> None:
    for key in rule.after:
        if key not in keys:
            raise BadInput(f"“{stage.name}” comes after a stage “{key}”, which is not there.")
    if rule.absent_days is not None and (rule.times > 1 or rule.within_days is not None):
        raise BadInput(f"A rule of “{stage.name}” asks for absence and for a number of times at once.")
    for where in rule.where:
        if where.equals is None and where.at_least is None and where.at_most is None:
            raise BadInput(f"A rule of “{stage.name}” does not say what “{where.property}” must be.")
