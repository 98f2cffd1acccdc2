"""What a page says of what really happens along a designed journey."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest
from django.utils.translation import override

from journeys.charts import DAY, chart, journey, keep_chart, part, said, stage
from people.telling import NOW, happened, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys.maps.actions import create
from vincle.apps.journeys.real.chart import design_of
from vincle.apps.journeys.real.page import real_of
from vincle.engine.journeys.journey import Journey
from vincle.flow.catalogue import seed
from vincle.flow.models import Job
from vincle.web.locales import written_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HOSTILE = '<script>alert("1")</script>'


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def behind(figure: str) -> str:
    return f"/behind/{figure}"


def shown(of: Journey | None = None, **changes):
    of = of or journey()
    real = real_of(of, chart(of, **changes), behind)
    assert real is not None
    return real


def map_of(of: Journey):
    return create(of, actor=COMMAND_LINE, now=NOW)


def address(this, more: str = "") -> str:
    return f"/journeys/maps/{this.uid}/real/{more}"


def read(client, this) -> str:
    response = client.get(address(this))
    assert 200 == response.status_code
    return unescape(" ".join(response.content.decode().split()))


def texts(page: str) -> str:
    """A page without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_the_line_says_how_many_until_when_whose_and_how_many_follow():
    assert "1,874 people · until 30 Nov 2026 · archetype: Mercè · 71% follow the designed journey" == shown().line


def test_a_stage_says_how_many_came_with_the_interval_and_how_long_they_stay():
    head = shown().overlay.stages["box"].head
    assert (1121, "60%", "58% to 62%", "24 hours") == (head.entered.number, head.share, head.interval, head.lasting)
    assert "1,121 of 1,874 people came into “First box”: 60%, likely 58% to 62%" == head.entered.said
    looks = shown().overlay.stages["looks"].head
    assert "half of those who went on did so within 9 days, likely 8 days to 10 days" == looks.lasting_said


def test_a_touchpoint_says_how_often_with_whom_and_what_is_felt_or_why_it_says_nothing():
    web, leaflet = shown().overlay.stages["looks"].touchpoints.values()
    assert (1700, "4,210 times", None) == (web.people.number, web.events, web.felt)
    assert "next after 2 hours (60 minutes to 3 hours)" == web.pause
    assert ("", "not tied to anything in the log") == (leaflet.events, leaflet.without)
    door = shown().overlay.stages["box"].touchpoints["door"]
    assert ([("€34,751", False)], "+0.7", "", "1 person") == (
        door.money, door.felt.written, door.felt.interval, door.felt.cases,
    )  # fmt: skip


def test_money_is_summed_by_currency_and_a_loss_is_said_as_one():
    money = {key: beside.money for key, beside in shown().overlay.stages.items()}
    assert ([("€34,751", False), ("-US$12.50", True)], "") == (money["box"].sums, money["box"].each)
    assert "€268" == money["habit"].each
    assert ([("-€16,422", True)], "-€42.00") == (money["problem"].sums, money["problem"].each)
    many = part(money={"EUR": "5.00", "USD": "900.00", "GBP": "-70.00"})
    stages = [each | many if each["key"] == "box" else each for each in said()["stages"]]
    other = shown(stages=stages).overlay.stages["box"].money
    assert ([("US$900", False), ("-£70.00", True)], 1) == (other.sums, other.more)


def test_the_real_curve_leaves_out_where_nobody_said_how_it_felt():
    curve = shown().overlay.curve
    assert [50, 150, 350] == [point.x for point in curve.points]
    assert ["plain", "well", "warm"] == [point.tone for point in curve.points]
    assert 1 == curve.lines.count("M")  # looks to box; nothing leads over the silence to the problem
    top, bottom = curve.points[2].upper, curve.points[2].lower
    assert top < curve.points[2].y < bottom
    felt = [each.felt for each in shown().overlay.stages.values()]
    assert [True, True, False, True, False] == [each is not None for each in felt]


def test_what_was_not_designed_is_said_and_how_much_more_there_is():
    beside = shown().overlay.stages["looks"]
    (neighbour,) = beside.undesigned
    assert ("neighbour.asked", "street", 581) == (neighbour.name, neighbour.channel, neighbour.happening.people.number)
    assert "and 3 more kinds that are not designed" == beside.undesigned_more


def test_figures_lead_to_the_people_behind_them_and_zero_to_nobody():
    real = shown()
    looks, friend = real.overlay.stages["looks"], real.overlay.stages["friend"]
    assert "/behind/entered:looks" == looks.head.entered.url
    assert "/behind/touchpoint:looks:web" == looks.touchpoints["web"].people.url
    assert "/behind/kind:looks:neighbour.asked:street" == looks.undesigned[0].happening.people.url
    assert ["/behind/reached:looks", "/behind/reached:box"] == [each.cases.url for each in real.funnel.stages]
    assert "/behind/left:looks" == real.funnel.stages[0].left.url
    assert ["/behind/flow::looks", "/behind/flow:looks:box"] == [each.cases.url for each in real.flows.shown[:2]]
    assert "/behind/deviation:skipped:box" == real.departures.shown[1].cases.url
    assert "/behind/follows" == real.departures.follows.url
    assert "" == friend.head.entered.url


