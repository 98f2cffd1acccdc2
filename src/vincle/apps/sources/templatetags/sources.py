"""Filters of the room's pages: reasons and namespaces in the reader's words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import pgettext

from vincle.apps.sources import words
from vincle.apps.sources.queries.quarantine import Selection
from vincle.apps.sources.web.addresses import quarantine_of
from vincle.flow.models import Kind
from vincle.web.locales import write_lasting

register = template.Library()


@register.filter
def in_words(reason: object) -> str:
    """`{{ item.reason|in_words }}`: a sentence of the engine or of a contract, in the reader's language."""
    return words.in_words(reason)


@register.filter
def namespace(name: str) -> str:
    """`{{ "customer_id@shop"|namespace }}`: customer number."""
    return words.namespace(name)


@register.filter
def look_up(found: Mapping[str, Any], key: str) -> Any:
    """`{{ kinds|look_up:item.kind }}`: what stands under a key, or nothing."""
    return found.get(key, "")


@register.filter
def instant(text: Any) -> datetime | None:
    """A moment written in ISO 8601; None when it is something else."""
    try:
        return datetime.fromisoformat(text)
    except (TypeError, ValueError):
        return None


@register.filter
def share(value: float) -> str:
    """A share of one as `<progress>` wants it, whatever the reader's language."""
    return f"{value:.4f}"


@register.filter
def lasting(seconds: float) -> str:
    """How long something takes: 41 seconds, 3 minutes."""
    return write_lasting(seconds)


@register.filter
def held_url(selection: Selection) -> str:
    """The page of what waits of that selection."""
    return quarantine_of(selection)


@register.filter
def group(prefix: str) -> str:
    """`{{ "order"|group }}`: what the kinds that begin so are about."""
    return words.group(prefix)


@register.filter
def thing(name: str) -> str:
    """`{{ "given_name"|thing }}`: what something known of a person, or a type of thing, is called."""
    return words.thing(name)


@register.filter
def plain_number(value: float) -> str:
    """A number as a field wants it: 5 and not 5.0."""
    return f"{value:g}"


@register.filter
def kind_label(name: str, kinds: Iterable[Kind]) -> str:
    """A kind in words; one that the catalogue lacks says that it would be new."""
    found = next((kind for kind in kinds if kind.name == name), None)
    return found.label if found else pgettext("a kind", "new")
