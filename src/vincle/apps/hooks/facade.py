"""What the command line may call."""

from typing import Any

from vincle.apps.hooks.actions import NewSecret, Signing, add_hook, revoke, rotate
from vincle.apps.hooks.models import Hook
from vincle.apps.hooks.queries import hook_named, hooks
from vincle.apps.hooks.web.addresses import door_of

__all__ = ["NewSecret", "Signing", "add_hook", "door_of", "hook_named", "list_hooks", "revoke", "rotate"]


def list_hooks() -> list[dict[str, Any]]:
    """Every program that may send, newest first, as plain values; of secrets only what tells them apart."""
    return [_told(hook) for hook in hooks()]


def _told(hook: Hook) -> dict[str, Any]:
    return {
        "source": hook.source.name,
        "name": hook.source.label,
        "kind": "webhook",
        "address": door_of(hook),
        "ends_with": hook.hint,
        "signature": hook.signing,
        "mapped": bool(hook.mapping),
        "created_at": hook.created_at,
        "revoked_at": hook.revoked_at,
    }
