"""Reads of the room, each bounded."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Colleague, colleagues
from vincle.apps.people.facade import PersonMark, looks, marked
from vincle.apps.tasks.models import OPEN, Task
from vincle.flow.models import Identity
from vincle.kernel import clock
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page
from vincle.web.permissions import PERMISSIONS

LISTED = 30
ABOUT_OPEN, ABOUT_DONE = 30, 5
MOST_WAITING = 100  # beyond which the sidebar counts no further
IN_CALENDAR = 1_000
CALENDAR_LOOKS_BACK = timedelta(days=90)


def seen() -> QuerySet[Task]:
    """The tasks that whoever looks may see: not those about somebody whom they may not."""
    if looks().confidential:
        return Task.objects.all()
    hidden = Identity.objects.filter(person_id__in=marked(PersonMark.Kind.CONFIDENTIAL))
    return Task.objects.exclude(identity_id__in=hidden.values("pk"))


def open_tasks(
    *, assignee: int | None = None, about: Collection[int] | None = None, cursor: str = "", size: int = LISTED
) -> Page[Task]:
    """What is to be done, the latest overdue first, what has no day last; of one colleague, or of everybody; about
    whoever has the numbers `about`, or about anybody."""
    return keyset_page(_of(seen().filter(OPEN), assignee, about), order="due", cursor=cursor, size=size)


def done_tasks(
    *, assignee: int | None = None, about: Collection[int] | None = None, cursor: str = "", size: int = LISTED
) -> Page[Task]:
    """What has been done, the latest first."""
    rows = seen().filter(done_at__isnull=False, removed_at=None)
    return keyset_page(_of(rows, assignee, about), order="-done_at", cursor=cursor, size=size)


def tasks_about(identities: Collection[int]) -> tuple[list[Task], list[Task]]:
    """What is to be done, and what was done last, about whoever has these numbers."""
    rows = Task.objects.filter(identity_id__in=identities, removed_at=None)
    pending = keyset_page(rows.filter(done_at=None), order="due", size=ABOUT_OPEN)
    return list(pending), list(rows.filter(done_at__isnull=False).order_by("-done_at", "-pk")[:ABOUT_DONE])


def task_by_uid(uid: UUID, *, removed: bool = False, held: bool = False) -> Task:
    """One task, `held` until the transaction ends; raises `NotFound` when there is none, or it is (unless `removed`)
    taken away."""
    rows = seen().select_for_update() if held else seen()
    found = rows.filter(uid=uid).first()
    if found is None or (found.removed_at is not None and not removed):
        raise NotFound(_("This task is not here any more."))
    return found


def due_today(user_id: int) -> QuerySet[Task]:
    """The tasks of a colleague that are overdue or due today, `MOST_WAITING` at most."""
    tonight = datetime.combine(_today() + timedelta(days=1), time(), timezone.get_current_timezone())
    return seen().filter(OPEN, assignee_id=user_id, due__lte=tonight)[:MOST_WAITING]


def in_calendar(user_id: int, *, now: datetime) -> list[Task]:
    """A colleague's tasks for their calendar: all that are open, and what was done or taken away of late."""
    recent = Q(done_at__gte=now - CALENDAR_LOOKS_BACK) | Q(removed_at__gte=now - CALENDAR_LOOKS_BACK)
    return list(seen().filter(OPEN | recent, assignee_id=user_id).order_by("-changed_at", "pk")[:IN_CALENDAR])


def assignees() -> list[Colleague]:
    """Who may be given a task: those who work here and whose role lets them do it."""
    roles = PERMISSIONS["tasks.edit"].roles
    return [colleague for colleague in colleagues() if colleague.is_active and colleague.role in roles]


def emails() -> dict[int, str]:
    """The e-mail of everybody who works or worked here."""
    return {colleague.id: colleague.email for colleague in colleagues()}


def names() -> dict[int, str]:
    """What everybody who works or worked here is called."""
    return {colleague.id: colleague.name for colleague in colleagues()}


def _of(rows: QuerySet[Task], assignee: int | None, about: Collection[int] | None) -> QuerySet[Task]:
    if about is not None:
        rows = rows.filter(identity_id__in=about)
    return rows if assignee is None else rows.filter(assignee_id=assignee)


def _today() -> date:
    return timezone.localdate(clock.now())
