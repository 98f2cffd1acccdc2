"""The pages of the room: which programs may come in, and letting one in or out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vincle.apps.accounts.facade import Actor
from vincle.apps.tokens import actions, queries
from vincle.apps.tokens.models import Token
from vincle.apps.tokens.web.forms import TokenForm
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, NotFound, Refused
from vincle.web.permissions import can, needs
from vincle.web.toasts import toast

HANDED = "tokens.to_hand_over"


@dataclass(frozen=True)
class Line:
    """One token of the list. `state`: works, expired, revoked."""

    token: Token
    state: str
    may_revoke: bool


@needs("tokens.view")
def tokens(request: HttpRequest) -> HttpResponse:
    """Every program that may come in, or might."""
    page, now = queries.tokens_page(cursor=request.GET.get("page", "")), clock.now()
    context = {
        "tab": "tokens",
        "page": page,
        "lines": [_line(token, request.user, now) for token in page],
        "handed": request.session.pop(HANDED, None),
        "base": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "tokens/list.html", context)


@needs("tokens.manage")
def new(request: HttpRequest) -> HttpResponse:
    """Let a program in; its token is shown once, on the next page."""
    form = TokenForm(request.POST or None, maker=request.user)
    if request.method == "POST" and form.is_valid():
        actor = Actor.behind(request)
        try:
            made = actions.add_token(actor=actor, now=clock.now(), maker_id=int(request.user.pk or 0), **form.asked())
        except (BadInput, Refused) as error:
            form.add_error("name", str(error))
        else:
            request.session[HANDED] = {"name": made.token.name, "secret": made.secret}
            return redirect("tokens:list")
    return render(request, "tokens/new.html", {"tab": "tokens", "form": form})


@needs("tokens.manage")
@require_POST
def revoke(request: HttpRequest, number: int) -> HttpResponse:
    """Let a program in no more."""
    token = _mine(request, number)
    actions.revoke(token, actor=Actor.behind(request), now=clock.now())
    words = _("%(name)s cannot come in any more.") % {"name": token.name}
    toast(request, words, undo=reverse("tokens:restore", args=[number]))
    return redirect("tokens:list")


@needs("tokens.manage")
@require_POST
def restore(request: HttpRequest, number: int) -> HttpResponse:
    """Take that back."""
    token = _mine(request, number)
    actions.restore(token, actor=Actor.behind(request), now=clock.now())
    toast(request, _("%(name)s may come in again.") % {"name": token.name})
    return redirect("tokens:list")


def _mine(request: HttpRequest, number: int) -> Token:
    """A token that is one's own, or anybody's for whoever answers for all of them; others are not there."""
    token = queries.token_by_number(number)
    if not _may_revoke(token, request.user):
        raise NotFound(_("There is no such token of yours."))
    return token


def _may_revoke(token: Token, user: Any) -> bool:
    own = bool(token.maker_id == user.pk) and can(user, "tokens.manage")
    return own or can(user, "tokens.manage_all")


def _line(token: Token, user: Any, now: datetime) -> Line:
    if token.revoked_at is not None:
        state = "revoked"
    elif token.expires_at <= now or not token.maker.is_active:
        state = "expired"
    else:
        state = "works"
    return Line(token, state, state == "works" and _may_revoke(token, user))
