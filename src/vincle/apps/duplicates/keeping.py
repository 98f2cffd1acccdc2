"""What the room keeps of people: it leaves with them, and is given to them without saying who else it speaks of."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from vincle.apps.duplicates.models import BulkStep, Candidate
from vincle.apps.people.facade import Keeping

_ENDS = ("first_id", "second_id")


def _pair(candidate: Candidate) -> dict[str, Any]:
    return {"probability": candidate.probability, "found_at": candidate.found_at, "reasons": candidate.reasons}


def _step(step: BulkStep) -> dict[str, Any]:
    return {"outcome": step.outcome, "at": step.bulk.created_at, "by": step.bulk.author}


KEPT = (
    Keeping(
        "possible_duplicates",
        _("pairs that might be the same"),
        Candidate,
        {"probability": _("Probability"), "found_at": _("Found")},
        _pair,
        columns=_ENDS,
    ),
    Keeping(
        "joined_at_once",
        _("pairs that were joined many at once"),
        BulkStep,
        {"outcome": _("What became of it"), "at": _("When"), "by": _("Who")},
        _step,
        columns=_ENDS,
    ),
)
