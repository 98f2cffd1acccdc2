"""The editor's page, the changes it sends, undo and redo, and the document to take along."""

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.archetypes.person import who_stands
from vincle.apps.journeys.maps import actions, queries, undoing
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.actions import ChangedMeanwhile
from vincle.apps.journeys.maps.operations import Operation, read_operation
from vincle.apps.journeys.models import JourneyMap
from vincle.apps.journeys.web.maps.board import board_of
from vincle.apps.journeys.web.maps.carrying import written_as
from vincle.apps.journeys.web.maps.menu import menu_context
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast

CELLS = (op.SetMap, op.SetArchetype, op.SetStage)  # what shows all of itself where it was changed


@needs("journeys.view")
@require_safe
def map_(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A map: to be changed by who may."""
    this = queries.map_by_uid(uid)
    context = board_context(request, this) | menu_context(request, this) | {"mode": "designed"}
    return render(request, "journeys/maps/map.html", context)


@needs("journeys.view")
@require_safe
def board(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The map alone, as it stands now."""
    return render(request, "journeys/maps/board.html", board_context(request, queries.map_by_uid(uid)))


@needs("journeys.edit")
@require_POST
def change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Do one operation. The answer says the revision it made, and has the board where more than a cell is new."""
    this = queries.map_by_uid(uid)
    operation, seen = _asked(request.body)
    try:
        saved = actions.change(this, operation, seen=seen, actor=Actor.behind(request), now=clock.now())
    except ChangedMeanwhile as error:
        this = queries.map_by_uid(uid)
        return answer(request, this, whole=True, status=409, problem=str(error), theirs=_theirs(this, operation))
    except (BadInput, NotFound) as error:
        return answer(request, this, whole=True, status=422, problem=str(error))
    return answer(request, saved.map, whole=saved.others or not isinstance(operation, CELLS))


@needs("journeys.edit")
@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take back the last thing one did."""
    return _again(request, uid, undoing.undo)


@needs("journeys.edit")
@require_POST
def redo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Do it again."""
    return _again(request, uid, undoing.redo)


@needs("journeys.view")
@require_safe
def document(request: HttpRequest, uid: UUID, ending: str) -> HttpResponse:  # noqa: ARG001 - Django's
    """The document as a file."""
    content, content_type, name = written_as(queries.journey_of(queries.map_by_uid(uid)), ending)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=f"{content_type}; charset=utf-8", headers=headers)


def board_context(request: HttpRequest, this: JourneyMap) -> dict[str, Any]:
    """What the board's template needs, for who looks."""
    is_open = this.archived_at is None
    may_edit = is_open and can(request.user, "journeys.edit")
    comments, journey = queries.comments_of(this), queries.journey_of(this)
    return {
        "map": this,
        "board": board_of(journey, comments),
        "stands": who_stands(journey),
        "comments": len([each for each in comments if each.resolved_at is None]),
        "may_edit": may_edit,
        "may_comment": is_open and can(request.user, "journeys.comment"),
        "undoable": may_edit and queries.undoable(this, request.user.pk),
        "redoable": may_edit and queries.redoable(this, request.user.pk),
    }


def answer(request: HttpRequest, this: JourneyMap, *, whole: bool, status: int = 200, **more: Any) -> HttpResponse:
    """What the page is told after a change: the revision, what can be undone, and with `whole` the board."""
    context = board_context(request, this)
    said = {
        "revision": this.revision,
        "undo": bool(context["undoable"]),
        "redo": bool(context["redoable"]),
        "name": this.name,
        **more,
    }
    if whole:
        said["board"] = render_to_string("journeys/maps/board.html", context, request)
    return JsonResponse(said, status=status)


def board_in_place(request: HttpRequest, this: JourneyMap) -> HttpResponse:
    """After a dialog: the board instead of the one that stands there, and the dialog is done."""
    response = render(request, "journeys/maps/board.html", board_context(request, this))
    response["HX-Retarget"], response["HX-Reswap"] = "#board", "outerHTML show:none"
    response["HX-Trigger-After-Swap"] = "map:done"
    return response


def _again(request: HttpRequest, uid: UUID, which: Callable[..., undoing.Undone]) -> HttpResponse:
    undone = which(queries.map_by_uid(uid), actor=Actor.behind(request), now=clock.now())
    if request.content_type == "application/json":
        return answer(request, undone.map, whole=True, problem=undone.problem)
    toast(request, undone.problem or _("It is as it was."), tone="warm" if undone.problem else "well")
    return redirect("journeys:map", uid=uid)


def _asked(body: bytes) -> tuple[Operation, int]:
    try:
        said = json.loads(body)
        operation, seen = said["operation"], int(said["seen"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BadInput(_("We could not read what was sent; nothing was changed.")) from error
    return read_operation(operation), seen


def _theirs(this: JourneyMap, operation: Operation) -> str | None:
    """What stands now in the cell that was to be changed."""
    journey = queries.journey_of(this)
    match operation:
        case op.SetStage(stage=key, field=field):
            found = next((each for each in journey.stages if each.key == key), None)
            value = getattr(found, field) if found else None
        case op.SetArchetype(field=field):
            value = getattr(journey.archetype, field)
        case op.SetMap(field=field):
            value = getattr(journey, field)
        case _:
            value = None
    return value if isinstance(value, str) else None
