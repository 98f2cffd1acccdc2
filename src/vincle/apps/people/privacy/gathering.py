"""Everything kept of one person, as plain values, in portions: a story may be long."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from vincle.apps.accounts.facade import entries_about
from vincle.apps.fields.facade import labels as field_labels
from vincle.apps.people.privacy.addresses import Addressed, addressed_of
from vincle.apps.people.privacy.keeping import Keeping, kept_of
from vincle.apps.people.words import attribute_words, channel_words, namespace_words
from vincle.flow.append.forget import held_of
from vincle.flow.models import (
    Colleague,
    Identity,
    Interaction,
    InteractionThing,
    Kind,
    Observation,
    Person,
    Quarantined,
    SamePerson,
    Source,
    Touchpoint,
)
from vincle.kernel.house import house

PORTION = 1_000

T = TypeVar("T", bound=Model)


def gathered(person: Person, *, sources: dict[str, str], now: datetime) -> dict[str, Any]:
    """All but what happened: `person`, `identities`, `attributes` (every value ever said, the latest first, with who
    said it and when), `facts` (why these identities are taken for one person), `in_quarantine`, `audit`, and `kept`:
    what each room keeps of them (`name`, `words`, `columns` of the readable table by key, `rows`)."""
    identities = list(Identity.objects.filter(person_id=person.pk).order_by("pk"))
    numbers = [identity.pk for identity in identities]
    addresses = list(Person.objects.filter(pk__in=numbers).order_by("pk").values_list("uid", flat=True))
    named = field_labels()
    names = [(each.namespace, each.value) for each in identities]
    held = Quarantined.objects.filter(pk__in=held_of(names))
    return {
        "made_at": now,
        "organisation": house().name,
        "person": {
            "uid": person.uid,
            "uids": addresses,
            "name": person.name,
            "first": person.first_at,
            "last": person.last_at,
            "interactions": person.interactions,
            "amount": person.amount,
            "currency": house().currency,
        },
        "identities": [_identity(each, sources) for each in identities],
        "attributes": [_attribute(each, named) for each in _observations(numbers)],
        "facts": [_fact(each, set(numbers)) for each in _facts(numbers)],
        "in_quarantine": [_held(each) for each in held.select_related("source").order_by("pk")],
        "audit": list(entries_about([str(uid) for uid in addresses])),
        "kept": [
            *(_kept(keeping, rows) for keeping, rows in kept_of(numbers, names)),
            *(_kept(addressed, rows) for addressed, rows in addressed_of([str(uid) for uid in addresses])),
        ],
    }


def _kept(keeping: Keeping | Addressed, rows: list[dict[str, Any]]) -> dict[str, Any]:
    columns = {key: str(words) for key, words in keeping.shown.items()}
    return {"name": keeping.name, "words": str(keeping.label), "columns": columns, "rows": rows}


def happened(person: Person) -> Iterator[list[dict[str, Any]]]:
    """What happened with them, each with the things it was about, in the order it happened, in portions."""
    rows = Interaction.objects.filter(identity_id__in=identity_numbers(person)).order_by("occurred_at", "pk")
    order = iter(rows.values_list("pk", flat=True).iterator(chunk_size=PORTION * 10))
    names = _Names()
    while portion := list(islice(order, PORTION)):
        yield _portion(portion, names)


def identity_numbers(person: Person) -> list[int]:
    """The numbers of all their identities."""
    return list(Identity.objects.filter(person_id=person.pk).order_by("pk").values_list("pk", flat=True))


def _portion(numbers: Sequence[int], names: "_Names") -> list[dict[str, Any]]:
    found = Interaction.objects.in_bulk(numbers)
    about: dict[int, list[dict[str, Any]]] = {}
    for each in InteractionThing.objects.filter(interaction_id__in=numbers).select_related("thing"):
        about.setdefault(each.interaction_id, []).append(_thing(each))
    return [_interaction(found[number], about.get(number, []), names) for number in numbers if number in found]


class _Names:
    """The log's small dictionaries, each name asked for once."""

    def __init__(self) -> None:
        self._known: dict[tuple[type[Any], int], Any] = {}

    def of(self, model: type[T], number: int | None) -> T | None:
        """The row of `model` by its number; None for none."""
        if number is None:
            return None
        if (model, number) not in self._known:
            self._known[model, number] = model._default_manager.get(pk=number)  # noqa: SLF001 - Django's own name
        found: T = self._known[model, number]
        return found

    def needed(self, model: type[T], number: int) -> T:
        """The same, where there is one."""
        found = self.of(model, number)
        assert found is not None  # noqa: S101 - it has a number
        return found


