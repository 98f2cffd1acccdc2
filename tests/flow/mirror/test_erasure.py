"""What left the log leaves the mirror, and a personal erasure leaves the disk."""

from pathlib import Path

import pyarrow.parquet as pq

from flow.mirror.operational import Operational
from flow.mirror.reading import mirrored, numbers
from vincle.flow.mirror import refresh
from vincle.kernel.home import Home

SECRET = "xantofilia-7731"  # a value that nothing else contains


def traces(home: Home) -> list[Path]:
    """Files of the mirror that contain the secret, as bytes or as a decoded Parquet value."""
    found = []
    for path in sorted(home.mirror.rglob("*")):
        if not path.is_file():
            continue
        spoken = SECRET.encode() in path.read_bytes()
        if path.suffix == ".parquet":
            spoken = spoken or SECRET in str(pq.read_table(path).to_pydict())
        if spoken:
            found.append(path)
    return found


def told(database: Operational) -> tuple[int, int]:
    """Bernat, whose every column speaks the secret, and Anna, who shares a product with him."""
    anna, bernat = database.identity("anna@example.org"), database.identity(f"{SECRET}@example.org")
    tea, letter = database.thing("tea"), database.thing(f"letter {SECRET}", label=SECRET)
    database.about(database.interaction(anna, "a1"), tea)
    said = database.interaction(bernat, f"b1 {SECRET}", text=SECRET, properties=f'{{"said": "{SECRET}"}}')
    database.about(said, tea)
    database.about(said, letter, qualifier=SECRET)
    database.observation(bernat, "name", SECRET)
    database.move(bernat, bernat)
    return anna, bernat


def test_an_erased_person_is_gone_to_the_last_byte(database: Operational) -> None:
    anna, bernat = told(database)
    refresh(database.home)
    assert traces(database.home)
    database.erase_identity(bernat)
    refreshed = refresh(database.home)
    home = database.home
    assert refreshed.purged
    assert [] == traces(home)
    assert [1] == numbers(home)
    assert ["tea"] == [row["key"] for row in mirrored(home, "things")]
    assert ([anna], [anna]) == (numbers(home, "identities"), numbers(home, "people"))
    assert [anna] == [row["identity_id"] for row in mirrored(home, "interaction_things")]
    assert ([], []) == (numbers(home, "observations"), numbers(home, "identity_moves"))


def test_a_single_interaction_is_gone_to_the_last_byte_and_the_people_stay(database: Operational) -> None:
    anna, bernat = database.identity("anna@example.org"), database.identity("bernat@example.org")
    tea, letter = database.thing("tea"), database.thing(f"letter {SECRET}", label=SECRET)
    database.about(database.interaction(anna, "a1"), tea)
    old = database.interaction(bernat, f"b1 {SECRET}", text=SECRET, properties=f'{{"said": "{SECRET}"}}')
    database.about(old, tea)
    database.about(old, letter, qualifier=SECRET)
    newer = database.interaction(bernat, "b2")
    database.about(newer, tea)
    home = database.home
    refresh(home)
    assert traces(home)

    database.erase_interaction(old)
    refreshed = refresh(home)

    assert (True, []) == (refreshed.purged, traces(home))
    assert ([1, newer], [anna, bernat], [anna, bernat]) == (
        numbers(home), numbers(home, "identities"), numbers(home, "people"),
    )  # fmt: skip
    assert [1, newer] == sorted(row["interaction_id"] for row in mirrored(home, "interaction_things"))
    assert ["tea"] == [row["key"] for row in mirrored(home, "things")]


def test_what_a_killed_copy_left_behind_is_erased_with_the_rest(database: Operational) -> None:
    _, bernat = told(database)
    refresh(database.home)
    folder = next(database.home.mirror.glob("g*")) / "interactions"
    (folder / "part-orphan.parquet").write_bytes(next(folder.glob("*.parquet")).read_bytes())
    (folder / "part-torn.parquet#1").write_text(SECRET)
    database.erase_identity(bernat)
    refresh(database.home)
    assert [] == traces(database.home)


def test_erasing_touches_only_whom_it_names(database: Operational) -> None:
    people = [database.identity(f"{number}@example.org") for number in range(6)]
    for number, person in enumerate(people * 2):
        database.interaction(person, f"m{number}", text=None if number % 2 else "tied")
    refresh(database.home)
    for person in (people[0], people[2], people[5]):
        database.erase_identity(person)
    assert {"interactions": 6, "identities": 3, "people": 3} == refresh(database.home).erased
    kept = {row["identity_id"] for row in mirrored(database.home, "interactions")}
    assert {people[1], people[3], people[4]} == kept


def test_a_batch_taken_back_leaves_and_the_rest_stays(database: Operational) -> None:
    anna, tea = database.identity("anna@example.org"), database.thing("tea")
    kept = database.interaction(anna, "m1")
    undone = database.interaction(anna, "m2", batch_id=9)
    for number in (kept, undone):
        database.about(number, tea)
    database.observation(anna, "name", "Anna", batch_id=9)
    refresh(database.home)
    database.erase_batch(9)
    after = refresh(database.home)
    assert {"interactions": 1, "interaction_things": 1, "observations": 1} == after.erased
    assert not after.purged
    assert ([kept], [kept]) == (numbers(database.home), numbers(database.home, "interaction_things"))


def test_people_whom_only_the_undone_batch_knew_leave_with_it(database: Operational) -> None:
    anna, stranger = database.identity("anna@example.org"), database.identity("stranger@example.org")
    database.interaction(anna, "m1")
    database.interaction(stranger, "m2", batch_id=9)
    refresh(database.home)
    database.connection.execute(f"DELETE FROM flow_identity WHERE id = {stranger}")
    database.erase_batch(9)
    refresh(database.home)
    assert [anna] == numbers(database.home, "identities")


def test_what_is_said_after_an_erasure_is_kept(database: Operational) -> None:
    anna, bernat = database.identity("anna@example.org"), database.identity("bernat@example.org")
    database.interaction(bernat, "m1")
    refresh(database.home)
    database.erase_identity(bernat)
    new = database.interaction(anna, "m2")
    refresh(database.home)
    refresh(database.home)
    assert [new] == numbers(database.home)


def test_an_erasure_before_the_first_copy_never_enters_the_mirror(database: Operational) -> None:
    _, bernat = told(database)
    database.erase_identity(bernat)
    refresh(database.home)
    assert [] == traces(database.home)
