"""What people are asked to consent to, and in which words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.consent import purposes as actions
from vincle.apps.consent.queries.ledger import newest_wording, purpose_named, purposes
from vincle.apps.consent.web.forms import PurposeForm
from vincle.apps.people.facade import channel_words
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web.permissions import needs
from vincle.web.toasts import toast


@needs("consent.view")
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every purpose, with its words as they are asked now."""
    lines = [
        (purpose, newest_wording(purpose), ", ".join(map(channel_words, purpose.channels)))
        for purpose in purposes(retired=True)
    ]
    return render(request, "consent/catalogue.html", {"tab": "catalogue", "lines": lines})


@needs("consent.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Add a purpose."""
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_purpose(actor=Actor.behind(request), now=clock.now(), **form.said())
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("“%(purpose)s” is asked from now on.") % {"purpose": made})
            return redirect("consent:catalogue")
    return render(request, "consent/purpose.html", {"form": form}, status=400 if form.errors else 200)


@needs("consent.manage")
def change(request: HttpRequest, purpose: str) -> HttpResponse:
    """Change a purpose; other words are a new version."""
    found = purpose_named(purpose)
    form = PurposeForm(request.POST or None, purpose=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_purpose(found, actor=Actor.behind(request), now=clock.now(), **form.said())
        except BadInput as error:
            form.add_error(None, str(error))
        else:
            toast(request, _("“%(purpose)s” is changed.") % {"purpose": found})
            return redirect("consent:catalogue")
    context = {"form": form, "purpose": found, "wordings": found.wordings.order_by("-version")[:50]}
    return render(request, "consent/purpose.html", context, status=400 if form.errors else 200)


@needs("consent.manage")
@require_POST
def retire(request: HttpRequest, purpose: str) -> HttpResponse:
    """Ask for it no more."""
    found = purpose_named(purpose)
    actions.retire(found, actor=Actor.behind(request), now=clock.now())
    undo = reverse("consent:take_up", args=[found.name])
    toast(request, _("“%(purpose)s” is not asked any more.") % {"purpose": found}, undo=undo)
    return redirect("consent:catalogue")


@needs("consent.manage")
@require_POST
def take_up(request: HttpRequest, purpose: str) -> HttpResponse:
    """Ask for it again."""
    found = purpose_named(purpose)
    actions.take_up(found, actor=Actor.behind(request), now=clock.now())
    undo = reverse("consent:retire", args=[found.name])
    toast(request, _("“%(purpose)s” is asked again.") % {"purpose": found}, undo=undo)
    return redirect("consent:catalogue")


@needs("consent.manage")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Begin with what most organisations ask."""
    actions.add_usual(actor=Actor.behind(request), now=clock.now())
    toast(request, _("These are what most organisations ask; make them yours."))
    return redirect("consent:catalogue")
