"""Which rooms have operations, put together as one API: a line a room."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from vincle import __version__
from vincle.api import problems
from vincle.api.problems import Malformed
from vincle.api.reading import StrictParser
from vincle.apps.journeys import api as journeys
from vincle.apps.people import api as people
from vincle.apps.relations import api as relations
from vincle.apps.tasks import api as tasks
from vincle.apps.value import api as value
from vincle.kernel.errors import BadInput, NotFound, VincleError

ROOMS = (
    people,
    tasks,
    relations,
    journeys,
    value,
)

DESCRIPTION = """\
Everything that happens with a person is one interaction in one log; this is how a program reads and writes it.

Every request carries a token, `Authorization: Bearer TOKEN`, made under *API*. Errors are
`application/problem+json`: `detail` says what happened, `hint` what to do. Lists give a `next`: hand it back as
`cursor`. A POST with an `Idempotency-Key` happens once, however often it is sent within a day.
"""


def assembled() -> NinjaAPI:
    """The API with the operations of every room."""
    made = NinjaAPI(
        title="Vincle",
        version=__version__,
        description=DESCRIPTION,
        docs_url=None,
        openapi_url=None,
        parser=StrictParser(),
        urls_namespace="api",
    )
    for room in ROOMS:
        for router in room.ROUTERS:
            made.add_router("", router)
    made.exception_handler(VincleError)(_explained)
    made.exception_handler(ValidationError)(_invalid)
    made.exception_handler(HttpError)(_unreadable)
    made.exception_handler(Http404)(_missing)
    return made


def _explained(_request: HttpRequest, error: VincleError) -> HttpResponse:
    return problems.explained(error)


def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    errors = [
        {"at": _place(each["loc"]), "detail": str(each["msg"]).removeprefix("Value error, ")}
        for each in error.errors[:50]
    ]
    return problems.explained(
        BadInput(_("The request does not have the form that is asked for."), _("Each place that is wrong is listed.")),
        errors=errors,
    )


def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__  # ninja hides in one sentence of its own why a body could not be read
    return problems.explained(cause if isinstance(cause, VincleError) else Malformed(error.message))


def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return problems.explained(NotFound(_("It is not there.")))


def _place(steps: tuple[Any, ...]) -> str:
    """Where in the request: ninja writes the name of its own parameter second, which is no part of what was sent."""
    where, *rest = (str(step) for step in steps)
    named = rest[1:] if where in {"body", "query"} and len(rest) > 1 else rest
    return ".".join([where, *named])


API = assembled()
