"""Reads: the people who were gathered behind a figure."""

from datetime import datetime
from uuid import UUID

from vincle.apps.lists.filters.asking import conditions
from vincle.apps.lists.filters.language import Behind, all_of
from vincle.apps.people.facade import Criteria, look_at_those, people_page
from vincle.flow.models import Person
from vincle.web.pagination import Page


def people_behind(gathering: UUID, *, cursor: str, size: int, now: datetime) -> Page[Person]:
    """Those whom whoever looks may see, those known longest first; notes who of them is confidential."""
    wanted = Criteria(order="first", further=conditions(all_of(Behind(gathering)), now=now))
    page, _plan = people_page(wanted, cursor=cursor, size=size)
    look_at_those([person.pk for person in page if getattr(person, "is_marked", True)])
    return page
