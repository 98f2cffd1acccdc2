"""What there is: the way to the book, the book, its cards, and their properties (RFC 4918, 5397, 6352, 6578)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement

from django.urls import reverse

from vincle.apps.addressbook.dav.xml import CARD, DAV, SERVER
from vincle.apps.addressbook.models import Book, Entry
from vincle.kernel.house import house

TOKEN = "urn:vincle:book:"  # noqa: S105 - the beginning of a sync-token
MAX_CARD = 65_536
_REPORTS = (f"{DAV}sync-collection", f"{CARD}addressbook-multiget", f"{CARD}addressbook-query")

Property = Callable[[], Element]


@dataclass(frozen=True)
class Resource:
    """An address and what it has: full name of a property -> how it is made."""

    href: str
    properties: Mapping[str, Property]


def root() -> Resource:
    """Where programs begin."""
    return Resource(reverse("addressbook:root"), _common("Vincle"))


def principal(name: str) -> Resource:
    """The colleague who asks; everybody's book is the same one."""
    here = reverse("addressbook:principal")
    return Resource(
        here,
        {
            **_common(name),
            f"{DAV}resourcetype": _kinds(f"{DAV}principal"),
            f"{DAV}principal-URL": _link(f"{DAV}principal-URL", here),
            f"{CARD}addressbook-home-set": _link(f"{CARD}addressbook-home-set", reverse("addressbook:home")),
        },
    )


def home() -> Resource:
    """The folder with the one book."""
    return Resource(reverse("addressbook:home"), _common("Vincle"))


def book_of(book: Book) -> Resource:
    """The book itself."""
    token = f"{TOKEN}{book.changes}"
    return Resource(
        reverse("addressbook:book"),
        {
            **_common(house().name or "Vincle"),
            f"{DAV}resourcetype": _kinds(f"{DAV}collection", f"{CARD}addressbook"),
            f"{DAV}sync-token": _text(f"{DAV}sync-token", token),
            f"{SERVER}getctag": _text(f"{SERVER}getctag", token),
            f"{DAV}supported-report-set": _reports,
            f"{CARD}supported-address-data": _formats,
            f"{CARD}max-resource-size": _text(f"{CARD}max-resource-size", str(MAX_CARD)),
        },
    )


def card_of(entry: Entry, text: str | None = None) -> Resource:
    """One card; with its `text`, also what is in it."""
    properties: dict[str, Property] = {
        f"{DAV}resourcetype": _kinds(),
        f"{DAV}getetag": _text(f"{DAV}getetag", etag(entry)),
        f"{DAV}getcontenttype": _text(f"{DAV}getcontenttype", "text/vcard; charset=utf-8"),
        f"{DAV}current-user-privilege-set": _privileges,
    }
    if text is not None:
        properties[f"{CARD}address-data"] = _text(f"{CARD}address-data", text)
    return Resource(href_of(entry.uid), properties)


def href_of(uid: UUID) -> str:
    """The address of somebody's card."""
    return reverse("addressbook:card", args=[uid])


def etag(entry: Entry) -> str:
    """What changes when the card does."""
    return f'"{entry.tag}"'


def _common(name: str) -> dict[str, Property]:
    me = reverse("addressbook:principal")
    return {
        f"{DAV}resourcetype": _kinds(f"{DAV}collection"),
        f"{DAV}displayname": _text(f"{DAV}displayname", name),
        f"{DAV}current-user-principal": _link(f"{DAV}current-user-principal", me),
        f"{DAV}principal-collection-set": _link(f"{DAV}principal-collection-set", reverse("addressbook:root")),
        f"{DAV}owner": _link(f"{DAV}owner", me),
        f"{DAV}current-user-privilege-set": _privileges,
    }


def _text(name: str, text: str) -> Property:
    def made() -> Element:
        element = Element(name)
        element.text = text
        return element

    return made


def _link(name: str, href: str) -> Property:
    def made() -> Element:
        element = Element(name)
        SubElement(element, f"{DAV}href").text = href
        return element

    return made


def _kinds(*kinds: str) -> Property:
    def made() -> Element:
        element = Element(f"{DAV}resourcetype")
        for kind in kinds:
            SubElement(element, kind)
        return element

    return made


def _privileges() -> Element:
    """To read, and nothing else."""
    element = Element(f"{DAV}current-user-privilege-set")
    for name in ("read", "read-current-user-privilege-set"):
        SubElement(SubElement(element, f"{DAV}privilege"), f"{DAV}{name}")
    return element


def _reports() -> Element:
    element = Element(f"{DAV}supported-report-set")
    for name in _REPORTS:
        report = SubElement(SubElement(element, f"{DAV}supported-report"), f"{DAV}report")
        SubElement(report, name)
    return element


def _formats() -> Element:
    element = Element(f"{CARD}supported-address-data")
    for version in ("3.0", "4.0"):
        SubElement(element, f"{CARD}address-data-type", {"content-type": "text/vcard", "version": version})
    return element
