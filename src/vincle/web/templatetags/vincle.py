"""Filters and tags every template has without loading them (they are built in, see settings)."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_timedelta
from babel.numbers import format_compact_decimal, format_currency, format_decimal, format_percent
from django import template
from django.forms import BoundField
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from vincle.kernel import clock
from vincle.web import permissions, sprite, toasts
from vincle.web.avatars import initials, tone
from vincle.web.linking import linked as linked_text
from vincle.web.locales import locale, write_day, write_moment

register = template.Library()

Number = int | float | Decimal


@register.filter
def can(user: Any, permission: str) -> bool:
    """`{% if user|can:"people.edit" %}`."""
    return permissions.can(user, permission)


@register.filter
def number(value: Number | None, decimals: int = 0) -> str:
    """`{{ 1240|number }}`: 1,240 in English, 1.240 in Catalan; a dash when there is none."""
    if value is None:
        return "–"
    return str(format_decimal(_rounded(value, decimals), locale=locale()))


@register.filter
def compact(value: Number | None) -> str:
    """`{{ 1469307|compact }}`: 1.5M."""
    return "–" if value is None else str(format_compact_decimal(value, locale=locale(), fraction_digits=1))


@register.filter
def money(value: Number | None, currency: str) -> str:
    """`{{ person.total|money:"EUR" }}`: €1,240.00 in English, 1.240,00 € in Catalan."""
    return "–" if value is None else str(format_currency(value, currency, locale=locale()))


@register.filter
def round_money(value: Number | None, currency: str) -> str:
    """Money without its cents, where the whole is what matters: 1.240 €."""
    if value is None:
        return "–"
    return str(format_currency(round(value), currency, locale=locale(), currency_digits=False, format=_no_cents()))


@register.filter
def percent(share: Number | None, decimals: int = 0) -> str:
    """`{{ 0.713|percent }}`: 71%."""
    return (
        "–"
        if share is None
        else str(format_percent(_rounded(share, decimals + 2), locale=locale(), decimal_quantization=False))
    )


@register.filter
def moment(when: datetime | None) -> str:
    """A day and its hour, in the organisation's time: 16 Nov 2026, 14:32."""
    return "–" if when is None else write_moment(_local(when))


@register.filter
def day(when: datetime | date | None) -> str:
    """Only the day: 16 Nov 2026."""
    if when is None:
        return "–"
    return write_day(_local(when) if isinstance(when, datetime) else when)


@register.filter
def ago(when: datetime | None, now: datetime | None = None) -> str:
    """How long ago, or in how long: 2 days ago, in 3 hours."""
    if when is None:
        return "–"
    return str(format_timedelta(when - (now or clock.now()), add_direction=True, locale=locale()))


@register.filter
def iso(when: datetime | date | None) -> str:
    """What `<time datetime="">` wants."""
    return when.isoformat() if when else ""


@register.filter(name="initials")
def initials_of(name: str) -> str:
    """`{{ "Mercè Roca"|initials }}`: MR."""
    return initials(name)


@register.filter
def avatar_tone(key: str) -> int:
    """Which of the avatar colours this person has, always the same one."""
    return tone(key)


@register.filter
def linked(text: str) -> SafeString:
    """`{{ note.text|linked }}`: what somebody wrote, escaped, with its lines and its links."""
    return linked_text(text)


@register.filter
def drawable(icon: str) -> str:
    """The icon's name, or a plain circle when the sprite has no such drawing."""
    return icon if icon in sprite.drawn() else "circle"


@register.filter
def styled(field: BoundField) -> SafeString:
    """A form field's widget in the interface's own dress."""
    kind = field.widget_type
    dress = (
        "form-check-input"
        if kind in {"checkbox", "radioselect"}
        else "form-select"
        if kind == "select"
        else "form-control"
    )
    return field.as_widget(attrs={"class": f"{dress} {field.field.widget.attrs.get('class', '')}".strip()})


@register.filter
def chosen(field: BoundField) -> Any:
    """What a field holds, in words: the label of each choice, yes or no, or the value itself."""
    value = field.value()
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    choices: Any = dict(getattr(field.field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices.get(each, each)) for each in value) or "–"
    return choices.get(value, value) or "–"


@register.simple_tag(takes_context=True)
def this_page_with(context: dict[str, Any], **changes: str) -> str:
    """The open page's address with these parameters changed: `{% this_page_with page=page.next %}`.

    Django's own `querystring` cannot see the request from inside a component.
    """
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters[name] = value
    return f"?{parameters.urlencode()}"


@register.simple_tag(takes_context=True)
def pending_toasts(context: dict[str, Any]) -> list[toasts.Toast]:
    """The notices to show on this page."""
    request: HttpRequest | None = context.get("request")
    return toasts.pending(request) if request is not None else []


def _rounded(value: Number, decimals: int) -> Decimal:
    return round(Decimal(str(value)), decimals)


def _local(when: datetime) -> datetime:
    try:
        return timezone.localtime(when) if timezone.is_aware(when) else when
    except OverflowError:  # at the very ends of time the universal hour has to do
        return when


def _no_cents() -> str:
    pattern = locale().currency_formats["standard"].pattern
    return str(pattern).replace(".00", "")
