"""What an import brought for the first time: people nobody knew before, kinds the catalogue lacked."""

from django.db import connection
from django.db.models import Max, Min

from vincle.apps.sources.models import Import
from vincle.flow.models import Batch, Identity, Interaction, Kind

_KINDS_SHOWN = 100

# A person carries the number of their first identity: a new person is one whose first identity is new.
_NEW_PEOPLE = """
SELECT count(*) FROM flow_person p WHERE p.id > %s AND p.into_id IS NULL AND EXISTS (
    SELECT 1 FROM flow_identity i JOIN flow_interaction x ON x.identity_id = i.id
    WHERE i.person_id = p.id AND x.batch_id = %s
)
"""


def note_before(this: Import) -> None:
    """Remember how far people and kinds had come when the import began; a run that is taken up again keeps it."""
    if "before" not in this.findings:
        identity = Identity.objects.aggregate(last=Max("id"))["last"] or 0
        kind = Kind.objects.aggregate(last=Max("id"))["last"] or 0
        this.findings = {**this.findings, "before": {"identity": identity, "kind": kind}}
        this.save(update_fields=["findings"])


def note_after(this: Import) -> None:
    """Count the people and name the kinds that came with the import."""
    before = this.findings.get("before")
    if before is None or this.batch is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(_NEW_PEOPLE, [before["identity"], this.batch.pk])
        people = cursor.fetchone()[0]
    this.findings = {**this.findings, "new_people": people, "new_kinds": _new_kinds(this.batch, before["kind"])}
    this.save(update_fields=["findings"])


def _new_kinds(batch: Batch, last: int) -> list[str]:
    """The kinds newer than `last` that are in the batch, looked for in its own rows only."""
    bounds = batch.chunks.aggregate(first=Min("first_id"), last=Max("last_id"))
    candidates = Kind.objects.filter(pk__gt=last, builtin=False)[:_KINDS_SHOWN]
    if bounds["first"] is None or not candidates:
        return []
    rows = Interaction.objects.filter(batch=batch, pk__range=(bounds["first"], bounds["last"]))
    present = set(rows.filter(kind__in=[kind.pk for kind in candidates]).values_list("kind_id", flat=True).distinct())
    return [kind.name for kind in candidates if kind.pk in present]
