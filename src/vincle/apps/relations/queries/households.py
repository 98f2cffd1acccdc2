"""Who lives together: as colleagues said; and who might, since they share a contact point."""

from dataclasses import dataclass

from django.db.models import Q

from vincle.apps.people.facade import Somebody, who_are
from vincle.apps.relations.catalogue import HOUSEHOLD
from vincle.apps.relations.models import NoHousehold
from vincle.apps.relations.rules import numbers_of
from vincle.apps.relations.standing import going_on
from vincle.flow.append.links import Fact, shared_contacts
from vincle.flow.models import Identity, SamePerson

MOST = 12  # people in a household; a contact point of more is a placeholder's, or a company's
FACTS = 200


@dataclass(frozen=True)
class Sharing:
    """Others with the same contact point: perhaps a household. `contact` is its namespace."""

    contact: str
    value: str
    others: list[Somebody]


def household_of(someone: Somebody) -> list[Somebody]:
    """Who shares a home with them, directly or through others, by name."""
    reached, frontier = {someone.number}, set(someone.identities)
    while frontier and len(reached) <= MOST:
        rows = going_on().filter(kind=HOUSEHOLD).filter(Q(from_identity__in=frontier) | Q(to_identity__in=frontier))
        ends = {end for pair in rows.values_list("from_identity", "to_identity")[:FACTS] for end in pair}
        people = (
            set(
                Identity.objects.filter(pk__in=[end for end in ends if end is not None]).values_list(
                    "person_id", flat=True
                )
            )
            - reached
        )
        reached |= people
        frontier = set(numbers_of(people)) if people else set()
    found = set(who_are(reached - {someone.number}).values())
    return sorted(found, key=lambda each: (each.name, each.number))[:MOST]


def sharing(someone: Somebody) -> Sharing | None:
    """Whom to suggest as of one household: who has the same e-mail or phone in the same source and is not known to
    live with them. None when there is nobody to suggest."""
    facts = _facts(Q(a__in=someone.identities) | Q(b__in=someone.identities))
    ends = {end for fact in facts for end in (fact.a, fact.b)}
    if not ends:
        return None
    facts |= _facts(Q(a__in=ends) | Q(b__in=ends))
    shared = sorted(shared_contacts(facts) & ends)
    known = {each.number for each in household_of(someone)} | _told_apart(someone) | {someone.number}
    for contact in Identity.objects.filter(pk__in=shared).order_by("pk")[:MOST]:
        holders = {end for fact in facts if contact.pk in (fact.a, fact.b) for end in (fact.a, fact.b)}
        people = {each.number: each for each in who_are(holders - {contact.pk}).values()}
        others = [each for number, each in sorted(people.items()) if number not in known]
        if others and len(people) <= MOST:
            return Sharing(contact.namespace, contact.value, others)
    return None


def _facts(which: Q) -> set[Fact]:
    """What is said of these, as far as `FACTS`: in no order, since sorting would read all of a placeholder's."""
    found = SamePerson.objects.filter(which, verdict=SamePerson.Verdict.SAME, withdrawn_at=None)
    rows = found.values_list("id", "a_id", "b_id", "a__namespace", "b__namespace", "source_id")
    return {Fact(number, a, b, of_a, of_b, True, source is None) for number, a, b, of_a, of_b, source in rows[:FACTS]}


def _told_apart(someone: Somebody) -> set[int]:
    """The people of whom it is said that they are no household of theirs."""
    rows = NoHousehold.objects.filter(Q(a_identity__in=someone.identities) | Q(b_identity__in=someone.identities))
    ends = {end for pair in rows.values_list("a_identity", "b_identity")[:FACTS] for end in pair}
    return set(Identity.objects.filter(pk__in=ends).values_list("person_id", flat=True))
