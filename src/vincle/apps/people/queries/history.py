"""Who joined what and why: every fact about a person's identities, in force or undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from vincle.apps.people.queries.visible import shown
from vincle.flow.models import Identity, Person, SamePerson
from vincle.kernel.errors import NotFound

SHOWN = 200
SAME, DIFFERENT = SamePerson.Verdict.SAME, SamePerson.Verdict.DIFFERENT


@dataclass(frozen=True, slots=True)
class Step:
    """One fact. `overruled`: a source says it, and it does not count beside what else was said."""

    fact: SamePerson
    overruled: bool

    @property
    def can_be_undone(self) -> bool:
        return self.fact.withdrawn_at is None and not self.overruled


def history_of(identities: Sequence[Identity]) -> list[Step]:
    """What was said of these identities, the latest first; but nothing of somebody who may not be seen."""
    numbers = [identity.pk for identity in identities]
    facts = list(
        SamePerson.objects.filter(Q(a_id__in=numbers) | Q(b_id__in=numbers))
        .select_related("a", "b", "source")
        .order_by("-recorded_at", "-id")[:SHOWN]
    )
    seen = set(shown({end.person_id for fact in facts for end in (fact.a, fact.b)}))
    return [Step(fact, _overruled(fact)) for fact in facts if {fact.a.person_id, fact.b.person_id} <= seen]


def step_by_number(number: int) -> SamePerson:
    """One fact; raises `NotFound`, also when it speaks of somebody who may not be seen."""
    fact = SamePerson.objects.select_related("a", "b", "source").filter(pk=number).first()
    if fact is None or not _is_shown(fact):
        raise NotFound(_("There is no such step."), _("A person's history has the number of each."))
    return fact


def people_of_step(fact: SamePerson) -> list[Person]:
    """The people whom the two identities of a fact belong to now: one or two."""
    belonging = Identity.objects.filter(pk__in=(fact.a_id, fact.b_id)).values("person_id")
    return list(Person.objects.filter(pk__in=belonging).order_by("pk"))


def _is_shown(fact: SamePerson) -> bool:
    people = {fact.a.person_id, fact.b.person_id}
    return people == set(shown(people))


def _overruled(fact: SamePerson) -> bool:
    return fact.verdict == SAME and fact.withdrawn_at is None and fact.a.person_id != fact.b.person_id
