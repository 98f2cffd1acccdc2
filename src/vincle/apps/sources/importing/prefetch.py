"""Read ahead: the next chunk is made ready on one core while the last one is written on the other."""

import queue
import threading
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_END = object()


def prefetched(items: Iterable[T], *, ahead: int = 1) -> Iterator[T]:
    """The same items in the same order, made in another thread, at most `ahead` of them waiting.

    An error in the making is raised where the item would have come. When the consumer stops early, the maker stops
    at its next item. The maker must not touch the database: its connection belongs to the consumer's thread.
    """
    waiting: queue.Queue[object] = queue.Queue(maxsize=ahead)
    stopped = threading.Event()

    def offer(item: object) -> bool:
        while not stopped.is_set():
            try:
                waiting.put(item, timeout=0.2)
            except queue.Full:
                continue
            return True
        return False

    def make() -> None:
        try:
            for item in items:
                if not offer(item):
                    return
            offer(_END)
        except BaseException as error:  # noqa: BLE001 - carried over to the thread that asked
            offer(error)

    maker = threading.Thread(target=make, name="read-ahead", daemon=True)
    maker.start()
    try:
        while (item := waiting.get()) is not _END:
            if isinstance(item, BaseException):
                raise item
            yield item  # type: ignore[misc]
    finally:
        stopped.set()
        maker.join()
