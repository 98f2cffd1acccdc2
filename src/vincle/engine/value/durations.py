"""How long people stayed and whether they ended then, from two columns of a file."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from vincle.engine.tabular.numbers import Amounts
from vincle.engine.tabular.opening import open_file
from vincle.engine.tabular.workbench import Workbench
from vincle.engine.value.transaction_rows import cells_of, column_of, decimal_of
from vincle.kernel.errors import BadInput

_YES = ("1", "1.0", "true", "t", "yes", "y", "si", "sí", "s", "cert", "verdadero", "ended", "lost")
_NO = ("0", "0.0", "false", "f", "no", "n", "fals", "falso", "censored", "active")


def read_durations(
    path: Path | str, *, duration: str, ended: str
) -> tuple[NDArray[np.float64], NDArray[np.bool_], dict[str, int]]:
    """How long each stayed (a number of 0 or more, in any unit) and whether they ended then (yes or no, 1 or 0), for
    `kaplan_meier`; and how many rows were left out, for want of what.

    Raises `BadInput` for a file or a column that is not there, a duration below nought, or no row that can be used.
    """
    reader = open_file(path)
    columns = [column_of(reader, duration, "duration"), column_of(reader, ended, "end (yes or no)")]
    lengths, ends = [], []
    with Workbench() as bench:
        amounts = Amounts(bench, decimal_of(reader, columns[0]))
        for chunk in reader.chunks():
            cells = [cells_of(chunk.table, name) for name in columns]
            # As money is read: exact to the ten-thousandth, which is finer than any duration that is kept.
            lengths.append(pc.divide(amounts.money(cells[0])[0].cast(pa.float64()), 1e4))
            ends.append(_answers(cells[1]))
    stayed, gone = pa.chunked_array(lengths, pa.float64()), pa.chunked_array(ends, pa.bool_())
    left_out = {"duration": stayed.null_count, "ended": gone.null_count}
    whole = pc.and_(stayed.is_valid(), gone.is_valid())
    if not pc.any(whole).as_py():
        raise BadInput(
            f"No row of “{reader.name}” says how long and whether it ended.",
            f"“{columns[0]}” must be a number, “{columns[1]}” yes or no, 1 or 0.",
        )
    return (
        stayed.filter(whole).to_numpy(),
        gone.filter(whole).to_numpy(),
        {what: number for what, number in left_out.items() if number},
    )


def _answers(cells: pa.Array) -> pa.Array:
    words = pc.utf8_lower(pc.utf8_trim_whitespace(cells))
    yes, no = (pc.is_in(words, pa.array(known)) for known in (_YES, _NO))
    return pc.if_else(yes, True, pc.if_else(no, False, pa.scalar(None, pa.bool_())))
