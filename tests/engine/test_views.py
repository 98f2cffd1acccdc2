"""The log as an analyst reads it."""

from decimal import Decimal

from engine.engines import Given, on_both_engines, rows, values
from engine.mirrored import NOON, days_after
from vincle.engine.steps import Pipeline, Step


def everything(view: str, order: str) -> Pipeline:
    return Pipeline((Step("answer", f"SELECT * FROM {view} ORDER BY {order}", "All of it."),))


@on_both_engines
def test_an_event_tells_with_whom_it_was(engine: Given) -> None:
    runner = engine({
        "identities": [{"id": 5, "value": "anna@example.org"}],
        "interactions": [
            {"identity_id": 5, "kind": "order.placed", "amount": 129_900, "currency": "EUR", "channel": "web",
             "place": "", "staff": "Núria", "score": -0.5, "text": "hm", "properties": '{"a": 1}', "batch_id": 3}
        ],
    })  # fmt: skip
    [event] = rows(runner, everything("events", "id"))
    expected = {
        "id": 1, "uid": "uid-1", "person": 5, "namespace": "email",
        "identity": "anna@example.org", "kind": "order.placed", "source": "shop", "channel": "web", "place": "",
        "staff": "Núria", "occurred_at": NOON, "amount": Decimal("12.9900"), "currency": "EUR", "score": -0.5,
        "text": "hm", "properties": '{"a": 1}', "message_id": "m1", "batch": 3,
    }  # fmt: skip
    assert expected == {name: value for name, value in event.items() if name != "recorded_at"}


@on_both_engines
def test_what_an_event_lacks_is_unknown(engine: Given) -> None:
    runner = engine({"interactions": [{"identity_id": 9}]})
    [event] = rows(runner, everything("events", "id"))
    unknown = {"person", "namespace", "identity", "amount", "currency", "score", "text", "staff"}
    assert {None} == {event[name] for name in unknown}


@on_both_engines
def test_an_identity_belongs_to_the_person_it_moved_to_last(engine: Given) -> None:
    runner = engine(
        {
            "identities": [{"id": 1}, {"id": 2}, {"id": 3, "person_id": 1}],
            "identity_moves": [
                {"id": 1, "identity_id": 2, "person_id": 1},
                {"id": 2, "identity_id": 3, "person_id": 3},
                {"id": 3, "identity_id": 2, "person_id": 2},
                {"id": 4, "identity_id": 2, "person_id": 1},
            ],
        }
    )
    step = Step("answer", "SELECT id, person FROM identities ORDER BY id", "Who is who.")
    assert [(1, 1), (2, 1), (3, 3)] == values(runner, Pipeline((step,)))


@on_both_engines
def test_of_several_observations_the_pinned_then_the_latest_counts(engine: Given) -> None:
    runner = engine(
        {
            "identities": [{"id": 1}, {"id": 2, "person_id": 1}, {"id": 3}, {"id": 4}, {"id": 5}],
            "people": [{"id": 1}, {"id": 2}, {"id": 3}, {"id": 4}],
            "observations": [
                {"identity_id": 1, "value": "Anna", "observed_at": days_after(1), "pinned": True},
                {"identity_id": 2, "value": "Anna Roca", "observed_at": days_after(9)},
                {"identity_id": 1, "name": "town", "value": "Vic", "observed_at": days_after(1)},
                {"identity_id": 2, "name": "town", "value": "Olot", "observed_at": days_after(2)},
                {"identity_id": 3, "value": "first said", "observed_at": NOON},
                {"identity_id": 3, "value": "said later at the same time", "observed_at": NOON},
            ],
        }
    )
    people = {row["person"]: row for row in rows(runner, everything("people", "person"))}
    assert [1, 3, 4] == list(people)
    assert {"name": "Anna", "town": "Olot"} == dict(people[1]["attributes"])
    assert "said later at the same time" == people[3]["name"]
    assert ("4@example.org", None) == (people[4]["name"], people[4]["attributes"])
    assert "person-1" == people[1]["uid"]


