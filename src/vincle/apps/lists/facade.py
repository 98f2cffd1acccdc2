"""What other rooms may call."""

from vincle.apps.lists.actions.demonstration import keep_demo_views
from vincle.apps.lists.columns import Column, column_words, usual_columns
from vincle.apps.lists.filters.reading import write as write_filter
from vincle.apps.lists.filters.words import sentence
from vincle.apps.lists.queries.asked import Asked, asked, together
from vincle.apps.lists.queries.cells import cells
from vincle.apps.lists.queries.views import may_change, views_for

__all__ = [
    "Asked",
    "Column",
    "asked",
    "cells",
    "column_words",
    "keep_demo_views",
    "may_change",
    "sentence",
    "together",
    "usual_columns",
    "views_for",
    "write_filter",
]
