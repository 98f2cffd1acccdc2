"""Organisations: made, changed, put away."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.relations import names
from vincle.apps.relations.described import Described
from vincle.apps.relations.models import Organisation, OrganisationChange
from vincle.apps.relations.standing import one_at_a_time
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.words import fold

ADDED, CHANGED = "organisations.added", "organisations.changed"
ARCHIVED, BROUGHT_BACK = "organisations.archived", "organisations.back"


@transaction.atomic
def add_organisation(
    described: Described, *, actor: Actor, now: datetime, together: UUID | None = None
) -> Organisation:
    """Make an organisation; raises `BadInput` when another has its fiscal number."""
    told = described.checked()
    one_at_a_time()
    _refuse_known_number(told.tax_number, besides=None)
    row = Organisation(created_at=now, created_by=actor.name, together=together)
    _write(row, told)
    row.save()
    row.whole_id = row.pk
    row.save(update_fields=["whole_id"])
    _record(ADDED, row, actor=actor, now=now)
    return row


def organisation_called(name: str, *, kind: str, actor: Actor, now: datetime) -> Organisation:
    """The organisation of that name, whatever its capitals and accents; made, of that kind, when there is none."""
    parts = Organisation.objects.filter(match_key=names.match_key(name), archived_at=None).exclude(match_key="")
    known = parts.order_by("whole_id", "pk").first()
    if known is None:
        return add_organisation(Described(name, kind), actor=actor, now=now)
    return Organisation.objects.get(pk=known.whole_id)


@transaction.atomic
def change_organisation(
    organisation: Organisation, described: Described, *, actor: Actor, now: datetime
) -> dict[str, list[str]]:
    """Change what is known of it; returns what was changed, each with what stood before and what stands now."""
    told = described.checked()
    one_at_a_time()
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    before, after = asdict(Described.of(row)), asdict(told)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    if changed:
        _refuse_known_number(told.tax_number, besides=row)
        _write(row, told)
        row.save()
        _record(CHANGED, row, actor=actor, now=now, changed=changed)
    return changed


@transaction.atomic
def archive_organisation(organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Put it away: lists and searches leave it out, its page and its people's relations stay."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if row.archived_at:
        raise Refused(_("This has been done already."))
    row.archived_at, row.archived_by = now, actor.name
    row.save(update_fields=["archived_at", "archived_by"])
    _record(ARCHIVED, row, actor=actor, now=now)


@transaction.atomic
def bring_back_organisation(organisation: Organisation, *, actor: Actor, now: datetime) -> None:
    """Take it out again."""
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not row.archived_at:
        raise Refused(_("There is nothing to take back any more."))
    row.archived_at, row.archived_by = None, ""
    row.save(update_fields=["archived_at", "archived_by"])
    _record(BROUGHT_BACK, row, actor=actor, now=now)


def _write(row: Organisation, told: Described) -> None:
    for name, value in asdict(told).items():
        setattr(row, name, value)
    row.name_key = fold(told.name)[: names.LONGEST_NAME]
    row.match_key = names.match_key(told.name)


def _refuse_known_number(number: str, *, besides: Organisation | None) -> None:
    if not number:
        return
    others = Organisation.objects.filter(tax_number=number, archived_at=None)
    if besides is not None:
        others = others.exclude(whole_id=besides.whole_id)
    other = others.first()
    if other is not None:
        raise BadInput(_("“%(name)s” has this fiscal number already.") % {"name": other.name})


def _record(
    action: str, row: Organisation, *, actor: Actor, now: datetime, changed: dict[str, list[str]] | None = None
) -> None:
    OrganisationChange.objects.create(organisation=row, at=now, by=actor.name, action=action, details=changed or {})
    # Notes may speak of people, and the audit log keeps what it is told.
    said = {name: values if name != "notes" else [] for name, values in (changed or {}).items()}
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="organisation",
        object_uid=str(row.uid),
        summary=row.name,
        details=said,
    )
