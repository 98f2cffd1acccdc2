"""Any file of what happened, as the canonical tables of `vincle.engine.shaped`.

    reader = open_file("sales.csv")
    found = guess(reader, source="shop", timezone="Europe/Madrid", country="ES", currency="EUR")
    for shaped in shape(reader, found.mapping):
        ...

`open_file` reads CSV, TSV, XLSX, JSON Lines, Parquet, XES and OCEL 2.0; `guess` says which column is who, when, what
and the rest, with reasons and questions; `Mapping` fixes it and is kept as TOML; `shape` gives the tables;
`write_rejects` keeps what could not enter in a file that can be mended and imported again.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vincle.engine.tabular.guesses import Guess, Question, Reason
    from vincle.engine.tabular.guessing import guess
    from vincle.engine.tabular.kinds import KINDS, kind_of
    from vincle.engine.tabular.mapping import Mapping
    from vincle.engine.tabular.names import rejects_path, source_name
    from vincle.engine.tabular.opening import open_file
    from vincle.engine.tabular.reader import Raw, Reader
    from vincle.engine.tabular.rejects import write_rejects
    from vincle.engine.tabular.shaping import shape

_HOMES = {
    "Guess": "guesses",
    "KINDS": "kinds",
    "Mapping": "mapping",
    "Question": "guesses",
    "Raw": "reader",
    "Reader": "reader",
    "Reason": "guesses",
    "guess": "guessing",
    "kind_of": "kinds",
    "open_file": "opening",
    "rejects_path": "names",
    "shape": "shaping",
    "source_name": "names",
    "write_rejects": "rejects",
}
__all__ = [
    "KINDS", "Guess", "Mapping", "Question", "Raw", "Reader", "Reason", "guess", "kind_of", "open_file", "rejects_path",
    "shape", "source_name", "write_rejects",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """Load a part when it is first asked for: a mapping must not cost the start-up of DuckDB and Arrow."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
