"""Filters of the room's templates: `{% load lists %}`."""

from collections.abc import Mapping
from typing import Any

from django import template

from vincle.apps.people import facade

register = template.Library()


@register.filter
def at(found: Mapping[Any, Any], key: Any) -> Any:
    """What stands under a key; None when nothing does."""
    return found.get(key)


@register.filter
def attribute_words(name: str) -> str:
    """The name of an attribute in words, as a heading begins."""
    words = facade.attribute_words(name)
    return words[:1].upper() + words[1:]
