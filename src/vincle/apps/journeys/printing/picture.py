"""A map as an A3 PDF, a PNG or an SVG, set by Typst.

The texts of a journey are data: they reach the template as one JSON value and are never part of its source, and the
template sees no file but those of its own folder. Two drawings of the same journey are the same bytes.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, cast

from django.utils import translation

from vincle.apps.journeys.printing.sheet import Chart, sheet_of
from vincle.engine.journeys.journey import Journey

Format = Literal["pdf", "png", "svg"]
FORMATS: dict[Format, str] = {"pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml"}

HERE = Path(__file__).resolve().parent
STAGES_ON_A_PAGE = 8
DENSITY = 144.0  # dots an inch, as long as there are no more than MOST_DOTS
MOST_DOTS = 24_000_000
MOST_LETTERS = 150_000  # of all texts together; of more, each is cut
_MADE = datetime(2000, 1, 1, tzinfo=UTC)  # every PDF says the same, so that equal journeys give equal bytes
_UNSPEAKABLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_ENDLESS = re.compile(r"\S{25,}")
_PIECE = re.compile(".{12}(?=.)")


def picture(
    journey: Journey,
    *,
    format: Format,  # noqa: A002 - what every library calls it
    language: str,
    labels: Mapping[str, str] | None = None,
    chart: Chart | None = None,
) -> bytes:
    """Draw `journey`, with the real figures beside when there is a `chart`.

    A PDF has pages of A3, with up to eight stages on each and the letters as large as fit; a PNG and an SVG are one
    picture, wider than A3 from nine stages on and as high as it has to be. When all texts together are longer than
    `MOST_LETTERS`, the long ones are cut, and the picture says so.
    """
    import typst

    with translation.override(language):
        told = _bounded(_speakable(asdict(sheet_of(journey, chart, labels))))
    columns = len(journey.stages)
    pages = -(-columns // STAGES_ON_A_PAGE) if format == "pdf" else 1
    told |= {"lang": language.partition("-")[0], "paged": format == "pdf", "pages": _shared(columns, pages)}
    compiler = typst.Compiler(
        str(HERE / "map.typ"), root=str(HERE), font_paths=[str(HERE / "fonts")], sys_inputs={"sheet": json.dumps(told)}
    )
    if format == "png":
        return cast("bytes", compiler.compile(format=format, ppi=_density(compiler)))
    return cast("bytes", compiler.compile(format=format, timestamp=_MADE))


def _density(compiler: Any) -> float:
    """As fine as `MOST_DOTS` allow for a picture of this size."""
    size = json.loads(compiler.query("<size>", field="value", one=True, format="json"))
    inches = size["width"] / 72 * size["height"] / 72
    return float(min(DENSITY, (MOST_DOTS / inches) ** 0.5))


def _shared(columns: int, pages: int) -> list[list[int]]:
    """First and last (not included) column of each page, as evenly as can be."""
    edges = [round(columns * page / pages) for page in range(pages + 1)]
    return [[first, last] for first, last in pairwise(edges)]


def _bounded(told: dict[str, Any]) -> dict[str, Any]:
    """The same with its texts cut where there is too much of them; `words.cut` stays only then."""
    lengths = list(_lengths(told))
    if sum(lengths) <= MOST_LETTERS:
        told["words"].pop("cut")
        return told
    cut: dict[str, Any] = _cut(told, MOST_LETTERS // len(lengths))
    return cut | {"words": told["words"]}


def _lengths(told: Any) -> Iterator[int]:
    if isinstance(told, str):
        if told:
            yield len(told)
    elif isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from _lengths(each)


def _cut(told: Any, letters: int) -> Any:
    if isinstance(told, str):
        return told if len(told) <= letters else f"{told[: letters - 1]}…"
    if isinstance(told, dict):
        return {name: _cut(each, letters) for name, each in told.items()}
    return [_cut(each, letters) for each in told] if isinstance(told, list) else told


def _speakable(told: Any) -> Any:
    """The same without characters that no font draws, and with places where a word longer than a line may break."""
    if isinstance(told, str):
        plain = _UNSPEAKABLE.sub("", told.replace("\t", " "))
        return _ENDLESS.sub(lambda found: _PIECE.sub("\\g<0>\u200b", found.group()), plain)
    if isinstance(told, dict):
        return {name: _speakable(each) for name, each in told.items()}
    return [_speakable(each) for each in told] if isinstance(told, list) else told
