"""Asked twice, done once: the answer to a request with an Idempotency-Key is kept, and given again.

What is done and its answer are one transaction. So a program that heard nothing asks again, whatever happened: it
was done and is not done again, or nothing was done and it is done now.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from vincle.apps.tokens.models import KeptAnswer
from vincle.kernel.errors import BadInput

LONGEST_KEY = 255
KEPT_FOR = timedelta(hours=24)
_SHORTEST_VALUE = 6  # letters; a shorter identity is in everything


class OtherRequest(BadInput):
    """The key was used for another request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    body: str


def fingerprint(method: str, address: str, body: bytes) -> str:
    """What tells one request from another."""
    return hashlib.sha256(b"\n".join([method.encode(), address.encode("utf-8", "replace"), body])).hexdigest()


def begin(*, token_id: int, key: str, asked: str, now: datetime) -> Answer | None:
    """The answer that was given to this key, or None: then it is taken, until this transaction ends.

    Whoever asks with the same key meanwhile waits. Raises `OtherRequest` when the key was for something else.
    """
    KeptAnswer.objects.filter(token_id=token_id, key=key, kept_at__lte=now - KEPT_FOR).delete()
    row = KeptAnswer(token_id=token_id, key=key, asked=asked, kept_at=now)
    KeptAnswer.objects.bulk_create([row], ignore_conflicts=True)
    kept = KeptAnswer.objects.get(token_id=token_id, key=key)
    if kept.asked != asked:
        raise OtherRequest(
            "This Idempotency-Key was used for another request.", "Use a new key for each thing that is to be done."
        )
    return Answer(kept.status, kept.body) if kept.status else None


def keep(*, token_id: int, key: str, answer: Answer) -> None:
    """Keep what was answered; in the transaction that `begin` was called in."""
    KeptAnswer.objects.filter(token_id=token_id, key=key).update(status=answer.status, body=answer.body)


def forget_old(*, now: datetime) -> None:
    """Remove what was kept long enough."""
    KeptAnswer.objects.filter(kept_at__lte=now - KEPT_FOR).delete()


def forget_about(*, uids: Collection[str], values: Collection[str]) -> int:
    """Remove the answers that speak of somebody who is being erased; returns how many."""
    saying = Q()
    for each in [*uids, *(value for value in values if len(value) >= _SHORTEST_VALUE)]:
        saying |= Q(body__contains=each)
    return KeptAnswer.objects.filter(saying).delete()[0] if saying else 0
