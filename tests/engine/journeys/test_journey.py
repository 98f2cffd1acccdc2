"""The document of a designed journey: read, checked, written again."""

from typing import Any

import pytest

from vincle.engine.journeys.journey import as_json, from_data, from_json, in_order, key_from, schema
from vincle.kernel.errors import BadInput


def stage(key: str, *, after: list[str] | None = None) -> dict[str, Any]:
    return {"key": key, "name": key.upper(), "enters": [{"kinds": ["order.placed"], "after": after or []}]}


def journey(*stages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"name": "Shopping", "stages": list(stages), **more}


def test_written_and_read_again_it_is_the_same() -> None:
    made = from_data(journey(stage("first") | {"feels": 1.5, "wants": "Start today"}, stage("habit", after=["first"])))
    assert from_json(as_json(made)) == made


def test_stages_that_wait_for_one_another_are_named() -> None:
    with pytest.raises(BadInput, match="These stages wait for one another: B → C → B"):
        from_data(journey(stage("a"), stage("b", after=["c"]), stage("c", after=["b"])))


def test_a_stage_that_waits_for_itself_is_named() -> None:
    with pytest.raises(BadInput, match="These stages wait for one another: A → A"):
        from_data(journey(stage("a", after=["a"])))


def test_stages_come_after_those_they_wait_for() -> None:
    made = from_data(journey(stage("back", after=["gone"]), stage("gone"), stage("other")))
    assert [each.key for each in in_order(made)] == ["gone", "back", "other"]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (journey(), "length >= 1"),
        (journey(stage("a"), stage("a")), "Two of the stages have the key “a”."),
        (journey(stage("a", after=["z"])), "“A” comes after a stage “z”, which is not there."),
        (journey(stage("a")) | {"colour": "red"}, "unknown field `colour`"),
        (journey(stage("a") | {"feels": 3}), "<= 2"),
        (journey({"key": "a", "name": "A", "enters": [{"kinds": []}]}), "length >= 1"),
        (journey({"key": "a", "name": "A", "enters": [{"kinds": ["x"], "times": 2, "absent_days": 3}]}), "absence"),
        (journey({"key": "a", "name": "A", "enters": [{"kinds": ["x"], "where": [{"property": "p"}]}]}), "“p” must be"),
        (journey(stage("a"), aim={"kind": "x", "stage": "a"}), "one kind of interaction, or one of its stages"),
        (journey(stage("a"), aim={"stage": "b"}), "one kind of interaction, or one of its stages"),
        (journey(stage("a") | {"wants": "a\x00b"}), "cannot be kept"),
        (journey(stage("a"), name="\ud800"), "cannot be kept"),
        ([1], "The journey cannot be read"),
    ],
)
def test_what_is_wrong_is_said(said: Any, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        from_data(said)


@pytest.mark.parametrize("text", ["{", "[" * 200_000])
def test_what_is_not_json_is_said(text: str) -> None:
    with pytest.raises(BadInput, match="The journey is not JSON"):
        from_json(text)


def test_who_stands_for_it_is_said_as_an_erasure_looks_for_it() -> None:
    address = "01a21506-3fab-7bf9-97ce-5353b184a844"
    spelled = (address, address.upper(), address.replace("-", ""), "{" + address + "}", "erased", "Mercè", "")
    read = [from_data(journey(stage("a"), archetype={"person": said})).archetype.person for said in spelled]
    assert [address] * 4 + ["erased", "", ""] == read


def test_keys_are_made_of_names_and_unlike() -> None:
    assert [key_from("First buy!", []), key_from("First buy", ["first-buy"]), key_from("—", [])] == [
        "first-buy", "first-buy-2", "part",
    ]  # fmt: skip


def test_the_schema_names_every_part() -> None:
    assert {"Journey", "JourneyStage", "Rule", "Touchpoint", "Aim"} <= schema()["$defs"].keys()
