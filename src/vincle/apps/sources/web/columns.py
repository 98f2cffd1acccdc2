"""What a file's columns mean: guessed, shown with reasons, corrected by hand, and read back at once."""

from http import HTTPStatus
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.sources import actions
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries import imports as queries
from vincle.apps.sources.web.sheet import Sheet
from vincle.apps.sources.words import in_words
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import needs
from vincle.web.toasts import toast

LONGEST_MAPPING = 256 * 1024
_NOT_PLACES = ("Etc/", "posix/", "right/", "SystemV/")


@needs("imports.run")
def columns(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The columns of a file; sent back, they are kept and the whole file is checked."""
    this = queries.import_by_uid(uid)
    if this.state not in queries.BEFORE or this.batch is not None:
        return redirect("sources:import", uid)
    try:
        sheet = Sheet.said(this, request.POST.dict()) if request.method == "POST" else Sheet.begun(this)
    except BadInput as error:
        return render(request, "sources/unreadable.html", _unreadable(this, error), status=HTTPStatus.BAD_REQUEST)
    if request.method == "POST" and sheet.is_ready:
        actor, now = Actor.behind(request), clock.now()
        actions.choose_mapping(this, toml=sheet.toml, actor=actor, now=now)
        actions.start_check(this, actor=actor, now=now)
        return redirect("sources:import", uid)
    context = {"this": this, "sheet": sheet, "asked": request.method == "POST", **_choices(this)}
    return render(request, "sources/columns.html", context)


@needs("imports.run")
@require_POST
def preview(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same page's columns and first rows, as they would be after what was just changed; nothing is kept."""
    this = queries.import_by_uid(uid)
    context = {"this": this, "sheet": Sheet.said(this, request.POST.dict()), "asked": False}
    return render(request, "sources/columns_part.html", context)


@needs("imports.run")
@require_POST
def options(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read the file in another way, and guess anew."""
    this = queries.import_by_uid(uid)
    wanted = {name: request.POST.get(name, "").strip()[:200] for name in ("sheet", "delimiter", "encoding")}
    source = request.POST.get("source", "").strip()[:80]
    try:
        actions.understand_anew(this, options=wanted, source=source, actor=Actor.behind(request), now=clock.now())
    except BadInput as error:
        toast(request, in_words(error), tone="warm")
    return redirect("sources:columns", uid)


@needs("imports.view", to_change="imports.run")
def mapping(request: HttpRequest, uid: UUID) -> HttpResponse:
    """How the columns were understood, as a file to keep; sent a file, it is used for this import."""
    this = queries.import_by_uid(uid)
    if request.method == "POST":
        sent = request.FILES.get("mapping")
        if sent is None or sent.size is None or sent.size > LONGEST_MAPPING:
            raise BadInput(_("This is no file of columns: it is saved on the page of an import."))
        try:
            toml = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadInput(_("This is no file of columns: it is saved on the page of an import.")) from error
        actions.choose_mapping(this, toml=toml, actor=Actor.behind(request), now=clock.now())
        toast(request, _("The columns are as that file says."))
        return redirect("sources:columns", uid)
    if not this.mapping:
        raise NotFound(_("Nobody has said yet what the columns of “%(name)s” mean.") % {"name": this.name})
    response = HttpResponse(this.mapping, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="columns.toml"'
    return response


def _choices(this: Import) -> dict[str, Any]:
    return {
        "options": this.options,
        "sources": queries.known_sources(),
        "before": queries.brought_in_before(this),
        "zones": sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(_NOT_PLACES)),
        "delimiters": [
            ("", _("recognised")),
            (",", ","),
            (";", ";"),
            ("tab", _("tab")),
            ("|", "|"),
            ("space", _("space")),
        ],
        "encodings": [
            ("", _("recognised")),
            ("utf-8", "UTF-8"),
            ("cp1252", "Windows-1252"),
            ("latin-1", "Latin-1"),
            ("utf-16", "UTF-16"),
        ],
    }


def _unreadable(this: Import, error: BadInput) -> dict[str, Any]:
    return {"this": this, "error": error, **_choices(this)}
