"""The page: what it tells of what really happened, whom it lets in, what it says when there is little to tell."""

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.urls import reverse

from journeys.readings import AS_OF, answer, keep, keep_answer, keep_found, reading
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.fields.models import CustomField
from vincle.apps.journeys.asking import PEOPLE, Question, name_of
from vincle.apps.journeys.web.forms import in_address
from vincle.apps.people.facade import PersonMark, mark
from vincle.flow.catalogue import seed
from vincle.flow.models import Job, Reading

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAGE = "/journeys/"


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def read(client, path: str = PAGE, status: int = 200) -> str:
    response = client.get(path)
    assert status == response.status_code
    return " ".join(response.content.decode().split())


def jobs() -> list[tuple[str, dict]]:
    return list(Job.objects.order_by("id").values_list("task", "arguments"))


def test_an_outsider_is_refused(client_of, outsider):
    client = client_of(outsider)
    assert [403, 403, 403] == [client.get(f"/journeys/{each}").status_code for each in ("", "newer/", "moments/")]
    assert [403, 403] == [client.post(f"/journeys/{each}").status_code for each in ("refresh/", "moments/")]
    assert [] == jobs()


def test_an_empty_log_teaches_and_asks_for_nothing(client_of, olga, agent):
    page = read(client_of(olga))
    assert "Here you will see what really happens" in page
    assert reverse("sources:upload") in page
    assert reverse("sources:upload") not in read(agent)  # an agent brings in no files
    assert [] == jobs()


