"""Writes of the room: what colleagues say of somebody, and which fields there are."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.fields.builtin import BUILT_IN
from vincle.apps.fields.models import CustomField
from vincle.apps.fields.queries import MOST_FIELDS, PREFIX, label_of
from vincle.apps.fields.types import LONGEST, TYPES, WITH_OPTIONS, read
from vincle.apps.fields.values import Value
from vincle.apps.people.facade import Somebody, said_at, tell_log
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.words import slug, written

SAID, TAKEN_BACK = "person.described", "person.undescribed"
MADE, CHANGED, ARCHIVED, RESTORED = "field.made", "field.changed", "field.archived", "field.restored"
LANGUAGES = ("en", "ca", "es")
LONGEST_LABEL, MOST_OPTIONS = 80, 100
# An address of the settings, and the fields that are always there.
RESERVED = frozenset({"new", *(name.removeprefix(PREFIX) for name in BUILT_IN)})


@transaction.atomic
def say(value: Value, about: Somebody, given: Sequence[str], *, actor: Actor, now: datetime) -> bool:
    """Say what somebody's value of a field is; empty: take back what colleagues said, so that what sources say counts.

    The log hears it of the person's number, an empty one of each identity of which a colleague's word stands, and keeps
    everything said before. False when it was so already. Raises `BadInput` for what is not of the field's type.
    """
    field, wanted = value.field, read(value.field, given)
    voices = value.known.voices if value.known else frozenset()
    if wanted == value.value and (not wanted or (value.known and value.known.now and value.known.now.by_colleague)):
        return False
    for identity in [about.number] if wanted else sorted(voices):
        _tell(identity, field.name, wanted, actor=actor, now=now)
    if not wanted and not voices:
        raise Refused(_("A source says so, and no colleague: only the source can take it back."))
    _record(SAID, about, field.name, actor=actor, now=now)
    return True


@transaction.atomic
def take_back(about: Somebody, name: str, moment: datetime, *, actor: Actor, now: datetime) -> None:
    """Undo what was said of somebody at that moment: of each identity counts again what a colleague had said before.

    Raises `Refused` when something else has been said since.
    """
    spoken = said_at(about.identities, name, moment)
    if not spoken or any(not each.is_last for each in spoken):
        raise Refused(_("Something else has been said since."))
    for each in spoken:
        _tell(each.identity, name, each.before, actor=actor, now=now)
    _record(TAKEN_BACK, about, name, actor=actor, now=now)


@transaction.atomic
def make(
    *,
    actor: Actor,
    now: datetime,
    labels: Mapping[str, str],
    type: str,  # noqa: A002 - the field's word
    options: Sequence[str] = (),
    help: str = "",  # noqa: A002 - the field's word
    sensitive: bool = False,
) -> CustomField:
    """Make a field; its type stays. Raises `BadInput` for a field without a name, or a list of nothing."""
    if type not in TYPES:
        raise BadInput(_("Choose what the field holds."))
    if CustomField.objects.count() >= MOST_FIELDS:
        raise BadInput(_("There are %(count)d fields already.") % {"count": MOST_FIELDS})
    last = CustomField.objects.aggregate(last=Max("place"))["last"] or 0
    field = CustomField.objects.create(
        slug=_free_slug(_labels(labels)),
        labels=_labels(labels),
        type=type,
        options=_options(type, options),
        help=_help(help),
        place=last + 1,
        sensitive=sensitive,
        created_at=now,
    )
    _record_field(MADE, field, actor=actor, now=now)
    return field


@transaction.atomic
def change(
    field: CustomField,
    *,
    actor: Actor,
    now: datetime,
    labels: Mapping[str, str],
    options: Sequence[str] = (),
    help: str = "",  # noqa: A002 - the field's word
    sensitive: bool = False,
) -> CustomField:
    """Change what a field is called, offers, and whether it is sensitive; what was said under it stays."""
    field = CustomField.objects.select_for_update().get(pk=field.pk)
    field.labels, field.options = _labels(labels), _options(field.type, options)
    field.help, field.sensitive = _help(help), sensitive
    field.save(update_fields=["labels", "options", "help", "sensitive"])
    _record_field(CHANGED, field, actor=actor, now=now)
    return field


@transaction.atomic
def move(field: CustomField, *, up: bool, actor: Actor, now: datetime) -> None:
    """Let a field stand one place before, or after, the one beside it."""
    rows = list(CustomField.objects.select_for_update().order_by("place", "pk"))
    at = rows.index(field)
    other = at - 1 if up else at + 1
    if 0 <= other < len(rows):
        rows[at], rows[other] = rows[other], rows[at]
        for place, row in enumerate(rows):
            row.place = place
        CustomField.objects.bulk_update(rows, ["place"])
        _record_field(CHANGED, field, actor=actor, now=now)


@transaction.atomic
def archive(field: CustomField, *, actor: Actor, now: datetime) -> None:
    """Show a field no more; what was said under it stays, and `restore` shows it again."""
    if CustomField.objects.filter(pk=field.pk, archived_at=None).update(archived_at=now):
        _record_field(ARCHIVED, field, actor=actor, now=now)


@transaction.atomic
def restore(field: CustomField, *, actor: Actor, now: datetime) -> None:
    """Show an archived field again."""
    if CustomField.objects.filter(pk=field.pk, archived_at__isnull=False).update(archived_at=None):
        _record_field(RESTORED, field, actor=actor, now=now)


def _tell(identity: int, name: str, value: str, *, actor: Actor, now: datetime) -> None:
    # Which field, and not what was said: that may be sensitive, and is in the observation.
    tell_log(identity, SAID, actor=actor, now=now, properties={"field": name}, observations={name: value})


def _labels(labels: Mapping[str, str]) -> dict[str, str]:
    found = {language: " ".join(written(labels.get(language, "")).split()) for language in LANGUAGES}
    if not any(found.values()):
        raise BadInput(_("Name the field in one language at least."))
    if max(map(len, found.values())) > LONGEST_LABEL:
        raise BadInput(_("A field's name has at most %(count)d letters.") % {"count": LONGEST_LABEL})
    return found


def _options(type_: str, options: Sequence[str]) -> list[str]:
    if type_ not in WITH_OPTIONS:
        return []
    found = list(dict.fromkeys(" ".join(written(each).split()) for each in options if written(each)))
    if not found or len(found) > MOST_OPTIONS or max(map(len, found)) > LONGEST:
        raise BadInput(_("Give what can be chosen, one a line, up to %(count)d.") % {"count": MOST_OPTIONS})
    return found


def _help(text: str) -> str:
    return " ".join(written(text).split())[:300]


def _free_slug(labels: Mapping[str, str]) -> str:
    base = next((slug(words)[:50] for words in labels.values() if slug(words)), "field")
    taken = RESERVED | set(CustomField.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(f"{base}-{number}" for number in range(2, MOST_FIELDS + 3) if f"{base}-{number}" not in taken)


def _record(action: str, about: Somebody, name: str, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="person",
        object_uid=str(about.uid),
        summary=about.name,
        details={"field": name},
    )


def _record_field(action: str, field: CustomField, *, actor: Actor, now: datetime) -> None:
    record(actor=actor, now=now, action=action, object_type="field", object_uid=field.slug, summary=label_of(field))
