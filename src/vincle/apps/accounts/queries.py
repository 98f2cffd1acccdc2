"""Reads of the room; all are bounded."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from vincle.apps.accounts.models import AuditEntry, LoginLink, Organisation, User
from vincle.kernel.house import House
from vincle.web.pagination import Page, keyset_page

STAFF_SHOWN = 500
AUDIT_PAGE = 50


FIELDS = tuple(House.__dataclass_fields__)


def organisation() -> House:
    """The organisation's settings; sensible ones until somebody has written them."""
    row = Organisation.objects.filter(id=1).values(*FIELDS).first()
    return House(**row) if row else House(language=settings.LANGUAGE_CODE)


def anybody_here() -> bool:
    """Whether there is any account at all."""
    return User.objects.exists()


def staff() -> QuerySet[User]:
    """Who works here: those with access first, by name; with `second_step` and `invited` (has not come in yet)."""
    has_second_step = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    waiting = LoginLink.objects.filter(user=OuterRef("pk"), used_at=None)
    people = User.objects.annotate(second_step=Exists(has_second_step), invited=Exists(waiting))
    return people.order_by("-is_active", "name", "pk")[:STAFF_SHOWN]


def has_second_step(user_id: int) -> bool:
    """Whether signing in asks this person for more than a password."""
    steps = Authenticator.objects.filter(user_id=user_id).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return bool(steps.exists())


def user(user_id: int) -> User | None:
    """One account."""
    return User.objects.filter(pk=user_id).first()


def user_by_email(email: str) -> User | None:
    """One account, by its e-mail in any capitals."""
    return User.objects.filter(email=email.strip().lower()).first()


def audit_page(
    *,
    actor: str = "",
    action: str = "",
    since: date | None = None,
    until: date | None = None,
    zone: str,
    cursor: str = "",
) -> Page[AuditEntry]:
    """Entries of the audit log, newest first. `actor` is a user's number, or "-" for nobody signed in.

    `since` and `until` are days in the time zone `zone`, both included.
    """
    entries = AuditEntry.objects.all()
    if actor == "-":
        entries = entries.filter(actor_id=None)
    elif actor.isdecimal():
        entries = entries.filter(actor_id=int(actor))
    if action:
        entries = entries.filter(action=action)
    if since:
        entries = entries.filter(at__gte=_midnight(since, zone))
    if until:
        entries = entries.filter(at__lt=_midnight(until + timedelta(days=1), zone))
    return keyset_page(entries, order="-at", cursor=cursor, size=AUDIT_PAGE)


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
