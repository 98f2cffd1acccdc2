"""The pages of designed journeys: who may do what, what they show, what they say when it cannot be."""

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from journeys.designs import NOON, design, mapped
from journeys.readings import keep
from vincle.apps.accounts.facade import Actor
from vincle.apps.journeys.maps import actions, commenting, queries
from vincle.apps.journeys.maps.words import rule_words
from vincle.apps.journeys.models import Comment, JourneyMap
from vincle.engine.journeys.journey import Rule, as_json, from_json
from vincle.flow.catalogue import seed
from vincle.kernel import clock

pytestmark = pytest.mark.django_db
LIST = "/journeys/maps/"
CIRCLE = {"kinds": ["order.placed"], "after": ["first"]}


@pytest.fixture
def this(olga):
    return mapped(olga, now=clock.now())


@pytest.fixture
def owner(client_of, olga):
    return client_of(olga)


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


@pytest.fixture
def page(this):
    return f"{LIST}{this.uid}/"


def read(client, path, status=200, **more):
    response = client.get(path, **more)
    assert status == response.status_code
    return " ".join(response.content.decode().split())


def send(client, path, operation, seen=0):
    body = json.dumps({"operation": operation, "seen": seen})
    return client.post(f"{path}change/", body, content_type="application/json")


WANTS = {"do": "set-stage", "stage": "look", "field": "wants", "value": "Feel sure"}


def test_an_outsider_is_refused_everywhere(client_of, outsider, page):
    client = client_of(outsider)
    assert {403} == {client.get(each).status_code for each in (LIST, page, f"{page}as/json/", f"{page}comments/")}
    assert {403} == {client.post(f"{page}{each}/").status_code for each in ("change", "undo", "archive", "comments")}


def test_an_agent_comments_and_does_not_edit_and_an_auditor_only_looks(agent, client_of, ramon, page, this):
    told = read(agent, page)
    assert ("data-may-edit" in told, "data-remove " in told, "data-comments" in told) == (False, False, True)
    assert 403 == send(agent, page, WANTS).status_code
    assert "Ask her" in agent.post(f"{page}comments/", {"text": "Ask her", "place": "stage:look"}, headers=HTMX).text
    assert 403 == client_of(ramon).post(f"{page}comments/", {"text": "Hm"}).status_code
    assert 'name="text"' not in read(client_of(ramon), f"{page}comments/", headers=HTMX)
    assert ["stage:look"] == list(Comment.objects.values_list("place", flat=True))


HTMX = {"HX-Request": "true"}


def test_the_list_teaches_then_shows_what_there_is(owner, olga):
    assert "No journey is designed yet" in read(owner, LIST)
    this = mapped(olga, now=clock.now())
    told = read(owner, LIST)
    assert ("The weekly box" in told, "Mercè" in told, "<li>First box</li>" in told) == (True, True, True)
    response = owner.post(f"{LIST}{this.uid}/archive/", follow=True)
    assert f"{LIST}{this.uid}/back/" in response.text  # the way back
    assert "The weekly box" in read(owner, f"{LIST}?view=archived")
    assert "was put away" in read(owner, f"{LIST}{this.uid}/")
    owner.post(f"{LIST}{this.uid}/back/")
    assert "No journey is designed yet" not in read(owner, LIST)


def test_a_journey_begins_from_a_pattern_blank_or_from_a_file(owner):
    assert 302 == owner.post(f"{LIST}new/", {"pattern": "client"}).status_code
    assert 302 == owner.post(f"{LIST}new/", {"pattern": ""}).status_code
    assert 404 == owner.post(f"{LIST}new/", {"pattern": "sky"}).status_code
    owner.post(f"{LIST}file/", {"file": SimpleUploadedFile("box.json", as_json(design()).encode())})
    assert ["The weekly box", "A new journey", "Client journey"] == [
        each.name for each in JourneyMap.objects.order_by("-pk")
    ]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("box.json", b"{", "is not JSON"),
        ("box.json", b'{"name": "x"}', "cannot be read"),
        ("box.json", as_json(design()).replace('"look"', '"LOOK"').encode(), "cannot be read"),
        ("box.json", b" " * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        ("box.docx", b"PK", "is read from a file of the format"),
        ("box.json", b"", "This file is empty"),
    ],
    ids=["no JSON", "no stages", "odd key", "large", "another format", "empty"],
)
def test_a_file_that_is_no_journey_is_refused_beside_its_field(owner, name, content, words):
    response = owner.post(f"{LIST}file/", {"file": SimpleUploadedFile(name, content)})
    assert (400, True) == (response.status_code, words in response.text)
    assert 0 == JourneyMap.objects.count()


