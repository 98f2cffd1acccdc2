"""What colleagues say of somebody under a field: kept in the log, pinned, with who said it; undone; parted exactly."""

import io
import json
import zipfile

import pytest

from fields.asking import HTMX, OLGA, a_field, save, undo_of, value
from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.fields import actions
from vincle.apps.people.facade import erase, join, undo
from vincle.apps.people.privacy.giving import give_everything
from vincle.flow.models import Interaction, Observation
from vincle.flow.replay import replay

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _two_people(db: None) -> None:
    tell(
        happened("C1", "2026-03-01 10:00", name="Mercè Roca", observations={"town": "Girona"}),
        happened("C2", "2026-03-01 10:00", name="Merce Roca"),
    )


def test_a_value_is_an_observation_that_counts_first_and_says_who(client_of, anna):
    a_field()
    page = save(client_of(anna), "field:allergies", " Nuts ")

    observation = Observation.objects.get(name="field:allergies")
    assert ("Nuts", True, "_house", None) == (
        observation.value, observation.pinned, observation.source.name, observation.batch_id,
    )  # fmt: skip
    heard = Interaction.objects.get(kind__name="person.described")
    assert ({"field": "field:allergies"}, "Anna Puig") == (heard.properties, str(heard.staff))
    assert "said by Anna Puig" in page.text
    entry = AuditEntry.objects.get(action="person.described")
    assert (str(person("C1").uid), {"field": "field:allergies"}) == (entry.object_uid, entry.details)


def test_former_values_stay_within_reach_and_saving_the_same_again_is_nothing(client_of, anna, marta):
    a_field()
    save(client_of(anna), "field:allergies", "Nuts")
    save(client_of(marta), "field:allergies", "Eggs")
    same = save(client_of(anna), "field:allergies", "Eggs")

    shown = value(client_of(anna), "field:allergies")
    assert ("Eggs", ["Nuts"]) == (shown.value, [words for words, _from in shown.before])
    assert "said by Anna Puig" in shown.before[0][1]
    assert ("HX-Trigger" in same.headers, 2) == (False, Observation.objects.filter(name="field:allergies").count())


def test_what_a_source_said_is_confirmed_corrected_and_counts_again(client_of, anna):
    client = client_of(anna)
    save(client, "town", "Girona")
    confirmed = value(client, "town").known.now.provenance
    tell(happened("C1", "2026-05-01 10:00", observations={"town": "Olot"}))
    pinned = value(client, "town").value
    save(client, "town", "Salt")
    corrected = value(client, "town").value
    save(client, "town")  # nothing: what sources say counts

    assert confirmed.startswith("confirmed by Anna Puig")
    assert ["Girona", "Salt", "Olot"] == [pinned, corrected, value(client, "town").value]
    assert "Olot" in client.get(address("C1")).text


def test_a_name_given_by_a_colleague_is_the_persons_until_it_is_taken_back(client_of, anna):
    client = client_of(anna)
    save(client, "name", "Mercè Roca i Puig")
    tell(happened("C1", "2026-05-01 10:00", name="M. ROCA"))
    given = person("C1").name
    replay()
    replayed = person("C1").name
    save(client, "name")
    taken_back = person("C1").name
    replay()

    assert ["Mercè Roca i Puig", "Mercè Roca i Puig", "M. ROCA", "M. ROCA"] == [
        given, replayed, taken_back, person("C1").name,
    ]  # fmt: skip


@pytest.mark.parametrize("before", [[], ["Nuts"]])
def test_undoing_brings_back_what_counted_before(client_of, anna, before):
    a_field()
    client = client_of(anna)
    for each in before:
        save(client, "field:allergies", each)

    answer = save(client, "field:allergies", "Wrong person")
    undone = client.post(undo_of(answer))

    assert (302, address("C1")) == (undone.status_code, undone.url)
    assert "".join(before) == value(client, "field:allergies").value
    assert 403 == client.post(undo_of(answer)).status_code  # something has been said since: the undoing


def test_undoing_a_correction_leaves_the_source_its_word(client_of, anna):
    client = client_of(anna)
    client.post(undo_of(save(client, "town", "Salt")))

    assert "Girona" == value(client, "town").value


def test_values_come_together_and_part_again_exactly(client_of, anna):
    a_field()
    client = client_of(anna)
    save(client, "field:allergies", "Nuts", who="C1")
    save(client, "field:allergies", "Eggs", who="C2")

    step = join(person("C1"), person("C2"), actor=OLGA, now=NOW)
    together = value(client, "field:allergies")
    undo(step, actor=OLGA, now=NOW)

    assert ("Eggs", ["Nuts"]) == (together.value, [words for words, _from in together.before])
    assert ["Nuts", "Eggs"] == [value(client, "field:allergies", who=who).value for who in ("C1", "C2")]


def test_taken_back_while_they_are_one_nobody_says_it_any_more(client_of, anna):
    a_field()
    client = client_of(anna)
    save(client, "field:allergies", "Nuts", who="C1")
    save(client, "field:allergies", "Eggs", who="C2")
    step = join(person("C1"), person("C2"), actor=OLGA, now=NOW)

    answer = save(client, "field:allergies")
    nothing = value(client, "field:allergies").value
    client.post(undo_of(answer))
    again = value(client, "field:allergies").value
    undo(step, actor=OLGA, now=NOW)

    assert ("", "Eggs") == (nothing, again)
    assert ["Nuts", "Eggs"] == [value(client, "field:allergies", who=who).value for who in ("C1", "C2")]


