"""Asking for lists in tests."""

from typing import Any

from vincle.apps.lists.filters.language import Filter, Group, Leaf
from vincle.apps.lists.filters.reading import write

LIST = "/people/"
CHOOSE = "/lists/choose/"
CHANGE = "/lists/change/"


def f(*parts: Leaf | Group, match: Any = "all") -> str:
    """A filter as it stands in an address."""
    return write(Filter(match, parts))


def names(response) -> list[str]:
    """The people on the page, in order."""
    assert response.status_code == 200, response.content.decode()[:2000]
    return [line.name for line in response.context["lines"]]


def cells(response) -> list[list[str]]:
    """What the columns say, line by line."""
    return [[cell.text for cell in line.cells] for line in response.context["lines"]]
