"""Which identities are one person, going by the facts, and the people they make brought up to date.

A contact point (e-mail, phone) that two customers of one source share is a fact about a household, and a visitor's
number that two of them share one about a device; neither is a reason to make one person of them: while it is shared it
joins nobody. What a source says is kept either way, so nothing has to be undone when the sharing becomes known late.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

import pyarrow as pa
from django.db import connection

from vincle.flow.append.people import bring_up, choose_names, one_at_a_time
from vincle.flow.append.stage import Stage
from vincle.flow.append.weaving import Weaving


class Fact(NamedTuple):
    """What is said of two identities: that they are one person or (not `same`) two. `by_hand`: a colleague says so."""

    number: int
    a: int
    b: int
    of_a: str  # their namespaces
    of_b: str
    same: bool
    by_hand: bool


def project_people(identities: str, *, stage: Stage) -> None:
    """Work out again which person each identity of the subquery `identities` belongs to, and everybody they touch."""
    one_at_a_time()
    belonging, facts = _reached(identities, stage=stage)
    found = components(belonging, joining(facts), apart=[(fact.a, fact.b) for fact in facts if not fact.same])
    moved = {number: person for number, person in found.items() if belonging[number] != person}
    if moved:
        _move(moved, {belonging[number] for number in moved}, stage=stage)


def _reached(identities: str, *, stage: Stage) -> tuple[dict[int, int], set[Fact]]:
    """Every identity that facts, or the person they make today, tie to `identities`: identity -> person; and the
    facts between them."""
    belonging: dict[int, int] = {}
    facts: set[Fact] = set()
    frontier = identities
    with connection.cursor() as cursor:
        while True:
            cursor.execute(
                "SELECT id, person_id FROM flow_identity WHERE person_id IN "
                f"(SELECT person_id FROM flow_identity WHERE id IN ({frontier}))"
            )
            fresh = {number: person for number, person in cursor.fetchall() if number not in belonging}
            if not fresh:
                return belonging, facts
            belonging.update(fresh)
            touched = stage.numbers(fresh)
            for side in ("a_id", "b_id"):
                cursor.execute(
                    "SELECT f.id, f.a_id, f.b_id, a.namespace, b.namespace, f.verdict = 'same', f.source_id IS NULL "
                    "FROM flow_sameperson f "
                    "JOIN flow_identity a ON a.id = f.a_id JOIN flow_identity b ON b.id = f.b_id "
                    f"WHERE f.withdrawn_at IS NULL AND f.{side} IN ({touched})"
                )
                facts.update(Fact(*row) for row in cursor.fetchall())
            beyond = _other_ends(facts, belonging)
            if not beyond:
                return belonging, facts
            frontier = stage.numbers(beyond)


def _move(moved: dict[int, int], left: set[int], *, stage: Stage) -> None:
    """Let each identity of `moved` belong to its new person; `left` are the people they belonged to."""
    with connection.cursor() as cursor:
        staged = stage.put(
            pa.table({"id": pa.array(moved.keys(), pa.int64()), "person_id": pa.array(moved.values(), pa.int64())})
        )
        cursor.execute(
            f"UPDATE flow_identity SET person_id = s.person_id FROM {staged} s WHERE flow_identity.id = s.id"
        )
        cursor.execute(
            f"INSERT INTO flow_identitymove (identity_id, person_id) SELECT id, person_id FROM {staged} ORDER BY id"
        )
        people = stage.numbers(left | set(moved.values()) | moved.keys())
        cursor.execute(
            "UPDATE flow_person SET into_id = CASE WHEN i.person_id = flow_person.id THEN NULL ELSE i.person_id END "
            f"FROM flow_identity i WHERE i.id = flow_person.id AND flow_person.id IN ({people})"
        )
        bring_up(people, stage=stage)
        choose_names(people, stage=stage)


def joining(facts: Iterable[Fact]) -> list[tuple[int, int]]:
    """The pairs that make one person, those that count first before the others: what colleagues say before what
    sources say, what was said earlier before what was said later.

    A contact point or a device that customers of one source share joins nobody, unless a colleague says so.
    """
    same = sorted((fact for fact in facts if fact.same), key=lambda fact: (not fact.by_hand, fact.number))
    shared = shared_contacts(same)
    return [(fact.a, fact.b) for fact in same if fact.by_hand or (fact.a not in shared and fact.b not in shared)]


def shared_contacts(facts: Iterable[Fact]) -> set[int]:
    """The contact points and devices that several customers of one source have, going by these facts."""
    customers: dict[int, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for fact in facts:
        if not fact.same or fact.by_hand:
            continue
        ends = (fact.a, fact.of_a, fact.b, fact.of_b), (fact.b, fact.of_b, fact.a, fact.of_a)
        for contact, kind, other, of_other in ends:
            if _may_be_shared(kind) and not _may_be_shared(of_other):
                customers[contact][of_other].add(other)
    return {
        contact for contact, by_source in customers.items() if any(len(owners) > 1 for owners in by_source.values())
    }


def _may_be_shared(namespace: str) -> bool:
    """Contact points belong to no source; a visitor's number belongs to a device, on which a family may sign in."""
    return "@" not in namespace or namespace.startswith("anonymous_id@")


def _other_ends(facts: set[Fact], reached: Collection[int]) -> set[int]:
    """Where facts lead beyond what is reached. A shared contact point leads nowhere: whoever it joined until now is
    the same person today and so is reached already, and it joins nobody else. So a placeholder that thousands share
    costs no walk through all of them."""
    leading = [fact for fact in facts if fact.same and (fact.a not in reached or fact.b not in reached)]
    shared = shared_contacts(facts) & set(reached) if leading else set()
    ends = {end for fact in leading if fact.by_hand or not {fact.a, fact.b} & shared for end in (fact.a, fact.b)}
    return ends - set(reached)


def components(
    identities: Iterable[int], pairs: Iterable[tuple[int, int]], *, apart: Iterable[tuple[int, int]] = ()
) -> dict[int, int]:
    """For each identity the smallest identity it is joined to, directly or through others (union-find).

    A pair that would bring together, even through others, two identities that are kept `apart` joins nobody; the
    order of the pairs tells which of several that cannot all be true that is.
    """
    weaving = Weaving(identities, apart=apart)
    for a, b in pairs:
        if a in weaving and b in weaving:
            weaving.join(a, b)
    return weaving.roots()
