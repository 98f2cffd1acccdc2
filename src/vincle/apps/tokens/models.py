"""Tables of the room: tokens, and the answers that are kept so that what is asked twice is done once."""

from django.conf import settings
from django.db import models

from vincle.flow.fields import InstantField
from vincle.flow.models import Source


class Token(models.Model):
    """What lets one program in. Only its hash is kept; whoever made it saw it once."""

    name = models.CharField(max_length=80)
    maker = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")  # of what it brings
    scopes = models.JSONField(default=list)  # names of vincle.web.scopes
    digest = models.CharField(max_length=64, unique=True)  # sha256, hexadecimal
    hint = models.CharField(max_length=8)  # its last letters, to tell tokens apart
    created_at = InstantField()
    expires_at = InstantField()
    revoked_at = InstantField(null=True)
    last_used_at = InstantField(null=True)
    busy_until = models.BigIntegerField(default=0)  # microseconds since 1970: how far ahead its use has run (pace.py)

    class Meta:
        indexes = [models.Index(fields=["-created_at", "-id"], name="tokens_newest")]

    def __str__(self) -> str:
        return self.name


class KeptAnswer(models.Model):
    """What a request with an Idempotency-Key was answered, written in the transaction that did what it asked."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers")
    key = models.CharField(max_length=255)
    asked = models.CharField(max_length=64)  # sha256 of method, address and body
    status = models.IntegerField(default=0)
    body = models.TextField(default="")
    kept_at = InstantField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="answered_once")]
        indexes = [models.Index(fields=["kept_at"], name="answers_oldest")]
