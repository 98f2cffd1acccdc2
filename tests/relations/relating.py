"""Saying who relates to whom, for the tests of the room."""

from datetime import timedelta
from typing import Any

from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.people.facade import Somebody, join, somebody
from vincle.apps.relations import facade
from vincle.apps.relations.models import Organisation, Relation
from vincle.flow.models import SamePerson

WAY: dict[str, Any] = {"actor": COMMAND_LINE, "now": NOW}
LATER = NOW + timedelta(days=1)


def met(**names: str) -> None:
    """`met(C1="Mercè Roca", C2="Pau Roca")`: customers of the shop, each seen once."""
    tell(*(happened(who, "2026-03-31 10:00", name=name) for who, name in names.items()))


def who(number: str) -> Somebody:
    """A customer of the shop as they are now."""
    return somebody(person(number).uid)


def relate(first: str, kind: str, second: str, **more: Any) -> Relation:
    """`relate("C1", "parent", "C2")`."""
    return facade.relate(who(first), kind=kind, other=who(second), **more, **WAY)


def works(first: str, name: str, kind: str = "works_at", **said: Any) -> Relation:
    """`works("C1", "Coop. Ter", role="buyer")`."""
    return facade.relate_to_name(who(first), kind=kind, name=name, said=facade.Said(**said), **WAY)


def organisation(name: str, **more: Any) -> Organisation:
    return facade.add_organisation(facade.Described(name, **more), **WAY)


def seen(number: str) -> list[str]:
    """How a customer relates, in words."""
    return [f"{each.words} {each.name}" for each in facade.related(who(number))]


def merge(first: str, second: str) -> SamePerson:
    return join(person(first), person(second), **WAY)
