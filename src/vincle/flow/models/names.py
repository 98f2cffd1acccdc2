"""The log's small dictionaries: interactions name these by number, people by name."""

from django.db import models
from django.utils.translation import get_language

from vincle.flow.fields import InstantField

HOUSE = "_house"  # the source of what is done and said here; no import's or website's name can become this


class Source(models.Model):
    """Where interactions come from; idempotency keys and ids of people are trusted only within it."""

    name = models.SlugField(max_length=80, unique=True)
    label = models.CharField(max_length=200)
    created_at = InstantField()

    def __str__(self) -> str:
        return self.label or self.name


class Kind(models.Model):
    """What can happen, in the catalogue: its words in each language, how it looks, its data contract."""

    name = models.CharField(max_length=120, unique=True)  # dotted: order.placed
    labels = models.JSONField(default=dict)  # {"en": ..., "ca": ..., "es": ...}
    icon = models.CharField(max_length=40, default="point")
    tone = models.CharField(max_length=10, default="plain")  # plain, well, warm, gold
    carries_money = models.BooleanField(default=False)
    carries_score = models.BooleanField(default=False)
    carries_text = models.BooleanField(default=False)
    contract = models.JSONField(null=True, blank=True)  # JSON Schema of what an interaction of this kind must hold
    builtin = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The kind in the reader's language, else in English, else its name."""
        language = (get_language() or "en").split("-")[0]
        return str(self.labels.get(language) or self.labels.get("en") or self.name)


class Touchpoint(models.Model):
    """Where it happened: a channel (web, email, phone, counter ...) and a named place in it."""

    channel = models.CharField(max_length=40)
    place = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "place"], name="one_touchpoint")]
        ordering = ["channel", "place"]

    def __str__(self) -> str:
        return f"{self.channel} · {self.place}" if self.place else self.channel


class Colleague(models.Model):
    """Who on our side, by the name the source gave."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name
