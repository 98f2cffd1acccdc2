"""What the audit log says of one person: read for them, and without their name once they are erased.

Entries stay, with who did what and when; where the words named the person they say the person's uid instead.
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from vincle.apps.accounts.audit import words_of
from vincle.apps.accounts.models import AuditEntry

LONG_ENOUGH = 6  # letters of a value that is looked for in entries about others; shorter ones are in everything
_BETWEEN = " · "  # how summaries list people


def entries_about(uids: Collection[str]) -> Iterator[dict[str, Any]]:
    """What was done that concerns these people, the oldest first: `at`, `by`, `action`, `words`."""
    for entry in _about(uids).order_by("at", "pk").iterator(chunk_size=1_000):
        yield {"at": entry.at, "by": entry.actor_name, "action": entry.action, "words": str(words_of(entry.action))}


def without_names(*, uid: str, uids: Collection[str], names: Collection[str], values: Collection[str]) -> int:
    """Have the audit log say `uid` where its words name the person; returns how many entries changed.

    In entries about them (`uids`) their `names` and `values` (e-mails, numbers) go; in all others only values long
    enough to be theirs alone. Call it with the gate of the log open.
    """
    hidden = set(names) | set(values)
    changed = 0
    for entry in _about(uids).iterator(chunk_size=1_000):
        summary = _BETWEEN.join(uid if part in hidden else part for part in entry.summary.split(_BETWEEN))
        changed += _rewrite(entry, _replaced(summary, hidden, uid), without_words(entry.details, hidden, uid))
    long = {value for value in values if len(value) >= LONG_ENOUGH}
    for value in sorted(long):
        for entry in _saying(value).iterator(chunk_size=1_000):
            changed += _rewrite(entry, _replaced(entry.summary, long, uid), without_words(entry.details, long, uid))
    return changed


def without_words(details: Any, hidden: Collection[str], uid: str) -> Any:
    """A text, or the texts in lists and objects, saying `uid` instead of any of `hidden` that stands alone, whatever
    its capitals."""
    if isinstance(details, dict):
        return {name: without_words(value, hidden, uid) for name, value in details.items()}
    if isinstance(details, list):
        return [without_words(value, hidden, uid) for value in details]
    return _replaced(details, hidden, uid) if isinstance(details, str) else details


def _about(uids: Collection[str]) -> Any:
    found = Q(object_type="person", object_uid__in=uids)
    texted = AuditEntry.objects.annotate(said=Cast("details", TextField()))
    for uid in uids:
        found |= Q(said__contains=uid)
    return texted.filter(found)


def _saying(value: str) -> Any:
    texted = AuditEntry.objects.annotate(said=Cast("details", TextField()))
    as_json = json.dumps(value)[1:-1]
    return texted.filter(Q(summary__contains=value) | Q(said__contains=as_json) | Q(said__contains=value))


def _rewrite(entry: AuditEntry, summary: str, details: Any) -> int:
    summary = summary[:300]
    if (summary, details) == (entry.summary, entry.details):
        return 0
    return AuditEntry.objects.filter(pk=entry.pk).update(summary=summary, details=details)


def _replaced(text: str, hidden: Collection[str], uid: str) -> str:
    if text in hidden:
        return uid
    for value in sorted(hidden, key=len, reverse=True):
        if len(value) >= LONG_ENOUGH:  # as a word of its own: “CUST-1” is not in “CUST-10”
            text = re.sub(rf"(?<![\w.+%-]){re.escape(value)}(?!\w)", uid, text, flags=re.IGNORECASE)
    return text
