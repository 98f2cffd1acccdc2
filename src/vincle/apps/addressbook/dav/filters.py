"""Which cards an addressbook-query asks for (RFC 6352, 10.5): words in a name, an e-mail, a telephone ..."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from vincle.apps.addressbook.dav.xml import CARD
from vincle.engine.cards import Card
from vincle.kernel.errors import BadInput
from vincle.kernel.words import fold

Test = Callable[[Card], bool]

_MOST = 20  # conditions in a filter, and words in a condition
_TEXTS: dict[str, tuple[str, ...]] = {
    "FN": ("name",),
    "N": ("family_name", "given_name", "middle_name"),
    "NICKNAME": ("nickname",),
    "ORG": ("company", "department"),
    "NOTE": ("notes",),
    "CATEGORIES": ("tags",),
}
_MATCHES: dict[str, Callable[[str, str], bool]] = {
    "contains": lambda text, words: words in text,
    "equals": lambda text, words: words == text,
    "starts-with": lambda text, words: text.startswith(words),
    "ends-with": lambda text, words: text.endswith(words),
}


def test_of(filter_: Element | None) -> Test:
    """Whether a card passes; without a filter each does. Raises `BadInput` for what is not looked at here."""
    if filter_ is None:
        return lambda _card: True
    return _together([_property(each) for each in filter_.findall(f"{CARD}prop-filter")[:_MOST]], filter_)


def _property(element: Element) -> Test:
    name = element.get("name", "").upper()
    if name not in {*_TEXTS, "EMAIL", "TEL", "UID"}:
        raise BadInput(f"Cards are not looked for by {name[:40]}.")
    if element.find(f"{CARD}is-not-defined") is not None:
        return lambda card: not _values(card, name)
    matches = element.findall(f"{CARD}text-match")[:_MOST]
    if not matches:
        return lambda card: bool(_values(card, name))
    return _together([_text(each, name) for each in matches], element)


def _text(element: Element, name: str) -> Test:
    """Without accents and capitals, whatever collation is asked for: that finds more people, never fewer."""
    words, matches = fold(element.text or ""), _MATCHES.get(element.get("match-type", "contains"))
    if matches is None:
        raise BadInput("This way of matching is not known.")
    negated = element.get("negate-condition") == "yes"
    return lambda card: any(matches(fold(value), words) for value in _values(card, name)) != negated


def _together(tests: list[Test], element: Element) -> Test:
    if not tests:
        return lambda _card: True
    every = element.get("test") == "allof"
    return lambda card: (all if every else any)(test(card) for test in tests)


def _values(card: Card, name: str) -> list[str]:
    if name == "EMAIL":
        return list(card.emails)
    if name == "TEL":
        return list(card.phones)
    if name == "UID":
        return [card.uid]
    return [said for key in _TEXTS[name] if (said := card.attributes.get(key))]
