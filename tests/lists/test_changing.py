"""Changing many people at once: a preview, portions that survive their worker, one undo for the whole."""

import io
import json
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import ValidationError, convert

from lists.asking import CHANGE, LIST, f, names
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.lists.actions import changing
from vincle.apps.lists.actions.changing import What
from vincle.apps.lists.filters.language import Did, Filter, Known, OnList, Total
from vincle.apps.lists.filters.reading import read
from vincle.apps.lists.models import Change, FixedList, Member, Target
from vincle.apps.people import facade as people
from vincle.flow.append.same import say_same, take_back
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import HOUSE, Observation, Person
from vincle.kernel.errors import BadInput

pytestmark = pytest.mark.django_db

BUYS = f(Did("order.placed", "at_least", 1))
EVERY = f(Total("interactions", "at_least", 0))


def towns() -> dict[str, str]:
    """The golden record's town of everybody."""
    told = (people.told(each) for each in Person.objects.filter(last_at__isnull=False))
    return {each["name"]: each["attributes"].get("town", {}).get("value", "") for each in told}


def to_girona(**more) -> dict[str, str]:
    return {"way": "set", "attribute": "town", "value": "Girona", "f": BUYS, "people": "2"} | more


def test_a_change_is_looked_at_before_it_is_done(martas):
    page = martas.get(CHANGE, {"f": BUYS, "way": "set", "attribute": "town", "value": "Girona", "do": "look"})
    shown = page.content.decode()
    assert "Change 2 people" in shown
    assert [("Mercè Roca", "Girona", "Girona"), ("Pau Puig", "Olot", "Girona")] == sorted(
        (each.person.name, each.before, each.after) for each in page.context["preview"]
    )
    assert {"Joan Vila": "", "Mercè Roca": "Girona", "Pau Puig": "Olot"} == towns()


def test_an_attribute_is_set_for_all_of_them_and_undone_at_once(martas):
    before = towns()
    answer = martas.post(CHANGE, to_girona())
    change = Change.objects.get()
    assert f"/lists/changes/{change.uid}/" == answer["Location"]
    assert {"Joan Vila": "", "Mercè Roca": "Girona", "Pau Puig": "Girona"} == towns()
    assert 2 == Observation.objects.filter(pinned=True, source__name=HOUSE).count()
    martas.post(f"/lists/changes/{change.uid}/undo/")
    assert before == towns()
    assert 0 == Observation.objects.filter(source__name=HOUSE).count()
    assert 403 == martas.post(f"/lists/changes/{change.uid}/undo/").status_code  # once


@pytest.mark.parametrize("wanted", ["", "x", "[]", '["all",[]]', '["any",[]]'])
def test_without_a_filter_or_with_a_broken_one_nobody_is_changed(martas, wanted):
    for people_seen in ("2", "3", ""):
        assert 400 == martas.post(CHANGE, to_girona(f=wanted, people=people_seen)).status_code
    assert (0, 0) == (Change.objects.count(), Observation.objects.filter(pinned=True).count())
    assert 400 == martas.get(CHANGE, {"f": wanted}).status_code


def test_a_field_above_the_list_that_cannot_be_read_changes_nobody(martas):
    assert 400 == martas.get(CHANGE, {"at_least": "-3"}).status_code
    assert 400 == martas.get(CHANGE, {"at_least": "many", "f": BUYS}).status_code


def test_actions_refuse_a_change_without_a_filter(three):
    what = What(Change.Kind.SET, "town", "Girona")
    with pytest.raises(BadInput):
        changing.start(what, None, expected=3, actor=COMMAND_LINE, now=NOW)
    assert 0 == Change.objects.count()


def test_when_others_meet_the_filter_meanwhile_nothing_is_changed(martas):
    tell(happened("C9", "2026-05-01 10:00", "order.placed", name="New"))
    answer = martas.post(CHANGE, to_girona())
    assert 400 == answer.status_code
    assert "Meanwhile these are 3 people" in answer.content.decode()
    assert 0 == Change.objects.count()


@pytest.mark.parametrize(
    "given", [{"attribute": "name"}, {"attribute": "nonsense"}, {"value": ""}, {"value": " "}, {"value": "x" * 3000}]
)
def test_a_change_that_says_nothing_is_refused(martas, given):
    assert 400 == martas.post(CHANGE, to_girona(**given)).status_code
    assert 0 == Change.objects.count()


def test_who_may_not_change_many_fills_lists_only(annas):
    assert 403 == annas.post(CHANGE, to_girona()).status_code
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Christmas 2026", "f": BUYS, "people": "2"})
    change = Change.objects.get()
    assert ("add", "done", 2) == (change.kind, change.state, change.people)


def test_only_who_may_change_many_undoes_such_a_change(annas, martas):
    martas.post(CHANGE, to_girona())
    assert 403 == annas.post(f"/lists/changes/{Change.objects.get().uid}/undo/").status_code
    assert "done" == Change.objects.get().state


def test_people_are_put_on_a_list_and_stay_whatever_they_do(annas):
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Christmas 2026", "f": BUYS, "people": "2"})
    christmas = FixedList.objects.get()
    on_it = f(OnList(christmas.uid, "on"))
    assert ["Mercè Roca", "Pau Puig"] == names(annas.get(LIST, {"f": on_it, "sort": "name"}))
    assert ["Joan Vila"] == names(annas.get(LIST, {"f": f(OnList(christmas.uid, "off"))}))
    assert "on the list “Christmas 2026”" in annas.get(LIST, {"f": on_it}).context["sentence"]