@on_both_engines
def test_what_colleagues_took_back_counts_no_more_and_of_others_everything(engine: Given) -> None:
    runner = engine(
        {
            "identities": [{"id": 1}, {"id": 2, "person_id": 1}, {"id": 3}],
            "people": [{"id": 1}, {"id": 3}],
            "observations": [
                {"identity_id": 1, "value": "Pinned first", "observed_at": days_after(1), "pinned": True},
                {"identity_id": 1, "value": "", "observed_at": days_after(2), "pinned": True},
                {"identity_id": 1, "value": "By a source", "observed_at": days_after(0)},
                {"identity_id": 2, "name": "town", "value": "Vic", "observed_at": days_after(1), "pinned": True},
                {"identity_id": 1, "name": "town", "value": "", "observed_at": days_after(2), "pinned": True},
                {"identity_id": 3, "name": "job", "value": "Cook", "observed_at": days_after(1), "pinned": True},
                {"identity_id": 3, "name": "job", "value": "", "observed_at": days_after(2), "pinned": True},
                {"identity_id": 3, "value": "Said again", "observed_at": days_after(3), "pinned": True},
                {"identity_id": 3, "value": "", "observed_at": days_after(2), "pinned": True},
            ],
        }
    )
    people = {row["person"]: dict(row["attributes"]) for row in rows(runner, everything("people", "person"))}
    assert {1: {"name": "By a source", "town": "Vic"}, 3: {"name": "Said again"}} == people


@on_both_engines
def test_objects_tell_what_events_were_about(engine: Given) -> None:
    runner = engine(
        {
            "identities": [{"id": 1}],
            "interactions": [{"identity_id": 1}],
            "things": [
                {"id": 1, "key": "tea", "label": "Tea", "properties": '{"leaf": true}'},
                {"id": 2, "key": "cup"},
            ],
            "interaction_things": [
                {
                    "interaction_id": 1,
                    "thing_id": 1,
                    "qualifier": "line",
                    "quantity": 2.0,
                    "amount": 5,
                    "identity_id": 1,
                },
                {"interaction_id": 1, "thing_id": 2, "identity_id": 1},
            ],
        }
    )
    expected = [
        (1, 1, "shop", "product", "cup", "", "", None, None, None),
        (1, 1, "shop", "product", "tea", "Tea", "line", 2.0, Decimal("0.0005"), '{"leaf": true}'),
    ]
    assert expected == values(runner, everything("objects", "key"))


@on_both_engines
def test_an_empty_log_has_all_views_with_their_columns(engine: Given) -> None:
    runner = engine({})
    for view in ("events", "objects", "people", "identities"):
        table = runner.run(Pipeline((Step("answer", f"SELECT * FROM {view}", "All of it."),)))
        assert 0 == table.num_rows
        assert table.num_columns >= 4


@on_both_engines
def test_whose_processing_is_restricted_is_in_no_view(engine: Given) -> None:
    runner = engine(
        {
            "identities": [{"id": 1}, {"id": 2}, {"id": 3, "person_id": 2}],
            "identity_moves": [{"identity_id": 3, "person_id": 2}],
            "people": [{"id": 1}, {"id": 2}],
            "interactions": [{"identity_id": 1}, {"identity_id": 2}, {"identity_id": 3}],
            "things": [{"key": "tea"}],
            "interaction_things": [{"interaction_id": each, "thing_id": 1, "identity_id": each} for each in (1, 2, 3)],
            "observations": [{"identity_id": 2, "value": "Anna"}],
        },
        restricted=[2, 3],
    )
    seen = {
        view: values(runner, Pipeline((Step("answer", f"SELECT person FROM {view}", "Who is there."),)))
        for view in ("events", "objects", "people", "identities")
    }
    assert {"events": [(1,)], "objects": [(1,)], "people": [(1,)], "identities": [(1,)]} == seen
    beneath = Step("answer", "SELECT count(*) AS n FROM interactions UNION ALL SELECT count(*) FROM observations", "")
    assert [(0,), (1,)] == sorted(values(runner, Pipeline((beneath,))))
