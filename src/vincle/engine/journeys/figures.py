"""The names of figures: words with colons between them. A colon inside a word has a backslash before it."""

from collections.abc import Mapping, Sequence

from vincle.kernel.errors import BadInput


def figure(*words: str) -> str:
    """The name of a figure, `figure("kind", "first", "order.placed", "shop")`."""
    return ":".join(word.replace("\\", "\\\\").replace(":", "\\:") for word in words)


def words_of(name: str) -> list[str]:
    """The words again."""
    words, word, escaped = [], "", False
    for letter in name:
        if not escaped and letter in ":\\":
            escaped = letter == "\\"
            if letter == ":":
                words.append(word)
                word = ""
            continue
        word, escaped = word + letter, False
    return [*words, word]


def asked(name: str, wanted: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """Which figure it is and its words, of figures with so many words each. Raises `BadInput` for any other."""
    what, *words = words_of(name)
    if what not in wanted or len(words) != len(wanted[what]):
        known = ", ".join(":".join([each, *parts]) for each, parts in wanted.items())
        raise BadInput(f"“{name}” is no figure of this reading.", f"There are {known}.")
    return what, words
