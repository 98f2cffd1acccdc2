"""Files of ours that come back: rejects that somebody has mended."""

import pyarrow.compute as pc

from vincle.engine.tabular.reader import Reader

LINE, REASON = "line", "reason"
_LOOKED_AT = 1000


def recognise(reader: Reader) -> None:
    """Leave out the `line` and `reason` that `write_rejects` put beside each row, so that ids come out as before.

    They are taken for ours when they are the last two columns and every line is a number that no other row has.
    """
    if reader.columns[-2:] != (LINE, REASON) or len(reader.columns) < 3:
        return
    sample = reader.sample(_LOOKED_AT)
    lines = pc.drop_null(sample.column(LINE))
    numbers = pc.match_substring_regex(lines, r"^[1-9][0-9]*$")
    if len(lines) and pc.all(numbers).as_py() and pc.count_distinct(lines).as_py() == len(lines):
        reader.leave_out((LINE, REASON), "The columns “line” and “reason” of an earlier import are ignored.")
