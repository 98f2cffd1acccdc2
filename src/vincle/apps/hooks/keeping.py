"""Whom the kept bodies are about: those who entered from them, and whoever is named in their words."""

from collections.abc import Collection

from vincle.apps.hooks.models import KeptBody
from vincle.flow.erasure.searching import text_names


def naming(identities: Collection[tuple[str, str]]) -> list[int]:
    """The numbers of the bodies that name any of these identities (namespace, value)."""
    wanted = set(identities)
    rows = KeptBody.objects.order_by("pk").values_list("pk", "text", "identities")
    return [
        number
        for number, text, named in rows.iterator()
        if wanted & {(namespace, value) for namespace, value in named} or text_names(text, wanted)
    ]