def test_who_looks_first_has_it_worked_out_once(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    page = read(agent)
    read(agent)
    assert "The journeys are being worked out" in page
    assert f'hx-get="{reverse("journeys:newer")}?' in page
    assert [("journeys.refresh", {"case": PEOPLE})] == jobs()


def test_the_page_comes_anew_when_the_first_figures_are_there(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    read(agent)
    waiting = agent.get("/journeys/newer/", {"case": PEOPLE, "version": ""})
    assert ("Reading the log" in waiting.text, None) == (True, waiting.headers.get("HX-Refresh"))
    Job.objects.all().delete()
    keep()
    assert "true" == agent.get("/journeys/newer/", {"case": PEOPLE, "version": ""}).headers["HX-Refresh"]


def test_newer_figures_take_the_place_of_those_shown_and_leave_the_form_alone(agent):
    keep()
    response = agent.get("/journeys/newer/", {"case": PEOPLE, "version": "6"})
    assert "#figures" == response.headers["HX-Retarget"]
    assert ("What follows what" in response.text, "Moments that matter" in response.text) == (True, False)


def test_what_did_not_succeed_is_said(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    read(agent)
    Job.objects.update(error="NotReady: the disk is full")
    page = read(agent)
    assert "it is tried again by itself" in page
    assert "disk" not in page


def test_figures_that_the_log_has_outgrown_are_shown_while_newer_ones_are_worked_out(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    keep()
    page = read(agent)
    assert "Newer figures are being worked out" in page
    assert "What follows what" in page
    assert [("journeys.refresh", {"case": PEOPLE})] == jobs()


def test_the_map_says_how_often_and_how_long_after(agent):
    seed()
    keep()
    page = read(agent)
    assert "Visit → Purchase: 60 times, half of them within 2 days" in page
    assert re.search(r"<th scope=\"row\">Visit</th> ?<td>Purchase</td> ?<td class=\"number\">60</td>", page)
    assert "Everything is drawn: all connections there are (3)." in page
    assert 'aria-label="How many connections are drawn"' not in page


def test_detail_says_what_it_hides(agent):
    edges = [[f"step.{at}", f"step.{at + 1}", 50 - at, 60.0] for at in range(40)]
    steps = [
        {"kind": f"step.{at}", "n": 60 - at, "cases": 5, "begins": 0, "ends": 0, "place": at / 41} for at in range(41)
    ]
    totals = {"steps": 41, "edges": 40, "connections": sum(edge[2] for edge in edges), "ways": 3, "cohorts": 2}
    keep(edges=edges, steps=steps, totals=totals)
    assert "16 connections of 40, 56% of what happened. 17 steps of 41." in read(agent)
    assert "8 connections of 40, 30% of what happened. 9 steps of 41." in read(agent, f"{PAGE}?detail=8")
    assert "Everything is drawn: all connections there are (40)." in read(agent, f"{PAGE}?detail=40")
    for odd in ("all", "-8", "0", "99999999999", "²"):
        assert "connections" in read(agent, f"{PAGE}?detail={odd}")


def test_lines_can_say_how_long_instead_of_how_often(agent):
    seed()
    keep()
    often, long = read(agent), read(agent, f"{PAGE}?show=time&detail=8")
    assert re.findall(r'class="journeys-words"[^>]*>([^<]*)<', often) == [
        "60 · 2 days",
        "40 · at once",
        "20 · 60 minutes",
    ]
    assert re.findall(r'class="journeys-words"[^>]*>([^<]*)<', long) == ["2 days", "at once", "60 minutes"]
    assert ["6.0", "5.1", "3.9"] == re.findall(r'stroke-width="([^"]*)"', often)
    assert ["6.0", "1.0", "1.7"] == re.findall(r'stroke-width="([^"]*)"', long)
    assert ("The thicker, the more often." in often, "The thicker, the longer." in long) == (True, True)
    assert 'href="/journeys/?detail=8&amp;show=time" aria-current="true">how long' in long


def test_what_is_done_again_is_counted_exactly(agent):
    seed()
    keep()
    page = re.sub(r"<[^>]*>", " ", read(agent))
    assert "55% of what happened had happened before in the same journey." in page
    assert re.search(r"Visit\s+60 of 100 times \(60%\)\s+all of them after something else", page)
    assert re.search(r"Purchase\s+45 of 80 times \(56%\)\s+40 directly again, 5 after something else", page)
    once = [step | {"n": step["cases"]} for step in reading()["steps"]]
    keep(steps=once)
    assert "Done again" not in read(agent)


def test_of_five_thousand_kinds_the_most_usual_are_drawn_and_the_rest_is_said(agent):
    steps = [
        {"kind": f"step.{at}", "n": 600 - at, "cases": 5, "begins": 0, "ends": 0, "place": at / 200}
        for at in range(200)
    ]
    edges = [[f"step.{at % 200}", f"step.{at * 7 % 200}", 500 - at, 60.0] for at in range(400)]
    keep(
        events=10**6,
        steps=steps,
        edges=edges,
        totals=reading()["totals"] | {"steps": 5000, "edges": 90_000, "connections": 10**6},
    )
    page = read(agent)
    assert re.search(r"16 connections of 90,000, 1% of what happened\. \d+ steps of 5,000\.", page)
    assert "The 200 most usual of 5,000 steps." in page
    assert "At least" in page  # how much is done again, of the steps that are kept
    assert 16 == page.count('class="journeys-stroke"')


def test_figures_open_the_people_also_those_of_things(agent):
    seed()
    keep()
    link = re.search(r'href="(/people/\?f=[^"]+)" aria-label="40 people', read(agent))
    assert link is not None
    wanted = json.loads(parse_qs(urlsplit(link[1]).query)["f"][0])
    assert ["all", [["did", "visit.made", "at_least", 1]]] == [wanted[0], [part[:4] for part in wanted[1]]]
    behind = set(re.findall(r'href="/journeys/behind/\?([^"]+)"', read(agent)))
    figures = sorted(parse_qs(unescape(each))["figure"][0] for each in behind)
    cohorts = [each for each in figures if each.startswith("cohort:")]
    assert ["cohort:2026-01-01:0", "cohort:2026-01-01:1", "cohort:2026-02-01:0"] == cohorts
    some = {"again:visit.made", "begins:visit.made", "ends:page.viewed", "edge:visit.made:order.placed", "way:2"}
    assert some <= set(figures)
    for figure in figures:
        assert 200 == agent.get("/journeys/behind/", {"figure": figure}).status_code, figure
    keep(case="order")
    page = read(agent, f"{PAGE}?case=order")
    assert "/people/?f=" not in page
    assert "/journeys/behind/?figure=step%3Avisit.made&amp;case=order" in page
    assert "the people with whom something happened about them" in page


def test_a_step_taken_many_times_in_a_row_is_written_once(agent):
    seed()
    keep()
    page = read(agent)
    assert re.search(r"Purchase ?<span class=\"ways-times\">×41</span>", page)
    assert "and 23 more" in page  # of a way that is too long to be written out


def test_who_comes_back_says_share_number_and_interval(agent):
    keep()
    page = read(agent)
    assert "Jan 2026, 1 month later: 30 of 40 people: 75%, likely 59.8% to 85.8%" in page
    assert 'class="warmth warmth-8"' in page


def test_whose_journeys_are_those_the_log_knows(agent):
    keep()
    assert 'href="/journeys/?case=order"' in read(agent)
    assert "Nothing has happened about things of the type" in read(agent, f"{PAGE}?case=ship", status=404)
    assert 404 == agent.post("/journeys/refresh/", {"case": "ship"}).status_code


def test_the_journeys_of_a_type_are_made_when_first_asked_for(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    keep()
    Job.objects.all().delete()
    assert "The journeys are being worked out" in read(agent, f"{PAGE}?case=order")
    assert ("journeys.refresh", {"case": "order"}) in jobs()


def test_refresh_asks_once_and_leads_back(agent):
    keep()
    for _ in range(2):
        response = agent.post("/journeys/refresh/", {"case": "order"})
        assert (302, "/journeys/?case=order") == (response.status_code, response.url)
    assert [("journeys.refresh", {"case": "order"})] == jobs()


def test_nothing_that_happened_with_people_is_an_empty_page_that_teaches(agent):
    keep(as_of=None)
    page = read(agent)
    assert "No journey yet" in page
    assert "Moments that matter" not in page


def test_where_nothing_follows_anything_nobody_is_said_not_to_come_back(agent):
    keep()
    totals = {"steps": 1, "edges": 0, "connections": 0, "ways": 1, "cohorts": 2}
    keep(case="order", steps=reading()["steps"][1:2], edges=[], totals=totals)
    page = read(agent, f"{PAGE}?case=order")
    assert "Nothing follows anything: each of 80 journeys has one step." in page
    assert ("Who comes back" in page, "Moments that matter</h2>" in page) == (False, False)


def test_what_the_log_holds_is_text_whatever_it_is(agent):
    hostile = "<img src=x onerror=alert(1)>"
    steps = [reading()["steps"][0] | {"kind": hostile}]
    keep(
        steps=steps,
        edges=[[hostile, hostile, 3, 5.0]],
        ways=[{"runs": [[hostile, 2]], "more": 0, "steps": 2, "cases": 4}],
        types=[[hostile, 3]],
    )
    assert "<img src=x" not in read(agent).lower()


ENGLISH = ("connections", "people with", "comes back", "Too few", "Observational.", "Clear</h3>")


@pytest.mark.parametrize(("language", "words"), [("ca", "Qui torna"), ("es", "Quién vuelve")])
def test_the_page_speaks_the_readers_language(agent, language, words):
    keep()
    keep_answer()
    agent.cookies["django_language"] = language
    page = read(agent, f"{PAGE}?{ASKED}")
    assert words in page
    assert [] == [each for each in ENGLISH if each in page]


def test_the_page_costs_at_most_fourteen_questions(agent, django_assert_max_num_queries):
    keep()
    keep_answer()
    with django_assert_max_num_queries(14):
        read(agent, f"{PAGE}?{ASKED}")


ASKED = "outcome=order.placed&first_days=30&within_days=90"


def test_a_question_is_asked_once_and_has_an_address(agent):
    keep()
    given = {"case": PEOPLE, "outcome": "order.placed", "first_days": "30", "within_days": "90"}
    for _ in range(2):
        response = agent.post("/journeys/moments/", given)
        assert (302, f"{PAGE}?{ASKED}#moments") == (response.status_code, response.url)
    ((task, arguments),) = jobs()
    assert ("journeys.moments", "order.placed", 30, 90, False) == (
        task, *(arguments[name] for name in ("outcome", "first_days", "within_days", "again")),
    )  # fmt: skip
    assert "Comparing those with each step" in read(agent, f"{PAGE}?{ASKED}")
    assert "Comparing those with each step" in read(agent, f"/journeys/moments/?case=person&{ASKED}")


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": ""},
        {"outcome": "never.heard"},
        {"first_days": "0"},
        {"first_days": "366"},
        {"first_days": "soon"},
        {"within_days": "-1"},
        {"within_days": "731"},
        {"within_days": "1e9"},
    ],
    ids=str,
)
def test_a_question_that_cannot_be_asked_is_refused_beside_its_field(agent, changed):
    keep()
    given = {"case": PEOPLE, "outcome": "order.placed", "first_days": "30", "within_days": "90"} | changed
    response = agent.post("/journeys/moments/", given)
    assert (400, True) == (response.status_code, "field-error" in response.text)
    assert [] == jobs()
    assert 404 == agent.get("/journeys/moments/", given).status_code


def test_before_there_are_figures_nothing_can_be_asked(agent):
    assert 404 == agent.post("/journeys/moments/", {"outcome": "order.placed"}).status_code


def test_an_answer_claims_no_more_than_its_figures(agent):
    seed()
    keep()
    keep_answer()
    page = read(agent, f"{PAGE}?{ASKED}")
    assert (
        "People with “Visit” came to “Purchase” more often: <strong>+3.1 points (1.2 to 5.0), 1,204 with and "
        "3,100 without</strong>" in page
    )
    assert (
        "People with “Visit” directly after “Visit to a page”: no clear difference from the others in "
        "coming to “Purchase”: <strong>−0.4 points (−1.5 to 0.7)" in page
    )
    assert page.index("Clear</h3>") < page.index("May be chance</h3>") < page.index("Too few to tell</h3>")
    assert "Observational" in page
    assert "120 are not compared" in page


def test_too_few_to_tell_anything_is_said(agent):
    keep()
    keep_answer(found=None)
    assert "Fewer than 60 can be followed for that long" in read(agent, f"{PAGE}?{ASKED}")


CHOSEN = {
    "case": PEOPLE, "kind": "amount", "outcome": "", "first_days": "30", "within_days": "90", "chosen": "1",
    "exposures": ["steps", "waits", "staff"], "heeded": ["start", "is:town"],
}  # fmt: skip


def test_what_may_matter_and_what_is_heeded_can_be_chosen_and_stays_chosen(agent):
    keep()
    response = agent.post("/journeys/moments/", CHOSEN)
    assert 302 == response.status_code
    ((_task, arguments),) = jobs()
    assert ("amount", ["steps", "waits", "staff"], ["start"], ["town"]) == tuple(
        arguments[name] for name in ("kind", "exposures", "adjust", "attributes")
    )
    page = read(agent, response.url)
    ticked = re.findall(r'value="([^"]+)"[^>]* checked', page)
    assert ["steps", "waits", "staff", "start", "is:town"] == ticked


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "luck"},
        {"kind": "step"},
        {"exposures": []},
        {"exposures": ["weather"]},
        {"heeded": ["is:shoes"]},
        {"randomised_by": "shoes"},
    ],
    ids=str,
)
def test_a_choice_that_there_is_not_is_refused_beside_its_field(agent, changed):
    keep()
    response = agent.post("/journeys/moments/", CHOSEN | changed)
    assert (400, True, []) == (response.status_code, "field-error" in response.text, jobs())


