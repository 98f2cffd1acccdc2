"""What can be done with the catalogue of kinds."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import Actor, record
from vincle.apps.sources.looks import TONES, UNCHOSEN, icons
from vincle.apps.sources.queries.kinds import COUNTS
from vincle.flow import catalogue
from vincle.flow.append.schema import Contract
from vincle.flow.catalogue import LANGUAGES
from vincle.flow.models import Erasure, Interaction, Kind, Reading
from vincle.kernel.errors import BadInput, NotFound

LONGEST_LABEL = 80


@dataclass(frozen=True, slots=True)
class Description:
    """What people decide about a kind: its words by language, its look, what it carries, its contract (a JSON Schema,
    or None)."""

    labels: dict[str, str]
    icon: str
    tone: str
    carries_money: bool = False
    carries_score: bool = False
    carries_text: bool = False
    contract: dict[str, Any] | None = None

    @classmethod
    def of(cls, kind: Kind) -> "Description":
        """How `kind` is described now."""
        return cls(**{name: getattr(kind, name) for name in FIELDS})


FIELDS = tuple(Description.__dataclass_fields__)


@transaction.atomic
def change_kind(*, actor: Actor, now: datetime, name: str, description: Description) -> Description:
    """Describe the kind `name` anew; returns how it was described before, which takes it back when given again.

    A language without words gets those of another. Raises `BadInput` for what cannot be shown or is no JSON Schema.
    """
    kind = Kind.objects.select_for_update().filter(name=name).first()
    if kind is None:
        raise NotFound(_("There is no kind “%(name)s”.") % {"name": name})
    before = Description.of(kind)
    wanted = replace(description, labels=_labels(description.labels))
    if wanted.icon not in {*icons(), before.icon, UNCHOSEN} or wanted.tone not in TONES:
        raise BadInput(_("A kind looks like one of the icons and tones on the page."))
    if wanted.contract is not None:
        Contract(wanted.contract)
    changed = [field for field in FIELDS if getattr(wanted, field) != getattr(before, field)]
    if changed:
        for field in changed:
            setattr(kind, field, getattr(wanted, field))
        kind.save(update_fields=changed)
        record(
            actor=actor,
            now=now,
            action="kind.changed",
            object_type="kind",
            object_uid=name[:80],
            summary=kind.label,
            details=_told(changed, asdict(before), asdict(wanted)),
        )
    return before


def _labels(given: dict[str, str]) -> dict[str, str]:
    words = {language: " ".join(given.get(language, "").split()) for language in LANGUAGES}
    first = next((each for each in words.values() if each), "")
    if not first:
        raise BadInput(_("Give the kind its words in at least one language."))
    if any(len(each) > LONGEST_LABEL for each in words.values()):
        raise BadInput(_("The words of a kind are at most %(count)d letters.") % {"count": LONGEST_LABEL})
    return {language: each or first for language, each in words.items()}


def _told(changed: list[str], before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What the audit log keeps: pairs of values, but of a contract only that it changed."""
    told: dict[str, Any] = {}
    for field in changed:
        if field == "contract":
            told[field] = [
                "—" if before[field] is None else "JSON Schema",
                "—" if after[field] is None else "JSON Schema",
            ]
        elif field == "labels":
            told |= {f"label {code}": [before[field].get(code, ""), words] for code, words in after[field].items()}
        else:
            told[field] = [before[field], after[field]]
    return told


def count_kinds(*, now: datetime) -> dict[str, int]:
    """Count the interactions of each kind for the catalogue's page, unless nothing has entered or left since."""
    standing = {
        "last": Interaction.objects.aggregate(last=Max("id"))["last"] or 0,
        "erasures": Erasure.objects.aggregate(last=Max("id"))["last"] or 0,
    }
    before = Reading.objects.filter(name=COUNTS).first()
    if before is not None and {name: before.payload.get(name) for name in standing} == standing:
        return dict(before.payload["counts"])
    counted = catalogue.counts()
    payload = {"counts": counted, **standing}
    Reading.objects.update_or_create(
        name=COUNTS, defaults={"payload": payload, "mirror_version": 0, "computed_at": now}
    )
    return counted
