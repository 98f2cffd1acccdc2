"""A mapping as people choose it: one role for each column, and what no column says.

`choices_of` and `settings_of` take a mapping apart; `mapping_of` puts it together again. What a page has no field for
travels in the mapping it began with.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from vincle.engine.tabular.mapping import Amount, Mapping, ObjectColumn, Score, When, Where, Who
from vincle.kernel.errors import BadInput
from vincle.kernel.words import slug

WHOLE_SCALE = (1.0, 5.0)


class Role(StrEnum):
    """What a column can be taken for."""

    EMAIL = "email"
    PHONE = "phone"
    WHO = "who"
    ATTRIBUTE = "attribute"
    WHEN = "when"
    WHAT = "what"
    CHANNEL = "channel"
    PLACE = "place"
    STAFF = "staff"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    CURRENCY = "currency"
    SCORE = "score"
    TEXT = "text"
    OBJECT = "object"
    OBJECTS = "objects"
    PART = "part"
    MESSAGE_ID = "message_id"
    PROPERTY = "property"
    IGNORE = "ignore"


SEVERAL = {Role.EMAIL, Role.PHONE, Role.WHO, Role.ATTRIBUTE, Role.OBJECT, Role.PART, Role.PROPERTY, Role.IGNORE}
_PEOPLE = {Role.EMAIL, Role.PHONE, Role.WHO}
DETAILED = {Role.WHO, Role.ATTRIBUTE, Role.OBJECT}


@dataclass(frozen=True, slots=True)
class Choice:
    """What one column is taken for. `detail`: the namespace of a number, the name of an attribute, the type of a
    thing."""

    column: str
    role: Role
    detail: str = ""

    @property
    def has_detail(self) -> bool:
        return self.role in DETAILED


@dataclass(frozen=True, slots=True)
class Settings:
    """What no column says, or says in more than one way. Empty text: not said."""

    kind: str = ""
    label: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    moment: str = ""
    date_order: str = ""
    timezone: str = "UTC"
    channel: str = ""
    place: str = ""
    currency: str = ""
    decimal: str = ""
    low: float = WHOLE_SCALE[0]
    high: float = WHOLE_SCALE[1]


def choices_of(mapping: Mapping, columns: Sequence[str]) -> list[Choice]:
    """The role of each column, in their order."""
    roles = _roles(mapping)
    return [roles.get(column, Choice(column, Role.PROPERTY)) for column in columns]


def settings_of(mapping: Mapping) -> Settings:
    """What the mapping says beside the columns."""
    amount, score = mapping.amount, mapping.score
    return Settings(
        kind=mapping.what.kind or "",
        label=mapping.what.label or "",
        kinds=dict(mapping.what.kinds),
        moment=mapping.when.moment or "",
        date_order=mapping.when.date_order or "",
        timezone=mapping.when.timezone or mapping.timezone,
        channel=mapping.where.channel or "",
        place=mapping.where.place or "",
        currency=(amount.currency or "") if amount else "",
        decimal=amount.decimal if amount else "",
        low=score.low if score else WHOLE_SCALE[0],
        high=score.high if score else WHOLE_SCALE[1],
    )


def mapping_of(choices: Sequence[Choice], settings: Settings, base: Mapping) -> Mapping:
    """The mapping that the choices and settings make; `base` is the one they were taken from.

    Raises `BadInput` when two columns are taken for what only one can say, or a name cannot be one.
    """
    taken = _Taken(choices)
    return replace(
        base,
        who=_who(taken, base),
        when=_when(taken.one(Role.WHEN), settings, base.when),
        what=replace(
            base.what,
            column=taken.one(Role.WHAT),
            kind=settings.kind or None,
            label=settings.label or None,
            kinds=settings.kinds,
        ),
        where=_where(taken, settings),
        amount=_amount(taken, settings),
        score=_score(taken.one(Role.SCORE), settings),
        text=taken.one(Role.TEXT),
        staff=taken.one(Role.STAFF),
        message_id=taken.one(Role.MESSAGE_ID),
        attributes=_attributes(taken),
        objects=_objects(taken, base),
        objects_column=taken.one(Role.OBJECTS),
        ignore=tuple(choice.column for choice in taken.of(Role.IGNORE)),
        timezone=settings.timezone,
    )


def is_complete(mapping: Mapping) -> bool:
    """Whether it says who, when and what."""
    when, what = mapping.when, mapping.what
    return bool((mapping.who or mapping.names_people) and (when.column or when.moment) and (what.column or what.kind))


class _Taken:
    """The choices by role."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._by_role: dict[Role, list[Choice]] = defaultdict(list)
        for choice in choices:
            self._by_role[choice.role].append(choice)
        self.role_of = {choice.column: choice.role for choice in choices}

    def of(self, role: Role) -> list[Choice]:
        return self._by_role[role]

    def one(self, role: Role) -> str | None:
        found = self._by_role[role]
        if len(found) > 1:
            named = " and ".join(f"“{choice.column}”" for choice in found[:3])
            raise BadInput(
                f"{named} are taken for the same thing.", "Choose one of them, and something else for the rest."
            )
        return found[0].column if found else None


