"""Writes of the room: staff, roles, links that let people in, the organisation, the audit log.

Every action is one transaction and leaves one entry in the audit log. All take who does it and when.
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts import audit
from vincle.apps.accounts.actor import Actor
from vincle.apps.accounts.models import AuditEntry, LoginLink, Organisation, User, normalised
from vincle.apps.accounts.queries import organisation
from vincle.kernel.errors import BadInput, NotFound, Refused
from vincle.web.permissions import Role

LOGIN_LINK_LASTS = timedelta(minutes=15)
INVITATION_LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Invitation:
    """Somebody new, and the token of the link that lets them in; the token is shown once and not kept."""

    user_id: int
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class LetIn:
    """Whom a link lets in, and whether they choose a password now."""

    user: User
    new_password: bool


def record(
    *,
    actor: Actor,
    now: datetime,
    action: str,
    object_type: str = "",
    object_uid: str = "",
    summary: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Write one line in the audit log. `action` is a dotted name that `audit.name` has given words to."""
    AuditEntry.objects.create(
        at=now,
        actor_id=actor.id,
        actor_name=actor.name[:120],
        action=action,
        object_type=object_type,
        object_uid=object_uid,
        summary=summary[:300],
        details=dict(details or {}),
        ip=actor.ip,
    )


@transaction.atomic
def add_user(*, actor: Actor, now: datetime, name: str, email: str, role: str, password: str = "") -> int:
    """Make an account and return its number. Without a password it can only be entered by a link.

    Raises `BadInput` when the e-mail is taken or is none, the name is empty, or the password is too weak.
    """
    user = User(name=_some_name(name), email=_some_email(email), role=_known(role), joined_at=now)
    if password:
        _check_password(password, user)
        user.set_password(password)
    else:
        user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise BadInput(_("Somebody with the e-mail %(email)s works here already.") % {"email": user.email}) from error
    _record_staff(actor, now, audit.STAFF_ADDED, user, role=user.role)
    return user.pk


@transaction.atomic
def invite(*, actor: Actor, now: datetime, name: str, email: str, role: str) -> Invitation:
    """Add somebody to the staff, with a link to hand over that lets them in once, to choose a password."""
    user_id = add_user(actor=actor, now=now, name=name, email=email, role=role)
    token = _new_link(user_id, now, INVITATION_LASTS, new_password=True)
    return Invitation(user_id, token, now + INVITATION_LASTS)


@transaction.atomic
def issue_login_link(
    *, actor: Actor, now: datetime, user_id: int, lasts: timedelta = LOGIN_LINK_LASTS, new_password: bool = False
) -> str:
    """The token of a link that lets this person in once; earlier unused links of theirs stop working.

    With `new_password`, using it forgets the password they had, and they choose a new one.
    """
    user = _staff(user_id)
    if not user.is_active:
        raise Refused(_("%(name)s does not work here any more.") % {"name": user.name}, _("Let them back in first."))
    token = _new_link(user.pk, now, lasts, new_password=new_password)
    _record_staff(actor, now, audit.LINK_ISSUED, user)
    return token


@transaction.atomic
def use_login_link(*, token: str, now: datetime, ip: str | None = None) -> LetIn:
    """Spend a link: whom it lets in. Raises `Refused` when it is unknown, spent or too old."""
    link = LoginLink.objects.select_for_update().select_related("user").filter(token_hash=_hashed(token)).first()
    if link is None or link.used_at is not None or link.expires_at <= now or not link.user.is_active:
        raise Refused(
            _("This link has been used already, or it is too old."), _("Ask for a new one; your account is as it was.")
        )
    link.used_at = now
    link.save(update_fields=["used_at"])
    if link.new_password:
        link.user.set_unusable_password()
        link.user.save(update_fields=["password"])
    _record_staff(Actor.of(link.user, ip=ip), now, audit.LINK_USED, link.user)
    return LetIn(link.user, link.new_password)


@transaction.atomic
def change_role(*, actor: Actor, now: datetime, user_id: int, role: str) -> str:
    """Give somebody another role; returns the one they had. The last owner stays owner (`Refused`)."""
    owners = _locked_owners()
    user = _staff(user_id)
    before = user.role
    if before == role:
        return before
    _keep_an_owner(user, owners)
    user.role = _known(role)
    user.save(update_fields=["role"])
    _record_staff(actor, now, audit.ROLE_CHANGED, user, role=[before, role])
    return before


