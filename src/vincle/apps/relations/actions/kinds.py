"""Own kinds of relation, other words for those of the catalogue, and putting a kind away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.relations.catalogue import EITHER, LANGUAGES, MOST_OWN, ORGANISATION, PEOPLE, Kind, Labels, kinds
from vincle.apps.relations.catalogue import kind_named as _named
from vincle.apps.relations.models import RelationKind
from vincle.apps.relations.names import tidy
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.words import slug

ADDED, CHANGED = "relation_kind.added", "relation_kind.changed"
ARCHIVED, BROUGHT_BACK = "relation_kind.archived", "relation_kind.back"
LONGEST_WORDS = 60


@transaction.atomic
def add_kind(
    *, labels: Mapping[str, tuple[str, str]], between: str, symmetric: bool, actor: Actor, now: datetime
) -> Kind:
    """Add a kind; `labels` name both directions in at least one language. Raises `BadInput`."""
    told = _read(labels, symmetric=symmetric)
    if between not in {PEOPLE, ORGANISATION, EITHER}:
        raise BadInput(_("Choose between whom it can be."))
    if symmetric and between != PEOPLE:
        raise BadInput(_("Only between people can both directions be the same."))
    known = kinds()
    if len([kind for kind in known.values() if not kind.builtin]) >= MOST_OWN:
        raise Refused(_("There are %(count)d kinds of your own, and no more fit.") % {"count": MOST_OWN})
    name = _free_name(next(iter(told.values()))[0], known)
    row = RelationKind.objects.create(
        name=name, labels=told, between=between, symmetric=symmetric, created_at=now, created_by=actor.name
    )
    return _recorded(ADDED, row.name, actor=actor, now=now, details={"labels": told, "between": between})


@transaction.atomic
def change_kind(name: str, *, labels: Mapping[str, tuple[str, str]], actor: Actor, now: datetime) -> Labels:
    """Give a kind other words; returns those it had."""
    kind = _named(name)
    told = _read(labels, symmetric=kind.symmetric)
    if told != kind.labels:
        row = _row(kind, actor=actor, now=now)
        row.labels = told
        row.save(update_fields=["labels"])
        _recorded(CHANGED, name, actor=actor, now=now, details={"labels": [_plain(kind.labels), _plain(told)]})
    return kind.labels


@transaction.atomic
def archive_kind(name: str, *, actor: Actor, now: datetime) -> Kind:
    """Offer a kind no more; what was said with it stays. `bring_back_kind` takes it back."""
    kind = _named(name)
    if kind.archived:
        raise Refused(_("This has been done already."))
    row = _row(kind, actor=actor, now=now)
    row.archived_at, row.archived_by = now, actor.name
    row.save(update_fields=["archived_at", "archived_by"])
    return _recorded(ARCHIVED, name, actor=actor, now=now)


@transaction.atomic
def bring_back_kind(name: str, *, actor: Actor, now: datetime) -> Kind:
    """Offer it again."""
    kind = _named(name)
    if not kind.archived:
        raise Refused(_("There is nothing to take back any more."))
    row = _row(kind, actor=actor, now=now)
    row.archived_at, row.archived_by = None, ""
    row.save(update_fields=["archived_at", "archived_by"])
    return _recorded(BROUGHT_BACK, name, actor=actor, now=now)


def _read(labels: Mapping[str, tuple[str, str]], *, symmetric: bool) -> Labels:
    told: Labels = {}
    for language in LANGUAGES:
        there, back = (tidy(words) for words in labels.get(language, ("", "")))
        back = there if symmetric else back
        if bool(there) != bool(back):
            raise BadInput(_("Name both directions, or neither, in each language."))
        if max(len(there), len(back)) > LONGEST_WORDS:
            raise BadInput(_("Use at most %(count)d letters for a direction.") % {"count": LONGEST_WORDS})
        if there:
            told[language] = (there, back)
    if not told:
        raise BadInput(_("Name both directions in one language at least."))
    return told


def _free_name(words: str, known: Mapping[str, Kind]) -> str:
    base = (slug(words, separator="_") or "relation")[:34]
    places = (base, *(f"{base}_{number}" for number in range(2, MOST_OWN + 20)))
    return next(name for name in places if name not in known and name != "new")  # an address of its own


def _row(kind: Kind, *, actor: Actor, now: datetime) -> RelationKind:
    """What is kept of a kind: of one of the catalogue, from its first change on."""
    return RelationKind.objects.get_or_create(
        name=kind.name,
        defaults={
            "labels": _plain(kind.labels),
            "between": kind.between,
            "symmetric": kind.symmetric,
            "created_at": now,
            "created_by": actor.name,
        },
    )[0]


def _plain(labels: Labels) -> dict[str, list[str]]:
    return {language: list(words) for language, words in labels.items()}


def _recorded(action: str, name: str, *, actor: Actor, now: datetime, details: Mapping[str, Any] | None = None) -> Kind:
    kind = _named(name)
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="relation_kind",
        object_uid=name,
        summary=f"{kind.forward} · {kind.back}",
        details=details,
    )
    return kind
