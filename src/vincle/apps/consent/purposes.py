"""Writes of the catalogue: what people are asked to consent to, and in which words."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.consent.models import Basis, Purpose, Wording
from vincle.apps.people.facade import CHANNELS
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.words import slug

LANGUAGES = ("en", "ca", "es")
LONGEST_LABEL, LONGEST_TEXT = 80, 4_000
LETTERS = ("email", "phone", "post", "app")

# What most organisations ask: a name, its label and words, why it may be done, and how it reaches people.
USUAL: tuple[tuple[str, str, str, Basis, tuple[str, ...]], ...] = (
    ("newsletter", gettext_noop("Newsletter"), gettext_noop("You may send me your news."), Basis.CONSENT, ("email",)),
    (
        "offers",
        gettext_noop("Offers"),
        gettext_noop("You may tell me about offers that fit me."),
        Basis.CONSENT,
        LETTERS,
    ),
    (
        "research",
        gettext_noop("Research"),
        gettext_noop("You may ask me what I think, to improve."),
        Basis.CONSENT,
        LETTERS,
    ),
    (
        "photos",
        gettext_noop("Photos"),
        gettext_noop("You may publish photos and videos of me."),
        Basis.CONSENT,
        ("web", "social"),
    ),
    (
        "service",
        gettext_noop("Service"),
        gettext_noop("We write about what you have with us."),
        Basis.CONTRACT,
        LETTERS,
    ),
)


@transaction.atomic
def add_purpose(
    *,
    actor: Actor,
    now: datetime,
    labels: Mapping[str, str],
    texts: Mapping[str, str],
    basis: Basis,
    channels: Sequence[str],
    name: str = "",
) -> Purpose:
    """Add a purpose with its first wording. Raises `BadInput` for no label or words, an unknown channel, a name that
    is taken."""
    labels, texts = _cleaned(labels, LONGEST_LABEL), _cleaned(texts, LONGEST_TEXT)
    name = slug(name or labels.get("en") or next(iter(labels.values())))[:60]
    if not name or Purpose.objects.filter(name=name).exists():
        raise BadInput(_("There is already a purpose called “%(name)s”.") % {"name": name}, _("Choose another name."))
    made = Purpose.objects.create(
        name=name,
        labels=labels,
        basis=Basis(basis),
        channels=_known(channels),
        created_at=now,
        created_by=actor.name[:200],
    )
    Wording.objects.create(purpose=made, version=1, texts=texts, written_at=now, written_by=actor.name[:200])
    _record("consent.purpose_added", made, actor=actor, now=now)
    return made


@transaction.atomic
def change_purpose(
    purpose: Purpose,
    *,
    actor: Actor,
    now: datetime,
    labels: Mapping[str, str],
    texts: Mapping[str, str],
    basis: Basis,
    channels: Sequence[str],
) -> Purpose:
    """Change a purpose; other words are a new version, and what was consented to before keeps its own."""
    purpose.labels, purpose.basis = _cleaned(labels, LONGEST_LABEL), Basis(basis)
    purpose.channels = _known(channels)
    purpose.save(update_fields=["labels", "basis", "channels"])
    texts = _cleaned(texts, LONGEST_TEXT)
    newest = purpose.wordings.order_by("-version").first()
    action = "consent.purpose_changed"
    if newest is None or newest.texts != texts:
        version = (purpose.wordings.aggregate(last=Max("version"))["last"] or 0) + 1
        Wording.objects.create(
            purpose=purpose, version=version, texts=texts, written_at=now, written_by=actor.name[:200]
        )
        action = "consent.wording_written"
    _record(action, purpose, actor=actor, now=now)
    return purpose


@transaction.atomic
def retire(purpose: Purpose, *, actor: Actor, now: datetime) -> None:
    """Ask for it no more: nobody may be contacted for it, and what was said stays. `take_up` undoes it."""
    if not Purpose.objects.filter(pk=purpose.pk, retired_at=None).update(retired_at=now):
        raise Refused(_("“%(purpose)s” is retired already.") % {"purpose": purpose})
    _record("consent.purpose_retired", purpose, actor=actor, now=now)


@transaction.atomic
def take_up(purpose: Purpose, *, actor: Actor, now: datetime) -> None:
    """Ask for it again."""
    if not Purpose.objects.filter(pk=purpose.pk, retired_at__isnull=False).update(retired_at=None):
        raise Refused(_("“%(purpose)s” is in use already.") % {"purpose": purpose})
    _record("consent.purpose_back", purpose, actor=actor, now=now)


@transaction.atomic
def add_usual(*, actor: Actor, now: datetime) -> list[Purpose]:
    """Add what most organisations ask, to begin with; those whose name is taken are left out."""
    taken = set(Purpose.objects.values_list("name", flat=True))
    return [
        add_purpose(
            actor=actor,
            now=now,
            name=name,
            labels=_translated(label),
            texts=_translated(text),
            basis=basis,
            channels=channels,
        )
        for name, label, text, basis, channels in USUAL
        if name not in taken
    ]


def _translated(text: str) -> dict[str, str]:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = _(text)
    return said


def _cleaned(texts: Mapping[str, str], longest: int) -> dict[str, str]:
    said = {language: texts.get(language, "").strip() for language in LANGUAGES}
    said = {language: text for language, text in said.items() if text}
    if not said:
        raise BadInput(_("Say it in one language at least."))
    if any(len(text) > longest for text in said.values()):
        raise BadInput(_("That is longer than %(count)d letters.") % {"count": longest})
    return said


def _known(channels: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(channels))
    if not wanted or not set(wanted) <= set(CHANNELS):
        raise BadInput(_("Choose at least one channel by which it reaches people."))
    return wanted


def _record(action: str, purpose: Purpose, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="purpose",
        object_uid=purpose.name,
        summary=str(purpose),
    )
