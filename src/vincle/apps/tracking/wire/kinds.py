"""What happened: the names of events, and the kinds of the catalogue they mean."""

import hashlib
from functools import lru_cache

from vincle.engine.tabular.kinds import DOTTED, KINDS, folded
from vincle.kernel.words import slug

PAGE = "page.viewed"
SCREEN = "screen.viewed"
IDENTIFIED = "person.identified"
LINKED = "person.linked"  # alias and merge
GROUPED = "group.joined"
_LONGEST = 80

# Segment's own names for events (its semantic spec), where the catalogue has a kind for them.
_SPEC = {
    "order completed": "order.placed",
    "order refunded": "order.returned",
    "coupon applied": "coupon.redeemed",
    "product reviewed": "review.written",
    "account created": "account.opened",
    "account deleted": "account.closed",
    "email delivered": "campaign.delivered",
    "email link clicked": "campaign.clicked",
    "file downloaded": "file.downloaded",
}
RETURNED = "order.returned"


@lru_cache(maxsize=8192)
def kind_of(event: str) -> str:
    """The kind behind an event's name: a dotted one is one already, well-known words mean a kind of the catalogue,
    anything else is its own: 'Video Played' is 'video_played'."""
    if DOTTED.fullmatch(event) and len(event) <= _LONGEST:
        return event
    plain = folded(event)
    known = _SPEC.get(plain) or KINDS.get(plain)
    if known:
        return known
    return slug(event, separator="_")[:_LONGEST].strip("_") or f"event_{hashlib.sha256(event.encode()).hexdigest()[:8]}"
