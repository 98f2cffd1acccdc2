"""Two steps around a person: whom they relate to, and whom those relate to."""

from dataclasses import dataclass, field

from django.db.models import Q

from vincle.apps.people.facade import Somebody
from vincle.apps.relations.models import Organisation
from vincle.apps.relations.queries.ties import End, Tie, first_of_each, ties, ties_of
from vincle.apps.relations.standing import going_on
from vincle.flow.models import Identity

NEAR = 12
FURTHER = 4  # beyond each of them
LOOKED_AT = 600  # relations of those who are near


@dataclass
class Branch:
    """Somebody, or an organisation, near the person, and who is beyond. `more` of those are left out."""

    tie: Tie
    beyond: list[Tie] = field(default_factory=list)
    more: int = 0


def around(someone: Somebody) -> list[Branch]:
    """What goes on around somebody: each near one with those beyond it, who appear once, at the first that leads to
    them."""
    near = first_of_each(ties_of(someone, former=False))[:NEAR]
    beyond = _beyond(near)
    seen = {("person", someone.number)} | {tie.far for tie in near}
    branches = []
    for tie in near:
        fresh = [each for each in first_of_each(beyond.get(tie.far, [])) if each.far not in seen]
        shown = fresh[:FURTHER]
        seen |= {each.far for each in shown}
        branches.append(Branch(tie, shown, len(fresh) - len(shown)))
    return branches


def _beyond(near: list[Tie]) -> dict[End, list[Tie]]:
    """The ties of each neighbour; of an organisation those to its people."""
    numbers = [tie.person.number for tie in near if tie.person]
    people = dict(Identity.objects.filter(person_id__in=numbers).values_list("pk", "person_id"))
    wholes = [tie.organisation.whole_id for tie in near if tie.organisation]
    places = dict(Organisation.objects.filter(whole_id__in=wholes).values_list("pk", "whole_id"))
    rows = going_on().filter(Q(from_identity__in=people) | Q(to_identity__in=people) | Q(organisation__in=places))
    return ties(rows.order_by("-id")[:LOOKED_AT], people=people, places=places)
