"""Who is named in a note: `@` and a colleague's whole name, e-mail, or first name where nobody else has it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from vincle.apps.accounts.facade import Colleague
from vincle.kernel.words import fold

_AT = re.compile(r"(?<![\w.@])@(?=\w)")
_END = re.compile(r"\w(?![\w@])")  # where a name may end
LONGEST = 250  # letters of a name or an e-mail


@dataclass(frozen=True, slots=True)
class Offered:
    """A colleague, and what is written after the `@` so that nobody else is meant."""

    colleague: Colleague
    written: str


def offered(colleagues: Iterable[Colleague]) -> list[Offered]:
    """The same colleagues with what names each of them alone."""
    listed = list(colleagues)
    alone = _alone((_ended(each.name), each) for each in listed)
    return [Offered(each, each.name if _ended(each.name) in alone else each.email) for each in listed]


def named(text: str, colleagues: Iterable[Colleague]) -> list[Colleague]:
    """Those whom a text names, each once, in the order it does. Capitals and accents do not count; of two who are
    called the same nobody is meant."""
    listed = list(colleagues)
    by_name = _alone((_ended(each.name), each) for each in listed)
    by_first = _alone((_ended(each.name.partition(" ")[0]), each) for each in listed)
    by_email = _alone((_ended(each.email), each) for each in listed)
    known = by_first | by_name | by_email
    found: dict[int, Colleague] = {}
    for at in _AT.finditer(text):
        after = fold(text[at.end() : at.end() + LONGEST])
        ends = [end.end() for end in _END.finditer(after)]
        meant = next((known[after[:end]] for end in reversed(ends) if after[:end] in known), None)
        if meant is not None:
            found.setdefault(meant.id, meant)
    return list(found.values())


def _alone(called: Iterable[tuple[str, Colleague]]) -> dict[str, Colleague]:
    """What only one of them is called, and who that is."""
    pairs = list(called)
    times = Counter(words for words, _colleague in pairs)
    return {words: colleague for words, colleague in pairs if words and times[words] == 1}


def _ended(words: str) -> str:
    """As it is compared: without what follows the last letter, where a name is taken to end."""
    return re.sub(r"\W+$", "", fold(words))
