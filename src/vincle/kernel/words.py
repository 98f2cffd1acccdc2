"""Words as keys: names that can be compared, sorted and put in an address."""

import re
import unicodedata

_GAP = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case without accents, single spaces: 'Mercè  ROCA ' becomes 'merce roca'."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.split())


def slug(text: str, *, separator: str = "-") -> str:
    """A short ASCII name for an address or a key; empty when nothing in `text` is a letter or digit."""
    return _GAP.sub(separator, fold(text).encode("ascii", "ignore").decode()).strip(separator)
