"""By which e-mails and telephones people can be reached, and what is to be heeded with each."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from vincle.apps.people.models import ContactMark
from vincle.flow.append.links import Fact, shared_contacts
from vincle.flow.models import Identity, SamePerson

CONTACTS = ("email", "phone")
HOUSEHOLD = 12  # customers who share a contact point; one of more is a placeholder's, and reaches nobody
SHARED = "shared"

Kind = ContactMark.Kind
_USELESS = frozenset({Kind.BOUNCED, Kind.DO_NOT_USE})
_MOST = 500  # identities of each person, and facts of each identity


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody. `state`: the kinds of marks in force, and `SHARED` for one that a household has."""

    identity: Identity
    state: frozenset[str]

    @property
    def is_usable(self) -> bool:
        return not self.state & _USELESS

    @property
    def is_preferred(self) -> bool:
        return Kind.PREFERRED in self.state


def with_signs(identities: QuerySet[Identity]) -> QuerySet[Any]:
    """The same identities, each with `is_marked`: whether a mark is in force on it, and `reaches_out`: whether a source
    ties it to one that is somebody else's. Of most neither holds, and there is nothing more to ask."""
    said = SamePerson.objects.filter(verdict=SamePerson.Verdict.SAME, withdrawn_at=None, source__isnull=False)
    others = ~Q(a__person_id=F("b__person_id"))
    return identities.annotate(
        is_marked=Exists(ContactMark.objects.filter(lifted_at=None, identity_id=OuterRef("pk"))),
        reaches_out=Exists(said.filter(others, a=OuterRef("pk"))) | Exists(said.filter(others, b=OuterRef("pk"))),
    )


def contacts_of(people: Collection[int]) -> dict[int, list[Contact]]:
    """For each of these people (numbers) who has any, the ways to reach them: see `contacts_among`."""
    own = with_signs(Identity.objects.filter(person_id__in=people)).order_by("pk")
    return contacts_among(list(own[: _MOST * len(people)]))


def contacts_among(own: Sequence[Identity]) -> dict[int, list[Contact]]:
    """Given all identities of some people (`with_signs`), for each of them (number) who has any: their e-mails and
    telephones, also those of their household, which join nobody; in a handful of questions.

    Those that can be used stand before those that cannot, the preferred one first; then those of a household after
    those of their own, in the order in which they became known.
    """
    whose = {each.pk: each.person_id for each in own}
    facts, apart = _facts([each.pk for each in own if getattr(each, "reaches_out", True)])
    tied = _tied(whose, facts - apart)
    facts |= _facts(tied)[0]  # who else has those
    shared = shared_contacts(facts)
    households = {each for each in tied if each in shared and _owners(each, facts) <= HOUSEHOLD}
    every = {each.pk: each for each in own if each.namespace in CONTACTS}
    every |= Identity.objects.in_bulk(households - every.keys())
    marks = marks_among(every.values())
    found: dict[int, list[Contact]] = defaultdict(list)
    for number, identity in every.items():
        state = marks.get(number, set()) | ({SHARED} if number in shared else set())
        reached = {whose[number]} if number in whose else set()
        for person in reached | (tied[number] if number in households else set()):
            found[person].append(Contact(identity, frozenset(state)))
    return {person: sorted(some, key=_best_first) for person, some in found.items()}


def marks_among(contacts: Iterable[Identity]) -> dict[int, set[str]]:
    """The kinds of marks that count of each of these contact points that has any: of those by which one is preferred,
    for each person and kind of contact point, the one said last."""
    reached = [each for each in contacts if each.namespace in CONTACTS]
    people = {each.person_id for each in reached if getattr(each, "is_marked", True)}
    if not people:
        return {}
    in_force = ContactMark.objects.filter(lifted_at=None)
    marked = Identity.objects.filter(person_id__in=people, pk__in=in_force.values("identity_id"))
    whose = {number: (person, kind) for number, person, kind in marked.values_list("pk", "person_id", "namespace")}
    marks = in_force.filter(identity_id__in=whose).order_by("set_at", "pk") if whose else ()
    preferred = {whose[mark.identity_id]: mark for mark in marks if mark.kind == Kind.PREFERRED}
    found: dict[int, set[str]] = defaultdict(set)
    for mark in marks:
        if mark.kind != Kind.PREFERRED or preferred[whose[mark.identity_id]] == mark:
            found[mark.identity_id].add(mark.kind)
    return found


def _facts(identities: Collection[int]) -> tuple[set[Fact], set[Fact]]:
    """What sources say of these identities being somebody's, and those of it that colleagues say is not so."""
    if not identities:
        return set(), set()
    which = SamePerson.objects.filter(Q(a__in=identities) | Q(b__in=identities), withdrawn_at=None)
    rows = which.values_list("id", "a_id", "b_id", "a__namespace", "b__namespace", "verdict", "source_id")
    said = {
        Fact(number, a, b, of_a, of_b, verdict == SamePerson.Verdict.SAME, source is None)
        for number, a, b, of_a, of_b, verdict, source in rows[: _MOST * len(identities)]
    }
    parted = {(fact.a, fact.b) for fact in said if not fact.same}
    facts = {fact for fact in said if fact.same and not fact.by_hand}
    return facts, {fact for fact in facts if (fact.a, fact.b) in parted}


def _tied(whose: dict[int, int], facts: Collection[Fact]) -> dict[int, set[int]]:
    """Contact points that facts tie to these people without making them theirs: contact point -> people."""
    found: dict[int, set[int]] = defaultdict(set)
    for fact in facts:
        for mine, other, namespace in ((fact.a, fact.b, fact.of_b), (fact.b, fact.a, fact.of_a)):
            if mine in whose and namespace in CONTACTS and whose.get(other) != whose[mine]:
                found[other].add(whose[mine])
    return found


def _owners(contact: int, facts: Collection[Fact]) -> int:
    return len({end for fact in facts if contact in (fact.a, fact.b) for end in (fact.a, fact.b)}) - 1


def _best_first(contact: Contact) -> tuple[bool, bool, bool, int]:
    return (not contact.is_usable, not contact.is_preferred, SHARED in contact.state, contact.identity.pk)
