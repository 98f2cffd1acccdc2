"""A capability is a list of named SQL steps that can be read one by one, run on DuckDB, and carried to Spark.

Every step is one SELECT in DuckDB's dialect. It may read the views of the log (`vincle.engine.views`), any
step before it by name, parameters as `$name`, and the functions of `vincle.engine.portable`. Values never
become text: they are put into the syntax tree as literals.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import sqlglot
from sqlglot import exp

from vincle.engine.portable import for_engine

Value = str | int | float | bool | Decimal | date | datetime | list[str] | list[int] | None


@dataclass(frozen=True, slots=True)
class Step:
    """One SELECT with a name that later steps can read it by, and a sentence that says what it gives."""

    name: str
    sql: str
    doc: str


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Steps in order, the last of which is the result, and the values of their parameters."""

    steps: tuple[Step, ...]
    parameters: Mapping[str, Value] = field(default_factory=dict)

    def bound(self, **parameters: Value) -> "Pipeline":
        """The same steps with these values as well."""
        return Pipeline(self.steps, {**self.parameters, **parameters})

    def upto(self, name: str) -> "Pipeline":
        """The steps until the one called `name`, to look at what it gives. Raises `KeyError` when there is
        none.
        """
        names = [step.name for step in self.steps]
        if name not in names:
            raise KeyError(name)
        return Pipeline(self.steps[: names.index(name) + 1], self.parameters)

    def then(self, *steps: Step, **parameters: Value) -> "Pipeline":
        """These steps followed by more."""
        return Pipeline((*self.steps, *steps), {**self.parameters, **parameters})

    def sql(self, dialect: str = "duckdb", *, pretty: bool = False) -> str:
        """One statement: the steps as common table expressions, the last one selected.

        `dialect` is `duckdb` or `spark`. Raises `KeyError` for a parameter without a value.
        """
        composed = exp.select("*").from_(exp.to_table(self.steps[-1].name))
        for step in self.steps:
            composed = composed.with_(step.name, self._tree(step, dialect), copy=False)
        return str(composed.sql(dialect, pretty=pretty))

    def explain(self, dialect: str = "duckdb") -> str:
        """What is done, step by step: name, meaning, SQL."""
        told = (
            f"-- {number}. {step.name}: {step.doc}\n{self._tree(step, dialect).sql(dialect, pretty=True)}\n"
            for number, step in enumerate(self.steps, start=1)
        )
        return "\n".join(told)

    def _tree(self, step: Step, dialect: str) -> exp.Expression:
        tree = sqlglot.parse_one(step.sql, dialect="duckdb")
        return for_engine(tree.transform(self._literal), dialect)

    def _literal(self, node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Placeholder):
            return node
        return exp.convert(self.parameters[node.name])