def test_the_funnel_says_how_long_who_left_and_what_is_not_in_it():
    funnel = shown().funnel
    box = funnel.stages[1]
    assert ("60%", "58% to 62%") == (box.onward, box.onward_interval)
    assert ("9 days (8 days to 10 days)", "6 weeks") == (box.half, box.most)  # few set no upper end: none is said
    assert (753, []) == (funnel.stages[0].left.number, funnel.stages[0].leaving)
    assert ["may be left out", "should not be needed", "nobody knows yet how one comes there"] == [
        why for _name, why in funnel.without
    ]


def test_departures_are_ranked_with_their_share_and_what_they_cost_in_time():
    departures = shown().departures
    assert ("71%", "69% to 73%", "1,874 people") == (departures.share, departures.interval, departures.compared)
    assert [
        ("“A problem” happened, which the design would spare them", "21%", "2 weeks longer"),
        ("“First box” was skipped", "8%", "2 days shorter"),
        ("“First box” came too late", "0.2%", "as long"),
    ] == [(each.words, each.share, each.longer) for each in departures.shown]


def test_a_flow_back_is_not_drawn_but_said_and_hidden_ones_are_counted():
    flows = shown().flows
    assert [("Habit", "Habit"), ("A problem", "First box")] == [(each.source, each.target) for each in flows.back]
    assert (11, 9) == (len(flows.shown), len(flows.bands))
    assert "All of them are shown (11)." == flows.hides
    assert {"plain", "well", "warm"} == {flow.tone for flow, _band in flows.bands}
    many = journey(stages=[stage(f"s{at}", f"Stage {at}") for at in range(12)])
    between = [[f"s{one}", f"s{other}", 100 - one, DAY] for one in range(12) for other in range(one)]
    hidden = shown(many, flows=sorted(between, key=lambda row: -row[2]), stages=[]).flows
    assert "The 40 with the most of 66: 62% of all goings from stage to stage." == hidden.hides


def test_who_is_where_adds_up_to_everybody():
    standing = shown().standing
    assert ["", "Looks for information", "First box", "Habit", "A problem"] == [each.name for each in standing]
    assert 1874 == sum(each.cases.number for each in standing)


def test_opportunities_stand_with_whom_they_could_reach():
    (box,) = shown().opportunities
    assert ("First box", ["Write within a day of paying", "One-tap pause"], 1121) == (
        box.stage, box.lines, box.cases.number,
    )  # fmt: skip


def test_what_a_journey_cannot_tell_is_said_stage_by_stage():
    assert [("Brings a friend", "Nobody is known to be here.")] == [(each.stage, each.words) for each in shown().gaps]
    everybody = {"entered": 1874, "waiting": {"median": [0.0, 0.0, 0.0], "p90": [0.0, 0.0, 0.0]}}
    nobody = {"entered": 0, "waiting": None}
    changes = {"box": everybody, "habit": nobody, "problem": nobody}
    stages = [each | changes.get(each["key"], {}) for each in said()["stages"]]
    words = {each.stage: each.words for each in shown(stages=stages, before=part()).gaps}
    assert "Everybody is here from their first interaction on." == words["Looks for information"]
    assert "Everybody comes here at once, so this stage tells nobody apart." == words["First box"]
    assert "Nobody came here yet." == words["Habit"]
    assert "Nobody came here, as it should be." == words["A problem"]


def test_a_journey_without_data_or_rules_says_what_would_appear(agent):
    bare = journey(stages=[{"key": "one", "name": "One"}])
    this = map_of(bare)
    assert "Nothing has happened yet" in read(agent, this)
    assert not Job.objects.filter(task="journeys.chart").exists()
    nothing = {"cases": 0, "conforming": 0, "share": None, "deviations": [], "left_out": 5}
    one = {"key": "one", "entered": 0, "share": [0.0, 0.0, 0.1], "waiting": None, "here": 0} | part()
    keep_chart(bare, this.uid, stages=[one], flows=[], conformance=nothing, funnel={"cases": 5, "stages": []})
    page = read(agent, this)
    for words in (
        "No stage through which everybody should come",
        "Nothing to compare yet",
        "Nobody has come into a stage yet",
        "No opportunity written yet",
        "Say how somebody comes here",
        "Say what should come of this journey",
    ):
        assert words in page
    keep_chart(bare, this.uid, as_of=None, cases=0, events=0)
    assert "Nothing has happened yet" in read(agent, this)


