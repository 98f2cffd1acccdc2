"""The decorator by which one test speaks for every engine."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from vincle.engine.runners import Runner
from vincle.engine.steps import Pipeline

Given = Callable[[Mapping[str, Sequence[Mapping[str, Any]]]], Runner]

on_both_engines = pytest.mark.parametrize(
    "engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)], indirect=True
)


def rows(runner: Runner, pipeline: Pipeline) -> list[dict[str, Any]]:
    """What a pipeline gives, as plain rows."""
    return list(runner.run(pipeline).to_pylist())


def values(runner: Runner, pipeline: Pipeline) -> list[tuple[Any, ...]]:
    """What a pipeline gives, as tuples."""
    return [tuple(row.values()) for row in rows(runner, pipeline)]
