"""Operations: each names the scope that a token needs for it, or it cannot be made."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router
from ninja.security import HttpBearer

from vincle.kernel.errors import VincleError
from vincle.web.rest.caller import Caller, caller_of
from vincle.web.scopes import SCOPES

F = TypeVar("F", bound=Callable[..., Any])

IF_MATCH: dict[str, Any] = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string", "pattern": '^(\\*|"[0-9a-f]{32}")$'},
    "description": "The ETag of what was read: it is done only while that is as it was, else the answer is 412.",
}


class LacksScope(VincleError):
    """The token is good, and not for this."""


class Needs(HttpBearer):
    """Lets an operation be done by whoever has the scope; who is calling is known by then."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def __call__(self, request: HttpRequest) -> Caller:
        return self.authenticate(request, "")

    def authenticate(self, request: HttpRequest, token: str) -> Caller:  # noqa: ARG002 - read before, at the door
        caller = caller_of(request)
        if self.scope not in caller.scopes:
            raise LacksScope(
                _("This token may not do that: it lacks the scope %(scope)s.") % {"scope": self.scope},
                _("Make a token that has it; your role must allow it too."),
            )
        return caller


class RoomRouter:
    """The operations of one room, which `vincle.api` mounts.

        rest = RoomRouter("People")

        @rest.get("/people/{uid}", scope="people:read", response=PersonOut)
        def get_person(request: HttpRequest, uid: UUID) -> ...
            \"\"\"One person, whole.\"\"\"

    The function's name is the operation's id, the first line of its docstring the summary, the rest the description.
    """

    def __init__(self, tag: str) -> None:
        self.router = Router(tags=[tag])

    def get(self, path: str, *, scope: str, response: Any) -> Callable[[F], F]:
        """Something is read."""
        return self._operation("GET", path, scope, response)

    def post(self, path: str, *, scope: str, response: Any, versioned: bool = False) -> Callable[[F], F]:
        """Something is added or done; an Idempotency-Key makes it happen once. `versioned`: it honours If-Match, by
        `etags.require_match`."""
        return self._operation("POST", path, scope, response, {"parameters": [IF_MATCH]} if versioned else None)

    def _operation(
        self, method: str, path: str, scope: str, response: Any, more: dict[str, Any] | None = None
    ) -> Callable[[F], F]:
        if scope not in SCOPES:
            raise LookupError(f"{scope} is not in the registry of scopes (vincle/web/scopes.py)")

        def register(function: F) -> F:
            summary, _gap, rest = (function.__doc__ or "").strip().partition("\n")
            self.router.add_api_operation(
                path,
                [method],
                function,
                auth=Needs(scope),
                response=response,
                operation_id=function.__name__,
                url_name=function.__name__,
                openapi_extra=more,
                summary=summary.strip().removesuffix("."),
                description="\n\n".join(" ".join(each.split()) for each in rest.strip().split("\n\n")),
            )
            return function

        return register
