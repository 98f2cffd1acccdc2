"""Small files of transactions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from vincle.engine.value.transactions import Transactions, read

Row = tuple[str, str, str]


@contextmanager
def opened(folder: Path, rows: Sequence[Row], **options: Any) -> Iterator[Transactions]:
    """Transactions of (who, day, amount) as texts."""
    path = folder / "orders.csv"
    path.write_text("\n".join(["who,day,paid", *(",".join(row) for row in rows)]) + "\n", "utf-8")
    asked = {"customer": "who", "time": "day", "amount": "paid", "today": date(2025, 1, 1)} | options
    with read(path, **asked) as log:
        yield log
