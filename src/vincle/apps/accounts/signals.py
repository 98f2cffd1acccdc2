"""The one thing allauth tells only by signal: a second step of signing in was added or removed."""

from typing import Any

from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.http import HttpRequest

from vincle.apps.accounts import actions, audit
from vincle.apps.accounts.actor import Actor
from vincle.kernel import clock


def connect() -> None:
    """Listen; called once, when the application starts."""
    authenticator_added.connect(_added, dispatch_uid="vincle.accounts")
    authenticator_removed.connect(_removed, dispatch_uid="vincle.accounts")


def _added(request: HttpRequest, authenticator: Any, **_rest: Any) -> None:
    _record(request, audit.SECOND_STEP_ADDED, authenticator)


def _removed(request: HttpRequest, authenticator: Any, **_rest: Any) -> None:
    _record(request, audit.SECOND_STEP_REMOVED, authenticator)


def _record(request: HttpRequest, action: str, authenticator: Any) -> None:
    actor = Actor.behind(request)
    actions.record(actor=actor, now=clock.now(), action=action, summary=str(authenticator.get_type_display()))
