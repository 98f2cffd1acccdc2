"""Figures of people as a file: CSV or Parquet, by its ending; and amounts as people read them."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from vincle.kernel.errors import BadInput

if TYPE_CHECKING:
    import pyarrow as pa

OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write a row for each person there: .csv or .parquet."),
]
_ENDINGS = (".csv", ".parquet")


def refuse_ending(path: Path | None) -> None:
    """Raise `BadInput` for a file that is neither, before anything is worked out."""
    if path is not None and path.suffix.lower() not in _ENDINGS:
        raise BadInput(f"The ending of {path.name} says no format that we write.", "Name it .csv or .parquet.")
    if path is not None and not path.absolute().parent.is_dir():
        raise BadInput(f"There is no folder {path.parent}.", "Make it first, or name another.")


def write(table: "pa.Table", path: Path) -> None:
    """Write the rows. Of CSV, a text that a spreadsheet would run as a formula gets an apostrophe in front."""
    import pyarrow as pa
    import pyarrow.csv
    import pyarrow.parquet

    try:
        if path.suffix.lower() == ".parquet":
            pa.parquet.write_table(table, path)
            return
        texts = [name for name in table.column_names if pa.types.is_string(table.schema.field(name).type)]
        for name in texts:
            place = table.column_names.index(name)
            table = table.set_column(place, name, _guarded(table.column(name)))
        pa.csv.write_csv(table, path, pa.csv.WriteOptions(quoting_style="needed"))
    except OSError as error:
        raise BadInput(f"{path} cannot be written: {error.strerror or error}.") from error


def exact(scaled: "pa.ChunkedArray | pa.Array") -> "pa.ChunkedArray":
    """Ten-thousandths as decimals."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = pc.cast(scaled, pa.decimal128(28, 0))
    return pc.multiply(whole, pa.scalar(Decimal("0.0001"), pa.decimal128(5, 4))).cast(pa.decimal128(34, 4))


def money(amount: Decimal | float, currency: str = "") -> str:
    """With two decimals."""
    # Nothing taken off is nothing, not minus nothing.
    return f"{amount + 0:,.2f}{f' {currency}' if currency else ''}"


def _guarded(texts: "pa.ChunkedArray") -> "pa.ChunkedArray":
    import pyarrow as pa
    import pyarrow.compute as pc

    from vincle.engine.tabular.cells import guarded

    risky = pc.fill_null(pc.match_substring_regex(texts, r"^[=+\-@\t\r]"), False)
    if not pc.any(risky).as_py():
        return texts
    mended = pa.array([guarded(text) for text in texts.filter(risky).to_pylist()], pa.string())
    return pa.chunked_array([pc.replace_with_mask(texts.combine_chunks(), risky.combine_chunks(), mended)])