def test_what_only_some_may_see_is_not_offered_for_comparing(agent):
    keep()
    assert "is:field:illness" in read(agent)
    CustomField.objects.create(slug="illness", labels={"en": "Illness"}, type="text", sensitive=True, created_at=AS_OF)
    assert ("is:town" in (page := read(agent)), "illness" in page.lower()) == (True, False)
    assert 400 == agent.post("/journeys/moments/", CHOSEN | {"heeded": ["is:field:illness"]}).status_code


def money(**changes):
    step = {"what": "step", "step": "visit.made", "former": None, "of": None, "seconds": None, "against": None}
    known = {"estimate": 212.254, "low": 128.08, "high": 296.43, "p": 0.0, "q": 0.0, "needed": 30, "apart": 0}
    rows = [
        step | known | {"having": 83, "without": 865, "balance": {"start": [0.41, 0.02], "town": [0.3, 0.16]}},
        step | known | {"what": "wait", "former": "page.viewed", "seconds": 172_800.0, "estimate": -10.0, "having": 40,
                        "without": 41, "balance": {}},
        step | known | {"what": "staff", "step": None, "of": "Mar", "q": 0.4, "having": 50, "without": 60,
                        "balance": {}},
        step | dict.fromkeys(("estimate", "low", "high", "p", "q")) | {
            "what": "channel", "of": "shop", "having": 12, "without": 90, "needed": 30, "apart": 0, "balance": {}},
    ]  # fmt: skip
    return answer(
        outcome="", outcome_kind="amount", unit="money", currency="EUR", average=[474.97, 453.5, 496.4],
        adjusted_for=["start", "town"], moments=rows, **changes,
    )  # fmt: skip


