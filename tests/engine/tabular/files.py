"""Files to read, and what comes out of them."""

import zipfile
from collections.abc import Callable
from collections.abc import Mapping as Dict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from vincle.engine.tabular import Mapping, Reader, open_file, shape
from vincle.engine.tabular.mapping import What, When, Who

Write = Callable[..., Path]


@dataclass(frozen=True)
class Found:
    """Everything a reader gives: rows as dictionaries with their number under `row`, rejects as (row, reason)."""

    reader: Reader
    rows: list[dict[str, Any]]
    rejects: list[tuple[int, str]]
    raw: list[str]


def read(path: Path, *, rows: int = 100_000, **options: str) -> Found:
    """Open a file and read it to its end, `rows` at a time."""
    reader = open_file(path, **options)
    found: list[dict[str, Any]] = []
    rejects: list[tuple[int, str]] = []
    raw: list[str] = []
    for run in reader.chunks(rows):
        found += run.table.to_pylist()
        rejects += list(zip(run.rejects["row"].to_pylist(), run.rejects["reason"].to_pylist(), strict=True))
        raw += run.rejects["raw"].to_pylist()
    return Found(reader, found, rejects, raw)


def column(path: Path, name: str, **options: str) -> list[str | None]:
    """The cells of one column."""
    return [row[name] for row in read(path, **options).rows]


@dataclass(frozen=True)
class Tables:
    """The five tables of a whole file."""

    interactions: pa.Table
    links: pa.Table
    observations: pa.Table
    objects: pa.Table
    rejects: pa.Table

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.interactions.to_pylist()

    @property
    def reasons(self) -> list[str]:
        return self.rejects["reason"].to_pylist()


def shaped(
    path: Path,
    mapping: Mapping,
    *,
    chunk_rows: int = 100_000,
    known: Dict[str, str] | None = None,
    **options: str,
) -> Tables:
    """Shape a whole file and put its chunks together."""
    chunks = list(shape(open_file(path, **options), mapping, chunk_rows=chunk_rows, known=known))
    names = ("interactions", "links", "observations", "objects", "rejects")
    return Tables(*(pa.concat_tables([getattr(chunk, name) for chunk in chunks]) for name in names))


def visits(**changes: Any) -> Mapping:
    """A mapping for files with the columns who and when; `changes` override its parts."""
    parts: dict[str, Any] = {
        "source": "shop",
        "who": (Who("who", "customer_id"),),
        "when": When("when"),
        "what": What(kind="page.viewed"),
    }
    return Mapping(**{**parts, **changes})


def zipped(path: Path, parts: Dict[str, str | bytes]) -> Path:
    """A ZIP archive with these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path
