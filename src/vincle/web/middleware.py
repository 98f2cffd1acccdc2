"""What stands between every request and its view."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers

from vincle.kernel.errors import VincleError
from vincle.kernel.house import remembered
from vincle.web import errors, htmx, toasts
from vincle.web.doors import declaration_for
from vincle.web.locales import written_in

GetResponse = Callable[[HttpRequest], HttpResponse]


class TokensAlone:
    """Look at no session where a token comes along: its rights are all there are, in the language that is asked for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.headers.get("Authorization", "").strip().lower().startswith("bearer"):
            request.user = AnonymousUser()
        return self.get_response(request)


class DenyByDefault:
    """Let a request through to a view that declared a permission the user has; refuse all else.

    Nobody signed in: to the sign-in page. Signed in without the permission, or a view that declares nothing: 403.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            # The browser may keep the page for its back button, but asks again before showing it anew.
            patch_cache_control(response, private=True, no_cache=True)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        declaration = declaration_for(view, request.resolver_match)
        if declaration is not None and declaration.admits(request.user, request.method or "GET"):
            return None
        if request.user.is_authenticated:
            return errors.refused(request)
        return _to_sign_in(request)


class AtHome:
    """Speak the reader's language, keep the organisation's time and write numbers as its country does."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = getattr(request.user, "language", "")
        if language:
            translation.activate(language)
            request.LANGUAGE_CODE = translation.get_language() or language
        with remembered() as home, timezone.override(ZoneInfo(home.timezone)), written_in(home.country):
            response = self.get_response(request)
        response.headers["Content-Language"] = translation.get_language() or "en"
        return response


class SayWhatHappened:
    """Show a `VincleError` in its own words, and hand pending notices to htmx."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if htmx.asks(request):
            toasts.hand_over(request, response)
            patch_vary_headers(response, ["HX-Request"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, VincleError):
            return errors.explained(request, exception)
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    if htmx.asks(request):
        response = HttpResponse(status=401)
        response.headers["HX-Redirect"] = resolve_url("account_login")
        return response
    return redirect_to_login(request.get_full_path())
