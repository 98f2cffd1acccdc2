"""Each operation changes what it says and nothing else, and its inverse takes it back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from journeys.designs import design
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.editing import apply, resolved
from vincle.apps.journeys.maps.operations import Operation, as_said, read_operation
from vincle.apps.journeys.maps.places import meet, touched
from vincle.engine.journeys.journey import Aim, Archetype, Journey, Rule, Touchpoint, from_data
from vincle.kernel.errors import BadInput, NotFound

pytestmark = pytest.mark.once
KEYS = some.sampled_from(["look", "first", "habit", "new", "new-2"])
TOUCHPOINTS = some.sampled_from(["web", "friend", "door", "call", "call-2"])
PLACES = some.integers(0, 6)
TEXTS = some.sampled_from(["", "Feel sure", "Two\nlines", "Mercè’s “own” words"])
RULES = some.lists(
    some.builds(Rule, kinds=some.just(("order.placed",)), times=some.integers(1, 3), after=some.tuples(KEYS)),
    max_size=2,
).map(tuple)
ONE = some.one_of(
    some.builds(op.SetMap, field=some.sampled_from(["name", "about", "case"]), value=TEXTS),
    some.builds(op.SetArchetype, field=some.sampled_from(["name", "words"]), value=TEXTS),
    some.builds(op.SetAim, aim=some.one_of(some.none(), KEYS.map(lambda key: Aim(stage=key)))),
    some.builds(op.SetStage, stage=KEYS, field=some.sampled_from(op.STAGE_TEXTS), value=TEXTS),
    some.builds(
        op.SetStage, stage=KEYS, field=some.just("feels"), value=some.sampled_from([None, -2.0, -0.5, 0.0, 1.5])
    ),
    some.builds(op.SetRules, stage=KEYS, enters=RULES),
    some.builds(op.AddStage, name=some.just("New"), at=PLACES),
    some.builds(op.MoveStage, stage=KEYS, at=PLACES),
    some.builds(op.RemoveStage, stage=KEYS),
    some.builds(op.AddTouchpoint, stage=KEYS, name=some.just("Call"), feels=some.sampled_from([None, 1.0])),
    some.builds(
        op.ChangeTouchpoint, stage=KEYS, touchpoint=some.builds(Touchpoint, key=TOUCHPOINTS, name=some.just("Other"))
    ),
    some.builds(op.MoveTouchpoint, stage=KEYS, key=TOUCHPOINTS, to=KEYS, at=PLACES),
    some.builds(op.RemoveTouchpoint, stage=KEYS, key=TOUCHPOINTS),
    some.just(op.Replace(design(name="Another", aim=None))),
)


def done(journey: Journey, operation: Operation) -> tuple[Journey, Operation]:
    return apply(journey, resolved(journey, operation))


@given(some.lists(ONE, max_size=12))
@settings(max_examples=200, deadline=None)
def test_whatever_was_done_and_undone_again_leaves_the_document_as_it_was(wanted: list[Operation]) -> None:
    journey = before = design()
    inverses = []
    for operation in wanted:
        try:
            journey, inverse = done(journey, operation)
        except (BadInput, NotFound):
            continue  # refused: nothing was changed
        inverses.append(read_operation(as_said(inverse)))
    for inverse in reversed(inverses):
        journey, _again = apply(journey, inverse)
    assert before == journey


@given(ONE)
@settings(max_examples=200, deadline=None)
def test_an_operation_touches_what_it_changes_and_can_be_kept(operation: Operation) -> None:
    journey = design()
    try:
        changed, inverse = done(journey, operation)
    except (BadInput, NotFound):
        return
    assert operation == read_operation(as_said(operation))
    if changed != journey:
        assert meet(touched(resolved(journey, operation)), touched(inverse))


def test_cells_apart_do_not_meet_and_what_is_within_another_does() -> None:
    wants, does = op.SetStage("look", "wants", "a"), op.SetStage("look", "does", "b")
    assert not meet(touched(wants), touched(does))
    assert not meet(touched(op.MoveStage("look", 2)), touched(wants))
    assert meet(touched(op.RemoveStage("look")), touched(wants))
    assert meet(touched(op.Replace(design())), touched(wants))
    assert meet(touched(op.MoveTouchpoint("look", "web", "first", 0)), touched(op.RemoveTouchpoint("first", "web")))


def test_a_stage_that_goes_is_waited_for_no_more_and_comes_back_with_all_of_it() -> None:
    gone, inverse = done(design(), op.RemoveStage("look"))
    assert [["first", ()], ["habit", ()]] == [
        [each.key, each.enters[0].after if each.enters else ()] for each in gone.stages
    ]
    assert design() == apply(gone, inverse)[0]
    without_aim, _inverse = done(design(), op.RemoveStage("habit"))
    assert without_aim.aim is None


def test_new_parts_have_keys_of_their_own() -> None:
    journey, _inverse = done(design(), op.AddStage("Habit", 9))
    assert "habit-2" == journey.stages[-1].key
    journey, _inverse = done(journey, op.AddTouchpoint("habit", "Web"))
    assert "web-2" == journey.stage("habit").touchpoints[0].key


def test_a_circle_of_stages_is_refused_and_named() -> None:
    with pytest.raises(BadInput, match="First box → Looks around → First box"):
        done(design(), op.SetRules("look", (Rule(kinds=("order.placed",), after=("first",)),)))


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (op.SetStage("look", "name", "  "), "needs a name"),
        (op.SetStage("look", "wants", "x" * 4001), "room for 4000 letters"),
        (op.SetStage("look", "feels", 2.5), "cannot be read"),
        (op.SetStage("look", "expected", "perhaps"), "cannot be read"),
        (op.Several((op.RemoveStage("look"), op.RemoveStage("first"), op.RemoveStage("habit"))), "at least one stage"),
    ],
    ids=lambda each: str(each)[:30],
)
def test_what_a_journey_cannot_be_is_refused(operation: Operation, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        done(design(), operation)


def test_there_are_bounds_to_stages_and_touchpoints() -> None:
    many = from_data({"name": "Long", "stages": [{"key": f"s{at}", "name": "S"} for at in range(30)]})
    with pytest.raises(BadInput, match="at most 30 stages"):
        done(many, op.AddStage("More", 0))
    full = from_data(
        {
            "name": "F",
            "stages": [{"key": "s", "name": "S", "touchpoints": [{"key": f"t{n}", "name": "T"} for n in range(40)]}],
        }
    )
    with pytest.raises(BadInput, match="at most 40 touchpoints"):
        done(full, op.AddTouchpoint("s", "More"))


def test_what_is_not_there_is_not_found() -> None:
    for operation in (op.SetStage("gone", "wants", "x"), op.RemoveTouchpoint("look", "gone"), op.MoveStage("gone", 0)):
        with pytest.raises(NotFound):
            done(design(), operation)


@pytest.mark.parametrize("said", [None, 7, {}, {"do": "everything"}, {"do": "move-stage"}, {"do": "set-map", "x": 1}])
def test_what_is_no_operation_is_said_to_be_none(said: object) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        read_operation(said)


def test_the_archetype_keeps_who_stands_for_it() -> None:
    journey = design(archetype={"name": "Mercè", "person": "019a1506-3fab-7bf9-97ce-5353b184a844"})
    changed, _inverse = done(journey, op.SetArchetype("words", "Cooks for four"))
    assert Archetype("Mercè", "Cooks for four", "019a1506-3fab-7bf9-97ce-5353b184a844") == changed.archetype
