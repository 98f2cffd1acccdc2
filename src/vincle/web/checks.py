"""What must hold before the application starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

GUARD = "vincle.web.middleware.DenyByDefault"
NEEDED_BEFORE = "django.contrib.auth.middleware.AuthenticationMiddleware"


@register("security")
def guard_stands_at_the_door(**_options: Any) -> list[CheckMessage]:
    """Permissions are enforced by one middleware: without it, or before it knows who is asking, nothing is."""
    middleware = list(settings.MIDDLEWARE)
    if GUARD in middleware and NEEDED_BEFORE in middleware[: middleware.index(GUARD)]:
        return []
    return [Error(f"{GUARD} must stand in MIDDLEWARE, after {NEEDED_BEFORE}.", id="vincle.E001")]