@transaction.atomic
def deactivate(*, actor: Actor, now: datetime, user_id: int) -> None:
    """Somebody does not work here any more: their sessions and links end. The last owner stays (`Refused`)."""
    owners = _locked_owners()
    user = _staff(user_id)
    if not user.is_active:
        return
    _keep_an_owner(user, owners)
    user.is_active = False
    user.sessions_ended += 1
    user.save(update_fields=["is_active", "sessions_ended"])
    user.login_links.filter(used_at=None).delete()
    _record_staff(actor, now, audit.STAFF_LEFT, user)


@transaction.atomic
def reactivate(*, actor: Actor, now: datetime, user_id: int) -> None:
    """Somebody works here again, with the role and the password they had."""
    user = _staff(user_id)
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    _record_staff(actor, now, audit.STAFF_BACK, user)


@transaction.atomic
def set_password(*, actor: Actor, now: datetime, user_id: int, password: str) -> None:
    """Give an account a new password; its sessions end. Raises `BadInput` when it is too weak."""
    user = _staff(user_id)
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    _record_staff(actor, now, audit.PASSWORD_SET, user)


@transaction.atomic
def change_own_account(*, actor: Actor, now: datetime, user_id: int, **changes: str) -> None:
    """Change one's own `name`, `language` or `theme`; entries are written for the name only, the rest is taste."""
    user = _staff(user_id)
    before = user.name
    user.name = _some_name(changes.get("name", user.name))
    user.language = changes.get("language", user.language)
    user.theme = changes.get("theme", user.theme)
    user.save(update_fields=["name", "language", "theme"])
    if user.name != before:
        _record_staff(actor, now, audit.NAME_CHANGED, user, name=[before, user.name])


@transaction.atomic
def change_organisation(*, actor: Actor, now: datetime, **changes: str) -> None:
    """Change the organisation's `name`, `language`, `country`, `currency`, `timezone` or `date_order`."""
    present = organisation()
    wanted = {field: changes.get(field, getattr(present, field)) for field in present.__dataclass_fields__}
    changed = {
        field: [getattr(present, field), value] for field, value in wanted.items() if value != getattr(present, field)
    }
    Organisation.objects.update_or_create(id=1, defaults=wanted)
    if changed:
        record(
            actor=actor,
            now=now,
            action=audit.ORGANISATION_CHANGED,
            object_type="organisation",
            summary=wanted["name"],
            details=changed,
        )


def _record_staff(actor: Actor, now: datetime, action: str, user: User, **details: Any) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="user",
        object_uid=str(user.pk),
        summary=user.name,
        details=details,
    )


def _staff(user_id: int) -> User:
    user = User.objects.select_for_update().filter(pk=user_id).first()
    if user is None:
        raise NotFound(_("Nobody here has this number."))
    return user


def _locked_owners() -> set[int]:
    # Locked first and always in the same order: two owners who let each other go at once wait for one another.
    owners = User.objects.select_for_update().filter(role=Role.OWNER, is_active=True).order_by("pk")
    return {owner.pk for owner in owners}


def _keep_an_owner(user: User, owners: set[int]) -> None:
    if owners == {user.pk}:
        raise Refused(
            _("%(name)s is the only owner, and somebody has to be.") % {"name": user.name},
            _("Make somebody else owner first."),
        )


def _known(role: str) -> str:
    if role and role not in set(Role):
        raise BadInput(_("There is no role called “%(role)s”.") % {"role": role}, ", ".join(Role))
    return role


def _some_name(name: str) -> str:
    if not name.strip():
        raise BadInput(_("Everybody who works here has a name."))
    return name.strip()[:120]


def _some_email(email: str) -> str:
    try:
        validate_email(normalised(email))
    except ValidationError as error:
        raise BadInput(_("“%(email)s” is not an e-mail.") % {"email": email}) from error
    return normalised(email)


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise BadInput(" ".join(error.messages)) from error


def _new_link(user_id: int, now: datetime, lasts: timedelta, *, new_password: bool) -> str:
    LoginLink.objects.filter(user_id=user_id, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    LoginLink.objects.create(
        user_id=user_id,
        token_hash=_hashed(token),
        issued_at=now,
        expires_at=now + lasts,
        new_password=new_password,
    )
    return token


def _hashed(token: str) -> str:
    # The token has 256 random bits: a plain hash cannot be guessed back.
    return hashlib.sha256(token.encode()).hexdigest()
