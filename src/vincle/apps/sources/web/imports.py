"""Imports: the list, one import from its check to its report, taking it back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources import actions
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries import imports as queries
from vincle.apps.sources.queries import kinds, quarantine
from vincle.apps.sources.queries.imports import AT_WORK, State
from vincle.apps.sources.web.concealing import hidden_rejects, shown_examples, without
from vincle.engine.tabular.mapping import GLOBAL_NAMESPACES, Mapping
from vincle.engine.tabular.who import scoped
from vincle.flow.models import Kind
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web.permissions import can, needs
from vincle.web.templatetags.vincle import number
from vincle.web.toasts import toast

REFRESH = "HX-Refresh"


@needs("imports.view")
def imports(request: HttpRequest) -> HttpResponse:
    """Every file that was brought in, newest first."""
    state = request.GET.get("state", "")
    page = queries.imports_page(state=state, cursor=request.GET.get("page", ""))
    lines = [_line(this) for this in page]
    return render(request, "sources/imports.html", {"page": page, "lines": lines, "state": state})


@needs("imports.view")
def line(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One line of the list, asked for again while there is work on it."""
    return render(request, "sources/import_line.html", {"line": _line(queries.import_by_uid(uid))})


@needs("imports.view")
def import_(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One import: how far it is, or what became of it."""
    this = queries.import_by_uid(uid)
    if this.state == State.RECEIVED and can(request.user, "imports.run"):
        return redirect("sources:columns", this.uid)
    return render(request, "sources/import.html", _context(this))


@needs("imports.view")
def progress(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How far the work is; the whole page again when it is over."""
    this = queries.import_by_uid(uid)
    if this.state not in AT_WORK:
        return HttpResponse(headers={REFRESH: "true"})
    return render(
        request, "sources/import_progress.html", {"this": this, "going": queries.going(this, now=clock.now())}
    )


@needs("imports.run")
@require_POST
def check(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read the whole file without letting anything in."""
    actions.start_check(queries.import_by_uid(uid), actor=Actor.behind(request), now=clock.now())
    return redirect("sources:import", uid)


@needs("imports.run")
@require_POST
def stop(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give up the check."""
    actions.stop_check(queries.import_by_uid(uid), actor=Actor.behind(request), now=clock.now())
    return redirect("sources:columns", uid)


@needs("imports.run")
@require_POST
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring it in, or go on where it stopped."""
    actions.start(queries.import_by_uid(uid), actor=Actor.behind(request), now=clock.now())
    return redirect("sources:import", uid)


@needs("imports.undo")
@require_POST
def undo(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Take the whole import back."""
    this = queries.import_by_uid(uid)
    left = this.new
    if actions.start_take_back(this, actor=Actor.behind(request), now=clock.now()):
        words = ngettext(
            "“%(name)s” is taken back: %(count)s interaction left the log.",
            "“%(name)s” is taken back: %(count)s interactions left the log.",
            left,
        )
        again_ = reverse("sources:import_again", args=[uid])
        toast(request, words % {"name": this.name, "count": number(left)}, undo=again_)
    return redirect("sources:import", uid)


@needs("imports.run")
@require_POST
def again(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Bring the same file in once more, understood as it was."""
    fresh = actions.again(queries.import_by_uid(uid), actor=Actor.behind(request), now=clock.now())
    return redirect("sources:import", fresh.uid)


@needs("imports.run")
@require_POST
def forget(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Throw away a file that was never brought in."""
    this = queries.import_by_uid(uid)
    actions.discard(this)
    toast(request, _("“%(name)s” is thrown away; nothing of it had entered.") % {"name": this.name}, tone="plain")
    return redirect("sources:imports")


@needs("imports.run")
def rejected(request: HttpRequest, uid: UUID) -> FileResponse | StreamingHttpResponse:  # noqa: ARG001 - a view takes its request
    """The rows that could not enter, each with its reason, as a file."""
    this = queries.import_by_uid(uid)
    path = actions.rejects_path(this)
    if not path.is_file():
        raise NotFound(_("No row of “%(name)s” was rejected.") % {"name": this.name})
    stem = this.name.rpartition(".")[0] or this.name
    response: FileResponse | StreamingHttpResponse
    if hidden := hidden_rejects(path):
        response = StreamingHttpResponse(without(path, hidden))
    else:
        response = FileResponse(path.open("rb"))
    name = content_disposition_header(as_attachment=True, filename=f"{stem} - rejected.csv")
    response.headers["Content-Disposition"] = name or ""
    response.headers["Content-Type"] = "text/csv; charset=utf-8"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _line(this: Import) -> dict[str, Any]:
    at_work = this.state in AT_WORK
    return {"this": this, "going": queries.going(this, now=clock.now()) if at_work else None}


def _context(this: Import) -> dict[str, Any]:
    at_work = this.state in AT_WORK
    examples = shown_examples(this.findings.get("examples", {}))
    held = quarantine.Selection(source=this.source.name) if this.held and this.state == State.DONE else None
    return {
        "this": this,
        "going": queries.going(this, now=clock.now()) if at_work else None,
        "would_enter": max(0, this.read - this.rejected - this.held),
        "reasons": [
            {"reason": reason, "rows": rows, "examples": examples.get(reason, [])} for reason, rows in this.reasons
        ],
        "would_hold": this.findings.get("held", []),
        "held": held,
        "rejects": actions.rejects_path(this).is_file(),
        "new_people": this.findings.get("new_people"),
        "new_kinds": [kind for kind in _found_kinds(this) if kinds.needs_words(kind)],
        "people_url": _people_of(this) if this.state == State.DONE else "",
        "before": queries.brought_in_before(this) if this.state in {State.CHECKED, State.RECEIVED} else None,
        "seconds": (this.finished_at - this.started_at).total_seconds()
        if this.finished_at and this.started_at
        else None,
    }


def _found_kinds(this: Import) -> Iterable[Kind]:
    return quarantine.kinds_named(set(this.findings.get("new_kinds", []))).values()


def _people_of(this: Import) -> str:
    """The list of the people whom the file's own numbers name; empty when it names them by nothing of its own."""
    if not this.mapping:
        return ""
    mapping = Mapping.from_toml(this.mapping)
    own = [scoped(who.namespace, mapping.source) for who in mapping.who if who.namespace not in GLOBAL_NAMESPACES]
    return f"{reverse('people:list')}?{urlencode({'known': own[0]})}" if own else ""
