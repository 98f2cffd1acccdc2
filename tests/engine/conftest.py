"""Engine tests run on every engine there is: `@on_both_engines` and the fixture `engine`."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from engine.engines import Given
from engine.mirrored import mirror
from vincle.engine.log import Log
from vincle.engine.runners import Runner
from vincle.engine.runners.spark import open_log, session


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    pytest.importorskip("pyspark", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Java is not installed")
    options = {"spark.master": "local[2]", "spark.sql.shuffle.partitions": "2", "spark.ui.enabled": "false"}
    started = session("vincle-tests", **options)
    yield started
    started.stop()


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Given]:
    """A function that takes rows of the mirror's tables and returns a runner whose views show them."""
    opened: list[Log] = []

    def on_duckdb(tables: Mapping[str, Sequence[Mapping[str, Any]]], *, restricted: Sequence[int] = ()) -> Runner:
        log = Log(mirror(tmp_path / "home", tables, restricted=restricted))
        opened.append(log)
        return log.runner

    def on_spark(tables: Mapping[str, Sequence[Mapping[str, Any]]], *, restricted: Sequence[int] = ()) -> Runner:
        return open_log(mirror(tmp_path / "home", tables, restricted=restricted), request.getfixturevalue("spark"))

    if request.param == "spark":
        request.getfixturevalue("spark")
    yield on_spark if request.param == "spark" else on_duckdb
    for log in opened:
        log.close()
