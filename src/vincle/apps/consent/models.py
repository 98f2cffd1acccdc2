"""Tables of the room: what for (purposes and how they are put), and the ledger of what people said."""

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from vincle.flow.fields import InstantField


class Basis(models.TextChoices):
    """Why something may be done with what is known of people (GDPR, article 6)."""

    CONSENT = "consent", _("consent")
    CONTRACT = "contract", _("contract")
    INTEREST = "legitimate_interest", _("legitimate interest")
    OBLIGATION = "legal_obligation", _("legal obligation")
    VITAL = "vital_interest", _("vital interest")
    PUBLIC = "public_task", _("public task")


class Decision(models.TextChoices):
    """What somebody said; of several at the same moment the most cautious counts (`CAUTION`)."""

    GIVEN = "given", pgettext_lazy("consent", "given")
    REFUSED = "refused", pgettext_lazy("consent", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "withdrawn")
    OBJECTED = "objected", pgettext_lazy("consent", "objected")
    LIFTED = "lifted", _("objection taken back")


CAUTION = {decision: place for place, decision in enumerate(("given", "lifted", "refused", "withdrawn", "objected"))}


class How(models.TextChoices):
    """How they said it."""

    PERSON = "person", _("in person")
    PHONE = "phone", _("by phone")
    EMAIL = "email", _("by e-mail")
    PAPER = "paper", _("on paper")
    FORM = "form", _("in a form")
    IMPORT = "import", _("in an import")
    TRACKING = "tracking", _("on a website or in an app")
    API = "api", _("through another program")


class Purpose(models.Model):
    """What people are asked to consent to: the newsletter, offers, research, photos."""

    name = models.SlugField(max_length=60, unique=True)
    labels = models.JSONField(default=dict)  # by language
    basis = models.CharField(max_length=20, choices=Basis.choices, default=Basis.CONSENT)
    channels = models.JSONField(default=list)  # through which it may reach somebody
    created_at = InstantField()
    created_by = models.CharField(max_length=200)
    retired_at = InstantField(null=True)

    def __str__(self) -> str:
        return said_in(self.labels) or self.name

    @property
    def needs_consent(self) -> bool:
        return self.basis == Basis.CONSENT


class Wording(models.Model):
    """How a purpose was put to people from a day on; never changed, since consents refer to it (migration 0002)."""

    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="wordings")
    version = models.PositiveIntegerField()
    texts = models.JSONField()  # by language
    written_at = InstantField()
    written_by = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_one_version")]

    def __str__(self) -> str:
        return said_in(self.texts)


class Entry(models.Model):
    """A line of the ledger: somebody said something, with its proof.

    The database refuses to change or delete it, but in an erasure (migration 0002). `purpose` is empty for an
    objection to any contact at all; `channel` is empty for every channel. With `mistake_of` the line says only that
    another one was a mistake, which then counts no more.
    """

    identity_id = models.BigIntegerField(db_index=True)
    purpose = models.ForeignKey(Purpose, models.PROTECT, null=True, db_index=False)
    channel = models.CharField(max_length=40, default="", blank=True)
    decision = models.CharField(max_length=12, choices=Decision.choices)
    decided_at = InstantField()
    recorded_at = InstantField()
    recorded_by = models.CharField(max_length=200)
    how = models.CharField(max_length=12, choices=How.choices)
    wording = models.ForeignKey(Wording, models.PROTECT, null=True, db_index=False)
    said = models.TextField(default="", blank=True)  # in whose words, where, before whom
    reference = models.CharField(max_length=200, default="", blank=True)
    file_hash = models.CharField(max_length=64, default="", blank=True)  # sha256 of the paper's scan or the recording
    mistake_of = models.OneToOneField("self", models.DO_NOTHING, null=True, related_name="mistake")

    class Meta:
        indexes = [models.Index(fields=["purpose", "channel", "identity_id"], name="consent_by_purpose")]

    def __str__(self) -> str:
        return f"{self.identity_id} {self.purpose_id} {self.decision}"


def said_in(texts: dict[str, str]) -> str:
    """The text in the reader's language; else in English, else in any."""
    language = (get_language() or "en").split("-")[0]
    return texts.get(language) or texts.get("en") or next((text for text in texts.values() if text), "")
