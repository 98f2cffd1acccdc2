"""XML of WebDAV: read without the parts of it that can be turned into a weapon, and written."""

from xml.etree.ElementTree import Element, SubElement, TreeBuilder, register_namespace, tostring
from xml.parsers import expat

from vincle.kernel.errors import BadInput

DAV, CARD, SERVER = "{DAV:}", "{urn:ietf:params:xml:ns:carddav}", "{http://calendarserver.org/ns/}"
MAX_BODY = 2 * 1024 * 1024
_DEEPEST = 32

for _prefix, _space in (("d", DAV), ("card", CARD), ("cs", SERVER)):
    register_namespace(_prefix, _space[1:-1])


class _Forbidden(Exception):
    """The document has what no request needs."""


def read(body: bytes) -> Element | None:
    """The root of a request's body, None when it is empty. Raises `BadInput` when it is not well formed, too large, too
    deep, or declares a document type or entities."""
    if len(body) > MAX_BODY:
        raise BadInput("The request is too large.")
    if not body.strip():
        return None
    builder, depth = TreeBuilder(), 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise _Forbidden
        builder.start(_clark(name), {_clark(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_clark(name))

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _refuse
    try:
        parser.Parse(body, True)
        return builder.close()
    except (_Forbidden, expat.ExpatError, ValueError, LookupError) as problem:
        raise BadInput("The request is not well-formed XML.") from problem


def multistatus() -> Element:
    """An answer about several resources, to be filled."""
    return Element(f"{DAV}multistatus")


def response(parent: Element, href: str, *, status: str = "") -> Element:
    """What is said of one of them; with a `status`, all of it."""
    element = SubElement(parent, f"{DAV}response")
    SubElement(element, f"{DAV}href").text = href
    if status:
        SubElement(element, f"{DAV}status").text = status
    return element


def propstat(parent: Element, properties: list[Element], status: str) -> None:
    """Properties that share a status; nothing when there are none."""
    if properties:
        element = SubElement(parent, f"{DAV}propstat")
        SubElement(element, f"{DAV}prop").extend(properties)
        SubElement(element, f"{DAV}status").text = status


def written(root: Element) -> bytes:
    """The document."""
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _clark(name: str) -> str:
    space, gap, local = name.rpartition(" ")
    return f"{{{space}}}{local}" if gap else name


def _refuse(*_: object) -> None:
    raise _Forbidden
