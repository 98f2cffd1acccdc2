"""Initials and a colour for a person without a picture: the same name always gets the same ones."""

from hashlib import blake2b

# (background, ink): every pair keeps at least 4.5:1, in light and dark (tests/web/test_avatars.py)
TONES = (
    ("#0f766e", "#ffffff"),
    ("#7c5e9b", "#ffffff"),
    ("#3b6ea5", "#ffffff"),
    ("#a84a26", "#ffffff"),
    ("#66701f", "#ffffff"),
    ("#9b4a6b", "#ffffff"),
    ("#52677a", "#ffffff"),
    ("#86591f", "#ffffff"),
)


def initials(name: str) -> str:
    """One or two letters: of the first and the last word, or of what stands before an @."""
    words = [word for word in name.partition("@")[0].replace(".", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()


def tone(key: str) -> int:
    """The number of a colour pair in `TONES`, decided by `key` alone."""
    return blake2b(key.encode(), digest_size=2).digest()[0] % len(TONES)
