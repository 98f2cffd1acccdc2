"""Light, dark, or as the device is: where the choice is kept."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

COOKIE = "vincle_theme"
YEAR = 365 * 24 * 60 * 60
CHOICES = [("auto", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]


def chosen_by(request: HttpRequest) -> str:
    """ "light", "dark" or "auto": what the signed-in person chose, else this browser's cookie, else "auto"."""
    choice = getattr(getattr(request, "user", None), "theme", "") or request.COOKIES.get(COOKIE, "")
    return choice if choice in dict(CHOICES) else "auto"


def remember(response: HttpResponse, choice: str) -> None:
    """Keep the choice in this browser, so that the sign-in page has it too."""
    response.set_cookie(COOKIE, choice, max_age=YEAR, samesite="Lax", httponly=True)
