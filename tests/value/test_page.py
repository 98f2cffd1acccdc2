"""The value page: from one reading, and honest where little is known."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

from people.telling import NOW, happened, person, tell
from value.customers import purchases, tell_purchases
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.fields.models import CustomField
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.value.queries import newest_value
from vincle.apps.value.refreshing import refresh_value
from vincle.apps.value.settings import change_terms
from vincle.engine.value.terms import Terms
from vincle.flow.models import Job, Reading

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shop():
    """160 people who bought for thirteen months, and what they are worth."""
    tell_purchases(purchases(160))
    refresh_value(now=NOW)


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def test_an_outsider_and_a_stranger_do_not_see_it(client, client_of, outsider):
    assert 302 == client.get("/value/").status_code
    assert {403} == {client_of(outsider).get(path).status_code for path in ("/value/", "/value/bridge/")}


def test_an_empty_page_says_what_it_needs(agent):
    assert "Here you will see what your relationships are worth" in text(agent.get("/value/"))
    assert not Job.objects.exists()


def test_while_it_is_worked_out_the_page_says_so(agent):
    tell_purchases(purchases(5))
    assert "Values are being worked out" in text(agent.get("/value/"))
    assert ["value.refresh"] == [job.task for job in Job.objects.all()]


def test_the_page_tells_what_was_read(agent, shop):
    page = agent.get("/value/").context["page"]
    said = newest_value().said
    labels = ["Now: the last 12 months", "To come: the next 12 months", "Probably still with you", "Expected visits"]
    assert labels == [figure.label for figure in page.head.figures]
    assert f"€{said['worth']['at'] / 10_000:,.0f}" == page.head.figures[1].value
    assert "is used: of 5 ways tried" in page.head.why
    assert sum(int(each.people.replace(",", "")) for each in page.trust.classes) == said["holdout"]["people"]
    assert [("What people paid lately", 4), ("What they are expected to bring", 4)] == [
        (each.words, len(each.tops)) for each in page.held
    ]
    assert ["stay", "use", "recommend"] == [each.key for each in page.loyalties]
    assert page.loyalties[2].measures[0].note == "Not enough answers yet: 0 of 10."
    assert 160 == sum(bar.people for bar in page.spread.bars)


def test_the_bridge_adds_up_and_so_do_its_months(agent, shop):
    told = newest_value().page
    assert 91 == told["window"]  # thirteen months are not two years
    assert 9 <= len(told["months"]) <= 12
    for each in [told["bridge"], *told["months"]]:
        sums = {name: Decimal(each[name]) for name in ("opening", "new", "kept", "recovered", "lost", "closing")}
        assert sums["closing"] == sums["opening"] + sums["new"] + sums["kept"] + sums["recovered"] - sums["lost"]
    for former, latter in zip(told["months"], told["months"][1:], strict=False):
        assert (former["closing"], former["closing_day"]) == (latter["opening"], latter["opening_day"])
    shown = agent.get("/value/").context["page"]
    assert len(told["months"]) == len(shown.months.rows)
    assert shown.bridge.chart is not None


def test_where_little_is_known_it_says_so(agent):
    tell_purchases([(f"C{n}", date(2026, 1, 1 + n), Decimal(10)) for n in range(20)])
    refresh_value(now=NOW)
    response = agent.get("/value/")
    page = response.context["page"]
    assert [None] * 4 == [page.trust, page.bridge, page.levers, page.spread]
    assert "Too short a time to compare" in text(response)
    assert page.head.why.endswith("there were 11, of whom 0 had come again. 100 and 30 are needed.")


def test_one_day_has_a_present_and_a_sentence(agent):
    tell(*(happened(f"C{n}", "2026-02-01 10:00", "order.placed", amount=Decimal(5), currency="EUR") for n in range(3)))
    refresh_value(now=NOW)
    page = agent.get("/value/").context["page"]
    assert ("€15", "All there is happened on one day") == (page.head.figures[0].value, page.head.why[:32])


def test_groups_are_chosen_and_sensitive_ones_never_told(agent, shop):
    tell(
        *(
            happened(f"C{n}", "2025-06-01 09:00", observations={"town": "Olot" if n % 2 else "Girona"})
            for n in range(60)
        )
    )
    refresh_value(now=NOW)
    page = agent.get("/value/", {"by": "attribute:town"}).context["page"]
    assert ("Town", {"Girona", "Olot"}) == (page.groups.title, {row.words for row in page.groups.rows})
    kept = Reading.objects.get(name="value:whole")
    said = json.loads(json.dumps(kept.payload))
    next(each for each in said["page"]["groups"] if each["name"] == "town")["name"] = "field:health"
    Reading.objects.filter(pk=kept.pk).update(payload=said)
    CustomField.objects.create(slug="health", labels={"en": "Health"}, type="text", sensitive=True, created_at=NOW)
    shown = agent.get("/value/", {"by": "attribute:field:health"}).context["page"]
    assert "attribute:field:health" not in [key for key, _words, _chosen in shown.groups.choices]


def test_sums_of_a_few_are_spared_where_somebody_is_confidential(agent, client_of, olga, shop):
    before = agent.get("/value/").context["page"]
    assert all(part.amount for part in before.bridge.parts)
    mark(person("C3"), PersonMark.Kind.CONFIDENTIAL, reason="asked", actor=COMMAND_LINE, now=NOW)
    said = newest_value().page["months"]
    few = [0 < each["people"][part] < 10 for each in said for part in ("new", "kept", "recovered", "lost")]
    assert True in few
    hidden = [not cell[1] for row in agent.get("/value/").context["page"].months.rows for cell in row.cells]
    assert few == hidden
    seen = client_of(olga).get("/value/").context["page"]
    assert all(cell[1] for row in seen.months.rows for cell in row.cells)


def test_sliders_move_the_whole_with_and_without_a_script(agent, shop):
    moved = agent.get("/value/what-if/", {"retention": "10", "margin": "-10", "acquisition_cost": "x"})
    levers = moved.context["levers"]
    assert [10, -10, 0] == [lever.at for lever in levers.levers]
    assert ("+10%", "−10%") == (levers.levers[0].written, levers.levers[1].effect)
    assert levers.levers[2].missing
    plain = agent.get("/value/", {"retention": "10", "margin": "-10"}).context["page"]
    assert plain.levers.becomes == levers.becomes
    change_terms(Terms(), kinds=[], acquisition_cost=Decimal(20), actor=COMMAND_LINE, now=NOW)
    refresh_value(now=NOW)
    known = agent.get("/value/what-if/", {"acquisition_cost": "-99"}).context["levers"]
    assert (-10, "") == (known.levers[2].at, known.levers[2].missing)


def test_without_a_discount_the_future_has_no_end(agent, shop):
    change_terms(Terms(discount=0), kinds=[], acquisition_cost=None, actor=COMMAND_LINE, now=NOW)
    refresh_value(now=NOW)
    assert agent.get("/value/").context["page"].levers is None
    assert "This cannot be worked out" in text(agent.get("/value/what-if/"))


def test_contracts_have_no_check_of_visits(agent, shop):
    change_terms(Terms(contractual=True), kinds=[], acquisition_cost=None, actor=COMMAND_LINE, now=NOW)
    refresh_value(now=NOW)
    response = agent.get("/value/")
    assert (200, None) == (response.status_code, response.context["page"].trust)


@pytest.mark.parametrize("language", ["ca", "es"])
def test_it_speaks_the_readers_language(agent, shop, language):
    response = agent.get("/value/", headers={"Accept-Language": language})
    assert "Why it changed" not in text(response)


def test_the_page_costs_at_most_fifteen_questions(agent, shop, django_assert_max_num_queries):
    agent.get("/value/")
    with django_assert_max_num_queries(15):
        assert 200 == agent.get("/value/").status_code


def test_figures_of_a_former_form_are_worked_out_anew(agent, shop):
    kept = Reading.objects.get(name="value:whole")
    Reading.objects.filter(pk=kept.pk).update(payload={**kept.payload, "page": None, "shape": 0})
    assert "Values are being worked out" in text(agent.get("/value/"))
    assert refresh_value(now=NOW + timedelta(hours=1))
