"""Journeys to begin with: six designed ones, whole, in the three languages.

    for pattern in patterns():
        pattern.document("ca")        # what `engine.journeys.journey.from_data` reads

Each is a TOML file in the folder `patterns`, in which a text stands in the three languages at once, so that whoever
mends one sees the others. Owners are left empty: who owns a stage is for each house to say.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import get_language

from vincle.flow.catalogue import LANGUAGES

ORDER = ("client", "purchase", "member", "learner", "employee", "case")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A journey to begin with; `names` and `about` by language, `told` the document with its texts in all of them."""

    key: str
    icon: str
    names: dict[str, str]
    about: dict[str, str]
    told: dict[str, Any]

    @property
    def name(self) -> str:
        """What it is called, in the reader's language."""
        return _said(self.names, get_language() or "en")

    @property
    def words(self) -> str:
        """For whom it is, in a sentence or two, in the reader's language."""
        return _said(self.about, get_language() or "en")

    def document(self, language: str) -> dict[str, Any]:
        """The journey itself in a language, in English when there is no such one."""
        told: dict[str, Any] = _in(self.told, language)
        return told


@cache
def patterns() -> list[Pattern]:
    """All of them, in the order in which they are offered."""
    return [_read(key) for key in ORDER]


def _read(key: str) -> Pattern:
    told = tomllib.loads(files("vincle.apps.journeys").joinpath("patterns", f"{key}.toml").read_text("utf-8"))
    return Pattern(told["key"], told["icon"], told["name"], told["words"], told["document"])


def _in(told: Any, language: str) -> Any:
    """The same without the other languages."""
    if isinstance(told, list):
        return [_in(each, language) for each in told]
    if not isinstance(told, dict):
        return told
    if set(told) == set(LANGUAGES):
        return _said(told, language)
    return {name: _in(each, language) for name, each in told.items()}


def _said(texts: dict[str, str], language: str) -> str:
    return texts.get(language.partition("-")[0], texts["en"])
