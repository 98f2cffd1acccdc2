"""What people see when something did not go as they wanted: what happened, and what to do."""

from http import HTTPStatus

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from vincle.kernel.errors import BadInput, NotFound, NotReady, Refused, VincleError
from vincle.web import htmx, toasts

STATUS: dict[type[VincleError], HTTPStatus] = {
    BadInput: HTTPStatus.BAD_REQUEST,
    NotFound: HTTPStatus.NOT_FOUND,
    NotReady: HTTPStatus.SERVICE_UNAVAILABLE,
    Refused: HTTPStatus.FORBIDDEN,
}


def explained(request: HttpRequest, error: VincleError) -> HttpResponse:
    """The page (or, for htmx, the notice) that says what a `VincleError` says, under the status it deserves."""
    status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
    return _say(request, status, error.message, error.hint)


def refused(request: HttpRequest) -> HttpResponse:
    """403: signed in, but this page is not theirs."""
    if not getattr(request.user, "role", ""):
        title = _("You have no role here yet")
        hint = _("Ask an owner of this Vincle to give you one; then this page opens.")
    else:
        title = _("This page is not open to your role")
        hint = _("If you need it for your work, ask an owner to change your role.")
    return _say(request, HTTPStatus.FORBIDDEN, title, hint)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Django's handler403, for what a library refuses on its own account."""
    return _say(
        request,
        HTTPStatus.FORBIDDEN,
        _("This is not open to you now"),
        _("If it is about how you sign in, choose a password first, under My account."),
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Django's handler400."""
    return _say(
        request,
        HTTPStatus.BAD_REQUEST,
        _("We could not read what was sent"),
        _("Nothing was changed. Go back and try again."),
    )


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Django's handler404."""
    return _say(
        request,
        HTTPStatus.NOT_FOUND,
        _("There is nothing at this address"),
        _("It may have been moved or taken back. The search above finds people by name, e-mail or number."),
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """allauth's handler429: somebody tries passwords, or is in a great hurry."""
    return _say(
        request,
        HTTPStatus.TOO_MANY_REQUESTS,
        _("That was too many times in a short while"),
        _("Wait five minutes and try again. Your account is as it was."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: asks nothing of the database, for it may be what failed."""
    if htmx.asks(request):
        return _notice(HTTPStatus.INTERNAL_SERVER_ERROR, _broken(), _broken_hint())
    request.user = AnonymousUser()
    context = {"title": _broken(), "hint": _broken_hint()}
    return render(request, "errors/outside.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's
    """Django's CSRF_FAILURE_VIEW: the form was sent from a page that is no longer valid."""
    return _say(
        request,
        HTTPStatus.FORBIDDEN,
        _("This page was open for too long"),
        _("Nothing was changed. Go back, load the page again and repeat what you did."),
    )


def _say(request: HttpRequest, status: HTTPStatus, title: str, hint: str) -> HttpResponse:
    if htmx.asks(request):
        return _notice(status, title, hint)
    template = "errors/inside.html" if getattr(request.user, "role", "") else "errors/outside.html"
    return render(request, template, {"title": title, "hint": hint, "status": int(status)}, status=status)


def _notice(status: HTTPStatus, title: str, hint: str) -> HttpResponse:
    response = HttpResponse(status=status)
    sentence = title if title.endswith((".", "!", "?", "…")) else f"{title}."
    toasts.add_to(response, [toasts.Toast(f"{sentence} {hint}".strip(), "warm")])
    return response


def _broken() -> str:
    return _("Something broke on our side")


def _broken_hint() -> str:
    return _(
        "What you had saved is safe. Try again in a moment; if it happens again, tell whoever looks after this Vincle."
    )
