"""Reads of the quarantine."""

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.utils.translation import gettext as _

from vincle.engine.tabular.identities import e164, email
from vincle.flow.append.schema import Breach, Contract
from vincle.flow.models import Job, Kind, Quarantined, Source
from vincle.kernel.errors import NotFound
from vincle.kernel.house import house
from vincle.web.pagination import Page, keyset_page

State = Quarantined.State

GROUPED = 10_000  # waiting interactions, the latest, that are looked at to tell the groups
GROUPS_SHOWN = 50
COUNTED = 1_000


@dataclass(frozen=True, slots=True)
class Selection:
    """Which of those in quarantine are meant: of one kind, from one source (its name), for one reason; empty: any."""

    kind: str = ""
    source: str = ""
    reason: str = ""

    @property
    def is_everything(self) -> bool:
        return not (self.kind or self.source or self.reason)

    @property
    def filter(self) -> dict[str, str]:
        named = {"kind": self.kind, "source__name": self.source, "reason": self.reason}
        return {name: value for name, value in named.items() if value}

    @property
    def job_key(self) -> str:
        """Under which the work of letting these in again is queued."""
        digest = hashlib.sha256(repr(asdict(self)).encode()).hexdigest()
        return f"quarantine-{digest[:32]}"


@dataclass(frozen=True)
class Group:
    """Interactions that wait for the same reason (at most `GROUPED`). `at_work`: they are being let in again."""

    selection: Selection
    kind: Kind | None
    source: str
    count: int
    example: int
    at_work: bool

    @property
    def reasons(self) -> list[str]:
        return self.selection.reason.split("; ")


def held(selection: Selection = Selection(), state: str = State.WAITING) -> QuerySet[Quarantined]:
    """Those of the selection that wait, or are otherwise as `state` says."""
    return Quarantined.objects.filter(state=state, **selection.filter)


def waiting_count() -> int:
    """How many wait, counted up to `COUNTED`."""
    return held()[:COUNTED].count()


def groups() -> list[Group]:
    """What waits, by kind, source and reason: largest first."""
    latest = held().order_by("-recorded_at", "-id").values("pk")[:GROUPED]
    rows: list[Any] = list(
        Quarantined.objects.filter(pk__in=latest)
        .values("kind", "source__name", "source__label", "reason")
        .annotate(count=Count("id"), example=Min("id"))
        .order_by("-count", "kind", "reason")[:GROUPS_SHOWN]
    )
    kinds = kinds_named({row["kind"] for row in rows})
    found = [(Selection(row["kind"], row["source__name"], row["reason"]), row) for row in rows]
    busy = busy_with([selection for selection, _row in found])
    return [
        Group(
            selection,
            kinds.get(row["kind"]),
            row["source__label"] or row["source__name"],
            row["count"],
            row["example"],
            selection.job_key in busy,
        )
        for selection, row in found
    ]


def busy_with(selections: list[Selection]) -> set[str]:
    """The keys, of those selections, whose work waits for a worker or is being done."""
    keys = [selection.job_key for selection in selections]
    found = Job.objects.filter(key__in=keys).values_list("key", flat=True) if keys else []
    return {key for key in found if key}


def held_page(selection: Selection, *, state: str = State.WAITING, cursor: str = "") -> Page[Quarantined]:
    """One page of the selection, the last that arrived first."""
    return keyset_page(held(selection, state).select_related("source"), order="-recorded_at", cursor=cursor)


def held_sources() -> QuerySet[Source]:
    """The sources to choose from."""
    return Source.objects.order_by("label", "name")[:500]


def held_item(number: int) -> Quarantined:
    """One in quarantine, whatever its state; `NotFound` when there is none of that number."""
    found = Quarantined.objects.select_related("source", "batch__imported_by").filter(pk=number).first()
    if found is None:
        raise NotFound(_("This is not in quarantine; perhaps its import was taken back."))
    return found


def kinds_named(names: set[str]) -> dict[str, Kind]:
    """Those of the kinds that the catalogue has, by name."""
    return {kind.name: kind for kind in Kind.objects.filter(name__in=names)} if names else {}


def known_kinds() -> QuerySet[Kind]:
    """The kinds to choose from."""
    return Kind.objects.all()[:500]


def contracts_of(kinds: set[str]) -> dict[str, Contract]:
    """The contracts of those kinds that have one."""
    rows = Kind.objects.filter(name__in=kinds).exclude(contract__isnull=True)
    return {name: Contract(contract) for name, contract in rows.values_list("name", "contract")}


def breaches(payload: dict[str, Any]) -> list[Breach]:
    """What breaks the contract of the payload's kind now; empty when nothing does, or the kind has none."""
    kind = str(payload.get("kind", ""))
    contract = contracts_of({kind}).get(kind)
    return contract.breaches(without_lists(payload)) if contract else []


def named_in(payload: dict[str, Any]) -> set[tuple[str, str]]:
    """Whom a payload names, each a namespace and a value: who it is about, how else they are known, and the contact
    points that are told of them."""
    known_as = [payload, *_objects(payload.get("links"))]
    found = [(each.get("namespace"), each.get("identity")) for each in known_as]
    told = {each.get("name"): str(each.get("value", "")) for each in _objects(payload.get("observations"))}
    found += [("email", email(told.get("email", ""))), ("phone", e164(told.get("phone", ""), house().country or None))]
    return {(str(space), str(value)) for space, value in found if space and value}


def without_lists(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload as a contract sees it when it arrives: without what travels beside it."""
    return {name: value for name, value in payload.items() if name not in {"links", "observations", "objects"}}


def _objects(listed: Any) -> list[dict[str, Any]]:
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
