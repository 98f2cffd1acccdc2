"""The same steps on Apache Spark, for logs that one machine cannot hold (the `spark` extra)."""

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from vincle.engine.layout import TABLES, used
from vincle.engine.published import read_current, table_files
from vincle.engine.steps import Pipeline
from vincle.engine.views import TABLE_NAMES, VIEWS
from vincle.kernel.errors import NotReady
from vincle.kernel.home import Home

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def session(name: str = "vincle", **options: str) -> "SparkSession":
    """A Spark session that reads instants as UTC, as the mirror writes them; `options` are Spark's own.

    Raises `NotReady` when pyspark is not installed.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise NotReady(
            "Spark is not installed.", "“pip install vincle[spark]” brings it; Java 17 must be there."
        ) from error
    builder = SparkSession.builder.appName(name).config("spark.sql.session.timeZone", "UTC")
    for option, value in options.items():
        builder = builder.config(option, value)
    return builder.getOrCreate()


def open_log(home: Home, spark: "SparkSession") -> "SparkRunner":
    """The log of a home folder on Spark: the same views as `vincle.engine.open`, in one consistent state."""
    runner = SparkRunner(spark)
    current = read_current(home.mirror)
    files = table_files(home.mirror, current)
    restricted = current.restricted if current else ()
    for name, schema in TABLES.items():
        runner.files(TABLE_NAMES.get(name, name), schema, files.get(name, []), which=used(name, restricted))
    for name, pipeline in VIEWS.items():
        runner.view(name, pipeline)
    return runner


class SparkRunner:
    """Runs on a session whose views the steps read."""

    dialect = "spark"

    def __init__(self, spark: "SparkSession") -> None:
        self._spark = spark
        self._kept: dict[str, Any] = {}

    def run(self, pipeline: Pipeline) -> pa.Table:
        """What the last step gives."""
        return self._spark.sql(pipeline.sql(self.dialect)).toArrow()

    def view(self, name: str, pipeline: Pipeline) -> None:
        """Let steps read what the pipeline gives by `name`, computed whenever it is read."""
        self._spark.sql(pipeline.sql(self.dialect)).createOrReplaceTempView(name)

    def files(self, name: str, schema: pa.Schema, files: list[str], *, which: str = "true") -> None:
        """Let steps read by `name` those rows of Parquet files that meet the condition `which`; an empty table of
        `schema` when there are none."""
        rows = self._spark.read.parquet(*files) if files else self._spark.createDataFrame(schema.empty_table())
        rows.where(which).createOrReplaceTempView(name)

    def keep(self, name: str, pipeline: Pipeline) -> None:
        """Compute once; read by `name`."""
        frame = self._spark.sql(pipeline.sql(self.dialect)).cache()
        frame.createOrReplaceTempView(name)
        self._kept[name] = frame

    def given(self, name: str, table: pa.Table) -> None:
        """Let steps read a table by `name`."""
        frame = self._spark.createDataFrame(table)
        frame.createOrReplaceTempView(name)
        self._kept[name] = frame

    def forget(self, name: str) -> None:
        """Let go of what was kept."""
        frame = self._kept.pop(name, None)
        if frame is not None:
            self._spark.catalog.dropTempView(name)
            frame.unpersist()
