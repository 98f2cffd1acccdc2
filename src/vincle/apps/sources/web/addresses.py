"""Addresses of the room's pages that carry more than a name."""

from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode

from vincle.apps.sources.queries.quarantine import Selection


def quarantine_of(selection: Selection) -> str:
    """What waits of a selection."""
    named = {name: getattr(selection, name) for name in ("kind", "source", "reason") if getattr(selection, name)}
    return f"{reverse('sources:quarantine')}?{urlencode(named)}" if named else reverse("sources:quarantine")


def restoring(discarded_at: datetime) -> str:
    """Where what was discarded at that instant is put back."""
    return f"{reverse('sources:restore')}?{urlencode({'at': discarded_at.isoformat()})}"
