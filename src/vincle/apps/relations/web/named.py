"""Names that people give for where they work, each to be made an organisation or not."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.relations.actions import naming
from vincle.apps.relations.queries.named import LOOKED_AT, suggestions
from vincle.kernel import clock
from vincle.web.permissions import needs
from vincle.web.templatetags.vincle import number
from vincle.web.toasts import toast


@needs("organisations.view", to_change="organisations.edit")
def named(request: HttpRequest) -> HttpResponse:
    """What imports say of where people work; accept a name for all who give it, or say that it is none."""
    if request.method == "POST":
        return _decide(request)
    return render(request, "relations/named.html", {"suggestions": suggestions(), "looked_at": LOOKED_AT})


@needs("organisations.edit")
@require_POST
def undo(request: HttpRequest, together: UUID) -> HttpResponse:
    """They are not linked after all."""
    count = naming.take_back_name(together, actor=Actor.behind(request), now=clock.now())
    said = ngettext("%(count)s person is linked no more.", "%(count)s people are linked no more.", count)
    toast(request, said % {"count": number(count)})
    return redirect("relations:named")


@needs("organisations.edit")
@require_POST
def suggest_again(request: HttpRequest, dismissal: int) -> HttpResponse:
    """It may be an organisation after all."""
    naming.suggest_again(dismissal, actor=Actor.behind(request), now=clock.now())
    toast(request, _("It is as it was before."))
    return redirect("relations:named")


def _decide(request: HttpRequest) -> HttpResponse:
    key, actor, now = request.POST.get("key", ""), Actor.behind(request), clock.now()
    if request.POST.get("answer") == "no":
        row = naming.dismiss_name(key, actor=actor, now=now)
        toast(request, _("It is not suggested again."), undo=reverse("relations:suggest_again", args=[row.pk]))
    else:
        organisation, together, count = naming.accept_name(key, actor=actor, now=now)
        said = ngettext("%(count)s person works at %(name)s.", "%(count)s people work at %(name)s.", count)
        said = said % {"count": number(count), "name": organisation.name}
        toast(request, said, undo=reverse("relations:undo_named", args=[together]))
    return redirect("relations:named")
