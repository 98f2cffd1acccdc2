"""Journeys as CJML-like XML: nothing is lost on the way out and in, and nothing bad comes in."""

from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vincle.apps.journeys.patterns import patterns
from vincle.engine.journeys import cjml
from vincle.engine.journeys.cjml import as_xml, from_xml
from vincle.engine.journeys.journey import Journey, JourneyStage, from_data
from vincle.kernel.errors import BadInput

# The characters of XML 1.0, the white space among them that a reader would like to normalise.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)
names = texts.filter(bool) | st.sampled_from(["<a>&amp;", " two\r\n lines\t", "]]>", "true", "1.0"])
keys = st.from_regex("[a-z0-9][a-z0-9_-]{0,5}", fullmatch=True)
numbers = st.floats(allow_nan=False, allow_infinity=False, width=64)


def some(**fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


def lists(of: st.SearchStrategy[Any], least: int = 0) -> st.SearchStrategy[list[Any]]:
    return st.lists(of, min_size=least, max_size=3)


wheres = st.fixed_dictionaries({"property": names, "equals": texts}, optional={"at_least": numbers, "at_most": numbers})
rules = st.builds(
    lambda told, more: told | more,
    st.fixed_dictionaries({"kinds": lists(names, 1)}),
    some(channel=texts, about=st.fixed_dictionaries({"type": names}), where=lists(wheres), times=st.integers(1, 9)),
)
touchpoints = st.builds(
    lambda told, more: told | more,
    st.fixed_dictionaries({"key": keys, "name": names}),
    some(kinds=lists(names), channel=texts, feels=st.floats(-2, 2), words=texts, initiator=st.just("organisation")),
)
stages = st.builds(
    lambda told, more: told | more,
    st.fixed_dictionaries({"key": keys, "name": names}),
    some(
        enters=lists(rules), expected=st.sampled_from(["maybe", "never"]), repeatable=st.booleans(), wants=texts,
        within_days=st.floats(0.1, 3650), feels=st.floats(-2, 2), owner=texts,
        touchpoints=st.lists(touchpoints, max_size=3, unique_by=lambda each: each["key"]),
    ),
)  # fmt: skip
journeys = st.builds(
    lambda told, more: from_data(told | more),
    st.fixed_dictionaries(
        {"name": names, "stages": st.lists(stages, min_size=1, max_size=3, unique_by=lambda each: each["key"])}
    ),
    some(about=texts, case=names, archetype=some(name=texts, words=texts), aim=st.fixed_dictionaries({"kind": names})),
)


@given(journeys)
@settings(max_examples=25, deadline=None)
def test_written_and_read_again_it_is_the_same(journey: Journey) -> None:
    assert from_xml(as_xml(journey)) == journey
    assert from_xml(as_xml(journey).encode()) == journey


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: pattern.key)
def test_every_journey_to_begin_with_survives(pattern: Any) -> None:
    journey = from_data(pattern.document("ca"))
    assert from_xml(as_xml(journey)) == journey


def test_what_xml_cannot_hold_is_left_out() -> None:
    journey = Journey("A\x00B\x1f\uffff", (JourneyStage("a", "A"),))
    assert from_xml(as_xml(journey)) == msgspec.structs.replace(journey, name="AB")


FOREIGN = """<?xml version="1.0"?>
<CJML version="2.0">
  <plannedJourney>
    <journeyID>PJ1</journeyID>
    <actors>
      <endUser actorID="Carl"><actorName>Carl, a reader</actorName></endUser>
      <serviceProvider actorID="Books"><companyName>Books</companyName></serviceProvider>
    </actors>
    <touchpoints>
      <plannedCommunicationPoint>
        <touchpointID>TP1</touchpointID>
        <initiator><refersTo actorIDref="Carl"/><initiatorLabel>Creates an account</initiatorLabel></initiator>
        <receiver><refersTo actorIDref="Books"/><receiverLabel>Account made</receiverLabel></receiver>
        <channel><channelName>Web</channelName></channel>
      </plannedCommunicationPoint>
      <plannedCommunicationPoint>
        <initiator><refersTo actorIDref="Books"/><initiatorLabel>Sends a welcome</initiatorLabel></initiator>
        <channel><channelName>E-mail</channelName></channel>
      </plannedCommunicationPoint>
    </touchpoints>
  </plannedJourney>
</CJML>"""


def test_a_file_of_another_tool_comes_in_as_its_touchpoints() -> None:
    assert from_xml(FOREIGN) == from_data(
        {
            "name": "PJ1",
            "archetype": {"name": "Carl, a reader"},
            "stages": [
                {
                    "key": "pj1",
                    "name": "PJ1",
                    "touchpoints": [
                        {"key": "creates-an-account", "name": "Creates an account", "channel": "Web"},
                        {
                            "key": "sends-a-welcome",
                            "name": "Sends a welcome",
                            "channel": "E-mail",
                            "initiator": "organisation",
                        },
                    ],
                }
            ],
        }
    )


def test_very_many_touchpoints_are_read_at_once_or_refused() -> None:
    def points(count: int) -> str:
        return f"<CJML><plannedJourney><touchpoints>{'<a/>' * count}</touchpoints></plannedJourney></CJML>"

    stages = from_xml(points(1200)).stages
    assert 1200 == len({(stage.key, each.key) for stage in stages for each in stage.touchpoints})
    with pytest.raises(BadInput, match="1,201 touchpoints"):
        from_xml(points(1201))


def test_phases_become_stages_and_an_actual_journey_is_read_when_none_is_planned() -> None:
    actual = FOREIGN.replace("planned", "actual").replace("<touchpointID>TP1", "<phase>Before</phase><touchpointID>TP1")
    assert [(stage.name, len(stage.touchpoints)) for stage in from_xml(actual).stages] == [("Before", 1), ("PJ1", 1)]


SMALL = as_xml(from_data({"name": "A", "stages": [{"key": "a", "name": "A"}]}))
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>'
STEALING = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (BOMB + "<CJML>&c;</CJML>", "document type declaration"),
        (STEALING + "<CJML>&b;</CJML>", "document type declaration"),
        ("<a>" * 200 + "</a>" * 200, "nested deeper than 64 levels"),
        ("{}", "not well-formed XML"),
        ("", "not well-formed XML"),
        (b"\xff\xfe\x00", "not well-formed XML"),
        ("<html/>", "There is no journey in this XML"),
        (SMALL.replace(">a<", ">A!<"), "cannot be read"),
        (SMALL.replace("stage>", "wall>"), "cannot be"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(text: str | bytes, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        from_xml(text)


def test_what_is_too_large_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cjml, "MOST_BYTES", 100)
    with pytest.raises(BadInput, match="larger than"):
        from_xml(FOREIGN)


WHOLE = as_xml(from_data(patterns()[1].document("en")))


@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 200), st.sampled_from(["", "<a/>", "</", "&x;", "\x00", "name>"]))
@settings(max_examples=60, deadline=None)
def test_whatever_is_broken_in_a_file_is_refused_or_read(at: int, gone: int, instead: str) -> None:
    with suppress(BadInput):
        assert isinstance(from_xml(WHOLE[:at] + instead + WHOLE[at + gone :]), Journey)
