"""People ticked one by one: those and nobody else are changed, and no tick never means everybody."""

import json
import re
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from lists.asking import CHANGE, LIST, f, names
from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.lists.filters.language import CHOSEN, Chosen
from vincle.apps.lists.filters.reading import read
from vincle.apps.lists.models import Change, FixedList, Member
from vincle.apps.people.facade import PersonMark, join, mark
from vincle.flow.models import Observation

pytestmark = pytest.mark.django_db

TICKED = "/lists/ticked/"


def uid(who: str) -> str:
    return str(person(who).uid)


def wanted(answer) -> str:
    """The filter that a page of ticks leads to."""
    assert (302, CHANGE) == (answer.status_code, urlsplit(answer.url).path)
    return parse_qs(urlsplit(answer.url).query)["f"][0]


def test_whom_one_ticks_is_whom_one_changes_and_one_undo_takes_it_back(martas):
    answer = martas.get(TICKED, {"p": [uid("C1"), uid("C3")], "way": "set"})
    given = {"f": wanted(answer), "way": "set", "attribute": "town", "value": "Vic"}
    look = martas.get(CHANGE, given | {"do": "look"})
    assert {"Mercè Roca", "Joan Vila"} == {each.person.name for each in look.context["preview"]}

    martas.post(CHANGE, given | {"people": "2"})
    change = Change.objects.get()
    changed = set(Observation.objects.filter(pinned=True).values_list("identity__value", flat=True))
    martas.post(f"/lists/changes/{change.uid}/undo/")

    assert ({"C1", "C3"}, 2, 0) == (changed, change.people, Observation.objects.filter(pinned=True).count())


def test_ticked_people_are_put_on_a_list_and_taken_off_it(annas):
    both = wanted(annas.get(TICKED, {"p": [uid("C1"), uid("C3")], "way": "add"}))
    annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Dinner", "f": both, "people": "2"})
    one = wanted(annas.get(TICKED, {"p": uid("C3"), "way": "remove"}))
    annas.post(CHANGE, {"way": "remove", "list": str(FixedList.objects.get().uid), "f": one, "people": "1"})

    assert [person("C1").pk] == list(Member.objects.filter(removed=None).values_list("identity_id", flat=True))


@pytest.mark.parametrize("given", [{}, {"p": ""}, {"p": ["", ""]}, {"p": "all"}, {"p": "*"}, {"q": "Roca"}])
def test_no_tick_is_nobody_and_never_everybody(martas, given):
    answer = martas.get(TICKED, given | {"way": "set"})

    assert (400, True) == (answer.status_code, "Tick somebody first." in answer.text)


@pytest.mark.parametrize("people", [(), [""], ["x"]])
def test_a_change_of_an_empty_selection_is_refused(martas, people):
    forged = json.dumps(["all", [["these", list(people)]]])

    answer = martas.post(CHANGE, {"way": "set", "attribute": "town", "value": "Vic", "f": forged, "people": "3"})

    assert (400, 0) == (answer.status_code, Change.objects.count())


def test_more_than_can_be_ticked_are_refused(martas):
    many = [str(uuid4()) for _ in range(CHOSEN)] + [uid("C1")]

    ticked = martas.get(TICKED, {"p": many})
    forged = martas.post(
        CHANGE, {"way": "set", "attribute": "town", "value": "Vic", "f": f(Chosen(tuple(many))), "people": "1"}
    )

    assert (400, True) == (ticked.status_code, "At most 200 people" in ticked.text)
    assert (400, 0) == (forged.status_code, Change.objects.count())


def test_who_is_not_there_is_said_plainly(martas):
    answer = martas.get(TICKED, {"p": [uid("C1"), str(uuid4()), str(uuid4())]})

    assert (400, True) == (answer.status_code, "2 of those you ticked are not here." in answer.text)


def test_a_forged_tick_of_a_confidential_person_is_like_one_of_nobody(annas, martas):
    hidden = uid("C1")
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)

    answers = [annas.get(TICKED, {"p": [uid("C2"), each]}) for each in (hidden, str(uuid4()))]
    forged = annas.post(CHANGE, {"way": "add", "list": "new", "new_list": "Dinner", "f": f(Chosen((hidden,))),
                                 "people": "1"})  # fmt: skip

    assert [(400, True)] * 2 == [(each.status_code, "1 of those you ticked is not here." in each.text)
                                 for each in answers]  # fmt: skip
    assert (400, 0, 0) == (forged.status_code, Change.objects.count(), Member.objects.count())
    assert hidden in wanted(martas.get(TICKED, {"p": hidden}))


def test_whose_processing_is_restricted_is_not_changed_with_others(martas):
    mark(person("C1"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)

    answer = martas.get(TICKED, {"p": [uid("C1"), uid("C2")]})

    assert (400, True) == (answer.status_code, "may be kept, and not used" in answer.text)


def test_two_ticks_of_one_person_are_one_person(martas):
    ticks = [uid("C1"), uid("C2")]
    join(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)

    look = martas.get(CHANGE, {"f": wanted(martas.get(TICKED, {"p": ticks}))})

    assert 1 == look.context["people"]


def test_the_list_has_a_tick_for_each_person_it_shows(annas, client_of, ramon):
    page = annas.get(LIST)
    ticks = re.findall(r'name="p" value="([^"]+)"', page.text)

    assert [line.uid for line in page.context["lines"]] == ticks
    assert sorted(names(page)) == ["Joan Vila", "Mercè Roca", "Pau Puig"]
    looks = client_of(ramon)
    assert ("ticked" in looks.get(LIST).text, looks.get(TICKED, {"p": ticks[0]}).status_code) == (False, 403)
    assert 405 == annas.post(TICKED, {"p": ticks[0]}).status_code


def test_ticking_costs_the_same_for_many(annas, django_assert_max_num_queries):
    tell(*(happened(f"D{number}", "2026-03-01 10:00", name=f"Maria {number}") for number in range(60)))
    ticks = [address(f"D{number}").split("/")[2] for number in range(60)]

    with django_assert_max_num_queries(9):
        assert 60 == len(read(wanted(annas.get(TICKED, {"p": ticks}))).parts[0].people)