def test_names_that_would_be_markup_are_text(agent):
    odd = journey(
        name=HOSTILE,
        archetype={"name": HOSTILE},
        stages=[
            stage("looks", HOSTILE, opportunities=HOSTILE, touchpoints=[{"key": "web", "name": HOSTILE}]),
            stage("box", HOSTILE),
        ],
    )
    this = map_of(odd)
    kinds = [{"kind": HOSTILE, "channel": HOSTILE, "events": 2, "people": 1, "feeling": None}]
    keep_chart(odd, this.uid, before=part(undesigned=kinds), stages=[
        each | {"undesigned": kinds} for each in said()["stages"][:2]
    ])  # fmt: skip
    page = agent.get(address(this)).content.decode()
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert") > 15


def test_a_stage_that_was_added_since_has_no_figures_and_breaks_nothing(agent):
    this = map_of(journey(stages=[stage("new", "Brand new"), stage("box", "First box")]))
    keep_chart(journey(), this.uid)
    page = read(agent, this)
    assert "This stage is new." in page
    assert "Looks for information" not in page


def test_links_name_the_map_the_revision_and_the_figure(agent):
    this = map_of(journey())
    keep_chart(journey(), this.uid)
    addresses = re.findall(r'href="(/journeys/behind/[^"]*)"', read(agent, this))
    asked = [parse_qs(urlsplit(each).query) for each in addresses]
    assert {(str(this.uid), "3")} == {(each["map"][0], each["revision"][0]) for each in asked}
    assert {"entered:box", "here:habit", "follows", "flow:habit:"} <= {each["figure"][0] for each in asked}


@pytest.mark.parametrize(("language", "words"), [
    ("ca", ["1.874 persones", "segueixen el viatge dissenyat", "No dissenyat", "ningú no ha dit"]),
    ("es", ["1.874 personas", "siguen el viaje diseñado", "No diseñado", "nadie ha dicho"]),
])  # fmt: skip
def test_it_is_said_in_every_language(agent, language, words):
    seed()
    this = map_of(journey())
    keep_chart(journey(), this.uid)
    response = agent.get(address(this), headers={"Accept-Language": language})
    page = texts(unescape(response.content.decode()))
    for each in words:
        assert each in page
    with override(language), written_in("ES"):
        assert "60" in shown().overlay.stages["box"].head.share


def test_only_what_figures_depend_on_makes_them_old():
    one = journey()
    looks, *others = one.stages
    reworded = Journey("Another name", (replace_words(looks), *others), about="More words")
    assert design_of(one) == design_of(reworded)
    assert design_of(one) != design_of(Journey(one.name, one.stages[1:]))
    assert design_of(one) != design_of(Journey(one.name, (others[0], looks, *others[1:])))
    assert design_of(one) != design_of(Journey(one.name, one.stages, case="order"))


def replace_words(of):
    return msgspec.structs.replace(of, name="Renamed", wants="Other words", feels=-2)


def test_who_looks_has_it_worked_out_once_and_a_change_of_the_rules_again(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    this = map_of(journey())
    assert "What really happens is being worked out" in read(agent, this)
    read(agent, this)
    assert [("journeys.chart", {"uid": str(this.uid)})] == list(Job.objects.values_list("task", "arguments"))
    keep_chart(journey(), this.uid)
    page = read(agent, this)
    assert ("Newer figures are being worked out" in page, "How far they come" in page) == (True, True)
    assert "Newer figures" in agent.get(address(this, "newer/"), {"shown": "1"}).text
    Job.objects.all().delete()
    response = agent.get(address(this, "newer/"), {"shown": "1"})
    assert ("#real-figures", True) == (response.headers["HX-Retarget"], "How far they come" in response.text)
    assert "true" == agent.get(address(this, "newer/")).headers["HX-Refresh"]


def test_an_outsider_is_refused(client_of, outsider):
    this = map_of(journey())
    client = client_of(outsider)
    assert [403, 403] == [client.get(address(this, each)).status_code for each in ("", "newer/")]


def test_however_much_there_is_few_questions_are_asked(agent, django_assert_max_num_queries):
    kinds = [{"kind": f"k.{at}", "channel": "", "events": 2, "people": 1, "feeling": None} for at in range(6)]
    wide = journey(stages=[stage(f"s{at}", f"Stage {at}") for at in range(30)])
    stages = [
        {"key": f"s{at}", "entered": 9, "share": [0.5, 0.2, 0.8], "waiting": None, "here": 1} | part(undesigned=kinds)
        for at in range(30)
    ]
    this = map_of(wide)
    keep_chart(wide, this.uid, stages=stages, flows=[], cases=60)
    read(agent, this)
    with django_assert_max_num_queries(10):
        read(agent, this)
