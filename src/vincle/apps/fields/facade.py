"""What other rooms may call. It asks nothing of the room of people, which asks it."""

from vincle.apps.fields.builtin import built_in
from vincle.apps.fields.models import CustomField
from vincle.apps.fields.queries import MOST_FIELDS, PREFIX, custom_fields, label_of

__all__ = ["PREFIX", "labels", "sensitive_names"]


def sensitive_names() -> frozenset[str]:
    """The names of observations that only who has `people.sensitive` may see; of archived fields too."""
    slugs = CustomField.objects.filter(sensitive=True).values_list("slug", flat=True)[:MOST_FIELDS]
    return frozenset(f"{PREFIX}{slug}" for slug in slugs)


def labels() -> dict[str, str]:
    """What every field is called, by the name of its observations; of archived ones too."""
    own = {f"{PREFIX}{field.slug}": label_of(field) for field in custom_fields()}
    return {field.name: field.label for field in built_in()} | own
