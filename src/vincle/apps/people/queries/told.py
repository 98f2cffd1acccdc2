"""All that is known of a person, as plain values: for the command line and for programs."""

from typing import Any

from vincle.apps.people.queries.contacts import marks_among
from vincle.apps.people.queries.history import Step, history_of
from vincle.apps.people.queries.person import attributes_of, identities_of
from vincle.flow.models import Person
from vincle.kernel.house import house


def told(person: Person) -> dict[str, Any]:
    """`uid`, `name`, `attributes` (name to value, source and when it was said), `identities`
    (`namespace`, `value`, and `state`: what is said of a contact point), `interactions`, `amount` with its `currency`,
    `first`, `last`; the same before two people are joined and after that is undone.

    `history` apart: every step of who joined what.
    """
    identities = identities_of(person)
    marks = marks_among(identities)
    return {
        "uid": str(person.uid),
        "name": person.name,
        "attributes": {
            known.name: {
                "value": known.shown.value,
                "source": known.shown.source.name,
                "at": known.shown.observed_at,
                "pinned": known.shown.pinned,
            }
            for known in attributes_of(identities)
        },
        "identities": [
            {"namespace": each.namespace, "value": each.value, "state": sorted(marks.get(each.pk, ()))}
            for each in sorted(identities, key=lambda each: (each.namespace, each.value))
        ],
        "interactions": person.interactions,
        "amount": str(person.amount),
        "currency": house().currency,
        "first": person.first_at,
        "last": person.last_at,
        "history": [_step(step) for step in history_of(identities)],
    }


def _step(step: Step) -> dict[str, Any]:
    fact = step.fact
    return {
        "step": str(fact.pk),
        "verdict": str(fact.verdict),
        "a": [fact.a.namespace, fact.a.value],
        "b": [fact.b.namespace, fact.b.value],
        "by": fact.author or (fact.source.name if fact.source else ""),
        "reason": fact.reason,
        "at": fact.recorded_at,
        "undone_at": fact.withdrawn_at,
        "undone_by": fact.withdrawn_by,
        "in_force": step.can_be_undone,
    }
