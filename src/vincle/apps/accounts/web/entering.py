"""Coming in by a one-time link."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from vincle.apps.accounts import actions
from vincle.apps.accounts.web.preferences import own_page
from vincle.kernel import clock
from vincle.web.permissions import open_to_everybody


@open_to_everybody
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button; only pressing it spends the link, so that programs which preview links do not.

    `to`, where the address says it, is the page of ours that opens.
    """
    if request.method != "POST":
        return render(request, "accounts/enter.html")
    let_in = actions.use_login_link(token=token, now=clock.now(), ip=request.META.get("REMOTE_ADDR") or None)
    then = reverse("account_set_password") if let_in.new_password else own_page(request, request.GET.get("to", ""))
    # allauth asks for the second step, where the person has one, as after a password.
    response: HttpResponse = perform_login(request, let_in.user, email_verification="none", redirect_url=then)
    return response
