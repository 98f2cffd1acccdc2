"""What an address asks of the list of people beyond its plain fields: a view, a filter, columns, an order."""

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from vincle.apps.lists.columns import DEFAULT, Column, read_columns
from vincle.apps.lists.filters.asking import conditions
from vincle.apps.lists.filters.language import Filter, Found, Group, Leaf, Period, Reached, Seen, Total
from vincle.apps.lists.filters.reading import check, read
from vincle.apps.lists.models import View
from vincle.apps.lists.queries.views import view_for
from vincle.apps.people.facade import Criteria
from vincle.kernel.errors import BadInput


@dataclass(frozen=True)
class Asked:
    """A filter (None: everybody), columns and an order, with the view they come from, if from one."""

    view: View | None
    filter: Filter | None
    columns: tuple[Column, ...]
    order: str

    def criteria(self, plain: Criteria, *, now: datetime) -> Criteria:
        """`plain`, what the list's own fields ask, together with the filter."""
        further = conditions(self.filter, now=now) if self.filter else ()
        return replace(plain, further=further, order=plain.order or self.order)


def asked(parameters: QueryDict, *, viewer: int | None) -> Asked:
    """What `view`, `f` and `c` of an address say; raises `BadInput` or `NotFound` for what cannot be understood, so
    that it never means everybody."""
    view = view_for(_uid(parameters.get("view", "")), viewer) if parameters.get("view") else None
    text = parameters.get("f") or (view.filter if view else "")
    codes = parameters.getlist("c") or (view.columns if view else []) or DEFAULT
    order = view.order if view else ""
    return Asked(view, read(text) if text else None, read_columns(codes), parameters.get("sort") or order)


def together(plain: Criteria, wanted: Filter | None) -> Filter | None:
    """The list's own fields and a filter as one filter; None when neither asks for anything.

    Raises `BadInput` where they cannot be one: a filter of which any condition must hold, with groups in it.
    """
    parts = _as_parts(plain)
    if wanted is None:
        return _checked(Filter("all", parts)) if parts else None
    if not parts:
        return wanted
    if wanted.match == "all" or len(wanted.parts) == 1:
        return _checked(Filter("all", (*wanted.parts, *parts)))
    leaves = tuple(part for part in wanted.parts if not isinstance(part, Group))
    if len(leaves) < len(wanted.parts):
        raise BadInput(
            _("This filter cannot be joined with what is asked above the list."), _("Add it as a condition instead.")
        )
    return _checked(Filter("all", (Group("any", leaves), *parts)))


def _checked(wanted: Filter) -> Filter:
    check(wanted)
    return wanted


def _as_parts(plain: Criteria) -> tuple[Leaf, ...]:
    parts: list[Leaf] = []
    if plain.search.strip():
        parts.append(Found(plain.search))
    if plain.namespace:
        parts.append(Reached(plain.namespace, "has"))
    if plain.first_from or plain.first_to:
        parts.append(Seen("first", "within", Period(since=plain.first_from, until=plain.first_to)))
    if plain.last_from or plain.last_to:
        parts.append(Seen("last", "within", Period(since=plain.last_from, until=plain.last_to)))
    if plain.at_least:
        parts.append(Total("interactions", "at_least", Decimal(plain.at_least)))
    return tuple(parts)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise BadInput(_("There is no such view.")) from None
