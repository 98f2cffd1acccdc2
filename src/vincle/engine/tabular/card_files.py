"""vCards: an address book, one card a row."""

import itertools
from collections.abc import Iterator
from pathlib import Path

from vincle.engine.cards.card import Card
from vincle.engine.cards.reading import Found, Refused, read_cards
from vincle.engine.tabular import encodings, raw_rows
from vincle.engine.tabular.encodings import Utf8Blocks
from vincle.engine.tabular.reader import Raw, Reader
from vincle.engine.tabular.streams import ByteStream
from vincle.kernel.errors import BadInput

UID, EMAIL, PHONE, UPDATED = "uid", "email", "phone", "updated"
_KNOWN_FROM = 50_000  # cards that tell the columns; later ones may add to them
_AT_ONCE = 1_000


class CardReader(Reader):
    """`row` is the line a card begins on. Columns are called as what they say is called in the house: `uid`, `email`,
    `email 2`, `phone`, `name`, `birthday`, `updated` ... A card that cannot be read is a reject.
    """

    format = "vcard"

    def __init__(self, path: Path, *, encoding: str | None = None) -> None:
        super().__init__(path, ())
        with ByteStream(path) as stream:
            self._encoding = encodings.detect(itertools.islice(stream.blocks(), 16), encoding)
        self._stream: ByteStream | None = None
        self._first: list[str] = []
        first, pictured, count = raw_rows.RowBuilder(self._first), False, 0
        for found in itertools.islice(self._cards(), _KNOWN_FROM):
            count += 1
            _add(found, first)
            pictured = pictured or (isinstance(found, Found) and found.pictured)
            if first.full(_AT_ONCE):
                first.take()
        if not count:
            raise BadInput(f"“{path.name}” holds no card.", "Export the address book again as vCard (.vcf).")
        self.columns = tuple(self._first)
        if pictured:
            self.notes = ("Pictures, logos, sounds and keys of the cards are not kept.",)

    @property
    def progress(self) -> float:
        return self._stream.fraction if self._stream else 0.0

    def _runs(self, rows: int) -> Iterator[Raw]:
        builder = raw_rows.RowBuilder(list(self._first))
        for found in self._cards():
            _add(found, builder)
            if builder.full(rows):
                yield Raw(*builder.take(), self.progress)
        yield Raw(*builder.take(), self.progress)

    def _cards(self) -> Iterator[Found | Refused]:
        with ByteStream(self.path) as stream:
            self._stream = stream
            yield from read_cards(Utf8Blocks(stream.blocks(), self._encoding))


def _add(found: Found | Refused, builder: raw_rows.RowBuilder) -> None:
    if isinstance(found, Refused):
        builder.reject(found.line, found.reason, [found.beginning])
    else:
        builder.add(found.line, _record(found.card))


def _record(card: Card) -> dict[str, str]:
    """A card as cells. The first column is the card's own id, so that the guess finds it first."""
    updated = {UPDATED: card.revised.isoformat()} if card.revised else {}
    return {
        **({UID: card.uid} if card.uid else {}),
        **_numbered(EMAIL, card.emails),
        **_numbered(PHONE, card.phones),
        **card.attributes,
        **updated,
    }


def _numbered(name: str, told: tuple[str, ...]) -> dict[str, str]:
    return {name if place == 1 else f"{name} {place}": each for place, each in enumerate(told, start=1)}