def _roles(mapping: Mapping) -> dict[str, Choice]:
    roles: dict[str, Choice] = {}

    def put(column: str | None, role: Role, detail: str = "") -> None:
        if column is not None and column not in roles:
            roles[column] = Choice(column, role, detail)

    for who in mapping.who:
        role = {"email": Role.EMAIL, "phone": Role.PHONE}.get(who.namespace, Role.WHO)
        put(who.column, role, who.namespace if role == Role.WHO else "")
    put(mapping.when.column, Role.WHEN)
    put(mapping.what.column, Role.WHAT)
    put(mapping.where.channel_column, Role.CHANNEL)
    put(mapping.where.place_column, Role.PLACE)
    if mapping.amount:
        put(mapping.amount.column, Role.AMOUNT)
        put(mapping.amount.quantity_column, Role.QUANTITY)
        put(mapping.amount.currency_column, Role.CURRENCY)
    put(mapping.score.column if mapping.score else None, Role.SCORE)
    put(mapping.text, Role.TEXT)
    put(mapping.staff, Role.STAFF)
    put(mapping.message_id, Role.MESSAGE_ID)
    for name, column in mapping.attributes.items():
        put(column, Role.ATTRIBUTE, name)
    for thing in mapping.objects:
        put(thing.column, Role.OBJECT, thing.type)
    for thing in mapping.objects:
        for part in (thing.label_column, thing.quantity_column, thing.amount_column):
            put(part, Role.PART)
    put(mapping.objects_column, Role.OBJECTS)
    for column in mapping.ignore:
        put(column, Role.IGNORE)
    return roles


def _who(taken: _Taken, base: Mapping) -> tuple[Who, ...]:
    found = [Who(choice.column, choice.detail or name_for(choice.column)) for choice in taken.of(Role.WHO)]
    found += [Who(choice.column, "email") for choice in taken.of(Role.EMAIL)]
    found += [Who(choice.column, "phone") for choice in taken.of(Role.PHONE)]
    before = [who.column for who in base.who]
    return tuple(sorted(found, key=lambda who: before.index(who.column) if who.column in before else len(before)))


def _when(column: str | None, settings: Settings, before: When) -> When:
    kept = before if column == before.column else When()  # how one column writes its dates says nothing of another
    return replace(
        kept,
        column=column,
        date_order=settings.date_order or None,  # type: ignore[arg-type]  # Mapping refuses what is none
        moment=settings.moment or None,
        timezone=None,
    )


def _where(taken: _Taken, settings: Settings) -> Where:
    return Where(settings.channel or None, taken.one(Role.CHANNEL), settings.place or None, taken.one(Role.PLACE))


def _amount(taken: _Taken, settings: Settings) -> Amount | None:
    column, currency, quantity = taken.one(Role.AMOUNT), taken.one(Role.CURRENCY), taken.one(Role.QUANTITY)
    if column is None:
        return None
    decimal = settings.decimal or "."
    return Amount(column, settings.currency or None, currency, decimal, quantity)  # type: ignore[arg-type]


def _score(column: str | None, settings: Settings) -> Score | None:
    return None if column is None else Score(column, settings.low, settings.high)


def _attributes(taken: _Taken) -> dict[str, str]:
    found: dict[str, str] = {}
    for choice in taken.of(Role.ATTRIBUTE):
        name = slug(choice.detail, separator="_") or name_for(choice.column)
        if name in found:
            raise BadInput(
                f"“{found[name]}” and “{choice.column}” both say the person's {name}.", "Name one otherwise."
            )
        found[name] = choice.column
    return found


def _objects(taken: _Taken, base: Mapping) -> tuple[ObjectColumn, ...]:
    before = {thing.column: thing for thing in base.objects}
    # A column may say who it is about and, by the same number, what: the page shows the first.
    both = [thing for column, thing in before.items() if taken.role_of.get(column) in _PEOPLE]
    found = [*both, *(_object(choice, taken, before.get(choice.column)) for choice in taken.of(Role.OBJECT))]
    order = {column: place for place, column in enumerate(before)}
    return tuple(sorted(found, key=lambda thing: order.get(thing.column, len(order))))


def _object(choice: Choice, taken: _Taken, before: ObjectColumn | None) -> ObjectColumn:
    kind = slug(choice.detail, separator="_") or name_for(choice.column)
    before = before or ObjectColumn(kind, choice.column)

    def still(column: str | None) -> str | None:
        return column if column and taken.role_of.get(column) in {Role.PART, Role.QUANTITY} else None

    return replace(
        before,
        type=kind,
        label_column=still(before.label_column),
        quantity_column=still(before.quantity_column),
        amount_column=still(before.amount_column),
    )


def name_for(column: str) -> str:
    """A name made of a column's: 'Customer No.' is customer_no."""
    name = slug(column, separator="_")[:60] or "id"
    return name if name[0].isalpha() else f"id_{name}"
