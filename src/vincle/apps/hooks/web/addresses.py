"""Addresses that are told to programs."""

from django.urls import reverse

from vincle.apps.hooks.models import Hook


def door_of(hook: Hook) -> str:
    """Where a program sends to, below the address of the installation."""
    return reverse("hooks:door", args=[hook.public_id])
