"""Pages that are found by where one is, not by counting from the start: quick however far one goes, and steady
while rows arrive.

A page is asked for with an opaque cursor. It holds the sort value and the id of the row at the edge, is signed,
and is good only for the order it was made for.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.utils.translation import gettext as _

from vincle.kernel.errors import BadInput

T = TypeVar("T")
M = TypeVar("M", bound=Model)

SALT = "vincle.page"
PAGE_SIZE = 50


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the cursors of the pages after and before; empty where there is none."""

    items: list[T]
    next: str = ""
    previous: str = ""

    def __iter__(self) -> Iterator[T]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Edge:
    """The row a page starts after (or, `back`, ends before): its sort value, which may be None, and its id."""

    value: Any
    id: int
    back: bool = False


def keyset_page(rows: QuerySet[M], *, order: str, cursor: str = "", size: int = PAGE_SIZE) -> Page[M]:
    """One page of `rows` by the field `order` ("-" before it: largest first), then by id; NULL comes last.

    Each page costs one query, two where it meets the NULLs. An index on (field, id) makes it independent of how far
    one has gone. Raises `BadInput` for a cursor that is not ours or belongs to another order.
    """
    field, falling = order.removeprefix("-"), order.startswith("-")
    edge = read_cursor(cursor, order=order) if cursor else None
    back = edge is not None and edge.back
    found = _walk(rows, field, falling, edge, size + 1)
    more = len(found) > size
    items = found[:size]
    if back:
        items.reverse()
    return _page(items, order, field, before=more if back else edge is not None, after=True if back else more)


def write_cursor(edge: Edge, *, order: str) -> str:
    """An opaque, signed text for an address."""
    kind, value = _to_text(edge.value)
    return _signer(order).sign_object([kind, value, edge.id, int(edge.back)])


def read_cursor(cursor: str, *, order: str) -> Edge:
    """The edge behind a cursor; raises `BadInput` when it was not made here, for this order."""
    try:
        kind, value, row_id, back = _signer(order).unsign_object(cursor)
        return Edge(_from_text(kind, value), int(row_id), bool(back))
    except (signing.BadSignature, StopIteration, ValueError, TypeError) as error:
        raise BadInput(_("This address of a page does not hold any more."), _("Start from the first page.")) from error


def _signer(order: str) -> signing.Signer:
    return signing.Signer(salt=f"{SALT}:{order}")


def _walk(rows: QuerySet[M], field: str, falling: bool, edge: Edge | None, wanted: int) -> list[M]:
    """Up to `wanted` rows beyond `edge`, in the direction walked; rows without a value are at the far end."""
    back = edge is not None and edge.back
    down = falling != back
    valued, unvalued = _split(rows, field, down)
    if edge is None:
        return _chain(valued, unvalued, wanted)
    if edge.value is None:
        beyond = None if unvalued is None else unvalued.filter(**{"pk__lt" if down else "pk__gt": edge.id})
        return _chain(beyond, valued if back else None, wanted)
    side = TupleLessThan if down else TupleGreaterThan
    # For SQLite Django spells the pair out with OR, and it starts at the top: the plain bound starts it at the edge.
    bound = {f"{field}__{'lte' if down else 'gte'}": edge.value}
    past = valued.filter(side(Tuple(F(field), F("pk")), (edge.value, edge.id)), **bound)
    return _chain(past, None if back else unvalued, wanted)


def _split(rows: QuerySet[M], field: str, down: bool) -> tuple[QuerySet[M], QuerySet[M] | None]:
    """The rows with a value, in order, and those without; None when the column cannot be NULL."""
    ordered = rows.order_by(*_both(field, down))
    if not _may_be_null(rows, field):
        return ordered, None
    empty = {f"{field}__isnull": True}
    return ordered.exclude(**empty), rows.filter(**empty).order_by("-pk" if down else "pk")


def _chain(first: QuerySet[M] | None, then: QuerySet[M] | None, wanted: int) -> list[M]:
    found = [] if first is None else list(first[:wanted])
    if len(found) < wanted and then is not None:
        found += then[: wanted - len(found)]
    return found


def _may_be_null(rows: QuerySet[M], field: str) -> bool:
    try:
        return bool(getattr(rows.model._meta.get_field(field), "null", True))  # noqa: SLF001 - Django's documented way
    except FieldDoesNotExist:
        return True  # an annotation


def _both(field: str, down: bool) -> tuple[str, str]:
    return (f"-{field}", "-pk") if down else (field, "pk")


def _page(items: list[M], order: str, field: str, *, before: bool, after: bool) -> Page[M]:
    if not items:
        return Page([])
    first, last = items[0], items[-1]
    return Page(
        items,
        next=write_cursor(Edge(getattr(last, field), last.pk), order=order) if after else "",
        previous=write_cursor(Edge(getattr(first, field), first.pk, back=True), order=order) if before else "",
    )


def _iso(moment: date) -> str:
    return moment.isoformat()


def _same(value: Any) -> Any:
    return value


# What a sort value may be: a letter, its type, how it is written in JSON and read back. The first that fits is taken.
_KINDS: tuple[tuple[str, type, Callable[[Any], Any], Callable[[Any], Any]], ...] = (
    ("n", type(None), _same, _same),
    ("b", bool, _same, bool),
    ("i", int, _same, int),
    ("f", float, _same, float),
    ("t", datetime, _iso, datetime.fromisoformat),
    ("a", date, _iso, date.fromisoformat),
    ("d", Decimal, str, Decimal),
    ("u", UUID, str, UUID),
    ("s", str, _same, str),
)


def _to_text(value: Any) -> tuple[str, Any]:
    """The value as JSON can hold it, and the letter that says how to read it back."""
    for letter, kind, write, _read in _KINDS:
        if isinstance(value, kind):
            return letter, write(value)
    raise TypeError(f"a page cannot be sorted by a {type(value).__name__}")


def _from_text(letter: str, text: Any) -> Any:
    return next(read for known, _kind, _write, read in _KINDS if known == letter)(text)
