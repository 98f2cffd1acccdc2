"""XES as IEEE 1849-2016 has it."""

import gzip
from pathlib import Path
from xml.etree import ElementTree as ET

import vincle.engine as ve
from engine.mirrored import mirror
from vincle.engine.export import export

SPACE = "{http://www.xes-standard.org/}"


def attributes(element: ET.Element) -> dict[str | None, str | None]:
    return {child.get("key"): child.get("value") for child in element if child.get("key")}


def traces(root: ET.Element) -> dict[str | None, list[dict[str | None, str | None]]]:
    return {
        attributes(trace)["concept:name"]: [attributes(event) for event in trace.findall(f"{SPACE}event")]
        for trace in root.findall(f"{SPACE}trace")
    }


def test_a_trace_is_a_person_and_their_events_in_order(log: ve.Log, tmp_path: Path) -> None:
    assert {"events": 3, "traces": 2} == export(log, tmp_path / "log.xes", format="xes")
    root = ET.parse(tmp_path / "log.xes").getroot()  # noqa: S314 - our own file
    found = traces(root)
    assert ["person-1", "person-2"] == list(found)
    assert ["order.placed", "order.placed"] == [event["concept:name"] for event in found["person-1"]]
    first = found["person-1"][0]
    assert ("2024-03-01T12:00:00.000000+00:00", "Núria", "12.9900", "uid-1") == tuple(
        first[key] for key in ("time:timestamp", "org:resource", "amount", "identity:id")
    )
    assert 'Anna "la <Roca>" & filla' == attributes(root.find(f"{SPACE}trace"))["label"]  # type: ignore[arg-type]


def test_what_xml_cannot_hold_is_replaced_and_the_rest_kept(log: ve.Log, tmp_path: Path) -> None:
    export(log, tmp_path / "log.xes", format="xes")
    found = traces(ET.parse(tmp_path / "log.xes").getroot())  # noqa: S314
    assert '=cmd|"/c calc"!A1\ufffd\n"<&>' == found["person-2"][0]["text"]


def test_the_head_declares_version_extensions_globals_and_classifier(log: ve.Log, tmp_path: Path) -> None:
    export(log, tmp_path / "log.xes", format="xes")
    root = ET.parse(tmp_path / "log.xes").getroot()  # noqa: S314
    assert (f"{SPACE}log", "1849.2016", "") == (root.tag, root.get("xes.version"), root.get("xes.features"))
    prefixes = {element.get("prefix") for element in root.findall(f"{SPACE}extension")}
    assert {"concept", "time", "org", "identity"} == prefixes
    assert {"trace", "event"} == {element.get("scope") for element in root.findall(f"{SPACE}global")}
    assert ["concept:name"] == [element.get("keys") for element in root.findall(f"{SPACE}classifier")]


def test_a_trace_may_be_an_object_of_a_type(log: ve.Log, tmp_path: Path) -> None:
    counts = export(log, tmp_path / "log.xes", format="xes", case="product")
    assert {"events": 3, "traces": 2} == counts
    found = traces(ET.parse(tmp_path / "log.xes").getroot())  # noqa: S314
    assert {"7": 1, "tea": 2} == {name: len(events) for name, events in found.items()}


def test_objects_that_two_sources_call_alike_have_traces_of_their_own(tmp_path: Path) -> None:
    things = [{"id": 1, "type": "order", "key": "7"}, {"id": 2, "type": "order", "key": "7", "source": "web"}]
    about = [{"interaction_id": number, "thing_id": number} for number in (1, 2)]
    rows = {"interactions": [{}, {}], "things": things, "interaction_things": about}
    with ve.open(mirror(tmp_path / "two", rows)) as log:
        assert {"events": 2, "traces": 2} == export(log, tmp_path / "log.xes", format="xes", case="order")
    assert ["shop/7", "web/7"] == list(traces(ET.parse(tmp_path / "log.xes").getroot()))  # noqa: S314


def test_a_name_that_ends_in_gz_is_zipped(log: ve.Log, tmp_path: Path) -> None:
    export(log, tmp_path / "log.xes.gz", format="xes")
    with gzip.open(tmp_path / "log.xes.gz") as file:
        assert 2 == len(traces(ET.parse(file).getroot()))  # noqa: S314
