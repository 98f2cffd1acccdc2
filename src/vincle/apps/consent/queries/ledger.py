"""What one person said, and what counts of it now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.consent.models import Decision, Entry, Purpose, Wording
from vincle.apps.consent.rule import counts
from vincle.kernel.errors import NotFound

ENTRIES = 1_000
PURPOSES = 200


@dataclass(frozen=True, slots=True)
class State:
    """What somebody says of a purpose through a channel: nothing yet (`decision` empty), or what, since when."""

    channel: str
    entry: Entry | None

    @property
    def decision(self) -> str:
        return self.entry.decision if self.entry else ""

    @property
    def since(self) -> datetime | None:
        return self.entry.decided_at if self.entry else None

    @property
    def words(self) -> str:
        return str(Decision(self.decision).label) if self.decision else _("never asked")

    @property
    def is_yes(self) -> bool:
        return self.decision == Decision.GIVEN

    @property
    def is_no(self) -> bool:
        return self.decision in {Decision.REFUSED, Decision.WITHDRAWN, Decision.OBJECTED}


@dataclass(frozen=True, slots=True)
class Stand:
    """A purpose and what somebody says of it: through each channel, and, where that is the same everywhere, `alike`."""

    purpose: Purpose
    states: list[State]

    @property
    def alike(self) -> State | None:
        kinds = {(state.decision, state.since) for state in self.states}
        return self.states[0] if len(kinds) == 1 else None

    @property
    def may_be_asked(self) -> bool:
        """Whether a yes would change something."""
        return any(not state.is_yes for state in self.states) if self.purpose.needs_consent else self.has_no

    @property
    def has_no(self) -> bool:
        return any(state.is_no for state in self.states)

    @property
    def may_be_refused(self) -> bool:
        """Whether a no would change something."""
        return any(not state.is_no for state in self.states)


def ledger_of(identities: Collection[int]) -> list[Entry]:
    """Everything said under these identities, mistakes and what they took back too, the latest noted first."""
    rows = Entry.objects.filter(identity_id__in=identities).select_related("purpose", "wording", "mistake")
    return list(rows.order_by("-recorded_at", "-pk")[:ENTRIES])


def said_by(identities: Collection[int]) -> list[Entry]:
    """Everything said under these identities that was not a mistake."""
    return without_mistakes(ledger_of(identities))


def without_mistakes(entries: Sequence[Entry]) -> list[Entry]:
    """Those of one person's lines that count."""
    taken_back = {entry.mistake_of_id for entry in entries if entry.mistake_of_id}
    return [entry for entry in entries if not entry.mistake_of_id and entry.pk not in taken_back]


def stands_of(entries: Sequence[Entry], purposes: Sequence[Purpose]) -> list[Stand]:
    """What one person says of each of these purposes, given their whole ledger."""
    said = without_mistakes(entries)
    return [
        Stand(purpose, [State(channel, counts(said, purpose.pk, channel)) for channel in purpose.channels])
        for purpose in purposes
    ]


def objections_of(entries: Sequence[Entry]) -> list[State]:
    """By which channels somebody asked not to be contacted at all: an empty channel for every one."""
    said = without_mistakes(entries)
    channels = dict.fromkeys(["", *(entry.channel for entry in said if entry.purpose_id is None)])
    states = [State(channel, counts(said, None, channel)) for channel in channels]
    whole = states[0]
    return [state for state in states if state.is_no and (state is whole or state.entry != whole.entry)]


def purposes(*, retired: bool = False) -> QuerySet[Purpose]:
    """What people are asked, in the order it was added; with `retired` also what they are asked no more."""
    rows = Purpose.objects.order_by(F("retired_at").asc(nulls_first=True), "pk")
    return rows[:PURPOSES] if retired else rows.filter(retired_at=None)[:PURPOSES]


def purpose_named(name: str) -> Purpose:
    """The purpose of that name; raises `NotFound`."""
    found = Purpose.objects.filter(name=name).first()
    if found is None:
        names = ", ".join(purpose.name for purpose in purposes())
        raise NotFound(_("There is no purpose “%(name)s”.") % {"name": name[:60]}, names)
    return found


def newest_wording(purpose: Purpose) -> Wording | None:
    """The words in which people are asked now."""
    return purpose.wordings.order_by("-version").first()


def entry_by_number(number: int) -> Entry:
    """A line of the ledger; raises `NotFound`."""
    found = Entry.objects.select_related("purpose").filter(pk=number).first()
    if found is None:
        raise NotFound(_("There is no such line in the ledger."))
    return found


def told(entries: Sequence[Entry], every: Sequence[Purpose]) -> dict[str, Any]:
    """What one person says, as plain values: `purposes`, each with its `channels` (channel to decision and since), and
    `objections`, the channels by which they asked not to be contacted at all ("" for every one)."""
    return {
        "purposes": {
            stand.purpose.name: {
                state.channel: {"decision": state.decision or "never asked", "since": state.since}
                for state in stand.states
            }
            for stand in stands_of(entries, every)
        },
        "objections": [state.channel for state in objections_of(entries)],
    }
