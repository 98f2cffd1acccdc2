"""Making one organisation of two: a fact beside the rows, which stay as they are; taking it back is exact."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.relations.models import Organisation, SameOrganisation
from vincle.apps.relations.standing import one_at_a_time
from vincle.flow.append.links import components
from vincle.kernel.errors import NotFound, Refused

JOINED, PARTED = "organisations.joined", "organisations.parted"
LONGEST_REASON = 400


@transaction.atomic
def join_organisations(
    first: Organisation, second: Organisation, *, actor: Actor, now: datetime, reason: str = ""
) -> SameOrganisation:
    """Two organisations are one from now on; `part_organisations` undoes it. Raises `Refused` when they are already."""
    one_at_a_time()
    one, other = (Organisation.objects.get(pk=each.pk) for each in (first, second))
    if one.whole_id == other.whole_id:
        raise Refused(_("They are one organisation already."))
    a, b = sorted((one.pk, other.pk))
    fact = SameOrganisation.objects.create(
        a_id=a, b_id=b, author=actor.name, reason=reason[:LONGEST_REASON], recorded_at=now
    )
    _project({one.whole_id, other.whole_id})
    _record(JOINED, fact, actor=actor, now=now)
    return fact


@transaction.atomic
def part_organisations(number: int, *, actor: Actor, now: datetime) -> SameOrganisation:
    """Take back the fact of that number; raises `NotFound`, or `Refused` when it has been taken back."""
    one_at_a_time()
    fact = SameOrganisation.objects.select_related("a", "b").filter(pk=number).first()
    if fact is None:
        raise NotFound(_("There is no such step."))
    if fact.withdrawn_at:
        raise Refused(_("This has been undone already."))
    fact.withdrawn_at, fact.withdrawn_by = now, actor.name
    fact.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _project({fact.a.whole_id})
    _record(PARTED, fact, actor=actor, now=now)
    return fact


def rebuild_wholes() -> None:
    """Work out again, from the facts alone, which whole each organisation belongs to; for `vincle replay`."""
    one_at_a_time()
    _write_wholes(Organisation.objects.all(), SameOrganisation.objects.all())


def _project(wholes: Collection[int]) -> None:
    """Work out again which whole each part of these belongs to."""
    parts = Organisation.objects.filter(whole_id__in=wholes)
    numbers = parts.values("pk")
    _write_wholes(parts, SameOrganisation.objects.filter(Q(a__in=numbers) | Q(b__in=numbers)))


def _write_wholes(organisations: QuerySet[Organisation], said: QuerySet[SameOrganisation]) -> None:
    parts = dict(organisations.values_list("pk", "whole_id"))
    facts = said.filter(withdrawn_at=None)
    for part, whole in components(parts, facts.values_list("a_id", "b_id")).items():
        if parts[part] != whole:
            Organisation.objects.filter(pk=part).update(whole_id=whole)


def _record(action: str, fact: SameOrganisation, *, actor: Actor, now: datetime) -> None:
    record(
        actor=actor,
        now=now,
        action=action,
        object_type="organisation",
        object_uid=str(fact.a.uid),
        summary=f"{fact.a.name} · {fact.b.name}",
        details={"step": fact.pk, "organisations": [str(fact.a.uid), str(fact.b.uid)]},
    )
