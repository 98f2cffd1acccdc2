"""How a text table is written: what separates its cells, what quotes them, where its header is."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from vincle.engine.tabular import column_names
from vincle.engine.tabular.cells import looks_like_data
from vincle.engine.tabular.limits import MAX_COLUMNS
from vincle.kernel.errors import BadInput

SPACES = " +"  # not a delimiter but a run of spaces: columns aligned by hand
NONE = "\x1f"  # a single column: a separator that the text does not use
_USUAL = (",", ";", "\t", "|")
_RARE = ("\x1f", "\x01", "^", "~", ":")
_RECORDS = 200
_PREAMBLE = 20
_RUN = re.compile(r" +")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to cut a text into records.

    `skipped` lines stand before the first row of data (titles, header); `header` is None when there is none.
    """

    delimiter: str
    quote: str = '"'
    escape: str | None = None
    skipped: int = 0
    header: tuple[str, ...] | None = None
    width: int = 1
    title: str = ""

    @property
    def shown(self) -> str:
        """How cells are separated, in words."""
        words = {"\t": "tabs", SPACES: "spaces", ",": "commas", ";": "semicolons", "|": "vertical bars"}
        if self.width == 1:
            return "a single column"
        return f"cells separated by {words.get(self.delimiter, repr(self.delimiter))}"


def sniff(text: str, delimiter: str | None = None) -> Dialect:
    """The dialect of a table that begins with `text` (cut anywhere).

    Raises `BadInput` when the header alone has more columns than we take.
    """
    _refuse_endless_header(text, delimiter)
    announced, text = _announced(text)
    skipped = 1 if announced else 0
    wanted = delimiter or announced
    quote, escape = _quoting(text)
    chosen = wanted or _delimiter(text, quote, escape)
    found = records(text, chosen, quote, escape, _RECORDS + _PREAMBLE)
    return _with_header(Dialect(chosen, quote, escape, skipped), found)


def _refuse_endless_header(text: str, delimiter: str | None) -> None:
    """A million columns are known by their first line, without cutting it."""
    line = text.split("\n", 1)[0]
    for one in (delimiter,) if delimiter and delimiter != SPACES else _USUAL:
        if line.count(one) > 5 * MAX_COLUMNS:
            column_names.refuse_too_many(line.count(one) + 1)


def records(text: str, delimiter: str, quote: str, escape: str | None, limit: int) -> list[tuple[list[str], int]]:
    """The first records of a text, each with the number of lines read when it ends."""
    return list(_records(text, delimiter, quote, escape, limit))


def _records(text: str, delimiter: str, quote: str, escape: str | None, limit: int) -> Iterator[tuple[list[str], int]]:
    lines = io.StringIO(text, newline="")
    if delimiter == SPACES:
        for number, line in enumerate(lines, start=1):
            if number > limit:
                return
            yield _RUN.split(line.strip(" \r\n")), number
        return
    reader = csv.reader(
        lines, delimiter=delimiter, quotechar=quote, escapechar=escape, doublequote=escape is None, strict=False
    )
    try:
        for record in reader:
            yield record, reader.line_num
            if reader.line_num >= limit:
                return
    except csv.Error:
        return


def _announced(text: str) -> tuple[str | None, str]:
    """Excel's own hint: a first line 'sep=;'."""
    line, end, rest = text.partition("\n")
    match = re.fullmatch(r'"?sep=(.)"?\r?', line, re.IGNORECASE)
    return (match[1], rest) if match and end else (None, text)


def _quoting(text: str) -> tuple[str, str | None]:
    """Double quotes unless there are none and cells stand between single ones; backslashes when quotes follow them."""
    sample = text[:65_536]
    if '"' not in sample:
        opened = len(re.findall(r"(?:^|[,;\t|])'", sample, re.MULTILINE))
        closed = len(re.findall(r"'(?=[,;\t|\r\n]|$)", sample))
        lines = sample.count("\n") + 1
        if opened >= lines and opened == closed:
            return "'", None
    if '\\"' in sample and '""' not in sample.replace(',""', "").replace('"",', ""):
        return '"', "\\"
    return '"', None


def _delimiter(text: str, quote: str, escape: str | None) -> str:
    sample = text[:262_144]
    for candidates, needed in ((_USUAL, 0.6), (_RARE, 0.95)):
        scored = [(_consistency(sample, one, quote, escape), one) for one in candidates if one in sample]
        best = max(scored, key=lambda pair: pair[0], default=((0.0, 0), ""))
        if best[0][0] >= needed:
            return best[1]
    if _aligned(sample):
        return SPACES
    # Nothing fits well: rather the usual separator that occurs in the first line than none.
    first = sample.split("\n", 1)[0]
    return next((one for one in _USUAL if one in first), NONE)


def _consistency(sample: str, delimiter: str, quote: str, escape: str | None) -> tuple[float, int]:
    """The share of records that have the commonest width (at least two), and that width."""
    widths = [len(record) for record, _ in records(sample, delimiter, quote, escape, _RECORDS) if record]
    if len(widths) > 1 and len(sample) >= 262_144:
        widths.pop()  # the sample may cut the last one
    if not widths:
        return 0.0, 0
    width, times = Counter(widths).most_common(1)[0]
    if width < 2:
        return 0.0, 0
    return times / len(widths), width


def _aligned(sample: str) -> bool:
    """Columns set with spaces: runs of them in most lines, and the same number of words in all."""
    lines = [line for line in sample.split("\n")[:_RECORDS] if line.strip()]
    if len(lines) < 2:
        return False
    words = Counter(len(line.split()) for line in lines)
    width, times = words.most_common(1)[0]
    padded = sum(line.startswith(" ") or "  " in line.strip() for line in lines)
    return width >= 2 and times >= 0.95 * len(lines) and padded >= 0.5 * len(lines)


def _with_header(dialect: Dialect, found: list[tuple[list[str], int]]) -> Dialect:
    """Skip titles above the table, then take the first record as names unless it is data itself."""
    full = [record for record, _ in found if any(cell.strip() for cell in record)]
    if not full:
        raise BadInput("The file holds nothing but empty lines.", "Check that it is the file you meant.")
    width = Counter(len(record) for record in full).most_common(1)[0][0]
    column_names.refuse_too_many(max(len(full[0]), width))
    place = _first_of_table(found, width)
    lines_before = found[place - 1][1] if place else 0
    title = " ".join(" ".join(record).strip() for record, _ in found[:place]).strip()
    first, after = found[place]
    has_header = not looks_like_data(first, [record for record in full if record is not first][:50])
    return replace(
        dialect,
        skipped=dialect.skipped + (after if has_header else lines_before),
        header=tuple(first) if has_header else None,
        width=len(first) if has_header else width,
        title=title,
    )


def _first_of_table(found: list[tuple[list[str], int]], width: int) -> int:
    """The place of the first record that is no title; of the first that holds anything when all look like titles."""
    full = [place for place, (record, _) in enumerate(found) if any(cell.strip() for cell in record)]
    return next((place for place in full if place < _PREAMBLE and not _is_title(found[place][0], width)), full[0])


def _is_title(record: list[str], width: int) -> bool:
    filled = sum(bool(cell.strip()) for cell in record)
    return width >= 2 and filled <= 1 and (len(record) < width or width >= 3)