def test_what_is_taken_along_is_the_document(agent, page):
    response = agent.get(f"{page}as/json/")
    assert 'attachment; filename="the-weekly-box.json"' == response["Content-Disposition"]
    assert design() == from_json(response.content)
    assert 404 == agent.get(f"{page}as/docx/").status_code


def test_a_change_answers_with_its_revision_and_with_the_board_where_more_is_new(owner, page, this):
    said = send(owner, page, WANTS).json()
    assert (1, True, False, False) == (said["revision"], said["undo"], said["redo"], "board" in said)
    said = send(owner, page, {"do": "add-stage", "name": "Leaves", "at": 9}, seen=1).json()
    assert "Leaves" in said["board"]
    said = owner.post(f"{page}undo/", "{}", content_type="application/json").json()
    assert ("Leaves" in said["board"], said["redo"]) == (False, True)
    assert 302 == owner.post(f"{page}undo/").status_code  # by the form of a notice, without a script
    assert design() == queries.journey_of(JourneyMap.objects.get())


def test_of_one_cell_the_second_is_told_what_the_first_wrote(owner, client_of, marta, page):
    send(owner, page, WANTS)
    response = send(client_of(marta), page, WANTS | {"value": "Pay less"})
    said = response.json()
    assert (409, "Feel sure", 1) == (response.status_code, said["theirs"], said["revision"])
    assert "Olga Serra changed the same place" in said["problem"]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"operation": 1, "seen": "x"}', b"[" * 5000, b"\xff"])
def test_what_is_no_change_is_refused(owner, page, body):
    assert 400 == owner.post(f"{page}change/", body, content_type="application/json").status_code


def test_the_board_shows_cell_by_cell_what_is_designed(owner, page, this, anna):
    seed()
    place = "cell:look:wants"
    commenting.comment(this, place, "Is it?", actor=Actor.of(anna), now=NOON)
    told = read(owner, page)
    cells = dict(re.findall(r'data-place="(cell:\w+:\w+)"[^>]*><span class="map-text">([^<]*)</span>', told))
    assert (21, "Know if it fits", "") == (len(cells), cells[place], cells["cell:habit:wants"])
    assert 'data-comments-at="cell:look:wants"' in told
    assert 'data-feels="-1"' in told
    assert "Somebody comes here with “Visit to a page”." in told
    assert 'd="M50 44.5C100 44.5 100 79 150 79"' in told


def test_texts_are_text_whatever_they_are(owner, page):
    send(owner, page, WANTS | {"value": "<img src=x onerror=alert(1)>"})
    assert "<img src=x" not in read(owner, page)


RULE = {
    "rule-0-mode": "happens", "rule-0-kinds": ["order.placed"], "rule-0-times": "3", "rule-0-within_days": "30",
    "revision": "0", "expected": "maybe", "within_days": "", "rule-0-where-0-property": "amount",
    "rule-0-where-0-at_least": "20",
}  # fmt: skip


def test_rules_are_said_back_kept_and_warned_of(owner, page, this):
    seed()
    keep(steps=[], totals={"steps": 0, "edges": 0, "connections": 0, "ways": 0, "cohorts": 0})
    rules = f"{page}stages/habit/rules/"
    assert "Somebody comes here" in read(owner, rules, headers=HTMX)
    told = owner.post(rules, RULE | {"look": "yes"}).text
    assert "Somebody comes here with “Purchase” where “amount” is at least 20, once there are 3 within 30 days." in told
    assert "“Purchase” has never happened yet." in told
    assert "#board" == owner.post(rules, RULE | {"keep": "yes"})["HX-Retarget"]
    stage = queries.journey_of(JourneyMap.objects.get()).stage("habit")
    assert ("maybe", 3, 30, 20) == (
        stage.expected, stage.enters[0].times, stage.enters[0].within_days, stage.enters[0].where[0].at_least,
    )  # fmt: skip


def test_stages_that_wait_for_one_another_are_named_beside_the_form_in_the_readers_language(owner, page):
    sent = RULE | {"keep": "yes", "rule-0-after": ["first"]}
    told = owner.post(f"{page}stages/look/rules/", sent).text
    assert "These stages wait for one another: First box → Looks around → First box." in told
    owner.cookies["django_language"] = "ca"
    assert (
        "Aquestes etapes s&#x27;esperen l&#x27;una a l&#x27;altra" in owner.post(f"{page}stages/look/rules/", sent).text
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rule-0-mode": "absent"}, "Say for how many days."),
        ({"rule-0-kinds": []}, "Choose at least one."),
        ({"rule-0-times": "0"}, "field-error"),
        ({"rule-0-where-0-at_least": ""}, "Say what it must be."),
        ({"rule-0-about_key": "A1"}, "Say of which type it is."),
    ],
    ids=str,
)
def test_a_rule_that_is_none_is_refused_beside_its_field(owner, page, changed, words):
    seed()
    response = owner.post(f"{page}stages/habit/rules/", RULE | {"look": "yes"} | changed)
    assert words in response.text
    assert 0 == JourneyMap.objects.get().revision