def asked_for_money(agent) -> str:
    question = Question(
        PEOPLE, "", kind="amount", exposures=("steps", "waits", "staff"), adjust=("start",), attributes=("town",)
    )
    keep_found(question, money(), reason="")
    given = {name: value for name, value in CHOSEN.items() if name != "case"}
    return f"{PAGE}?{urlencode(given, doseq=True)}"


def test_money_waits_and_colleagues_are_told_in_their_own_words(agent):
    seed()
    keep()
    page = read(agent, asked_for_money(agent))
    assert "on average they brought €474.97 (€453.50 to €496.40)" in page
    assert (
        "People with “Visit” brought more money: <strong>+€212.25 (€128.08 to €296.43), 83 with and 865 without" in page
    )
    assert "People who waited more than 2 days from “Visit to a page” to “Visit” brought less money" in page
    assert "People with whom Mar dealt: no clear difference from the others in the money they brought" in page
    assert "Visit · shop (12 of 30)" in page
    assert "Compared are those who are alike in: when they began, town." in page
    assert "this does not say how well anybody works" in page
    assert re.search('>town</th> ?<td class="number">0.30</td> ?<td class="number">0.16 <span[^>]*>still unlike', page)


def test_only_what_a_lot_decided_is_called_randomised(agent):
    keep()
    question = Question(PEOPLE, "order.placed", randomised_by="town")
    arm = {"what": "arm", "step": None, "former": None, "of": "offer", "seconds": None, "against": "control"}
    arm |= {"estimate": 0.1, "low": 0.02, "high": 0.18, "p": 0.01, "q": 0.01, "having": 400, "without": 398}
    arm |= {"apart": 0, "needed": 30, "balance": {}}
    keep_found(question, answer(kind="randomised", randomised_by="town", adjusted_for=[], moments=[arm]), reason="")
    page = read(agent, f"{PAGE}?{urlencode(in_address(question), doseq=True)}")
    assert "Those in the group “offer” came to" in page
    assert ("You say that a lot decided “town”" in page, "Observational" in page) == (True, False)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ({"reason": "few", "followed": 12, "needed": 60}, "Not enough can be followed for that long yet: 12 of 60."),
        ({"reason": "currencies", "names": ["EUR", "USD"]}, "several currencies (EUR, USD)"),
        ({"reason": "none"}, "It has not happened with anybody."),
        ({"reason": "silent"}, "is not in the log of these journeys"),
    ],
    ids=lambda each: each["reason"] if isinstance(each, dict) else "",
)
def test_why_nothing_can_be_told_is_said(agent, why, words):
    keep()
    keep_found(Question(PEOPLE, "order.placed"), None, **why)
    assert words in read(agent, f"{PAGE}?{ASKED}")


def test_the_answer_takes_the_place_of_the_card(agent):
    keep()
    keep_answer()
    response = agent.get(f"/journeys/moments/?case=person&{ASKED}")
    assert "#moments" == response.headers["HX-Retarget"]
    assert "Observational" in response.text


def test_things_are_spoken_of_as_journeys(agent):
    keep()
    keep(case="order")
    keep_answer(case="order")
    page = read(agent, f"{PAGE}?case=order&{ASKED}")
    assert "Journeys with “" in page
    assert "People with “" not in page


def test_only_aggregates_are_shown_of_confidential_people(agent):
    tell(happened("C1", "2026-03-31 15:00", name="Mercè Roca"))
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    keep()
    page = read(agent)
    assert "Roca" not in page
    assert str(person("C1").uid) not in page
    assert "Roca" not in json.dumps(list(Reading.objects.values_list("payload", flat=True)))


def test_the_page_says_of_when_it_is(agent):
    keep()
    assert f'datetime="{AS_OF.isoformat()}"' in read(agent)
    assert name_of(PEOPLE) in Reading.objects.values_list("name", flat=True)
    assert answer()["outcome"] == "order.placed"
