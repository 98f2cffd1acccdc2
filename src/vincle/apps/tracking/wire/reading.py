"""From events on the wire to rows of the log: one request, read whole."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from vincle.apps.tracking.wire import event as events
from vincle.apps.tracking.wire import kinds, money, people, places, things
from vincle.apps.tracking.wire.envelope import NOT_READ, Envelope
from vincle.apps.tracking.wire.event import Said, as_object
from vincle.apps.tracking.wire.limits import LONGEST_EVENT
from vincle.apps.tracking.wire.moments import happened_at
from vincle.apps.tracking.wire.who import USER
from vincle.flow.append import Handful, Row
from vincle.flow.incoming import broken_json
from vincle.flow.incoming.taken import UNKNOWN, Taken, Unfit
from vincle.kernel.clock import to_micros
from vincle.kernel.house import House

TYPES = frozenset({"track", "identify", "page", "screen", "group", "alias", "merge"})
_NOT_KEPT = frozenset({"library", "traits", "ip"})  # of the context: see docs/tracking.md

TOO_LONG = f"an event may hold {LONGEST_EVENT // 1024} KB"
NOT_AN_OBJECT = "it is not a JSON object"
NO_TYPE = "its type is none of track, identify, page, screen, group, alias, merge"
NO_EVENT = "“event” is missing: what was tracked has no name"
NO_MOMENT = "its time cannot be read"
NO_GROUP = "“groupId” is missing or says nothing"
NO_FORMER = "“previousId” is missing or says nothing"
TOO_DEEP = "its properties are nested too deeply"


class Reason(Exception):
    """Why an event cannot enter."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the requests of one source; `type_` is what the address says the event is, empty for a batch."""

    source: str
    house: House
    received_at: datetime
    type_: str = ""

    def read(self, envelope: Envelope) -> Taken:
        """Every event of the request, as a row or as unfit, in the order written."""
        taken = Taken()
        for raw in envelope.events:
            said = events.read(raw)
            number = events.message_id(said, raw, self.received_at)
            try:
                self._enter(taken.fit, said, raw, number, envelope)
            except Reason as reason:
                taken.unfit.append(self._unfit(said, raw, number, str(reason), envelope))
        return taken

    def _enter(self, fit: Handful, said: Said | None, raw: bytes, number: str, envelope: Envelope) -> None:
        if said is None:
            raise Reason(NOT_AN_OBJECT)
        if len(raw) > LONGEST_EVENT:
            raise Reason(TOO_LONG)
        type_ = self._type(said)
        context = _context(said, envelope)
        kind, label = _kind(type_, said)
        who = self._who(type_, said)
        if type_ == "group" and not things.group_key(said):
            raise Reason(NO_GROUP)
        moment = self._moment(said, envelope)
        properties = as_object(said.properties)
        about = things.group(said) if type_ == "group" else things.of(properties)
        told, contacts = people.told(type_, said, context, self.house.country)
        amount, currency = money.amount_of(properties, self.house.currency)
        channel, place = places.of(type_, said, properties, context)
        row = Row(
            number,
            to_micros(moment),
            kind,
            label,
            channel,
            place,
            *who[0],
            -abs(amount) if amount and kind == kinds.RETURNED else amount,
            currency,
            _kept(said, properties, context),
        )
        place_of = len(fit.rows)
        fit.rows.append(row)
        if contacts or len(who) > 1:
            fit.links += [(place_of, *other) for other in dict.fromkeys((*who[1:], *contacts)) if other != who[0]]
        if told:
            fit.observations += [(place_of, name, value) for name, value in told.items()]
        if about:
            fit.things += [(place_of, thing) for thing in about]

    def _type(self, said: Said) -> str:
        type_ = self.type_ or said.type
        if not isinstance(type_, str) or type_ not in TYPES:
            raise Reason(NO_TYPE)
        return type_

    def _who(self, type_: str, said: Said) -> list[people.Identity]:
        who = people.named(said, self.source)
        if type_ == "merge":
            who += people.merged(said, self.source, self.house.country)
        if type_ == "alias":
            former = people.former(said, self.source)
            if not former:
                raise Reason(NO_FORMER)
            who += former
        if not who:
            raise Reason(people.why_nobody(said))
        return who

    def _moment(self, said: Said, envelope: Envelope) -> datetime:
        sent_at = envelope.sent_at if envelope.sent_at is not None else said.sent_at
        claimed = said.original_timestamp if said.timestamp is None else said.timestamp
        moment = happened_at(claimed, sent_at, self.received_at)
        if moment is None:
            raise Reason(NO_MOMENT)
        return moment

    def _unfit(self, said: Said | None, raw: bytes, number: str, reason: str, envelope: Envelope) -> Unfit:
        """What can be told of it, so that a person can mend the rest."""
        payload: dict[str, Any] = {"message_id": number, "occurred_at": self.received_at.isoformat()}
        if said is None:
            payload |= {"properties": {}, "text": broken_json.clean(raw.decode("utf-8", "replace"))}
            return Unfit(number, UNKNOWN, payload, reason)
        kind = UNKNOWN
        with suppress(Reason):  # the reason given says it
            kind, label = _kind(self._type(said), said)
            payload |= {"kind": kind} | ({"kind_label": label} if label else {})
            payload["occurred_at"] = self._moment(said, envelope).isoformat()
        who = people.named(said, self.source)
        payload["namespace"] = who[0][0] if who else f"{USER}@{self.source}"
        if who:
            payload["identity"] = who[0][1]
        context = _context(said, envelope)
        try:
            payload["properties"] = msgspec.json.decode(_kept(said, as_object(said.properties), context) or "{}")
        except Reason:
            payload |= {"properties": {}, "text": raw.decode("utf-8", "replace")}
        traits = people.told("identify", said, context, self.house.country)[0]
        if traits:
            payload["observations"] = [{"name": name, "value": value} for name, value in traits.items()]
        return Unfit(number, kind, broken_json.clean(payload), reason)


def _context(said: Said, envelope: Envelope) -> Mapping[str, Any]:
    own = as_object(said.context)
    return {**envelope.context, **own} if envelope.context else own


def _kind(type_: str, said: Said) -> tuple[str, str | None]:
    """The kind, and the source's own words for it."""
    match type_:
        case "track":
            name = said.event
            if not isinstance(name, str) or not name.strip():
                raise Reason(NO_EVENT)
            return kinds.kind_of(name.strip()), name.strip()[:200]
        case "page":
            return kinds.PAGE, None
        case "screen":
            return kinds.SCREEN, None
        case "identify":
            return kinds.IDENTIFIED, None
        case "group":
            return kinds.GROUPED, None
    return kinds.LINKED, None


def _kept(said: Said, properties: Mapping[str, Any], context: Mapping[str, Any]) -> str | None:
    """What is kept of an event beside its columns: its properties, its page's or screen's name, its context."""
    kept = dict(properties)
    for name in ("name", "category"):
        value = getattr(said, name)
        if isinstance(value, str) and value:
            kept.setdefault(name, value)
    around = {name: value for name, value in context.items() if name not in _NOT_KEPT} if context else None
    if around:
        kept["context"] = around
    if not kept:
        return None
    try:
        return msgspec.json.encode(kept).decode()
    except NOT_READ as error:
        raise Reason(TOO_DEEP) from error
