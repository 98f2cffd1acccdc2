"""What of somebody not everybody who works here may see."""

from collections.abc import Iterable
from typing import Any

from vincle.apps.fields.facade import sensitive_names
from vincle.apps.people.queries.person import Attribute
from vincle.web.permissions import can


def visible(attributes: Iterable[Attribute], user: Any) -> list[Attribute]:
    """What `user` may see of what is known of somebody."""
    hidden = frozenset() if can(user, "people.sensitive") else sensitive_names()
    return [known for known in attributes if known.name not in hidden]
