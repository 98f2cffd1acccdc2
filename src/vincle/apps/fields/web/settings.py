"""Which fields there are: made, changed, put in order, archived and brought back by who leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.fields import actions, queries
from vincle.apps.fields.builtin import built_in
from vincle.apps.fields.models import CustomField
from vincle.apps.fields.types import TYPES
from vincle.apps.fields.web.forms import FieldForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("settings.view")
def listed(request: HttpRequest) -> HttpResponse:
    """Every field."""
    own = [(field, queries.label_of(field), TYPES.get(field.type, field.type)) for field in queries.custom_fields()]
    context = {
        "tab": "fields",
        "own": [each for each in own if each[0].archived_at is None],
        "archived": [each for each in own if each[0].archived_at is not None],
        "built_in": [(field, TYPES[field.type]) for field in built_in()],
    }
    return render(request, "fields/list.html", context)


@needs("fields.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Make a field."""
    form = FieldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.make(actor=Actor.behind(request), now=clock.now(), **form.said())
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("The field is made. It stands on everybody's page now."))
            return redirect("fields:list")
    return render(request, "fields/field.html", {"tab": "fields", "form": form, "field": None})


@needs("fields.manage")
def field(request: HttpRequest, slug: str) -> HttpResponse:
    """Change a field."""
    found = queries.custom_field(slug)
    form = FieldForm(request.POST or None, field=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(found, actor=Actor.behind(request), now=clock.now(), **form.said())
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("It is kept."))
            return redirect("fields:list")
    context = {"tab": "fields", "form": form, "field": found, "label": queries.label_of(found)}
    return render(request, "fields/field.html", context)


@needs("fields.manage")
@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    """One place up, or down."""
    up = request.POST.get("to") == "up"
    actions.move(queries.custom_field(slug), up=up, actor=Actor.behind(request), now=clock.now())
    return redirect("fields:list")


@needs("fields.manage")
@require_POST
def archive(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it no more."""
    found = queries.custom_field(slug)
    actions.archive(found, actor=Actor.behind(request), now=clock.now())
    toast(request, _("The field is archived; nothing is lost."), undo=_restoring(found))
    return redirect("fields:list")


@needs("fields.manage")
@require_POST
def restore(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it again."""
    actions.restore(queries.custom_field(slug), actor=Actor.behind(request), now=clock.now())
    toast(request, _("The field is back."))
    return redirect("fields:list")


def _restoring(field: CustomField) -> str:
    return reverse("fields:restore", args=[field.slug])
