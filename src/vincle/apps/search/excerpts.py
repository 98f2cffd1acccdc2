"""The piece of a text in which words were found, with the words marked."""

import re
from collections.abc import Sequence

from vincle.apps.search.providers import Excerpt
from vincle.kernel.words import fold

BEFORE, AFTER = 60, 140  # letters around the first word that was found

_WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    """The words that are looked for, without accents and capitals."""
    return _WORD.findall(fold(text))


def excerpt(text: str, words: Sequence[str]) -> Excerpt:
    """Around the first of `words` (folded; each begins a word of the text), every one of them marked."""
    found = [match.span() for match in _WORD.finditer(text) if _begins(match.group(), words)]
    if not found:
        return ((_cut(text, 0, BEFORE + AFTER), False),)
    start = max(0, found[0][0] - BEFORE)
    if start:  # at the beginning of a word
        start = text.find(" ", start, found[0][0]) + 1 or found[0][0]
    end = min(len(text), found[0][0] + AFTER)
    pieces: list[tuple[str, bool]] = []
    at = start
    for first, last in found:
        if last > end:
            break
        pieces += [(text[at:first], False), (text[first:last], True)]
        at = last
    pieces.append((text[at:end], False))
    pieces = [(("…" if start else "") + pieces[0][0], False), *pieces[1:]]
    if end < len(text):
        pieces.append(("…", False))
    return tuple(piece for piece in pieces if piece[0])


def _begins(word: str, wanted: Sequence[str]) -> bool:
    folded = fold(word)
    return any(folded.startswith(each) for each in wanted)


def _cut(text: str, start: int, length: int) -> str:
    return text[start : start + length] + ("…" if len(text) > start + length else "")
