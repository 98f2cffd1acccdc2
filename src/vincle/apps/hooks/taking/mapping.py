"""The mapping of a hook. Where no column says when, it happens when it arrives."""

from dataclasses import replace
from datetime import datetime

from vincle.engine import tabular
from vincle.kernel.clock import EPOCH
from vincle.kernel.errors import BadInput


def read_mapping(toml: str) -> str:
    """A mapping as it is kept: without a moment of its own. Raises `BadInput` for what is none for happenings."""
    mapping = tabular.Mapping.from_toml(toml)
    if mapping.rows != "happenings":
        raise BadInput("A program sends what happens, not a list of people.")
    at_arrival(toml, EPOCH).check([column for _key, column in mapping.columns()])
    return replace(mapping, when=replace(mapping.when, moment=None)).to_toml()


def at_arrival(toml: str, moment: datetime) -> tabular.Mapping:
    """The mapping for what arrives at `moment`."""
    mapping = tabular.Mapping.from_toml(toml)
    if mapping.when.column is None:
        mapping = replace(mapping, when=replace(mapping.when, moment=moment.isoformat()))
    return mapping


def columns_of(toml: str) -> list[str]:
    """The columns that a mapping names, which a single delivery may lack."""
    return list(dict.fromkeys(column for _key, column in tabular.Mapping.from_toml(toml).columns())) if toml else []