RULES = [
    (Rule(("a",), absent_days=45), "Somebody comes here when there has been no “a” for 45 days."),
    (Rule(("a", "b"), channel="web"), "Somebody comes here with “a” or “b” by “web”."),
    (Rule(("a",), times=2), "Somebody comes here with “a”, once there are 2."),
    (Rule(("a",), after=("look",)), "Somebody comes here with “a”, counted from when they came into “Looks around”."),
]


@pytest.mark.parametrize(("rule", "words"), RULES, ids=[words for _rule, words in RULES])
def test_rules_in_words(rule, words):
    assert words == rule_words(rule, {}, design())


def test_a_touchpoint_is_added_changed_and_moved_in_its_dialog(owner, page):
    seed()
    new = f"{page}stages/look/touchpoints/"
    sent = {"revision": "0", "name": "Call", "stage": "look", "initiator": "organisation", "feels": "-1.0",
            "kinds": ["order.placed"], "channel": "phone", "words": "Nobody answers"}  # fmt: skip
    assert "This field is required" in owner.post(new, sent | {"name": ""}).text
    assert 200 == owner.post(new, sent).status_code
    assert 'value="-1.0" selected' in read(owner, f"{new}call/")
    owner.post(f"{new}call/", sent | {"revision": "1", "stage": "habit", "name": "Our call"})
    habit = queries.journey_of(JourneyMap.objects.get()).stage("habit")
    assert [("call", "Our call", -1, ("order.placed",))] == [
        (each.key, each.name, each.feels, each.kinds) for each in habit.touchpoints
    ]
    assert 404 == owner.get(f"{new}call/").status_code


def test_about_the_journey_only_what_changed_is_changed(owner, page):
    sent = {"revision": "0", "name": "The box", "case": "person", "about": "", "aim": "stage:habit",
            "first_days": "30", "within_days": "90"}  # fmt: skip
    assert 200 == owner.post(f"{page}about/", sent).status_code
    journey = queries.journey_of(JourneyMap.objects.get())
    assert ("The box", design().aim) == (journey.name, journey.aim)
    assert "Nobody has said" in read(owner, f"{page}about/")


def test_versions_are_listed_looked_at_and_restored(owner, page, this, olga):
    owner.post(f"{page}versions/", {"name": "Before"})
    send(owner, page, WANTS)
    path = re.search(rf'href="({page}versions/[^"]+)"', read(owner, f"{page}versions/"))[1]
    told = read(owner, path)
    assert ("Know if it fits" in told, "data-may-edit" in told) == (True, False)
    owner.post(f"{path}restore/")
    assert design() == queries.journey_of(JourneyMap.objects.get())


def test_comments_are_settled_and_opened_again(agent, page, this, anna):
    said = commenting.comment(this, "cell:look:wants", "Is it?", actor=Actor.of(anna), now=NOON)
    told = agent.post(f"{page}comments/{said.uid}/resolve/", headers=HTMX).text
    assert ("Settled by Anna Puig" in told, "Looks around · What they want" in told) == (True, True)
    assert "Settled by" not in agent.post(f"{page}comments/{said.uid}/reopen/", headers=HTMX).text
    actions.change(this, actions.op.RemoveStage("look"), seen=0, actor=Actor.of(anna), now=NOON)
    assert "what is not on the map any more" in read(agent, f"{page}comments/", headers=HTMX)


ENGLISH = ("What they want", "Behind the scenes", "way in", "Comments", "Touchpoint<")


@pytest.mark.parametrize(("language", "words"), [("ca", "Què vol"), ("es", "Qué quiere")])
def test_the_map_speaks_the_readers_language(owner, page, language, words):
    owner.cookies["django_language"] = language
    told = read(owner, page)
    assert words in told
    assert [] == [each for each in ENGLISH if each in told]


def test_pages_cost_few_questions_however_many_there_are(owner, olga, django_assert_max_num_queries):
    for _ in range(5):
        this = mapped(olga, now=clock.now())
    for path, most in ((LIST, 9), (f"{LIST}{this.uid}/", 13), (f"{LIST}{this.uid}/versions/", 10)):
        with django_assert_max_num_queries(most):
            read(owner, path)
