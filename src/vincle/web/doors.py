"""Views of libraries that are let in, by name, with what they ask; any other library view is refused."""

from collections.abc import Callable
from typing import Any

from django.urls import ResolverMatch

from vincle.web.permissions import EVERYBODY, SIGNED_IN, Declaration, declared_by

ALLAUTH: dict[str, Declaration] = {
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_signup": EVERYBODY,  # says that the door is closed
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_reauthenticate": SIGNED_IN,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "mfa_authenticate": EVERYBODY,  # the second step of signing in
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
}


def declaration_for(view: Callable[..., Any], match: ResolverMatch | None) -> Declaration | None:
    """What `view` asks: its own declaration, or the list above for allauth's; None when nobody has said."""
    own = declared_by(view)
    if own is not None:
        return own
    if match and view.__module__.startswith("allauth."):
        return ALLAUTH.get(match.url_name or "")
    return None
