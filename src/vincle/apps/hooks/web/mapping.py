"""What the columns of what a program sends mean: guessed from what came, corrected by hand, read back at once."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.hooks import actions, queries, samples
from vincle.apps.hooks.models import Hook
from vincle.apps.hooks.taking.mapping import at_arrival, columns_of
from vincle.apps.hooks.web.addresses import door_of
from vincle.apps.sources.facade import in_words, sheet_of_samples
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound
from vincle.web.permissions import needs
from vincle.web.toasts import toast

LONGEST_MAPPING = 256 * 1024


@needs("hooks.manage")
def columns(request: HttpRequest, name: str) -> HttpResponse:
    """The columns of the last deliveries; sent back, they are kept and what waits is taken in."""
    this = queries.hook_named(name)
    said = request.POST.dict() if request.method == "POST" else None
    path = (said or request.GET).get("path", this.path)
    bodies = queries.samples(this)
    with samples.file_of(bodies, path) as file:
        sheet = None if file is None else _sheet(file, this, path, said)
        if said is not None and sheet is not None and sheet.is_ready:
            return _kept(request, this, toml=sheet.toml, path=path)
        context = {
            "this": this,
            "sheet": sheet,
            "asked": said is not None,
            "path": path,
            "paths": ["", *samples.paths_in(bodies)],
            "bodies": bodies[:3],
            "address": request.build_absolute_uri(door_of(this)),
        }
        return render(request, "hooks/columns.html", context)


@needs("hooks.manage")
@require_POST
def preview(request: HttpRequest, name: str) -> HttpResponse:
    """The same page's columns and first rows, as they would be after what was just changed; nothing is kept."""
    this, said = queries.hook_named(name), request.POST.dict()
    path = said.get("path", this.path)
    with samples.file_of(queries.samples(this), path) as file:
        if file is None:
            raise NotFound(_("Nothing is kept any more of what came."))
        return render(request, "sources/columns_part.html", {"sheet": _sheet(file, this, path, said), "asked": False})


@needs("hooks.manage")
def as_text(request: HttpRequest, name: str) -> HttpResponse:
    """The mapping as TOML; sent back, it is kept."""
    this = queries.hook_named(name)
    if request.method == "POST":
        toml = request.POST.get("toml", "").replace("\r\n", "\n")
        if len(toml) > LONGEST_MAPPING:
            raise BadInput(_("This is longer than any mapping."))
        try:
            return _kept(request, this, toml=toml, path=request.POST.get("path", this.path))
        except BadInput as error:
            toast(request, in_words(error), tone="warm")
            return redirect("hooks:columns", name)
    if not this.mapping:
        raise NotFound(_("Nobody has said yet what the columns of “%(name)s” mean.") % {"name": this.source.label})
    response = HttpResponse(this.mapping, content_type="application/toml; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="columns.toml"'
    return response


def _sheet(file: Any, this: Hook, path: str, said: dict[str, str] | None) -> Any:
    """The sheet of these samples; of another path than the kept one it is guessed anew."""
    toml = this.mapping if path == this.path else ""
    mapping = at_arrival(toml, clock.now()).to_toml() if toml else ""
    return sheet_of_samples(file, source=this.source, mapping=mapping, expected=columns_of(toml), said=said)


def _kept(request: HttpRequest, this: Hook, *, toml: str, path: str) -> HttpResponse:
    actions.choose_mapping(this, actor=Actor.behind(request), now=clock.now(), toml=toml, path=path)
    toast(request, _("It is kept, and what waits is taken in. You can leave this page; it goes on."))
    return redirect("hooks:hook", this.source.name)
