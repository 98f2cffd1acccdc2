"""What other rooms may call. It asks nothing of the room of people, which asks it."""

from django.db.models import CharField, Exists, F, OuterRef, Value
from django.db.models.functions import Concat

from vincle.apps.fields.builtin import built_in
from vincle.apps.fields.models import CustomField
from vincle.apps.fields.queries import MOST_FIELDS, PREFIX, custom_fields, label_of

__all__ = ["PREFIX", "is_sensitive", "labels", "sensitive_names"]


def sensitive_names() -> frozenset[str]:
    """The names of observations that only who has `people.sensitive` may see; of archived fields too."""
    slugs = CustomField.objects.filter(sensitive=True).values_list("slug", flat=True)[:MOST_FIELDS]
    return frozenset(f"{PREFIX}{slug}" for slug in slugs)


def is_sensitive(name: F | OuterRef) -> Exists:
    """The same as a condition on a column that holds names of observations."""
    sensitive = CustomField.objects.filter(sensitive=True).annotate(
        told=Concat(Value(PREFIX), F("slug"), output_field=CharField())
    )
    return Exists(sensitive.filter(told=name))


def labels() -> dict[str, str]:
    """What every field is called, by the name of its observations; of archived ones too."""
    own = {f"{PREFIX}{field.slug}": label_of(field) for field in custom_fields()}
    return {field.name: field.label for field in built_in()} | own
