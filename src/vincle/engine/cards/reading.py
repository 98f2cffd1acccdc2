"""Cards out of a file: each by itself, so that a bad one keeps no good one out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from vincle.engine.cards.card import Card
from vincle.engine.cards.content_lines import Line, content_lines
from vincle.engine.cards.understanding import understand

MAX_LINES = 2_000
MAX_CARD = 1024 * 1024  # characters of what is kept of one card
NOT_KEPT = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})


@dataclass(frozen=True, slots=True)
class Found:
    """A card, and the line it begins on. `pictured`: it had a picture, a logo, a sound or a key, which is not kept."""

    line: int
    card: Card
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """A card that cannot be read, the line it begins on, why, and what it says first."""

    line: int
    reason: str
    beginning: str


def read_cards(blocks: Iterable[bytes]) -> Iterator[Found | Refused]:
    """The cards of a UTF-8 text, given in any pieces, in order; what stands between cards is left out."""
    open_card: _Open | None = None
    for each in content_lines(blocks):
        if isinstance(each, int):
            if open_card is not None:
                open_card.broken(each)
            continue
        is_begin, is_end = _marks(each, "BEGIN"), _marks(each, "END")
        if open_card is not None and open_card.inside_another(each, is_begin, is_end):
            continue
        if is_begin:
            if open_card is not None:
                yield open_card.refused("The card does not end.")
            open_card = _Open(each.number)
        elif open_card is not None and is_end:
            yield open_card.closed()
            open_card = None
        elif open_card is not None:
            open_card.add(each)
    if open_card is not None:
        yield open_card.refused("The card does not end.")


def _marks(line: Line, name: str) -> bool:
    return line.name == name and line.value.strip().upper() == "VCARD"


class _Open:
    """A card whose end has not come yet."""

    def __init__(self, line: int) -> None:
        self._line = line
        self._lines: list[Line] = []
        self._size = self._count = self._inside = 0
        self._last = ""
        self._pictured = False
        self._problem = ""

    def inside_another(self, line: Line, is_begin: bool, is_end: bool) -> bool:
        """Whether the line is part of the card of an agent, which stands inside this one."""
        if is_begin and (self._inside or self._last == "AGENT"):
            self._inside += 1
            return True
        if not self._inside:
            return False
        self._inside -= is_end
        self._last = line.name
        return True

    def add(self, line: Line) -> None:
        self._last = line.name
        self._count += 1
        if self._count > MAX_LINES:
            self._problem = self._problem or f"The card has more than {MAX_LINES:,} lines."
            return
        if line.name in NOT_KEPT:
            self._pictured = True
            return
        self._size += len(line.value)
        if line.cut or self._size > MAX_CARD:
            self._problem = self._problem or "The card holds more text than fits."
            return
        self._lines.append(line)

    def broken(self, number: int) -> None:
        """A line that is none: lost rows of a picture, mostly, which are no reason to lose a person."""
        if self._last not in NOT_KEPT:
            self._problem = self._problem or f"Line {number} of the file is no line of a card."

    def refused(self, reason: str) -> Refused:
        said = [f"{line.name}:{line.value[:60]}" for line in self._lines if line.name != "VERSION"]
        return Refused(self._line, reason, "; ".join(said[:3]))

    def closed(self) -> Found | Refused:
        if self._problem:
            return self.refused(self._problem)
        understood = understand(self._lines)
        if isinstance(understood, str):
            return self.refused(understood)
        return Found(self._line, understood, self._pictured)
