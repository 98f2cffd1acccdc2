"""What other rooms may call."""

from decimal import Decimal
from urllib.parse import urlencode
from uuid import UUID

from vincle.apps.lists.actions.demonstration import keep_demo_views
from vincle.apps.lists.actions.gathering import gather, is_gathered
from vincle.apps.lists.actions.keeping_together import keep_together, put_away, take_out_again
from vincle.apps.lists.actions.views import keep_view
from vincle.apps.lists.columns import Column, column_words, usual_columns
from vincle.apps.lists.filters.language import Behind, Did, Worth, all_of
from vincle.apps.lists.filters.reading import write as write_filter
from vincle.apps.lists.filters.words import sentence
from vincle.apps.lists.queries.asked import Asked, asked, together
from vincle.apps.lists.queries.behind import people_behind
from vincle.apps.lists.queries.cells import cells
from vincle.apps.lists.queries.views import may_change, views_for
from vincle.apps.lists.queries.whom import Kept, groups_for, kept_together, name_of_group, people_in
from vincle.apps.lists.worths import chance_words, tell_worths
from vincle.apps.people.facade import everybody_url

__all__ = [
    "Asked",
    "Column",
    "Did",
    "Kept",
    "all_of",
    "asked",
    "cells",
    "chance_words",
    "column_words",
    "gather",
    "groups_for",
    "is_gathered",
    "keep_demo_views",
    "keep_together",
    "keep_view",
    "kept_together",
    "may_change",
    "name_of_group",
    "people_behind",
    "people_behind_url",
    "people_in",
    "people_with_url",
    "people_worth_url",
    "put_away",
    "sentence",
    "take_out_again",
    "tell_worths",
    "together",
    "usual_columns",
    "views_for",
    "write_filter",
]


def people_with_url(kind: str) -> str:
    """The list of those with whom something of this kind happened at least once."""
    return f"{everybody_url()}?{urlencode({'f': write_filter(all_of(Did(kind, 'at_least', 1)))})}"


def people_behind_url(gathering: UUID) -> str:
    """The list of those who were gathered behind a figure."""
    return f"{everybody_url()}?{urlencode({'f': write_filter(all_of(Behind(gathering)))})}"


def people_worth_url(low: Decimal | None, high: Decimal | None) -> str:
    """The list of those who are expected to bring between two sums, both included; None: no bound on that side."""
    ends = ([Worth("worth", "at_least", low)] if low is not None else []) + (
        [Worth("worth", "at_most", high)] if high is not None else []
    )
    return f"{everybody_url()}?{urlencode({'f': write_filter(all_of(*ends))})}" if ends else everybody_url()
