"""Ids for rows that bring none: the same row always gets the same id, wherever it stands in whichever file."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.repeats import Counts, Keys

# Microseconds from 0001-01-01 to 1970-01-01, so that every moment we hold is a positive number.
OFFSET = 62_135_596_800_000_000

_HEX = np.frombuffer("".join(f"{byte:02x}" for byte in range(256)).encode(), np.uint16)


def content_ids(micros: npt.NDArray[np.int64], contents: Keys, times: Counts) -> pa.Array:
    """32 hexadecimal digits: 16 of the moment (microseconds since the year 1), 16 of the content's MD5.

    `contents` are the first eight bytes of the MD5, in memory order. The second of two identical rows has '-2' behind
    it, the third '-3' ...; `times` counts them.
    """
    moments = (micros + OFFSET).astype(">u8")
    halves = np.stack([moments.view(np.uint8).reshape(-1, 8), contents.view(np.uint8).reshape(-1, 8)], axis=1)
    digits = _HEX[halves.reshape(len(micros), 16)]
    offsets = np.arange(0, 32 * (len(micros) + 1), 32, dtype=np.int32)
    ids = pa.StringArray.from_buffers(len(micros), pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(digits)))
    repeated = times > 1
    if not repeated.any():
        return ids
    suffixes = pc.binary_join_element_wise("-", pa.array(times[repeated]).cast(pa.string()), "")
    return pc.replace_with_mask(
        ids, pa.array(repeated), pc.binary_join_element_wise(ids.filter(pa.array(repeated)), suffixes, "")
    )
