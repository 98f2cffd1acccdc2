"""Whether a request came from htmx, which wants a part of a page, or from the browser, which wants all of it."""

from django.http import HttpRequest


def asks(request: HttpRequest) -> bool:
    """True for a request that htmx sent."""
    return bool(getattr(request, "htmx", False))
