"""One's own account, and how one wants to read: light or dark, in which language."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts import actions, queries
from vincle.apps.accounts.actor import Actor, signed_in
from vincle.apps.accounts.own import parts_for
from vincle.apps.accounts.web.forms import OwnAccountForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput
from vincle.web import theme as themes
from vincle.web.permissions import open_to_everybody, open_to_signed_in
from vincle.web.toasts import toast


@open_to_signed_in
def me(request: HttpRequest) -> HttpResponse:
    """One's own name and language, and the way to the password and the second step."""
    user = signed_in(request)
    form = OwnAccountForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        _change_own(request, **form.cleaned_data)
        with translation.override(form.cleaned_data["language"] or translation.get_language()):
            toast(request, _("Your account is changed."))
        return redirect("accounts:me")
    context = {"form": form, "second_step": queries.has_second_step(user.pk), "parts": parts_for(user)}
    return render(request, "accounts/me.html", context)


@open_to_everybody
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light, dark or as the device is; kept in this browser, and in the account when somebody is signed in."""
    choice = request.POST.get("theme", "")
    if choice not in dict(themes.CHOICES):
        raise BadInput(_("There are three choices: as the device, light and dark."))
    if request.user.is_authenticated:
        _change_own(request, theme=choice)
    response = _back(request)
    themes.remember(response, choice)
    return response


@open_to_everybody
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """The language to read in; kept like the theme."""
    choice = request.POST.get("language", "")
    if choice not in dict(settings.LANGUAGES):
        raise BadInput(_("Vincle does not speak this language yet."))
    if request.user.is_authenticated:
        _change_own(request, language=choice)
    response = _back(request)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, choice, max_age=themes.YEAR, samesite="Lax", httponly=True)
    return response


def _change_own(request: HttpRequest, **changes: str) -> None:
    actor = Actor.behind(request)
    actions.change_own_account(actor=actor, now=clock.now(), user_id=signed_in(request).pk, **changes)


def own_page(request: HttpRequest, wanted: str) -> str:
    """An address that somebody gave, when it is one of ours; else that of the first page."""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _back(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(own_page(request, request.POST.get("next", "")))
