"""What every page is given: `shell`, worked out only when a template asks for it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_info

from vincle.kernel.house import House, house
from vincle.web import nav, theme
from vincle.web.permissions import can


@dataclass(frozen=True)
class Shell:
    """The sidebar, the search, the theme and the organisation, as one reader sees them."""

    request: HttpRequest

    @cached_property
    def entries(self) -> list[nav.NavEntry]:
        return nav.entries_for(self.request.user)

    @cached_property
    def current(self) -> nav.NavEntry | None:
        return nav.current(self.entries, self.request.path)

    @property
    def groups(self) -> list[nav.NavGroup]:
        return [group for group in nav.grouped(self.entries) if group.key != "settings"]

    @property
    def foot(self) -> list[nav.NavEntry]:
        return [entry for entry in self.entries if entry.group == "settings"]

    @property
    def on_phone(self) -> list[nav.NavEntry]:
        return [entry for entry in self.entries if entry.on_phone]

    @cached_property
    def house(self) -> House:
        return house()

    @cached_property
    def theme(self) -> str:
        return theme.chosen_by(self.request)

    @property
    def first_paint(self) -> str:
        """The theme the server writes; "auto" is settled by theme.js before anything is painted."""
        return "dark" if self.theme == "dark" else "light"

    @property
    def search_url(self) -> str:
        if not can(self.request.user, "people.view"):
            return ""
        try:
            return reverse("search:search")
        except NoReverseMatch:
            return ""

    @property
    def can_send_email(self) -> bool:
        return bool(settings.CAN_SEND_EMAIL)

    @property
    def languages(self) -> list[dict[str, Any]]:
        return [dict(get_language_info(code)) for code, _ in settings.LANGUAGES]


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, see `Shell`."""
    return {"shell": SimpleLazyObject(lambda: Shell(request))}
