"""PROPFIND: what somebody wants to know of resources, and the answer (RFC 4918, 9.1)."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element

from vincle.apps.addressbook.dav import xml
from vincle.apps.addressbook.dav.resources import Resource
from vincle.apps.addressbook.dav.xml import DAV

OK, MISSING = "HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"


def wanted(request: Element | None) -> list[str] | None:
    """The names of the properties asked for; None: all there are."""
    prop = None if request is None else request.find(f"{DAV}prop")
    return None if prop is None else [each.tag for each in prop][:100]


def answer(resources: Iterable[Resource], names: list[str] | None, *, into: Element | None = None) -> Element:
    """What is known of each resource, and what is not."""
    found = xml.multistatus() if into is None else into
    for resource in resources:
        element = xml.response(found, resource.href)
        asked = list(resource.properties) if names is None else names
        known = [resource.properties[name]() for name in asked if name in resource.properties]
        xml.propstat(element, known, OK)
        xml.propstat(element, [Element(name) for name in asked if name not in resource.properties], MISSING)
    return found
