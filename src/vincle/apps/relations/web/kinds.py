"""Which relations there are: their words, own ones, those put away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.relations.actions import kinds as actions
from vincle.apps.relations.catalogue import LANGUAGES, kind_named
from vincle.apps.relations.catalogue import kinds as every_kind
from vincle.apps.relations.web.forms import KindForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("relations.view")
def kinds(request: HttpRequest) -> HttpResponse:
    """Every kind, in the words the house uses for it."""
    found = every_kind().values()
    context = {
        "offered": [kind for kind in found if not kind.archived],
        "archived": [kind for kind in found if kind.archived],
    }
    return render(request, "relations/kinds.html", context)


@needs("relations.catalogue")
def new(request: HttpRequest) -> HttpResponse:
    """Add a kind."""
    form = KindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kind = actions.add_kind(
                labels=form.labels(),
                between=form.cleaned_data["between"],
                symmetric=form.cleaned_data["symmetric"],
                actor=Actor.behind(request),
                now=clock.now(),
            )
        except (BadInput, Refused) as error:
            form.add_error(None, str(error))
        else:
            said = _("“%(words)s” can be chosen now.") % {"words": kind.forward}
            toast(request, said, undo=reverse("relations:archive_kind", args=[kind.name]))
            return redirect("relations:kinds")
    return render(request, "relations/kind.html", {"form": form, "languages": _languages(form)})


@needs("relations.view", to_change="relations.catalogue")
def kind(request: HttpRequest, name: str) -> HttpResponse:
    """One kind, and its words in each language."""
    this = kind_named(name)
    form = KindForm(request.POST or None, kind=this)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_kind(name, labels=form.labels(), actor=Actor.behind(request), now=clock.now())
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("It is kept."))
            return redirect("relations:kinds")
    return render(request, "relations/kind.html", {"kind": this, "form": form, "languages": _languages(form)})


@needs("relations.catalogue")
@require_POST
def archive(request: HttpRequest, name: str) -> HttpResponse:
    """Offer it no more."""
    this = actions.archive_kind(name, actor=Actor.behind(request), now=clock.now())
    said = _("“%(words)s” is put away. What was said with it stays.") % {"words": this.forward}
    toast(request, said, undo=reverse("relations:bring_back_kind", args=[name]))
    return redirect("relations:kinds")


@needs("relations.catalogue")
@require_POST
def bring_back(request: HttpRequest, name: str) -> HttpResponse:
    """Offer it again."""
    this = actions.bring_back_kind(name, actor=Actor.behind(request), now=clock.now())
    toast(request, _("“%(words)s” can be chosen now.") % {"words": this.forward})
    return redirect("relations:kinds")


def _languages(form: KindForm) -> list[tuple[str, list[object]]]:
    """The fields of each language, under its name."""
    return [
        (language, [form[name] for name in (f"{language}_there", f"{language}_back") if name in form.fields])
        for language in LANGUAGES
    ]
