"""What the mirror holds is what the log holds, however often it is refreshed."""

from datetime import UTC, datetime

from flow.mirror.operational import NOON, Operational
from flow.mirror.reading import mirrored, numbers
from vincle.flow.mirror import refresh, status
from vincle.kernel.ids import uuid7


def test_an_interaction_arrives_with_names_instead_of_numbers(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    uid = uuid7()
    number = database.interaction(
        anna, "m1", uid=uid, occurred_at=datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC), touchpoint_id=1,
        staff_id=1, amount=129_900, currency="EUR", score=0.5, text="Què tal?", properties='{"a": 1}', batch_id=7,
    )  # fmt: skip
    refresh(database.home)
    expected = {
        "id": number, "uid": str(uid), "source": "shop", "message_id": "m1",
        "occurred_at": datetime(2024, 2, 29, 23, 59, 59, 123456, tzinfo=UTC), "recorded_at": NOON,
        "kind": "order.placed", "channel": "counter", "place": "Gràcia", "identity_id": anna, "staff": "Núria",
        "amount": 129_900, "currency": "EUR", "score": 0.5, "text": "Què tal?", "properties": '{"a": 1}',
        "batch_id": 7,
    }  # fmt: skip
    assert [expected] == mirrored(database.home, "interactions")


def test_what_is_unknown_stays_unknown_until_a_row_knows_it(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    for number in range(1500):
        database.interaction(anna, f"m{number}")
    database.interaction(anna, "last", score=-1.0, text="at last", currency="EUR", amount=-5, properties="{}")
    refresh(database.home)
    rows = mirrored(database.home, "interactions")
    assert {None} == {rows[0][name] for name in ("score", "text", "currency", "amount", "channel", "staff")}
    assert (-1.0, "at last", "EUR", -5) == tuple(rows[-1][n] for n in ("score", "text", "currency", "amount"))


def test_instants_of_1900_and_9999_survive(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    first, last = datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC)
    database.interaction(anna, "early", occurred_at=first)
    database.interaction(anna, "late", occurred_at=last)
    refresh(database.home)
    assert [first, last] == [row["occurred_at"] for row in mirrored(database.home, "interactions")]


def test_things_identities_moves_and_observations_arrive(database: Operational) -> None:
    anna, work = database.identity("anna@example.org"), database.identity("anna@work.example")
    tea = database.thing("tea", label="Tea", properties='{"leaf": true}')
    order = database.interaction(anna, "m1", batch_id=3)
    database.about(order, tea, qualifier="line", quantity=2.0, amount=70_000)
    database.observation(anna, "name", "Anna", pinned=True, batch_id=3)
    database.move(work, anna)
    refresh(database.home)
    home = database.home
    assert [
        {"interaction_id": order, "thing_id": tea, "qualifier": "line", "quantity": 2.0, "amount": 70_000,
         "identity_id": anna, "batch_id": 3}
    ] == mirrored(home, "interaction_things")  # fmt: skip
    assert [
        {"id": tea, "source": "shop", "type": "product", "key": "tea", "label": "Tea", "properties": '{"leaf": true}'}
    ] == mirrored(home, "things")
    assert [(anna, "email", "anna@example.org", anna), (work, "email", "anna@work.example", anna)] == [
        (row["id"], row["namespace"], row["value"], row["person_id"]) for row in mirrored(home, "identities")
    ]
    assert [anna] == numbers(home, "people")
    assert [(work, anna)] == [(r["identity_id"], r["person_id"]) for r in mirrored(home, "identity_moves")]
    assert [("name", "Anna", "shop", True, 3)] == [
        (r["name"], r["value"], r["source"], r["pinned"], r["batch_id"]) for r in mirrored(home, "observations")
    ]


def test_refreshing_copies_what_is_new_and_only_that(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    first = database.interaction(anna, "m1")
    assert {"interactions": 1, "identities": 1, "people": 1} == refresh(database.home).added
    second = database.interaction(anna, "m2")
    assert {"interactions": 1} == refresh(database.home).added
    assert [first, second] == numbers(database.home)


def test_refreshing_without_news_changes_nothing(database: Operational) -> None:
    database.interaction(database.identity("anna@example.org"), "m1")
    before = refresh(database.home)
    after = refresh(database.home)
    assert before.changed
    assert not after.changed
    assert before.version == after.version
    [folder] = database.home.mirror.glob("g*/interactions")
    commits = len(list(folder.glob("_delta_log/*.json")))
    database.connection.execute("CREATE TABLE busy_elsewhere (n integer)")
    refresh(database.home)
    assert commits == len(list(folder.glob("_delta_log/*.json")))


def test_an_empty_log_has_an_empty_mirror(database: Operational) -> None:
    refresh(database.home)
    assert {0} == set(status(database.home).rows.values())


def test_status_tells_how_far_the_mirror_has_come(sqlite: Operational) -> None:
    anna = sqlite.identity("anna@example.org")
    sqlite.interaction(anna, "m1")
    last = sqlite.interaction(anna, "m2")
    refreshed = refresh(sqlite.home)
    stands = status(sqlite.home)
    assert (refreshed.version, last, 2) == (stands.version, stands.position, stands.rows["interactions"])


def test_a_person_whose_row_comes_later_gets_their_uid_later(database: Operational) -> None:
    anna, work = database.identity("anna@example.org", row=False), database.identity("anna@work.example", row=False)
    database.interaction(anna, "m1")
    refresh(database.home)
    assert [] == mirrored(database.home, "people")
    uid = database.person(anna, "Anna")
    database.move(work, anna)
    refresh(database.home)
    refresh(database.home)
    assert [{"id": anna, "uid": str(uid)}] == mirrored(database.home, "people")
