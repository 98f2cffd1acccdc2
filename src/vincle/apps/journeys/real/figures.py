"""A number on the page and the people behind it."""

from collections.abc import Callable
from dataclasses import dataclass

from vincle.engine.journeys.figures import figure as figure_of

BehindUrl = Callable[[str], str]
"""The address of the people behind a figure (`entered:KEY`, see `vincle.engine.journeys.behind`); empty for none."""


@dataclass(frozen=True)
class Count:
    """How many; `said` is all of it in words, for who only hears the link, and `url` leads to the people."""

    number: int
    said: str
    url: str = ""


def count(number: int, said: str, behind_url: BehindUrl, *figure: str) -> Count:
    """A number that leads to the people behind the `figure` of these words; nobody is behind 0."""
    return Count(number, said, behind_url(figure_of(*figure)) if number else "")