def _interaction(row: Interaction, things: list[dict[str, Any]], names: _Names) -> dict[str, Any]:
    place = names.of(Touchpoint, row.touchpoint_id)
    kind, source = names.needed(Kind, row.kind_id), names.needed(Source, row.source_id)
    identity, staff = names.needed(Identity, row.identity_id), names.of(Colleague, row.staff_id)
    return {
        "uid": row.uid,
        "occurred_at": row.occurred_at,
        "recorded_at": row.recorded_at,
        "kind": kind.name,
        "kind_words": kind.label,
        "channel": place.channel if place else None,
        "channel_words": channel_words(place.channel) if place else None,
        "place": (place.place or None) if place else None,
        "namespace": identity.namespace,
        "identity": identity.value,
        "staff": staff.name if staff else None,
        "amount": row.amount,
        "currency": row.currency,
        "score": row.score,
        "text": row.text,
        "properties": row.properties,
        "things": things,
        "source": source.name,
        "source_words": str(source),
        "message_id": row.message_id,
    }


def _thing(row: InteractionThing) -> dict[str, Any]:
    return {
        "type": row.thing.type,
        "key": row.thing.key,
        "label": row.thing.label,
        "part": row.qualifier,
        "quantity": row.quantity,
        "amount": row.amount,
        "properties": row.thing.properties,
    }


def _identity(identity: Identity, sources: dict[str, str]) -> dict[str, Any]:
    return {
        "namespace": identity.namespace,
        "words": namespace_words(identity.namespace, sources),
        "value": identity.value,
        "first": identity.first_at,
        "last": identity.last_at,
        "interactions": identity.interactions,
    }


def _observations(numbers: Sequence[int]) -> Iterator[Observation]:
    rows = Observation.objects.filter(identity_id__in=numbers).select_related("identity", "source")
    return iter(rows.order_by("name", "-pinned", "-observed_at", "-pk").iterator(chunk_size=PORTION))


def _attribute(said: Observation, named: Mapping[str, str]) -> dict[str, Any]:
    return {
        "name": said.name,
        "words": attribute_words(said.name, named),
        "value": said.value,
        "source": said.source.name,
        "source_words": str(said.source),
        "said_at": said.observed_at,
        "chosen_by_a_colleague": said.pinned,
        "namespace": said.identity.namespace,
        "identity": said.identity.value,
    }


def _facts(numbers: Sequence[int]) -> Iterator[SamePerson]:
    rows = SamePerson.objects.filter(Q(a__in=numbers) | Q(b__in=numbers)).select_related("a", "b", "source")
    return iter(rows.order_by("recorded_at", "pk").iterator(chunk_size=PORTION))


def _fact(fact: SamePerson, mine: set[int]) -> dict[str, Any]:
    return {
        "first": _end(fact.a, fact, mine),
        "second": _end(fact.b, fact, mine),
        "same": fact.verdict == SamePerson.Verdict.SAME,
        "by": fact.author or (str(fact.source) if fact.source else ""),
        "reason": fact.reason if {fact.a_id, fact.b_id} <= mine else "",
        "at": fact.recorded_at,
        "withdrawn_at": fact.withdrawn_at,
    }


def _end(identity: Identity, fact: SamePerson, mine: set[int]) -> dict[str, str]:
    # What is said of them and somebody else must not tell them who that is; a contact point is one they gave.
    given = fact.verdict == SamePerson.Verdict.SAME and fact.source_id and "@" not in identity.namespace
    if identity.pk in mine or given:
        return {"namespace": identity.namespace, "value": identity.value}
    return {"namespace": "", "value": _("somebody else")}


def _held(row: Quarantined) -> dict[str, Any]:
    return {
        "source": row.source.name,
        "received_at": row.recorded_at,
        "reason": row.reason,
        "state": str(row.state),
        "what_came": row.payload,
    }
