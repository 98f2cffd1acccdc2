"""Which column says who, when, what, where and the rest: all that is needed to shape a file."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, fields
from typing import Literal, Self

from vincle.engine.tabular.kinds import DOTTED
from vincle.engine.tabular.limits import LONGEST_KIND, LONGEST_WORD
from vincle.kernel.errors import BadInput

DateOrder = Literal["dmy", "mdy", "ymd"]
Rows = Literal["happenings", "people"]  # what each row of a file is

_NAMESPACE = re.compile(r"[a-z][a-z0-9_]*(?:@[a-z0-9_.-]+)?")
_SOURCE = re.compile(r"[a-z0-9][a-z0-9_-]*")
GLOBAL_NAMESPACES = frozenset({"email", "phone"})


@dataclass(frozen=True, slots=True)
class Who:
    """A column that identifies the person.

    `email` and `phone` mean the same everywhere; any other namespace belongs to the source it comes from.
    """

    column: str
    namespace: str


@dataclass(frozen=True, slots=True)
class When:
    """When it happened: a column, or one `moment` (ISO 8601) for all rows.

    `format` is needed for what does not explain itself: a strptime pattern, or epoch, epoch_ms, epoch_us, excel, days
    (since `start`). `date_order` tells 3 April from 4 March in 03/04/2024. `timezone` is that of times without one.
    """

    column: str | None = None
    format: str | None = None
    date_order: DateOrder | None = None
    timezone: str | None = None
    start: str | None = None
    moment: str | None = None


@dataclass(frozen=True, slots=True)
class What:
    """What happened: a column of words, or one `kind` for all rows (and for rows where the column is empty).

    `kinds` says what some of the words stand for; `label` is how a constant kind is called. `returned` is the kind of
    rows whose amount is below nought and that would be of the constant kind: credit notes among invoices.
    """

    column: str | None = None
    kind: str | None = None
    label: str | None = None
    kinds: Dict[str, str] = field(default_factory=dict)
    returned: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Where it happened: channel and place, each a constant or a column."""

    channel: str | None = None
    channel_column: str | None = None
    place: str | None = None
    place_column: str | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Money: the column, its currency (a constant, or a column), how decimals are written.

    With `quantity_column` the amount is a price and is multiplied by it.
    """

    column: str
    currency: str | None = None
    currency_column: str | None = None
    decimal: Literal[".", ","] = "."
    quantity_column: str | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """Satisfaction: `low` becomes -1 and `high` becomes 1."""

    column: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ObjectColumn:
    """A column whose cells name something the interaction was about."""

    type: str
    column: str
    qualifier: str = ""
    label_column: str | None = None
    quantity_column: str | None = None
    amount_column: str | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    """How the columns of one kind of file enter the log. Columns named nowhere go to the properties.

    `source` scopes ids and kinds ('customer_id@shop', 'shop.visit'). `timezone` is that of times without one, `country`
    (ISO 3166) that of phone numbers without a prefix. `objects_column` holds a JSON array of objects. When `rows` are
    people, each row is somebody of the source, and no two rows are the same person for what a family shares.
    """

    source: str
    who: tuple[Who, ...] = ()
    when: When = field(default_factory=When)
    what: What = field(default_factory=What)
    where: Where = field(default_factory=Where)
    amount: Amount | None = None
    score: Score | None = None
    text: str | None = None
    staff: str | None = None
    message_id: str | None = None
    attributes: Dict[str, str] = field(default_factory=dict)
    objects: tuple[ObjectColumn, ...] = ()
    objects_column: str | None = None
    ignore: tuple[str, ...] = ()
    timezone: str = "UTC"
    country: str | None = None
    rows: Rows = "happenings"

    def __post_init__(self) -> None:
        _check_names(self)
        _check_completeness(self)

    @classmethod
    def from_toml(cls, text: str) -> Self:
        """Read a saved mapping. Raises `BadInput` that names the key which is wrong."""
        from vincle.engine.tabular import mapping_toml

        return mapping_toml.read(cls, text)

    def to_toml(self) -> str:
        """The mapping as a person would write it; `from_toml` gives the same mapping back."""
        from vincle.engine.tabular import mapping_toml

        return mapping_toml.write(self)

    @property
    def names_people(self) -> bool:
        """Whether each row is a person with a name, which is enough to be somebody."""
        return self.rows == "people" and bool({"name", "given_name", "family_name"} & set(self.attributes))

    def columns(self) -> Iterator[tuple[str, str]]:
        """Every (key, column) that the mapping names, the ignored ones left out."""
        for place, who in enumerate(self.who, start=1):
            yield f"who[{place}].column", who.column
        for key in ("text", "staff", "message_id", "objects_column"):
            if (column := getattr(self, key)) is not None:
                yield key, column
        for key in ("when", "what", "where", "amount", "score"):
            yield from _named_in(key, getattr(self, key))
        for name, column in self.attributes.items():
            yield f"attributes.{name}", column
        for place, thing in enumerate(self.objects, start=1):
            yield from _named_in(f"objects[{place}]", thing)

    def check(self, columns: Sequence[str]) -> None:
        """Raise `BadInput` when the mapping cannot be used on a file with these columns."""
        if not self.who and not self.names_people:
            raise BadInput("Nothing says who each row is about.", "Choose the column that identifies the person.")
        if self.when.column is None and self.when.moment is None:
            raise BadInput("Nothing says when each row happened.", "Choose the column with the date.")
        if self.what.column is None and self.what.kind is None:
            raise BadInput("Nothing says what happened in each row.", "Choose a column or one kind for all rows.")
        there = set(columns)
        for key, column in self.columns():
            if column not in there:
                listed = ", ".join(f"“{name}”" for name in columns[:30])
                raise BadInput(
                    f"The mapping takes “{key}” from the column “{column}”, which the file does not have.",
                    f"Its columns are {listed}.",
                )


def _named_in(key: str, part: object) -> Iterator[tuple[str, str]]:
    if part is None:
        return
    for one in fields(part):  # type: ignore[arg-type]
        if one.name == "column" or one.name.endswith("_column"):
            column = getattr(part, one.name)
            if column is not None:
                yield f"{key}.{one.name}", column


def _check_names(mapping: Mapping) -> None:
    _demand("source", mapping.source, _SOURCE.fullmatch(mapping.source), "a name in lower-case letters and digits")
    _demand("source", mapping.source, len(mapping.source) <= LONGEST_WORD, f"at most {LONGEST_WORD} characters long")
    for key, word in _words(mapping):
        _demand(key, word, 0 < len(word) <= LONGEST_WORD, f"between 1 and {LONGEST_WORD} characters long")
    for place, who in enumerate(mapping.who, start=1):
        allowed = _NAMESPACE.fullmatch(who.namespace) and len(who.namespace) + len(mapping.source) < LONGEST_KIND
        _demand(f"who[{place}].namespace", who.namespace, allowed, "a name like email, phone or customer_id")
    constants = [("what.kind", mapping.what.kind), ("what.returned", mapping.what.returned)]
    for key, kind in [*constants, *((f"what.kinds.{words}", kind) for words, kind in mapping.what.kinds.items())]:
        fine = kind is None or (DOTTED.fullmatch(kind) and len(kind) <= LONGEST_KIND)
        _demand(key, kind, fine, "a dotted name like order.placed")
    _demand("rows", mapping.rows, mapping.rows in {"happenings", "people"}, "happenings or people")
    country = mapping.country
    _demand("country", country, country is None or re.fullmatch("[A-Z]{2}", country), "a country code like ES")
    if mapping.amount is not None:
        currency = mapping.amount.currency
        valid = currency is None or re.fullmatch("[A-Z]{3}", currency)
        _demand("amount.currency", currency, valid, "a currency code like EUR")
        _demand("amount.decimal", mapping.amount.decimal, mapping.amount.decimal in {".", ","}, "a point or a comma")


def _words(mapping: Mapping) -> Iterator[tuple[str, str]]:
    for name in mapping.attributes:
        yield f"attributes.{name}", name
    for place, thing in enumerate(mapping.objects, start=1):
        yield f"objects[{place}].type", thing.type
        yield f"objects[{place}].qualifier", thing.qualifier or "-"


def _check_completeness(mapping: Mapping) -> None:
    when = mapping.when
    order = when.date_order
    _demand("when.date_order", order, order is None or order in {"dmy", "mdy", "ymd"}, "dmy, mdy or ymd")
    _demand("when.start", when.start, when.format != "days" or when.start, "a date when the format is days")
    for key, zone in (("timezone", mapping.timezone), ("when.timezone", when.timezone)):
        _demand(key, zone, zone is None or _is_zone(zone), "a time zone like Europe/Madrid")
    score = mapping.score
    if score is not None:
        _demand(
            "score.scale",
            f"{score.low:g} to {score.high:g}",
            score.low < score.high,
            "two different numbers, low first",
        )


def _is_zone(name: str) -> bool:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _demand(key: str, value: object, fine: object, wanted: str) -> None:
    if not fine:
        raise BadInput(f"The mapping's “{key}” is “{value}”; it must be {wanted}.")
