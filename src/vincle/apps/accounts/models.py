"""Tables of the room: who works here, the organisation, the links that let people in, the audit log."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from vincle.web.permissions import ROLE_LABELS, Role, Words

ROLE_CHOICES = [(str(role), ROLE_LABELS[role]) for role in Role]
DATE_ORDERS = [
    ("", _("Ask me when a date can be read two ways")),
    ("dmy", _("Day first: 31/12/2026")),
    ("mdy", _("Month first: 12/31/2026")),
]


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normalised(username or ""))


def normalised(email: str) -> str:
    """How an e-mail is kept: without spaces around it, in small letters."""
    return email.strip().lower()


class User(AbstractBaseUser):
    """Somebody who works here and may sign in with their e-mail."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    role = models.CharField(_("role"), max_length=16, choices=ROLE_CHOICES, blank=True, default="")
    language = models.CharField(_("language"), max_length=8, blank=True, default="")  # empty: the browser's
    theme = models.CharField(_("light or dark"), max_length=8, blank=True, default="")  # empty: the browser's
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField()
    sessions_ended = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        indexes = [models.Index(fields=["name", "id"], name="accounts_user_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def role_label(self) -> Words:
        return ROLE_LABELS.get(self.role, "")

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        # Django ends a session whose hash differs: a new password does it, and so does raising sessions_ended.
        ours: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # the stubs leave it out
        return f"{ours}.{self.sessions_ended}"


class Organisation(models.Model):
    """The organisation's settings; one row at most."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(_("name"), max_length=160)
    language = models.CharField(_("language"), max_length=8)
    country = models.CharField(_("country"), max_length=2)
    currency = models.CharField(_("currency"), max_length=3)
    timezone = models.CharField(_("time zone"), max_length=64)
    date_order = models.CharField(_("dates in files"), max_length=3, choices=DATE_ORDERS, blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="accounts_one_organisation")]

    def __str__(self) -> str:
        return self.name


class LoginLink(models.Model):
    """A link that lets one person in once. Only the token's hash is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="login_links")
    token_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    new_password = models.BooleanField(default=False)  # using it forgets the old password, and a new one is chosen

    def __str__(self) -> str:
        return f"link for {self.user_id}"


class AuditEntry(models.Model):
    """Who did what, when. The database refuses to change or delete it (migration 0002).

    The name is written beside the number, and there is no foreign key: an entry outlives whom it speaks of.
    """

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # null: the command line, or the house itself
    actor_name = models.CharField(max_length=120)
    action = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60, blank=True, default="")
    object_uid = models.CharField(max_length=80, blank=True, default="")
    summary = models.CharField(max_length=300, blank=True, default="")
    details = models.JSONField(default=dict, blank=True)
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["at", "id"], name="accounts_audit_at"),
            models.Index(fields=["actor_id", "at"], name="accounts_audit_actor"),
            models.Index(fields=["action", "at"], name="accounts_audit_action"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.actor_name} {self.action}"
