"""Reads of the room, each bounded."""

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vincle.apps.fields.builtin import built_in
from vincle.apps.fields.models import CustomField
from vincle.apps.fields.types import Field
from vincle.kernel.errors import NotFound

MOST_FIELDS = 200
PREFIX = "field:"


def fields() -> list[Field]:
    """Every field in use, in order: those that every organisation has, then its own."""
    return built_in() + [_used(each) for each in custom_fields() if each.archived_at is None]


def custom_fields() -> QuerySet[CustomField]:
    """The organisation's own, archived ones too, in order."""
    return CustomField.objects.order_by("place", "pk")[:MOST_FIELDS]


def custom_field(slug: str) -> CustomField:
    """One of the organisation's own; raises `NotFound`."""
    found = CustomField.objects.filter(slug=slug).first()
    if found is None:
        raise NotFound(_("There is no such field."))
    return found


def label_of(field: CustomField) -> str:
    """What a field is called in the reader's language, else in another."""
    language = (get_language() or "en").split("-")[0]
    words = [field.labels.get(each) for each in (language, "en", "ca", "es")]
    return next((each for each in words if each), field.slug)


def _used(field: CustomField) -> Field:
    options = tuple((str(each), str(each)) for each in field.options)
    return Field(f"{PREFIX}{field.slug}", label_of(field), field.type, options, field.help, field.sensitive)
