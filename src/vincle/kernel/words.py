"""Words as keys: names that can be compared, sorted and put in an address."""

import re
import unicodedata

_GAP = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case without accents, single spaces: 'Mercè  ROCA ' becomes 'merce roca'."""
    if text.isascii():
        return " ".join(text.lower().split())
    # Twice: what some letters are made of has capitals again ("ᴬ" is a small raised "A").
    once = unicodedata.normalize("NFKD", text.casefold())
    decomposed = unicodedata.normalize("NFKD", once.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(plain.split())


def written(text: str) -> str:
    """What somebody wrote, without what no database keeps and no page shows: line ends as one sign, no control
    characters but line ends and tabs, no white space around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def slug(text: str, *, separator: str = "-") -> str:
    """A short ASCII name for an address or a key; empty when nothing in `text` is a letter or digit."""
    return _GAP.sub(separator, fold(text).encode("ascii", "ignore").decode()).strip(separator)
