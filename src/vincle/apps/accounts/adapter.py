"""How allauth behaves in this house: nobody signs up, and who comes in or tries to is in the audit log."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from vincle.apps.accounts import actions, audit, queries
from vincle.apps.accounts.actor import Actor
from vincle.kernel import clock


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited; allauth (which ships no types) asks this class how to do the rest."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth's own notices ("Successfully signed in as ...") say what the page shows already."""

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        actor = Actor.of(user, ip=_address(request))
        actions.record(actor=actor, now=clock.now(), action=audit.SIGNED_IN)
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        # Only an account's own e-mail is written down: what was typed may be a password in the wrong field.
        user = queries.user_by_email(str(credentials.get("email", "")))
        actor = Actor(None, user.name if user else "?", _address(request))
        summary = user.email if user else ""
        actions.record(actor=actor, now=clock.now(), action=audit.SIGN_IN_FAILED, summary=summary)

    def logout(self, request: HttpRequest) -> None:
        actions.record(actor=Actor.behind(request), now=clock.now(), action=audit.SIGNED_OUT)
        super().logout(request)

    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        actions.record(actor=Actor.of(user), now=clock.now(), action=audit.PASSWORD_CHANGED)


def _address(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR") or None
