"""What cannot be: somebody who relates to themselves, the same said twice, a guardian of one's own guardian."""

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from vincle.apps.people.facade import Somebody
from vincle.apps.relations.catalogue import Kind
from vincle.apps.relations.models import Organisation, Relation
from vincle.apps.relations.standing import going_on
from vincle.flow.models import Identity
from vincle.kernel.errors import Refused

FAR = 5_000  # people on a walk up a line; a family or a chain of guardians is shorter


def numbers_of(people: Collection[int]) -> list[int]:
    """The numbers of all identities of these people."""
    return list(Identity.objects.filter(person_id__in=people).values_list("pk", flat=True))


def refuse_what_cannot_be(
    first: Somebody, kind: Kind, *, second: Somebody | None, organisation: Organisation | None, over: bool = False
) -> None:
    """Raise `Refused` when `first` cannot be said to relate so to `second` or to `organisation`, going by what is in
    force; what is `over` may have been more than once. Call it with the lock of `standing.one_at_a_time`."""
    if second is not None and second.uid == first.uid:
        raise Refused(_("Nobody relates to themselves."), _("Choose somebody else."))
    if over:
        return
    if _said(first, kind, second, organisation).exists():
        raise Refused(_("This is known already."), _("It is among their relations."))
    if kind.line and second is not None and _leads_to(first, kind, second):
        raise Refused(
            _("That would go round in a circle: %(second)s %(words)s %(first)s already, directly or through others.")
            % {"second": second.name, "words": kind.forward, "first": first.name}
        )


def _said(
    first: Somebody, kind: Kind, second: Somebody | None, organisation: Organisation | None
) -> QuerySet[Relation]:
    mine = numbers_of([first.number])
    same = going_on().filter(kind=kind.name)
    if organisation is not None:
        whole = Organisation.objects.filter(whole_id=organisation.whole_id).values("pk")
        return same.filter(from_identity__in=mine, organisation__in=whole)
    theirs = numbers_of([second.number]) if second is not None else []
    there = Q(from_identity__in=mine, to_identity__in=theirs)
    back = Q(from_identity__in=theirs, to_identity__in=mine)
    return same.filter(there | back if kind.symmetric else there)


def _leads_to(first: Somebody, kind: Kind, second: Somebody) -> bool:
    """Whether `second` stands, by relations of this kind, above `first`."""
    reached, frontier = {second.number}, {second.number}
    while frontier and len(reached) <= FAR:
        ends = going_on().filter(kind=kind.name, from_identity__in=numbers_of(frontier)).exclude(to_identity=None)
        frontier = _people(ends.values_list("to_identity", flat=True)[:FAR]) - reached
        if first.number in frontier:
            return True
        reached |= frontier
    return False


def _people(identities: Iterable[int | None]) -> set[int]:
    return set(Identity.objects.filter(pk__in=list(identities)).values_list("person_id", flat=True))
