"""What others write in CJML: actors and touchpoints, in phases or not, and nothing of ours."""

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from vincle.engine.journeys.journey import MOST_STAGES, MOST_TOUCHPOINTS, key_from
from vincle.kernel.errors import BadInput

_PHASES = ("phase", "phaseName", "journeyPhase")
_LABELS = ("initiatorLabel", "actionLabel", "label", "touchpointName", "receiverLabel", "actorName", "touchpointID")
LETTERS = 120  # of a name
MOST = MOST_STAGES * MOST_TOUCHPOINTS


def data_of(planned: Element) -> dict[str, Any]:
    """A journey as data. Its phases are the stages; without any, one stage (of at most 40 touchpoints, else the next
    begins) is called as the journey is, to be parted by who knows it.
    """
    name = _text(planned, "journeyName") or _text(planned, "journeyID") or "Journey"
    people = _people(planned)
    points = planned.findall("touchpoints/*")
    if len(points) > MOST:
        raise BadInput(f"The journey has {len(points):,} touchpoints; a map has room for {MOST:,}.")
    phases: dict[str, list[dict[str, Any]]] = {}
    taken: set[str] = set()
    for point in points:
        phase = next((said for tag in _PHASES if (said := _text(point, tag))), "") or name
        made = _touchpoint(point, people, taken)
        taken.add(made["key"])
        phases.setdefault(phase, []).append(made)
    stages: list[dict[str, Any]] = []
    for phase, touchpoints in (phases or {name: []}).items():
        for part, some in enumerate(_some(touchpoints), start=1):
            called = phase if part == 1 else f"{phase[: LETTERS - 4]} {part}"
            key = key_from(called, [each["key"] for each in stages])
            stages.append({"key": key, "name": called, "touchpoints": some})
    about = (planned.findtext("journeyDescription") or "").strip()[:4000]
    whose = _text(planned, "actors/endUser/actorName")
    return {"name": name, "about": about, "archetype": {"name": whose}, "stages": stages}


def _people(planned: Element) -> set[str]:
    """By what the end users are referred to: their numbers, and their names, which some tools use instead."""
    users = [each for each in planned.iterfind("actors/*") if each.tag == "endUser"]
    return {said for each in users for said in (each.get("actorID", ""), _text(each, "actorName")) if said}


def _touchpoint(point: Element, people: set[str], taken: set[str]) -> dict[str, Any]:
    name = next((said for tag in _LABELS if (said := _anywhere(point, tag))), "") or "Touchpoint"
    begins = next(point.iter("refersTo"), None)
    who = "" if begins is None else begins.get("actorIDref", "")
    return {
        "key": key_from(name, taken),
        "name": name,
        "channel": _anywhere(point, "channelName")[:100],
        "initiator": "person" if who in people or not who else "organisation",
    }


def _some(touchpoints: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    for start in range(0, max(1, len(touchpoints)), MOST_TOUCHPOINTS):
        yield touchpoints[start : start + MOST_TOUCHPOINTS]


def _text(parent: Element, path: str) -> str:
    return (parent.findtext(path) or "").strip()[:LETTERS]


def _anywhere(parent: Element, tag: str) -> str:
    found = next(parent.iter(tag), None)
    return "" if found is None else (found.text or "").strip()[:LETTERS]
