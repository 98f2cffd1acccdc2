"""Looking the book through: who is in it now, whose card has changed, each change with a number of its own.

What devices ask is whether anything has changed since a number. The log has no such number (a transaction that commits
late would be missed), so the cards themselves are compared with what they were, whenever the log has grown.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from vincle.apps.addressbook.models import Book, Entry
from vincle.apps.addressbook.queries import timeless
from vincle.apps.people.facade import cards_of, reachable_people
from vincle.engine.cards import write_card
from vincle.flow.models import Erasure, Identity, IdentityMove, Observation, SamePerson

MOST = 10_000  # people in the book: those seen last
AGAIN = timedelta(minutes=10)  # even when the log seems not to have grown
_AT_ONCE = 1_000


def refreshed(*, now: datetime) -> Book:
    """The book as it is now."""
    with transaction.atomic():
        Book.objects.get_or_create(id=1)
        book = Book.objects.select_for_update().get(id=1)
        mark = _mark()
        if book.mark == mark and book.looked_at is not None and now - book.looked_at < AGAIN:
            return book
        _compare(book)
        book.mark, book.looked_at = mark, now
        book.save()
        return book


def _mark() -> str:
    """What grows whenever a card can have changed."""
    tables = (Observation.objects, Identity.objects, IdentityMove.objects, SamePerson.objects, Erasure.objects)
    return "-".join(str(rows.aggregate(last=Max("pk"))["last"] or 0) for rows in tables)


def _compare(book: Book) -> None:
    before = {uid: (number, tag, is_gone) for number, uid, tag, is_gone in _rows()}
    now = _tags()
    changed: list[Entry] = []
    new: list[Entry] = []
    for uid, tag in now.items():
        number, former, is_gone = before.get(uid, (0, "", True))
        if number and (former != tag or is_gone):
            changed.append(Entry(pk=number, uid=uid, tag=tag))
        elif not number:
            new.append(Entry(uid=uid, tag=tag))
    changed += [
        Entry(pk=number, uid=uid, tag=tag, is_gone=True)
        for uid, (number, tag, is_gone) in before.items()
        if not is_gone and uid not in now
    ]
    for entry in (*changed, *new):
        book.changes += 1
        entry.change = book.changes
    Entry.objects.bulk_update(changed, ["tag", "change", "is_gone"], batch_size=_AT_ONCE)
    Entry.objects.bulk_create(new, batch_size=_AT_ONCE)


def _rows() -> list[tuple[int, UUID, str, bool]]:
    return list(Entry.objects.values_list("pk", "uid", "tag", "is_gone"))


def _tags() -> dict[UUID, str]:
    people = reachable_people(MOST)
    tags: dict[UUID, str] = {}
    for start in range(0, len(people), _AT_ONCE):
        some = people[start : start + _AT_ONCE]
        for person, card in zip(some, cards_of(some), strict=True):
            tags[person.uid] = hashlib.sha256(write_card(timeless(card)).encode()).hexdigest()[:32]
    return tags