def test_only_a_source_takes_back_what_only_a_source_said(client_of, anna):
    answer = save(client_of(anna), "town")

    assert (403, True) == (answer.status_code, "only the source" in answer.headers["HX-Trigger"])


def test_what_is_wrong_is_said_and_nothing_changes(client_of, anna):
    a_field("Shoe size", "number")
    answer = save(client_of(anna), "field:shoe-size", "large")

    assert (400, True) == (answer.status_code, "Shoe size: this is no number" in answer.headers["HX-Trigger"])
    assert not Observation.objects.filter(name="field:shoe-size").exists()


@pytest.mark.parametrize("name", ["field:nothing", "shoe", "", "x" * 81, "%00"])
def test_a_field_that_is_none_is_not_found(client_of, anna, name):
    client = client_of(anna)
    assert [404, 404] == [
        save(client, name, "x").status_code,
        client.get(f"{address('C1', 'fields', 'edit')}?name={name}").status_code,
    ]


@pytest.mark.parametrize("at", ["", "yesterday", "2026-01-01", "2026-01-01T10:00:00%2B00:00"])
def test_undoing_nothing_changes_nothing(client_of, anna, at):
    answer = client_of(anna).post(f"{address('C1', 'fields', 'undo')}?name=town&at={at}")

    assert answer.status_code in {400, 403}
    assert "Girona" == value(client_of(anna), "town").value


def test_what_is_sensitive_only_some_see_anywhere(client_of, anna, cast):
    a_field("Diagnosis", sensitive=True)
    save(client_of(anna), "field:diagnosis", "Diabetes")
    quim = client_of(cast.members["quim"])  # the educator edits people, and sees nothing sensitive

    pages = [
        quim.get(path).text
        for path in (address("C1"), address("C1", "fields"), address("C1", "fields", "chips"),
                     address("C1", "join") + f"?with={person('C2').uid}",
                     address("C1", "fields", "line") + "?name=field:diagnosis")
    ]  # fmt: skip
    assert [False] * 5 == ["Diabetes" in page for page in pages]
    assert "sensitive" in pages[1]
    assert [403, 403] == [
        quim.get(f"{address('C1', 'fields', 'edit')}?name=field:diagnosis").status_code,
        save(quim, "field:diagnosis", "Overwritten").status_code,
    ]
    assert "Diabetes" in client_of(anna).get(address("C1", "fields")).text


def test_what_is_sensitive_is_undone_only_by_who_sees_it(client_of, anna, cast):
    a_field("Diagnosis", sensitive=True)
    answer = save(client_of(anna), "field:diagnosis", "Diabetes")

    assert 403 == client_of(cast.members["quim"]).post(undo_of(answer)).status_code


def test_who_may_only_look_changes_nothing(client_of, ramon, outsider):
    a_field()
    assert [403, 403] == [save(client_of(who), "field:allergies", "x").status_code for who in (ramon, outsider)]
    assert [200, 403] == [client_of(who).get(address("C1", "fields")).status_code for who in (ramon, outsider)]
    assert "known-edit" not in client_of(ramon).get(address("C1", "fields")).text


def test_who_they_are_stands_under_their_name(client_of, anna, marta):
    client = client_of(anna)
    save(client, "field:roles", "member", "donor")
    save(client, "field:responsible", marta.email)
    save(client, "field:languages", "ca")
    save(client, "field:channel", "phone")

    page = client.get(address("C1", "fields", "chips")).text
    assert all(
        words in page for words in ("member", "donor", "Marta Vidal", "Catalan", "prefers to be reached by phone")
    )


def test_who_left_goes_on_being_responsible_until_somebody_else_is(client_of, anna, marta):
    save(client_of(anna), "field:responsible", marta.email)
    type(marta).objects.filter(pk=marta.pk).update(is_active=False)

    assert marta.email == value(client_of(anna), "field:responsible").value
    assert 200 == save(client_of(anna), "field:responsible", marta.email).status_code


def test_an_option_that_is_not_offered_any_more_stays_chosen(client_of, anna):
    field = a_field("Size", "one", options=["S", "M"])
    save(client_of(anna), "field:size", "S")
    actions.change(field, actor=OLGA, now=NOW, labels={"en": "Size"}, options=["M"])

    form = client_of(anna).get(f"{address('C1', 'fields', 'edit')}?name=field:size").text
    assert '<option value="S" selected>S</option>' in form


def test_values_are_given_with_everything_else_and_leave_with_whom_they_are_about(client_of, anna):
    a_field()
    save(client_of(anna), "field:allergies", "Nuts")
    file = io.BytesIO()
    give_everything(person("C1"), file, actor=OLGA, now=NOW)
    with zipfile.ZipFile(file) as archive:
        told = json.loads(archive.read("person.json"))["attributes"]
    erase(person("C1"), actor=OLGA, now=NOW)

    assert [("Allergies", "Nuts")] == [(one["words"], one["value"]) for one in told if one["name"] == "field:allergies"]
    assert not Observation.objects.filter(name="field:allergies").exists()


def test_the_panel_costs_the_same_however_many_fields(client_of, anna, django_assert_max_num_queries):
    client = client_of(anna)
    for number in range(12):
        a_field(f"Field {number}")
        save(client, f"field:field-{number}", str(number))

    path = address("C1", "fields")
    with django_assert_max_num_queries(9):
        page = client.get(path, headers=HTMX)

    assert 12 == len(page.context["filled"])
