"""A bar on standard error while work goes on; nothing when nobody watches."""

import sys
from collections.abc import Callable


class shown_progress:  # noqa: N801 - read as a phrase
    """`with shown_progress("orders.csv") as progress:` draws a bar on standard error while work goes on."""

    def __init__(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TextColumn("{task.percentage:>3.0f} %"),
            TextColumn("{task.fields[rows]} rows"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        self._task = self._progress.add_task(what, total=1.0, rows="0")

    def __enter__(self) -> Callable[[float, int], None]:
        self._progress.start()
        return self._note

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def _note(self, share: float, rows: int) -> None:
        self._progress.update(self._task, completed=share, rows=f"{rows:,}")
