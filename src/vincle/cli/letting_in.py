"""Links that let somebody in once, as the command line gives them out."""

from urllib.parse import urlencode

from django.urls import reverse

from vincle.apps.accounts import facade
from vincle.kernel import clock
from vincle.kernel.errors import NotFound, NotReady


def colleague(email: str) -> facade.Colleague:
    """Who has this e-mail; `NotFound` when nobody has."""
    found = facade.colleague_by_email(email)
    if found is None:
        raise NotFound(f"Nobody here has the e-mail {email}.", "“vincle user list” shows who works here.")
    return found


def link_for(user: facade.Colleague, base: str, *, to: str = "") -> str:
    """A fresh link for `user`, below the address `base`; their earlier unused ones stop working. It opens the page
    `to`, else the first one.
    """
    token = facade.issue_login_link(actor=facade.COMMAND_LINE, now=clock.now(), user_id=user.id)
    return address(token, base) + (f"?{urlencode({'to': to})}" if to else "")


def owner() -> facade.Colleague:
    """The first owner; `NotReady` when there is none."""
    for each in facade.colleagues():
        if each.role == "owner" and each.is_active:
            return each
    raise NotReady("Nobody can sign in yet.", "Add yourself with “vincle user add EMAIL --role owner”.")


def address(token: str, base: str) -> str:
    """The link of a token."""
    return base.rstrip("/") + reverse("accounts:enter", args=[token])
