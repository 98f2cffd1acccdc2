"""What a field may hold: of each type, how what somebody typed is read, kept, and said again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from babel.numbers import format_decimal
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vincle.kernel.errors import BadInput
from vincle.kernel.house import house
from vincle.kernel.words import written
from vincle.web.locales import locale, write_day
from vincle.web.permissions import Words

LONGEST, LONGEST_TEXT, MOST_DIGITS = 500, 10_000, 30
SEPARATOR = "\n"  # between several of a list, whose words are of one line each

TYPES: dict[str, Words] = {
    "text": gettext_lazy("text"),
    "long": gettext_lazy("long text"),
    "number": gettext_lazy("number"),
    "date": gettext_lazy("date"),
    "yesno": gettext_lazy("yes or no"),
    "one": gettext_lazy("one of a list"),
    "several": gettext_lazy("several of a list"),
    "link": gettext_lazy("link"),
    "email": gettext_lazy("e-mail"),
    "phone": gettext_lazy("phone"),
}
WITH_OPTIONS = frozenset({"one", "several"})


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it is used: `name` in the log, its label for the reader, its type, what can be chosen (value and
    words), whether it is sensitive; `built_in` ones are the same everywhere."""

    name: str
    label: str
    type: str
    options: tuple[tuple[str, str], ...] = ()
    help: str = ""
    sensitive: bool = False
    built_in: bool = False


def read(field: Field, given: Sequence[str]) -> str:
    """What somebody typed or chose, as it is kept; raises `BadInput` with what is wrong. Nothing given: empty."""
    parts = [part for part in (written(each) for each in given) if part]
    if not parts:
        return ""
    if field.type == "several":
        return SEPARATOR.join(_among(field, part) for part in dict.fromkeys(parts))
    if len(parts) > 1:
        raise BadInput(_("%(field)s: give one value.") % {"field": field.label})
    try:
        return _among(field, parts[0]) if field.type == "one" else _READ[field.type](parts[0])
    except BadInput as error:
        raise BadInput(f"{field.label}: {error.message}", error.hint) from error


def said(field: Field, value: str) -> str:
    """A kept value in the reader's words; one that is not of its type any more stands as it is."""
    words = dict(field.options)
    if field.type in WITH_OPTIONS:
        return ", ".join(words.get(part, part) for part in value.split(SEPARATOR))
    try:
        return _SAID.get(field.type, str)(value)
    except (ValueError, InvalidOperation):
        return value


def href(field: Field, value: str) -> str:
    """Where a value leads: a link, an e-mail, a telephone; empty for nowhere."""
    if field.type == "link":
        return value if value.lower().startswith(("https://", "http://")) else ""
    return {"email": f"mailto:{value}", "phone": f"tel:{value}"}.get(field.type, "")


def _among(field: Field, part: str) -> str:
    if part not in dict(field.options):
        raise BadInput(_("%(field)s: “%(value)s” is not in the list.") % {"field": field.label, "value": part[:60]})
    return part


def _text(part: str) -> str:
    return _at_most(" ".join(part.split()), LONGEST)


def _long(part: str) -> str:
    return _at_most(part, LONGEST_TEXT)


def _at_most(part: str, most: int) -> str:
    if len(part) > most:
        raise BadInput(_("at most %(count)d letters.") % {"count": most})
    return part


def _number(part: str) -> str:
    plain = part.replace(" ", "").replace("\u00a0", "")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        number = Decimal("NaN")
    # Asked of its exponent first: written out, 1e999999 would be a million letters.
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS or len(number.as_tuple().digits) > MOST_DIGITS:
        raise BadInput(_("this is no number: %(value)s.") % {"value": part[:60]})
    return f"{number:f}"


def _date(part: str) -> str:
    try:
        return date.fromisoformat(part).isoformat()
    except ValueError as error:
        raise BadInput(_("this is no date: %(value)s.") % {"value": part[:60]}) from error


def _yesno(part: str) -> str:
    if part not in {"yes", "no"}:
        raise BadInput(_("answer with yes or no."))
    return part


def _link(part: str) -> str:
    try:
        URLValidator(schemes=["http", "https"])(part)
    except ValidationError as error:
        raise BadInput(_("a link begins with https://, as in https://www.example.org.")) from error
    return part


def _email(part: str) -> str:
    try:
        EmailValidator()(part)
    except ValidationError as error:
        raise BadInput(_("this is no e-mail: %(value)s.") % {"value": part[:60]}) from error
    return part


def _phone(part: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(part[:60], house().country)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise BadInput(_("this is no telephone number: %(value)s.") % {"value": part[:60]})
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


_READ: Mapping[str, Callable[[str], str]] = {
    "text": _text,
    "long": _long,
    "number": _number,
    "date": _date,
    "yesno": _yesno,
    "link": _link,
    "email": _email,
    "phone": _phone,
}
_SAID: Mapping[str, Callable[[str], str]] = {
    "number": lambda value: str(format_decimal(Decimal(value), locale=locale(), decimal_quantization=False)),
    "date": lambda value: write_day(date.fromisoformat(value)),
    "yesno": lambda value: {"yes": _("yes"), "no": _("no")}.get(value, value),
}
