"""What the room keeps of people: it leaves with them and is given to them, without saying who others are; and where its
words may name people."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from vincle.apps.people.facade import FreeText, Keeping, keep, may_name
from vincle.apps.relations.catalogue import Kind, kinds
from vincle.apps.relations.models import NoHousehold, Organisation, OrganisationChange, Relation, SameOrganisation
from vincle.apps.relations.standing import ended
from vincle.web.permissions import Words

_SHOWN: dict[str, Words] = {
    "relation": gettext_lazy("Relation"),
    "to": pgettext_lazy("a relation", "To"),
    "role": gettext_lazy("Role"),
    "since": gettext_lazy("Since"),
    "until": gettext_lazy("Until"),
    "said_by": gettext_lazy("Said by"),
}


def furnish() -> None:
    """Register all of it; called once, when the room is ready."""
    # Twice the same table: what is said of them reads one way from the first, and the other way from the second.
    keep(Keeping("relations", gettext_lazy("How you relate"), Relation, _SHOWN, _from_first, ("from_identity",)))
    keep(
        Keeping(
            "relations_of_others",
            gettext_lazy("How others relate to you"),
            Relation,
            _SHOWN,
            _from_second,
            ("to_identity",),
        )
    )
    # Of others; what is said of themselves has gone by then.
    may_name(FreeText(Organisation, ("name", "website", "domain", "address", "notes"), _page_of))
    may_name(FreeText(OrganisationChange, ("details",)))
    may_name(FreeText(SameOrganisation, ("reason",)))
    may_name(FreeText(Relation, ("role",)))
    keep(
        Keeping(
            "no_households",
            gettext_lazy("Who shares a contact point with you and not a home"),
            NoHousehold,
            {"with": gettext_lazy("With"), "said_by": gettext_lazy("Said by")},
            _not_at_home,
            ("a_identity", "b_identity"),
        )
    )


def _page_of(organisation: Organisation) -> str:
    return reverse("relations:organisation", args=[organisation.uid])


def _from_first(row: Relation) -> Mapping[str, Any]:
    return _told(row, forward=True)


def _from_second(row: Relation) -> Mapping[str, Any]:
    return _told(row, forward=False)


def _told(row: Relation, *, forward: bool) -> dict[str, Any]:
    kind = kinds().get(row.kind) or Kind(row.kind)
    return {
        "relation": kind.words(forward=forward),
        "to": row.organisation.name if row.organisation else _("somebody else"),
        "role": row.role,
        "since": row.since,
        "until": ended(row) or row.until,
        "said_by": row.said_by,
        "said_at": row.said_at,
        "kind": row.kind,
        "withdrawn_at": row.withdrawn_at,
    }


def _not_at_home(row: NoHousehold) -> Mapping[str, Any]:
    return {"with": _("somebody else"), "said_by": row.said_by, "said_at": row.said_at}
