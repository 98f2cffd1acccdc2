"""Two people side by side: line by line what each says, and whether it agrees; values as they are known now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vincle.apps.duplicates.likeness import COMPARED, DIFFERS, THE_SAME
from vincle.apps.duplicates.words import level_words
from vincle.apps.people.facade import Portrait, attribute_words, namespace_words
from vincle.engine.duplicates import Reason
from vincle.kernel.words import fold

SAME, ALIKE, OTHER, MISSING = "same", "alike", "differs", "missing"
_CONTACTS = (("email", "e-mail"), ("phone", "phone"))
_NOTHING = "nothing to compare"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing of both. `sign`: same, alike, differs, missing; `told`: the same in words."""

    words: str
    first: str
    second: str
    sign: str
    told: str
    weighed: bool  # it counted in how probable the pair is


def lines(first: Portrait, second: Portrait, reasons: Sequence[Reason]) -> list[Line]:
    """Name, contact points, then every other attribute; what counted before what did not."""
    from vincle.engine.duplicates.columns import role_of

    levels = {reason.what: reason.level for reason in reasons}
    found = [_line("name", attribute_words("name"), first.name, second.name, levels)]
    for namespace, role in _CONTACTS:
        mine, theirs = (", ".join(one.known_by(namespace)) for one in (first, second))
        if mine or theirs:
            shared = bool(set(first.known_by(namespace)) & set(second.known_by(namespace)))
            line = _line("", namespace_words(namespace, {}), mine, theirs, {}, shared=shared)
            found.append(_weighed(line, levels.get(role, "")))
    names = sorted((set(first.attributes) | set(second.attributes)) - {"name"})
    others = [
        _line(
            role_of(name),
            attribute_words(name),
            first.attributes.get(name, ""),
            second.attributes.get(name, ""),
            levels,
        )
        for name in names
    ]
    return found + sorted(others, key=lambda line: not line.weighed)


def _line(role: str, words: str, first: str, second: str, levels: Mapping[str, str], *, shared: bool = False) -> Line:
    reached = [levels[what] for what in COMPARED.get(role, ()) if levels.get(what, _NOTHING) != _NOTHING]
    if not first or not second:
        sign, told = MISSING, level_words(_NOTHING)
    elif shared or fold(first) == fold(second):
        sign, told = SAME, level_words(THE_SAME)
    elif reached and all(level == DIFFERS for level in reached):
        sign, told = OTHER, level_words(DIFFERS)
    elif reached:
        likeness = [level for level in reached if level not in {THE_SAME, DIFFERS}]
        sign, told = (ALIKE, level_words(likeness[0])) if likeness else _in_part(reached)
    else:
        sign, told = OTHER, level_words(DIFFERS)
    return Line(words, first, second, sign, told, bool(reached))


def _in_part(reached: Sequence[str]) -> tuple[str, str]:
    """Of several things in one line (given and family name) some are the same and some differ."""
    if DIFFERS in reached:
        return OTHER, level_words(DIFFERS)
    return ALIKE, level_words("nearly the same")


def _weighed(line: Line, level: str) -> Line:
    """A line whose level is known by itself."""
    if line.sign in {SAME, MISSING} or level in {"", _NOTHING}:
        return Line(line.words, line.first, line.second, line.sign, line.told, level not in {"", _NOTHING})
    sign = OTHER if level == DIFFERS else ALIKE
    return Line(line.words, line.first, line.second, sign, level_words(level), weighed=True)
