"""The decorator by which one test speaks for every engine."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import pytest

from vincle.engine.runners import Runner
from vincle.engine.steps import Pipeline


class Given(Protocol):
    """Makes a mirror of these rows, of which the identities in `restricted` are only kept, and opens it."""

    def __call__(
        self, tables: Mapping[str, Sequence[Mapping[str, Any]]], *, restricted: Sequence[int] = ()
    ) -> Runner: ...


on_both_engines = pytest.mark.parametrize(
    "engine", ["duckdb", pytest.param("spark", marks=pytest.mark.spark)], indirect=True
)


def rows(runner: Runner, pipeline: Pipeline) -> list[dict[str, Any]]:
    """What a pipeline gives, as plain rows."""
    return list(runner.run(pipeline).to_pylist())


def values(runner: Runner, pipeline: Pipeline) -> list[tuple[Any, ...]]:
    """What a pipeline gives, as tuples."""
    return [tuple(row.values()) for row in rows(runner, pipeline)]
