"""A map says the address of somebody real who stands for it. It leaves with them, out of the map, its versions and what
was changed, so that no undo brings it back; that there was somebody stays said.
"""

import json
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from vincle.apps.journeys.models import Change, JourneyMap, Version
from vincle.apps.people.facade import Addressed
from vincle.engine.journeys.journey import ERASED

_COLUMNS: dict[type[Model], tuple[str, ...]] = {
    JourneyMap: ("document",),
    Version: ("document",),
    Change: ("operation", "inverse"),
}


def leave(addresses: Collection[str]) -> int:
    """Write that they were erased wherever any of these addresses stands; in how many rows."""
    # Whoever changes such a map holds it: what they write is seen here, or comes after.
    held = JourneyMap.objects.select_for_update().filter(pk__in=_maps_saying(addresses)).order_by("pk")
    list(held.values_list("pk", flat=True))
    changed = 0
    for model, columns in _COLUMNS.items():
        for row in _saying(model, addresses):
            told = {column: _without(getattr(row, column), addresses) for column in columns}
            model._default_manager.filter(pk=row.pk).update(**told)  # noqa: SLF001 - Django's own name
            changed += 1
    return changed


def told(addresses: Collection[str]) -> list[dict[str, Any]]:
    """The maps that say any of these addresses, for the person who asks what is kept of them."""
    return [{"uid": this.uid, "name": this.name} for this in _saying(JourneyMap, addresses)]


ADDRESSED = Addressed(
    name="archetypes",
    label=_("Journeys for which they stand"),
    tables=tuple(model._meta.db_table for model in _COLUMNS),  # noqa: SLF001 - Django's own name
    shown={"name": _("Journey")},
    leave=leave,
    told=told,
)


def _saying(model: type[Model], addresses: Collection[str]) -> Iterator[Any]:
    texts = {f"{column}_said": Cast(column, TextField()) for column in _COLUMNS[model]}
    wanted = Q()
    for address in addresses:
        for text in texts:
            wanted |= Q(**{f"{text}__contains": address})
    if wanted:
        yield from list(model._default_manager.annotate(**texts).filter(wanted).order_by("pk"))  # noqa: SLF001


def _maps_saying(addresses: Collection[str]) -> set[int]:
    maps = {this.pk for this in _saying(JourneyMap, addresses)}
    return maps | {row.map_id for model in (Version, Change) for row in _saying(model, addresses)}


def _without(said: Any, addresses: Collection[str]) -> Any:
    text = json.dumps(said, ensure_ascii=False)
    for address in addresses:
        text = text.replace(address, ERASED)
    return json.loads(text)
