"""What other rooms show on one's own account: each a part of it that an address of theirs answers with."""

from dataclasses import dataclass
from typing import Any

from vincle.web.permissions import PERMISSIONS, can


@dataclass(frozen=True)
class OwnPart:
    """`url_name` answers with the part; only who has `permission` asks."""

    url_name: str
    permission: str


_parts: dict[str, OwnPart] = {}


def add_own_part(part: OwnPart) -> None:
    """Add a part to everybody's account; call it from the room's `AppConfig.ready`."""
    if part.permission not in PERMISSIONS:
        raise LookupError(f"{part.url_name}: no permission {part.permission}")
    _parts[part.url_name] = part


def parts_for(user: Any) -> list[OwnPart]:
    """What `user` may see."""
    return [part for part in _parts.values() if can(user, part.permission)]
