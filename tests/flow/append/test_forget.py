"""A person is taken out whole, others stay whole, and replay agrees."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flow.append.cases import LATER, START, a_source, bought, import_chunk, people, person_of, say, shaped
from flow.append.test_replay import projections
from vincle.flow import mirror
from vincle.flow.append import Resolver, ThingOf, append, summarise_batch
from vincle.flow.append.forget import forget
from vincle.flow.append.same import say_different, say_same
from vincle.flow.erasure.finishing import finish
from vincle.flow.models import (
    Batch,
    Erasure,
    Forgotten,
    Identity,
    IdentityMove,
    Interaction,
    InteractionThing,
    Observation,
    Person,
    Quarantined,
    SamePerson,
    Thing,
)
from vincle.flow.replay import replay
from vincle.kernel.errors import NotFound
from vincle.kernel.home import Home

TEA = ThingOf(type="product", key="tea", label="Tea", quantity=2.0, amount=Decimal("12.50"))
RING = ThingOf(type="product", key="ring-of-anna", label="Ring")


def counts() -> dict[str, int]:
    tables = (
        Interaction, InteractionThing, Thing, Observation, SamePerson, IdentityMove, Identity, Person, Quarantined,
    )  # fmt: skip
    return {model.__name__: model.objects.count() for model in tables}


def told() -> list[tuple[Any, ...]]:
    """What happened, by whom and about what, as far as it is left."""
    return sorted(
        Interaction.objects.values_list("message_id", "identity__value", "amount", "things__thing__key"), key=str
    )


@pytest.mark.django_db
def test_everything_of_a_person_goes_and_nothing_of_anybody_else():
    berta = [bought("berta", 1, things=[TEA], observations={"name": "Berta"}, links=[("email", "b@example.org")])]
    say(*berta)
    before, story, people_before = counts(), told(), projections()
    anna = [("email", "anna@example.org"), ("phone", "+34600111222")]
    say(
        bought("anna", 1, things=[TEA, RING], observations={"name": "Anna Roca", "town": "Salt"}, links=anna),
        bought("anna@example.org", 2, namespace="email", things=[TEA]),
    )
    gone = forget(person_of("anna"), by="Olga", now=LATER)
    assert before == counts()
    assert story == told()
    assert people_before == projections()
    assert {
        "interactions": 2, "interaction_things": 3, "things": 1, "observations": 2, "facts": 2, "identities": 3,
        "people": 1, "quarantined": 0, "readings": 0,
    } == {name: gone.removed[name] for name in gone.removed if name != "identity_moves"}  # fmt: skip
    assert sorted(gone.leaving.numbers) == sorted(
        Erasure.objects.exclude(identity_id=None).values_list("identity_id", flat=True)
    )
    replay()
    assert people_before == projections()


@pytest.mark.django_db
def test_the_tombstone_says_the_address_and_the_day_only():
    say(bought("anna", observations={"name": "Anna Roca"}))
    uid = person_of("anna").uid
    forget(person_of("anna"), by="Olga", now=LATER)
    tombstone = Forgotten.objects.get()
    assert (uid, uid, LATER, "Olga", None) == (
        tombstone.uid, tombstone.whole, tombstone.at, tombstone.by, tombstone.finished_at,
    )  # fmt: skip
    assert "anna" not in str(tombstone.certificate).lower()


@pytest.mark.django_db
def test_whoever_had_become_part_of_them_goes_too_whichever_address_is_asked_for():
    say(bought("anna"), bought("annie", 1), bought("berta", 2))
    first, second = person_of("anna"), person_of("annie")
    say_same(first, second, author="Olga", now=LATER)
    second.refresh_from_db()
    gone = forget(second, by="Olga", now=LATER)
    assert (first.uid, {first.uid, second.uid}) == (gone.leaving.uid, set(gone.leaving.uids))
    assert {first.uid: first.uid, second.uid: first.uid} == dict(Forgotten.objects.values_list("uid", "whole"))
    assert {frozenset({"berta"})} == people()
    assert 1 == Person.objects.count()


@pytest.mark.django_db
def test_the_email_of_a_household_stays_with_whoever_else_has_it():
    email = [("email", "home@example.org")]
    say(bought("anna", links=email), bought("bernat", 1, links=email))
    say(bought("home@example.org", 2, namespace="email"))
    assert person_of("home@example.org") not in {person_of("anna"), person_of("bernat")}
    gone = forget(person_of("anna"), by="Olga", now=LATER)
    assert (("customer_id@shop", "anna"),) == gone.leaving.identities
    # It is Bernat's alone now, as the facts say and as replay would.
    assert {frozenset({"bernat", "home@example.org"})} == people()
    assert 2 == person_of("bernat").interactions
    grown = projections()
    replay()
    assert grown == projections()
    forget(person_of("bernat"), by="Olga", now=LATER)
    assert 0 == Identity.objects.count() == Interaction.objects.count()


@pytest.mark.django_db
def test_a_contact_that_only_they_gave_goes_also_when_it_joins_nobody():
    say(bought("anna", links=[("email", "a@example.org")]), bought("berta"))
    fact = SamePerson.objects.get()
    fact.withdrawn_at, fact.withdrawn_by = LATER, "Olga"
    fact.save()
    replay()
    assert person_of("anna").pk != Identity.objects.get(value="a@example.org").person_id
    forget(person_of("anna"), by="Olga", now=LATER)
    assert {frozenset({"berta"})} == people()


@pytest.mark.django_db
def test_whom_they_were_kept_apart_from_stays():
    say(bought("anna"), bought("berta"))
    say_different(person_of("anna"), person_of("berta"), author="Olga", now=LATER)
    forget(person_of("anna"), by="Olga", now=LATER)
    assert {frozenset({"berta"})} == people()
    assert 0 == SamePerson.objects.count()


@pytest.mark.django_db
def test_what_waits_in_quarantine_of_them_goes():
    say(bought("anna", links=[("email", "a@example.org")]), bought("berta"))
    payloads = {
        "theirs": {"namespace": "customer_id@shop", "identity": "anna"},
        "by a link": {
            "namespace": "member@club", "identity": "7",
            "links": [{"namespace": "email", "identity": "a@example.org"}],
        },
        "of another": {"namespace": "customer_id@shop", "identity": "berta"},
        "the same number elsewhere": {"namespace": "member@club", "identity": "anna"},
    }  # fmt: skip
    for message, payload in payloads.items():
        Quarantined.objects.create(
            source=a_source(), message_id=message, kind="order.placed", payload=payload, reason="", recorded_at=LATER
        )
    gone = forget(person_of("anna"), by="Olga", now=LATER)
    assert 2 == gone.removed["quarantined"]
    assert {"of another", "the same number elsewhere"} == set(Quarantined.objects.values_list("message_id", flat=True))


@pytest.mark.django_db
def test_who_has_gone_already_is_not_there():
    say(bought("anna"))
    anna = person_of("anna")
    forget(anna, by="Olga", now=LATER)
    with pytest.raises(NotFound):
        forget(anna, by="Olga", now=LATER)


@pytest.mark.django_db
def test_who_comes_again_comes_as_somebody_new():
    say(bought("anna", 1, observations={"name": "Anna"}))
    before = person_of("anna")
    forget(before, by="Olga", now=LATER)
    assert 1 == say(bought("anna", 1)).new
    after = person_of("anna")
    assert before.uid != after.uid
    assert (1, "anna") == (after.interactions, after.name)


@pytest.mark.django_db
def test_what_fails_in_a_room_takes_everything_back():
    say(bought("anna", things=[TEA]), bought("berta"))
    before, grown = counts(), projections()

    def broken(_: object) -> Any:
        raise RuntimeError("a room could not")

    with pytest.raises(RuntimeError):
        forget(person_of("anna"), by="Olga", now=LATER, beside=broken)
    assert (before, grown) == (counts(), projections())
    assert (0, 0) == (Forgotten.objects.count(), Erasure.objects.count())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM flow_interaction")


@pytest.mark.django_db
def test_an_import_that_goes_on_meanwhile_does_not_write_to_whoever_has_gone():
    batch, resolver = Batch.objects.create(source=a_source(), opened_at=START), Resolver()
    import_chunk(
        shaped([bought("anna", 1, things=[TEA], observations={"name": "Anna"}), bought("berta", 1)]),
        source=a_source(), batch=batch, resolver=resolver,
    )  # fmt: skip
    summarise_batch(batch)
    former = Identity.objects.get(value="anna").pk
    forget(person_of("anna"), by="Olga", now=LATER)
    import_chunk(
        shaped([bought("anna", 2, things=[TEA]), bought("berta", 2)]),
        source=a_source(), batch=batch, resolver=resolver,
    )  # fmt: skip
    summarise_batch(batch, resolver=resolver)
    assert former != Identity.objects.get(value="anna").pk
    assert {"anna": 1, "berta": 2} == dict(Identity.objects.values_list("value", "interactions"))
    assert 3 == Interaction.objects.count() == Interaction.objects.filter(identity__isnull=False).count()
    assert set(InteractionThing.objects.values_list("thing_id", flat=True)) == set(
        Thing.objects.values_list("pk", flat=True)
    )
    grown = projections()
    replay()
    assert grown == projections()


WHO = st.sampled_from(["a", "b", "c", "d"])
CONTACT = st.sampled_from([[], [("email", "x@example.org")], [("phone", "+34600")], [("customer_id@shop", "b")]])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("say"), WHO, CONTACT, st.integers(0, 9)),
        st.tuples(st.sampled_from(["join", "part", "erase"]), st.integers(0, 9), st.integers(0, 9)),
    ),
    min_size=2,
    max_size=12,
)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_came_before_an_erasure_takes_one_person_and_replay_agrees(
    clean: Callable[[], Any], steps: list[tuple[Any, ...]]
):
    with clean():
        for number, (verb, *said) in enumerate(steps):
            present = list(Person.objects.filter(into_id=None).order_by("id"))
            if verb == "say":
                who, contact, day = said
                links = [one for one in contact if one[1] != who]
                say(bought(who, day, message_id=f"m{number}", links=links, things=[TEA] if day % 2 else []))
            elif present and verb == "erase":
                chosen = present[said[0] % len(present)]
                others = Interaction.objects.exclude(
                    identity__in=Identity.objects.filter(person_id=chosen.pk).values("pk")
                ).count()
                forget(chosen, by="Olga", now=LATER)
                assert others == Interaction.objects.count()
                assert not Identity.objects.filter(person_id=chosen.pk).exists()
            elif len(present) > 1:
                first, second = (present[place % len(present)] for place in said)
                if first != second:
                    with transaction.atomic():
                        join_or_part(verb, first, second)
        assert not InteractionThing.objects.exclude(interaction__in=Interaction.objects.values("pk")).exists()
        assert Interaction.objects.count() == Interaction.objects.filter(identity__isnull=False).count()
        grown = projections()
        replay()
        assert grown == projections()


def join_or_part(verb: str, first: Person, second: Person) -> None:
    from vincle.kernel.errors import Refused

    try:
        (say_same if verb == "join" else say_different)(first, second, author="Olga", now=LATER)
    except Refused:
        return


SECRET = "esclarmonda.vilafranca@example.org"


def a_home_with_a_secret() -> Person:
    others = [
        bought(f"c{number}", number % 28, message_id=f"o{number}", observations={"name": f"Person Number{number}"})
        for number in range(300)
    ]
    theirs = [
        bought(
            SECRET, number % 28, message_id=f"{SECRET} {number}", namespace="email", text=f"Said by {SECRET}",
            observations={"name": "Esclarmonda Vilafrancaxyz"},
            things=[ThingOf(type="letter", key=f"{SECRET} {number}")],
        )
        for number in range(40)
    ]  # fmt: skip
    for start in range(0, 300, 60):
        append(others[start : start + 60] + theirs[start // 8 : start // 8 + 8], source=a_source(), now=LATER)
    return person_of(SECRET)


@pytest.mark.django_db(transaction=True)
def test_no_byte_is_left_in_the_database_its_log_and_the_mirror():
    home = Home.at()
    person = a_home_with_a_secret()
    mirror.refresh(home, rebuild=True)
    if connection.vendor == "sqlite":
        assert SECRET.encode() in file_of_database().read_bytes() + beside_it("-wal")
    gone = forget(person, by="Olga", now=LATER)
    finished = finish(home, identities=gone.leaving.identities, numbers=gone.leaving.numbers)
    assert (True, True, 1) == (finished.done, finished.verified, finished.look.values)
    others = {"server"} if connection.vendor == "postgresql" else set()
    assert others == {each.what for each in finished.remains}
    if connection.vendor == "sqlite":
        whole = file_of_database().read_bytes() + beside_it("-wal")
        assert SECRET.encode() not in whole
        assert b"vilafrancaxyz" not in whole.lower()
        assert b"Number299" in whole
    assert not any("vilafranca" in text for text in texts_of_mirror(home))
    assert any("c299" in text for text in texts_of_mirror(home))


@pytest.mark.django_db(transaction=True)
def test_what_the_disk_still_holds_is_said():
    home = Home.at()
    person = a_home_with_a_secret()
    mirror.refresh(home, rebuild=True)
    number = Identity.objects.get(value=SECRET).pk
    gone = forget(person, by="Olga", now=LATER)
    say(bought("berta", 1, text=f"Write to {SECRET} instead"))
    finished = finish(home, identities=gone.leaving.identities, numbers=[number])
    assert not finished.verified
    assert ["flow_interaction.text"] == finished.look.mentions
    kept = home.files / "letter.txt"
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(f"to;{SECRET};by post\n", "utf-8")
    finished = finish(home, identities=gone.leaving.identities, numbers=[number])
    kept.unlink()
    assert ["files/letter.txt"] == finished.look.files
    assert not finished.verified


@pytest.mark.django_db(transaction=True)
def test_a_number_that_is_the_beginning_of_anothers_does_not_count_as_theirs():
    home = Home.at()
    say(*(bought(f"CUST-{number}", number, observations={"name": f"N{number}"}) for number in range(1, 25)))
    gone = forget(person_of("CUST-1"), by="Olga", now=LATER)
    finished = finish(home, identities=gone.leaving.identities, numbers=gone.leaving.numbers)
    assert (True, 1) == (finished.verified, finished.look.values)
    assert b"CUST-1" in file_of_database().read_bytes() if connection.vendor == "sqlite" else True


def file_of_database() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def beside_it(ending: str) -> bytes:
    path = Path(f"{file_of_database()}{ending}")
    return path.read_bytes() if path.is_file() else b""


def texts_of_mirror(home: Home) -> list[str]:
    """Every text in every Parquet file of the mirror, used or not; and its logs."""
    texts = [path.read_text("utf-8") for path in home.mirror.rglob("*.json")]
    for path in home.mirror.rglob("*.parquet"):
        table = pq.ParquetFile(path).read()
        for column in table.columns:
            texts += [str(value) for value in column.to_pylist() if isinstance(value, str)]
    return texts
