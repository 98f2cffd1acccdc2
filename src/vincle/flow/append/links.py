"""Identities that one row gives for one person: kept as facts, and the people they make brought up to date.

A contact point (e-mail, phone) that two customers of one source share is a fact about a household, and a visitor's
number that two of them share one about a device; neither is a reason to make one person of them: while it is shared it
joins nobody. What a source says is kept either way, so nothing has to be undone when the sharing becomes known late.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import NamedTuple

import pyarrow as pa
from django.db import connection

from vincle.flow.append.people import bring_up, choose_names, one_at_a_time
from vincle.flow.append.resolve import Resolver
from vincle.flow.append.stage import Stage
from vincle.flow.append.weaving import Weaving
from vincle.flow.fields import InstantField
from vincle.flow.models import Batch, Source

_PAIRS = """
SELECT DISTINCT least(n.identity_id, i.id) AS a_id, greatest(n.identity_id, i.id) AS b_id
FROM links l JOIN numbered n USING (row)
JOIN identity i ON i.namespace = l.namespace AND i.value = l.identity
WHERE n.identity_id <> i.id ORDER BY ALL
"""


class Fact(NamedTuple):
    """What is said of two identities: that they are one person or (not `same`) two. `by_hand`: a colleague says so."""

    number: int
    a: int
    b: int
    of_a: str  # their namespaces
    of_b: str
    same: bool
    by_hand: bool


def join_linked(
    links: pa.Table,
    rows: pa.Table,
    *,
    source: Source,
    batch: Batch | None,
    now: datetime,
    resolver: Resolver,
    stage: Stage,
) -> None:
    """Record a chunk's links as facts and let the people they concern follow."""
    duck = resolver.duck
    duck.register("links", links)
    duck.register("numbered", rows.select(["row", "identity_id"]))
    pairs = duck.sql(_PAIRS).to_arrow_table()
    if not pairs.num_rows:
        return
    staged = stage.put(pairs)
    recorded_at = InstantField().get_db_prep_value(now, connection)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flow_sameperson (a_id, b_id, verdict, source_id, batch_id, author, reason, recorded_at, "
            f"withdrawn_by) SELECT s.a_id, s.b_id, 'same', %s, %s, '', '', %s, '' FROM {staged} s "
            "WHERE NOT EXISTS (SELECT 1 FROM flow_sameperson f WHERE f.a_id = s.a_id AND f.b_id = s.b_id "
            "AND f.source_id = %s AND f.verdict = 'same' AND f.withdrawn_at IS NULL)",
            [source.pk, batch.pk if batch else None, recorded_at, source.pk],
        )
        if cursor.rowcount:
            project_people(f"SELECT a_id FROM {staged} UNION SELECT b_id FROM {staged}", stage=stage)


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
            touched = stage.put(pa.table({"id": pa.array(fresh, pa.int64())}))
            for side in ("a_id", "b_id"):
                cursor.execute(
                    "SELECT f.id, f.a_id, f.b_id, a.namespace, b.namespace, f.verdict = 'same', f.source_id IS NULL "
                    "FROM flow_sameperson f "
                    "JOIN flow_identity a ON a.id = f.a_id JOIN flow_identity b ON b.id = f.b_id "
                    f"WHERE f.withdrawn_at IS NULL AND f.{side} IN (SELECT id FROM {touched})"
                )
                facts.update(Fact(*row) for row in cursor.fetchall())
            beyond = _other_ends(facts, belonging)
            if not beyond:
                return belonging, facts
            frontier = f"SELECT id FROM {stage.put(pa.table({'id': pa.array(beyond, pa.int64())}))}"


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
        people = stage.put(pa.table({"id": pa.array(left | set(moved.values()) | moved.keys(), pa.int64())}))
        cursor.execute(
            "UPDATE flow_person SET into_id = CASE WHEN i.person_id = flow_person.id THEN NULL ELSE i.person_id END "
            f"FROM flow_identity i WHERE i.id = flow_person.id AND flow_person.id IN (SELECT id FROM {people})"
        )
        bring_up(f"SELECT id FROM {people}", stage=stage)
        choose_names(f"SELECT id FROM {people}", stage=stage)


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
