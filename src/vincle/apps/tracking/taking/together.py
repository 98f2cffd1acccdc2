"""Group commit: requests that arrive while others are being committed are committed together, by one thread.

A commit costs little more for a thousand events than for a hundred. One thread with a connection of its own writes for
all; nobody is answered before their own events are in.
"""

import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from django.db import OperationalError, connection

from vincle.apps.tracking import actions
from vincle.apps.tracking.models import WriteKey
from vincle.apps.tracking.taking.entering import enter
from vincle.flow.incoming.taken import Taken
from vincle.kernel import clock

MOST = 4_000  # events of one commit, so that nobody waits long


@dataclass(slots=True, eq=False)
class _Request:
    taken: Taken
    key: WriteKey
    done: threading.Event = field(default_factory=threading.Event)
    error: BaseException | None = None


def take(taken: Taken, *, key: WriteKey) -> None:
    """Return when everything of `taken` is committed; raises what kept it from being so.

    Inside a transaction it becomes part of that one.
    """
    request = _Request(taken, key)
    if connection.in_atomic_block:
        _commit([request], now=clock.now())
    else:
        _writer.put(request)
        request.done.wait()
    if request.error is not None:
        raise request.error


class _Writer:
    """The one thread that writes; it begins with the first request and sleeps when there is none."""

    def __init__(self) -> None:
        self._waiting: deque[_Request] = deque()
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None

    def put(self, request: _Request) -> None:
        with self._change:
            self._waiting.append(request)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="tracking-writer", daemon=True)
                self._thread.start()
            self._change.notify()

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting)
                chosen = self._next()
            if connection.vendor == "postgresql":
                connection.close_if_unusable_or_obsolete()
            _commit(chosen, now=clock.now())
            if any(each.error for each in chosen):
                connection.close()

    def _next(self) -> list[_Request]:
        """Who is committed now: whoever waits longest, and others of the same source as far as there is room."""
        chosen = [self._waiting.popleft()]
        size, rest = chosen[0].taken.size, []
        while self._waiting:
            other = self._waiting.popleft()
            if other.key.of_id == chosen[0].key.of_id and size + other.taken.size <= MOST:
                chosen.append(other)
                size += other.taken.size
            else:
                rest.append(other)
        self._waiting.extend(rest)
        return chosen


def _commit(requests: list[_Request], *, now: datetime) -> None:
    together = Taken()
    for each in requests:
        together.extend(each.taken)
    try:
        enter(together, of=requests[0].key.of, now=now)
        for key in {each.key.pk: each.key for each in requests}.values():
            actions.note_use(key, now=now)
    except Exception as error:  # noqa: BLE001 - raised again in the thread whose request it was
        if len(requests) > 1 and not isinstance(error, OperationalError):
            for each in requests:  # whoever broke it breaks it for themselves alone
                _commit([each], now=now)
            return
        for each in requests:
            each.error = error
    for each in requests:
        each.done.set()


_writer = _Writer()
