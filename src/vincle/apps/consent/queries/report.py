"""How many gave, refused or were never asked, and who they are."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from vincle.apps.consent.models import Decision, Purpose
from vincle.apps.consent.rule import ANYTHING, standing
from vincle.apps.people.facade import everybody, hidden_numbers
from vincle.flow.models import Person
from vincle.kernel.errors import NotFound
from vincle.web.pagination import Page, keyset_page

YES, NO, NEVER = "yes", "no", "never"
DECISIONS = {
    YES: (Decision.GIVEN,),
    NO: (Decision.REFUSED, Decision.WITHDRAWN, Decision.OBJECTED),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A purpose through a channel: how many say yes, no, and nothing that counts."""

    purpose: Purpose
    channel: str
    yes: int
    no: int
    never: int


def lines(purposes: Sequence[Purpose]) -> list[Line]:
    """One for each purpose and channel, over everybody whoever looks may see, in one pass over the ledger."""
    pairs = [(purpose, channel) for purpose in purposes for channel in purpose.channels]
    if not pairs:
        return []
    people = everybody().count()
    told = _counted([(purpose.pk, channel) for purpose, channel in pairs])
    found = []
    for purpose, channel in pairs:
        yes, no = (
            sum(told[purpose.pk, channel, decision] for decision in decisions) for decisions in DECISIONS.values()
        )
        found.append(Line(purpose, channel, yes, no, people - yes - no))
    return found


def objecting() -> int:
    """How many asked not to be contacted at all, by any channel."""
    return _told([(ANYTHING, "")], (Decision.OBJECTED,)).count()


def people_behind(purpose: Purpose, channel: str, state: str, *, cursor: str = "") -> Page[Person]:
    """Who they are, a page at a time, the latest seen first; raises `NotFound` for what is none of the figures."""
    if channel not in purpose.channels or state not in {YES, NO, NEVER}:
        raise NotFound(_("There is no such figure."))
    asked = [(purpose.pk, channel)]
    if state == NEVER:
        rows = everybody().exclude(pk__in=_numbers(asked, (*DECISIONS[YES], *DECISIONS[NO])))
    else:
        rows = _told(asked, DECISIONS[state])
    return keyset_page(rows, order="-last_at", cursor=cursor)


def people_objecting(*, cursor: str = "") -> Page[Person]:
    """Who asked not to be contacted at all, a page at a time."""
    return keyset_page(_told([(ANYTHING, "")], (Decision.OBJECTED,)), order="-last_at", cursor=cursor)


def _told(asked: list[tuple[int, str]], decisions: Sequence[str]) -> "QuerySet[Person]":
    return everybody().filter(pk__in=_numbers(asked, decisions))


def _numbers(asked: list[tuple[int, str]], decisions: Sequence[str]) -> RawSQL:
    sql, values = standing(asked)
    holes = ", ".join(["%s"] * len(decisions))
    return RawSQL(  # noqa: S611 - our own text, values bound
        f"{sql} SELECT person_id FROM standing WHERE decision IN ({holes})", (*values, *decisions)
    )


def _counted(asked: list[tuple[int, str]]) -> Counter[tuple[int, str, str]]:
    sql, values = standing(asked)
    hidden, more = hidden_numbers()
    with connection.cursor() as cursor:
        cursor.execute(
            f"{sql} SELECT s.purpose_id, s.channel, s.decision, count(*) FROM standing s "
            "JOIN flow_person p ON p.id = s.person_id AND p.last_at IS NOT NULL "
            f"WHERE s.person_id NOT IN ({hidden}) GROUP BY s.purpose_id, s.channel, s.decision",
            [*values, *more],
        )
        return Counter(
            {(purpose, channel, decision): number for purpose, channel, decision, number in cursor.fetchall()}
        )
