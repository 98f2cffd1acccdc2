"""What other rooms show on a person's page: each a part of it that an address of theirs answers with."""

from dataclasses import dataclass
from typing import Any, Literal

from vincle.web.permissions import PERMISSIONS, can

Place = Literal["face", "head", "left", "middle", "right"]


@dataclass(frozen=True)
class PersonPanel:
    """`url_name`, given the person's `uid`, answers with the part, or with nothing; only who has `permission` asks.

    `place`: a picture in place of the initials, chips under the name, or cards on the left, above the story, on the
    right; `order` inside it. `style` and `script` are what it needs, among the static files.
    """

    url_name: str
    permission: str
    place: Place
    order: int = 100
    style: str = ""
    script: str = ""


_panels: dict[str, PersonPanel] = {}


def register_panel(panel: PersonPanel) -> None:
    """Add a part to every person's page; call it from the room's `AppConfig.ready`."""
    if panel.permission not in PERMISSIONS:
        raise LookupError(f"{panel.url_name}: no permission {panel.permission}")
    _panels[panel.url_name] = panel


def panels_for(user: Any) -> dict[str, list[PersonPanel]]:
    """By place, in order, what `user` may see."""
    ordered = sorted(_panels.values(), key=lambda panel: (panel.order, panel.url_name))
    places: dict[str, list[PersonPanel]] = {"face": [], "head": [], "left": [], "middle": [], "right": []}
    for panel in ordered:
        if can(user, panel.permission):
            places[panel.place].append(panel)
    return places


def styles_for(user: Any) -> list[str]:
    """The stylesheets of what `user` may see, each once."""
    return list(dict.fromkeys(one.style for place in panels_for(user).values() for one in place if one.style))


def scripts_for(user: Any) -> list[str]:
    """Their scripts, each once."""
    return list(dict.fromkeys(one.script for place in panels_for(user).values() for one in place if one.script))
