"""REPORT: cards by their addresses, cards by what is in them, and what has changed (RFC 6352, 6578)."""

from urllib.parse import unquote, urlsplit
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement

from vincle.apps.addressbook import queries
from vincle.apps.addressbook.dav import finding, xml
from vincle.apps.addressbook.dav.filters import test_of
from vincle.apps.addressbook.dav.resources import TOKEN, Resource, card_of, href_of
from vincle.apps.addressbook.dav.xml import CARD, DAV
from vincle.apps.addressbook.models import Book, Entry
from vincle.engine.cards import VERSIONS, write_card
from vincle.kernel.errors import BadInput

MOST = 1_000  # cards in one answer that chooses them itself; a device asks for the rest
_MOST_NAMED = 10_000
_TOO_MANY = "HTTP/1.1 507 Insufficient Storage"


class UnknownToken(Exception):
    """A sync-token that is not of this book, or of one that was restored since: the device begins anew."""


def answer(request: Element | None, book: Book, here: str) -> Element:
    """The answer to a report on the book, whose address is `here`. Raises `BadInput` for another one."""
    if request is None:
        raise BadInput("The request says nothing.")
    if request.tag == f"{CARD}addressbook-multiget":
        return _multiget(request)
    if request.tag == f"{CARD}addressbook-query":
        return _query(request, here)
    if request.tag == f"{DAV}sync-collection":
        return _changes(request, book, here)
    raise BadInput("This report is not known.")


def _multiget(request: Element) -> Element:
    hrefs = [(each.text or "").strip() for each in request.findall(f"{DAV}href")[:_MOST_NAMED]]
    named = {href: _uid(href) for href in hrefs}
    entries = queries.entries_named([uid for uid in named.values() if uid])
    found = finding.answer(_resources(list(entries.values()), request), finding.wanted(request))
    for href, uid in named.items():
        if uid is None or uid not in entries:
            xml.response(found, href, status=finding.MISSING)
    return found


def _query(request: Element, here: str) -> Element:
    passes, most = test_of(request.find(f"{CARD}filter")), _limit(request.find(f"{CARD}limit"), CARD)
    entries = list(queries.entries_there())
    cards = queries.cards([entry.uid for entry in entries])
    passing = [entry for entry in entries if entry.uid in cards and passes(cards[entry.uid])]
    found = finding.answer(_resources(passing[:most], request), finding.wanted(request))
    return _cut(found, here) if len(passing) > most else found


def _changes(request: Element, book: Book, here: str) -> Element:
    since = _since(request.findtext(f"{DAV}sync-token", ""), book)
    most = _limit(request.find(f"{DAV}limit"), DAV)
    changed = list(queries.changed_since(since)[: most + 1])
    more, changed = len(changed) > most, changed[:most]
    there = [entry for entry in changed if not entry.is_gone]
    found = finding.answer(_resources(there, request), finding.wanted(request))
    for entry in changed:
        if entry.is_gone:
            xml.response(found, href_of(entry.uid), status=finding.MISSING)
    if more:
        _cut(found, here)
    SubElement(found, f"{DAV}sync-token").text = f"{TOKEN}{changed[-1].change if more else book.changes}"
    return found


def _resources(entries: list[Entry], request: Element) -> list[Resource]:
    """The cards' resources, with what is in them where that is asked for."""
    names = finding.wanted(request)
    if names is not None and f"{CARD}address-data" not in names:
        return [card_of(entry) for entry in entries]
    version = request.find(f"{DAV}prop/{CARD}address-data")
    wanted = "3.0" if version is None else version.get("version", "3.0")
    cards = queries.cards([entry.uid for entry in entries])
    texts = {uid: write_card(card, version=wanted if wanted in VERSIONS else "3.0") for uid, card in cards.items()}
    return [card_of(entry, texts[entry.uid]) for entry in entries if entry.uid in texts]


def _limit(element: Element | None, space: str) -> int:
    said = "" if element is None else element.findtext(f"{space}nresults", "").strip()
    return max(1, min(int(said[:9]), MOST)) if said.isascii() and said.isdigit() else MOST


def _since(token: str, book: Book) -> int:
    """The change that a device has seen last; 0 when it has seen none."""
    said = token.strip()
    if not said:
        return 0
    number = said.removeprefix(TOKEN)
    if number == said or not (number.isascii() and number.isdigit()) or int(number[:18]) > book.changes:
        raise UnknownToken
    return int(number)


def _cut(found: Element, here: str) -> Element:
    """Say that this is not all (RFC 6352, 8.6.2; RFC 6578, 3.6)."""
    element = xml.response(found, here, status=_TOO_MANY)
    SubElement(SubElement(element, f"{DAV}error"), f"{DAV}number-of-matches-within-limits")
    return found


def _uid(href: str) -> UUID | None:
    name = unquote(urlsplit(href).path).rpartition("/")[2].removesuffix(".vcf")
    try:
        return UUID(name) if len(name) == 36 else None
    except ValueError:
        return None