def on(this: FixedList) -> set[str]:
    wanted = changing.whom(read(f(OnList(this.uid, "on"))), now=NOW) if Member.objects.filter(removed=None) else []
    return set(Person.objects.filter(pk__in=wanted).values_list("name", flat=True))


def test_taking_people_off_a_list_and_undoing_either_restores_who_stood_on_it(annas):
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Dinner", "f": BUYS, "people": "2"})
    dinner = FixedList.objects.get()
    olot = {"f": f(Known("town", "is", ("Olot",))), "people": "1", "list": str(dinner.uid)}
    annas.post(CHANGE, olot | {"way": "remove"})
    assert {"Mercè Roca"} == on(dinner)
    annas.post(CHANGE, olot | {"way": "add"})
    assert {"Mercè Roca", "Pau Puig"} == on(dinner)
    add, remove, again = Change.objects.order_by("pk")
    annas.post(f"/lists/changes/{remove.uid}/undo/")
    assert {"Mercè Roca", "Pau Puig"} == on(dinner)
    annas.post(f"/lists/changes/{again.uid}/undo/")
    annas.post(f"/lists/changes/{add.uid}/undo/")
    assert set() == on(dinner)


def test_a_list_follows_who_is_who(annas):
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Dinner", "f": BUYS, "people": "2"})
    dinner = FixedList.objects.get()
    step = say_same(person("C3"), person("C2"), author="Anna", now=NOW)
    assert 2 == len(on(dinner))
    take_back(step, author="Anna", now=NOW)
    assert {"Mercè Roca", "Pau Puig"} == on(dinner)


def test_a_removed_list_is_gone_from_filters_until_that_is_undone(annas):
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Dinner", "f": BUYS, "people": "2"})
    dinner = FixedList.objects.get()
    annas.post(f"/lists/fixed/{dinner.uid}/remove/")
    for op in ("on", "off"):
        assert 400 == annas.get(LIST, {"f": f(OnList(dinner.uid, op))}).status_code
    annas.post(f"/lists/fixed/{dinner.uid}/back/")
    assert 2 == len(names(annas.get(LIST, {"f": f(OnList(dinner.uid, "on"))})))


class Killed(Exception):
    """The worker dies."""


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deaths=st.lists(st.integers(0, 2), max_size=3), undo_early=st.booleans())
def test_whenever_its_worker_dies_nobody_is_changed_twice_and_undo_restores_all(three, deaths, undo_early):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changing, "PORTION", 1)
        patch.setattr(changing, "AT_ONCE", 0)
        before = towns()
        what = What(Change.Kind.SET, "town", "Vic")
        change = changing.start(what, read(EVERY), expected=3, actor=COMMAND_LINE, now=NOW)

        def dying(step, after):
            left = [after]

            def breathe():
                if not left[0]:
                    raise Killed
                left[0] -= 1

            with suppress(Killed):
                step(change, clock=lambda: NOW, breathe=breathe)

        for after in deaths:
            dying(changing.carry_on, after)
        if not undo_early:
            changing.carry_on(change, clock=lambda: NOW)
            assert {"Vic"} == set(towns().values())
            assert 3 == Observation.objects.filter(batch_id=change.batch_id).count()
        changing.take_back(change, actor=COMMAND_LINE, now=NOW)
        for after in deaths:
            dying(changing.finish_taking_back, after)
        changing.finish_taking_back(change, clock=lambda: NOW)
        assert before == towns()
        assert "undone" == Change.objects.get(pk=change.pk).state


@pytest.mark.django_db(transaction=True)
def test_many_people_are_changed_in_the_background_and_undone_there(three, martas, monkeypatch):
    monkeypatch.setattr(changing, "AT_ONCE", 1)
    monkeypatch.setattr(changing, "PORTION", 1)
    martas.post(CHANGE, to_girona())
    change = Change.objects.get()
    page = martas.get(f"/lists/changes/{change.uid}/").content.decode()
    assert "going on" in page
    Worker().drain()
    assert {"Joan Vila": "", "Mercè Roca": "Girona", "Pau Puig": "Girona"} == towns()
    martas.post(f"/lists/changes/{change.uid}/undo/")
    Worker().drain()
    assert {"Joan Vila": "", "Mercè Roca": "Girona", "Pau Puig": "Olot"} == towns()


def test_whoever_asks_for_everything_is_told_on_which_lists_they_stand(annas, martas):
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Dinner", "f": BUYS, "people": "2"})
    for who, expected in (("C2", ["Dinner"]), ("C3", [])):
        answer = martas.get(f"/people/{person(who).uid}/everything.zip")
        with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as given:
            told = next(json.loads(given.read(name)) for name in given.namelist() if name.endswith(".json"))
        rows = [row["list"] for kept in told["kept"] if kept["name"] == "places_on_lists" for row in kept["rows"]]
        assert expected == rows


@pytest.mark.django_db(transaction=True)
def test_whoever_is_erased_leaves_every_list_and_every_change(three, annas):
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Dinner", "f": BUYS, "people": "2"})
    certificate = people.erase(person("C2"), actor=COMMAND_LINE, now=NOW)
    assert (1, 1) == (certificate["removed"]["places_on_lists"], certificate["removed"]["changes_of_many"])
    assert (1, 1) == (Member.objects.count(), Target.objects.count())
    assert {"Mercè Roca"} == on(FixedList.objects.get())


def test_no_filter_is_ever_made_without_a_condition():
    with pytest.raises(ValidationError):
        convert(["all", []], Filter)
