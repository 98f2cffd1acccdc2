"""Where steps run: embedded DuckDB by default, Spark where an installation outgrows one machine."""

from typing import Protocol

import pyarrow as pa

from vincle.engine.steps import Pipeline


class Runner(Protocol):
    """What an engine offers. Results are Arrow, in the order the last step asks for."""

    def run(self, pipeline: Pipeline) -> pa.Table:
        """What the pipeline's last step gives."""
        ...

    def keep(self, name: str, pipeline: Pipeline) -> None:
        """Compute a pipeline once; others read the result by `name` until `forget`."""
        ...

    def given(self, name: str, table: pa.Table) -> None:
        """Let steps read a table by `name` until `forget`."""
        ...

    def forget(self, name: str) -> None:
        """Let go of what was kept."""
        ...
