"""Joining one pair after another, without ever bringing together those who are kept apart (union-find)."""

from collections import defaultdict
from collections.abc import Iterable


class Weaving:
    """Numbers (of identities, or of people), each alone at first; `apart`: pairs that must never come together."""

    def __init__(self, numbers: Iterable[int], *, apart: Iterable[tuple[int, int]] = ()) -> None:
        self._parent = {number: number for number in numbers}
        self._strangers: dict[int, set[int]] = defaultdict(set)  # of a root: numbers that must not come to it
        for a, b in apart:
            if a in self._parent and b in self._parent:
                self._strangers[a].add(b)
                self._strangers[b].add(a)

    def __contains__(self, number: int) -> bool:
        return number in self._parent

    def root(self, number: int) -> int:
        """The smallest number of those that this one is joined to."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def join(self, a: int, b: int) -> bool:
        """Join two, unless that would bring together, even through others, two that are kept apart; whether they are
        together now."""
        low, high = sorted((self.root(a), self.root(b)))
        if low == high:
            return True
        if any(self.root(number) == high for number in self._strangers.get(low, ())):
            return False
        self._parent[high] = low
        if high in self._strangers:
            self._strangers[low] |= self._strangers.pop(high)
        return True

    def roots(self) -> dict[int, int]:
        """For each number the smallest of those it is joined to."""
        return {number: self.root(number) for number in self._parent}
