"""The journeys to begin with are whole in every language."""

from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest

from vincle.apps.journeys.patterns import Pattern, patterns
from vincle.engine.journeys.journey import Journey, from_data
from vincle.flow.catalogue import LANGUAGES, builtin
from vincle.web.sprite import drawn

pytestmark = pytest.mark.once

_LANES = ("wants", "does", "dissatisfies", "front", "back", "opportunities")
_BY_CHANCE = 24  # letters: shorter texts may be alike in two languages that are so near


def each(language: str) -> list[Journey]:
    return [from_data(pattern.document(language)) for pattern in patterns()]


def bare(told: Any) -> Any:
    """A document without its texts for people: what has to be the same in every language."""
    if isinstance(told, list):
        return [bare(part) for part in told]
    if isinstance(told, dict):
        texts = {*_LANES, "name", "about", "words"}
        return {name: (name in texts and isinstance(part, str)) or bare(part) for name, part in told.items()}
    return told


def texts(told: Any, path: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    if isinstance(told, list):
        for number, part in enumerate(told):
            yield from texts(part, f"{path}.{number}")
    elif isinstance(told, dict) and set(told) & set(LANGUAGES):
        yield path, told
    elif isinstance(told, dict):
        for name, part in told.items():
            yield from texts(part, f"{path}.{name}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_is_a_document_that_can_be_used_as_it_stands(language: str) -> None:
    assert len(each(language)) == 6
    for journey in each(language):
        for stage in journey.stages:
            assert all(getattr(stage, lane) for lane in _LANES), stage.key
            assert stage.enters, stage.key
            assert stage.touchpoints, stage.key
            assert stage.feels is not None, stage.key


def test_the_seven_stages_of_a_client_are_those_of_the_field() -> None:
    assert [stage.name for stage in each("en")[0].stages] == [
        "Prior information", "Before use", "First use", "Advanced use", "Updates", "Maintenance", "Problem solving",
    ]  # fmt: skip


def test_every_kind_is_one_of_the_catalogue() -> None:
    used = set()
    for journey in each("en"):
        used |= {journey.aim.kind} - {""} if journey.aim else set()
        for stage in journey.stages:
            used.update(kind for part in (*stage.enters, *stage.touchpoints) for kind in part.kinds)
    assert used - set(builtin()) == set()


def test_every_icon_is_one_we_carry() -> None:
    assert {pattern.icon for pattern in patterns()} - drawn() == set()


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.key)
def test_only_the_texts_differ_between_languages(pattern: Pattern) -> None:
    shapes = [bare(pattern.document(language)) for language in LANGUAGES]
    assert shapes[0] == shapes[1] == shapes[2]


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.key)
def test_every_text_stands_in_the_three_languages(pattern: Pattern) -> None:
    for path, said in texts({"name": pattern.names, "words": pattern.about, "document": pattern.told}):
        assert set(said) == set(LANGUAGES), path
        assert all(text.strip() for text in said.values()), path
        for one, other in combinations(said.values(), 2):
            assert one != other or len(one) < _BY_CHANCE, path
