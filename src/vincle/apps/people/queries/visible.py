"""Who may be seen: the one rule for confidential people, which every read of people goes through.

What is seen depends on who looks, and every room reads people. So the rule is not left to each of them: whoever
answers a request says once who looks (`seeing`), and whoever has not said sees no confidential person. `visible` is
for rows, `shown` for numbers, `require_visible` for one person.
"""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from vincle.apps.people.models import PersonMark
from vincle.flow.models import Identity, Person
from vincle.kernel.errors import NotFound, Refused

CONFIDENTIAL, RESTRICTED = PersonMark.Kind.CONFIDENTIAL, PersonMark.Kind.RESTRICTED


@dataclass(frozen=True, slots=True)
class Sight:
    """What whoever looks may see and change.

    `confidential`: they see confidential people, and `looked` gathers whom they looked at: a number, and what of them
    (empty: their page). `sensitive`: they see sensitive attributes. `changes`: they are about to change something;
    `restricted`: also of those whose processing is restricted.
    """

    confidential: bool = False
    sensitive: bool = False
    changes: bool = False
    restricted: bool = False
    looked: set[tuple[int, str]] = field(default_factory=set)


_sight: ContextVar[Sight | None] = ContextVar("sight", default=None)


@contextmanager
def seeing(sight: Sight) -> Iterator[Sight]:
    """Reads of people, as long as this lasts, are of whoever sees so."""
    token = _sight.set(sight)
    try:
        yield sight
    finally:
        _sight.reset(token)


def see_everybody() -> None:
    """Let this thread see confidential people and what is sensitive from now on: for the command line, which has the
    database anyway."""
    _sight.set(Sight(confidential=True, sensitive=True, restricted=True))


def looks() -> Sight:
    """Who looks; somebody who sees no confidential person while nobody has said."""
    return _sight.get() or Sight()


def marked(kind: PersonMark.Kind) -> RawSQL:
    """The numbers of all people with a mark in force, as a subquery."""
    return RawSQL(
        "SELECT i.person_id FROM people_personmark m JOIN flow_identity i ON i.id = m.identity_id "
        "WHERE m.kind = %s AND m.lifted_at IS NULL",
        (str(kind),),
    )


def with_marks(people: QuerySet[Person]) -> QuerySet[Any]:
    """The same people, each with `is_marked`: whether a mark is in force on them, or on whom they are part of now."""
    marked_ones = PersonMark.objects.filter(lifted_at=None).values("identity_id")
    theirs = Identity.objects.filter(person_id=Coalesce(OuterRef("into_id"), OuterRef("pk")), pk__in=marked_ones)
    return people.annotate(is_marked=Exists(theirs))


def hidden_numbers() -> tuple[str, tuple[str, ...]]:
    """The numbers of those whom whoever looks may not see, as SQL and its values: for reads that are SQL themselves."""
    if looks().confidential:
        return "SELECT 0 WHERE 1 = 0", ()
    hidden = marked(CONFIDENTIAL)
    return hidden.sql, tuple(hidden.params)


def visible(rows: QuerySet[Person]) -> QuerySet[Person]:
    """Those of `rows` whom whoever looks may see."""
    return rows if looks().confidential else rows.exclude(pk__in=marked(CONFIDENTIAL))


def shown(numbers: Iterable[int]) -> list[int]:
    """Those of these people whom whoever looks may see, in the same order."""
    wanted = list(numbers)
    if looks().confidential or not wanted:
        return wanted
    hidden = {number for number, kinds in marks_among(wanted).items() if CONFIDENTIAL in kinds}
    return [number for number in wanted if number not in hidden]


def marks_among(numbers: Collection[int]) -> dict[int, set[str]]:
    """The kinds of marks in force of each of these people who has any."""
    in_force = PersonMark.objects.filter(lifted_at=None).values("identity_id")
    theirs = Identity.objects.filter(pk__in=in_force, person_id__in=list(numbers))
    belonging = dict(theirs.values_list("pk", "person_id"))
    found: dict[int, set[str]] = {}
    marks = PersonMark.objects.filter(lifted_at=None, identity_id__in=belonging) if belonging else ()
    for mark in marks:
        found.setdefault(belonging[mark.identity_id], set()).add(mark.kind)
    return found


def hidden_of(uids: Iterable[str | None]) -> set[str]:
    """Those of these addresses whose person may not be seen by whoever looks."""
    if looks().confidential:
        return set()
    people = Person.objects.filter(uid__in={uid for uid in uids if uid}).filter(pk__in=marked(CONFIDENTIAL))
    return {str(uid) for uid in people.values_list("uid", flat=True)}


def restricted_among(numbers: Collection[int]) -> set[int]:
    """Those of these people whose processing is restricted."""
    return {number for number, kinds in marks_among(numbers).items() if RESTRICTED in kinds}


def require_visible(person: Person, *, although_restricted: bool = False) -> Person:
    """The same person; notes that they were looked at where they are confidential.

    Raises `NotFound`, as for nobody, when whoever looks may not see them; `Refused` when something of them is about to
    be changed, their processing is restricted and whoever looks may not change it all the same.
    """
    whole, sight = person.into_id or person.pk, looks()
    kinds = marks_among([whole]).get(whole, set()) if getattr(person, "is_marked", True) else set()
    if CONFIDENTIAL in kinds:
        if not sight.confidential:
            raise nobody_here()
        look_at(whole)
    if RESTRICTED in kinds and sight.changes and not (sight.restricted or although_restricted):
        raise Refused(
            _("What we know of %(name)s may be kept, and not used: its processing is restricted.")
            % {"name": person.name},
            _("Nothing was changed. An owner or a manager may change it, or lift the restriction."),
        )
    return person


def look_at(number: int, what: str = "") -> None:
    """Note that whoever looks was shown a confidential person or, with `what`, a sensitive attribute of that name."""
    looks().looked.add((number, what))


def look_at_those(numbers: Collection[int]) -> dict[int, set[str]]:
    """The marks of these people, as `marks_among`; notes that those who are confidential were looked at."""
    marks = marks_among(numbers) if numbers else {}
    for number, kinds in marks.items():
        if CONFIDENTIAL in kinds:
            look_at(number)
    return marks


def looked_at(numbers: Collection[int]) -> set[int]:
    """Those of these people whom whoever looks may see; notes that those who are confidential were looked at."""
    seen = set(shown(numbers))
    if looks().confidential:
        look_at_those(seen)
    return seen


def nobody_here() -> NotFound:
    """What is said of an address at which there is nobody, or nobody who may be seen."""
    return NotFound(
        _("There is nobody at this address."),
        _("They may have left with an import that was taken back. The search finds people by name or number."),
    )
