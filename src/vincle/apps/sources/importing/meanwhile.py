"""The mirror copies what has entered while the rest of a file is still being read: a core is idle then."""

import logging
from threading import Thread
from types import TracebackType

from vincle.flow import mirror
from vincle.kernel.errors import VincleError
from vincle.kernel.home import Home

EVERY = 600_000  # interactions that make a copy worth starting

logger = logging.getLogger(__name__)


class Meanwhile:
    """Copies side by side with an import, one copy at a time; a context manager that ends when the copy has."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._copying: Thread | None = None
        self._copied = 0
        self._failed = False

    def __enter__(self) -> "Meanwhile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._copying is not None:
            self._copying.join()

    def entered(self, interactions: int) -> None:
        """So many have entered by now: start a copy when there is enough to copy and none is under way."""
        if interactions - self._copied >= EVERY:
            self._start(interactions)

    def all_entered(self, interactions: int) -> None:
        """That was the last of a long file: copy the rest while people's sums are brought up to date."""
        if 0 < self._copied < interactions:
            self._start(interactions)

    def _start(self, interactions: int) -> None:
        if self._failed or (self._copying is not None and self._copying.is_alive()):
            return
        self._copied = interactions
        self._copying = Thread(target=self._copy, name="mirror", daemon=True)
        self._copying.start()

    def _copy(self) -> None:
        try:
            mirror.refresh(self._home)
        except VincleError as error:
            # Whoever asked for the import brings the mirror up to date when it is in, and is told then.
            self._failed = True
            logger.warning("The mirror cannot follow the import: %s", error)
