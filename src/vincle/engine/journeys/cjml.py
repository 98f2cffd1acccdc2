"""Designed journeys as XML after the Customer Journey Modelling Language, version 2 (SINTEF; R. Halvorsrud et al.,
Designing a Modeling Language for Customer Journeys, MODELS 2021, pp. 239-249).

    text = as_xml(journey)
    from_xml(text) == journey

A planned journey has actors, and touchpoints in their order, each with who begins it, who receives it and by which
channel: that is written as CJML writes it. What CJML has no words for (stages with their lanes and rules, feelings,
the aim) stands in elements of a namespace of our own beside it, so that nothing is lost, and a file without them is
read too. docs/journey-format.md lists the elements.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, TreeBuilder, indent, register_namespace, tostring

import msgspec

from vincle.engine.journeys import cjml_foreign
from vincle.engine.journeys.journey import Journey, as_data, checked, from_data
from vincle.engine.tabular import xml_feed
from vincle.engine.tabular.xml_feed import local
from vincle.kernel.errors import BadInput

NAMESPACE = "urn:vincle:journey:1"
MOST_BYTES = 16_000_000
PERSON, ORGANISATION = "person", "organisation"

# What may be there several times is a list; its element has another name than the list.
_LISTS = {"stage": "stages", "enters": "enters", "ofKind": "kinds", "where": "where", "after": "after"}
_ELEMENTS = {name: element for element, name in _LISTS.items()}
# Characters that XML 1.0 cannot hold in any way.
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

register_namespace("vincle", NAMESPACE)


def as_xml(journey: Journey) -> str:
    """The document as XML, indented; `from_xml` gives the same journey back, without characters XML cannot hold."""
    told = as_data(journey)
    root = Element("CJML", version="2.0")
    planned = SubElement(root, "plannedJourney")
    _say(planned, "journeyID", "journey")
    _say(planned, "journeyName", told.pop("name"))
    _say(planned, "journeyDescription", told.pop("about", ""))
    _actors(planned, told)
    points = SubElement(planned, "touchpoints")
    for stage in told["stages"]:
        for touchpoint in stage.pop("touchpoints", ()):
            _touchpoint(points, stage["key"], touchpoint)
    _ours(planned, "journey", told)
    indent(root)
    # A reader turns a bare carriage return into a line feed.
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").replace("\r", "&#13;") + "\n"


def from_xml(text: str | bytes) -> Journey:
    """Read what `as_xml` wrote, or any planned (else actual) journey of CJML 2. Raises `BadInput` that says what is
    wrong: XML that is none or declares a document type, no journey in it, or a journey that cannot be.
    """
    raw = text.encode("utf-8", "replace") if isinstance(text, str) else text
    if len(raw) > MOST_BYTES:
        raise BadInput(f"The journey is larger than {MOST_BYTES // 1_000_000} MB, which no map needs.")
    root = _tree(raw)
    planned = next((each for kind in ("plannedJourney", "actualJourney") for each in _named(root, kind)), None)
    if planned is None:
        raise BadInput(
            "There is no journey in this XML.", "Export it as CJML: an element plannedJourney with its touchpoints."
        )
    ours = next(_named(planned, "journey"), None)
    if ours is None:
        return from_data(cjml_foreign.data_of(planned))
    try:
        return checked(msgspec.convert(_whole(planned, ours), Journey, strict=False))
    except msgspec.ValidationError as error:
        raise BadInput(f"The journey cannot be read: {error}.") from error


def _actors(planned: Element, told: dict[str, Any]) -> None:
    actors = SubElement(planned, "actors")
    archetype = told.get("archetype", {})
    _say(SubElement(actors, "endUser", actorID=PERSON), "actorName", archetype.pop("name", ""))
    _say(SubElement(actors, "serviceProvider", actorID=ORGANISATION), "companyName", "")


def _touchpoint(points: Element, stage: str, told: dict[str, Any]) -> None:
    key, name = told.pop("key"), told.pop("name")
    begins = told.pop("initiator", PERSON)
    made = SubElement(points, "plannedCommunicationPoint", {_own("stage"): stage, _own("key"): key})
    _say(made, "touchpointID", f"{stage}.{key}")
    initiator = SubElement(made, "initiator")
    SubElement(initiator, "refersTo", actorIDref=begins)
    _say(initiator, "initiatorLabel", name)
    receiver = SubElement(made, "receiver")
    SubElement(receiver, "refersTo", actorIDref=ORGANISATION if begins == PERSON else PERSON)
    _say(SubElement(made, "channel"), "channelName", told.pop("channel", ""))
    for name, each in told.items():
        _ours(made, name, each)


def _ours(parent: Element, name: str, told: Any) -> None:
    """Dictionaries become elements, lists elements after one another, and all else text."""
    if isinstance(told, list | tuple):
        for each in told:
            _ours(parent, name, each)
        return
    made = SubElement(parent, _own(_ELEMENTS.get(name, name)))
    if isinstance(told, dict):
        for inner, each in told.items():
            _ours(made, inner, each)
    else:
        made.text = _spoken(str(told).lower() if isinstance(told, bool) else str(told))


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _spoken(text)


def _spoken(text: str) -> str:
    return _UNSPEAKABLE.sub("", text)


def _own(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _tree(raw: bytes) -> Element:
    """The document's outermost element; names without their prefixes."""
    builder = TreeBuilder()

    def start(tag: str, attributes: Mapping[str, str]) -> None:
        builder.start(local(tag), {local(name): each for name, each in attributes.items()})

    for _fed in xml_feed.feed(
        [raw], name="The journey", start=start, end=lambda tag: builder.end(local(tag)), text=builder.data
    ):
        pass
    return builder.close()


def _named(parent: Element, name: str) -> Iterator[Element]:
    return (each for each in parent.iter(name) if each is not parent)


def _whole(planned: Element, ours: Element) -> dict[str, Any]:
    """Our own part as data, with what stands in CJML's words put where it belongs."""
    told: dict[str, Any] = _data(ours)
    told |= {"name": planned.findtext("journeyName", ""), "about": planned.findtext("journeyDescription", "")}
    archetype = told.get("archetype")
    name = planned.findtext("actors/endUser/actorName", "")
    told["archetype"] = (archetype if isinstance(archetype, dict) else {}) | {"name": name}
    points: dict[str, list[dict[str, Any]]] = {}
    for point in planned.iterfind("touchpoints/*"):
        points.setdefault(point.get("stage", ""), []).append(_point(point))
    for stage in told.get("stages", ()):
        if isinstance(stage, dict):
            stage["touchpoints"] = points.get(stage.get("key", ""), [])
    return told


def _point(point: Element) -> dict[str, Any]:
    ours = [each for each in point if each.tag in {"ofKind", "feels", "words"}]
    begins = point.find("initiator/refersTo")
    return _parts(ours) | {
        "key": point.get("key", ""),
        "name": point.findtext("initiator/initiatorLabel", ""),
        "initiator": PERSON if begins is None else begins.get("actorIDref", PERSON),
        "channel": point.findtext("channel/channelName", ""),
    }


def _data(element: Element) -> Any:
    return _parts(list(element)) if len(element) else element.text or ""


def _parts(elements: list[Element]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for each in elements:
        name = _LISTS.get(each.tag)
        if name and (name != "stages" or len(each)):  # the stage that is the aim has only a key
            found.setdefault(name, []).append(_data(each))
        else:
            found[each.tag] = _data(each)
    return found
