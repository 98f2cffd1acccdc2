"""Filters of the room's templates: `{% load people %}`."""

from contextlib import suppress
from datetime import datetime
from typing import Any

from babel.dates import format_time
from django import template
from django.utils import timezone

from vincle.apps.people import words
from vincle.web.locales import locale

register = template.Library()


@register.filter
def hour(when: datetime) -> str:
    """Only the hour, by the organisation's clock: 14:32."""
    with suppress(OverflowError):  # at the very ends of time the universal hour has to do
        when = timezone.localtime(when)
    return str(format_time(when, "short", locale=locale()))


@register.filter
def calm(label: Any) -> str:
    """What a source calls something, without capitals throughout."""
    return words.calm(str(label))
