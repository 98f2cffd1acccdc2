"""Event logs to download: for whom, of what, and what is too much."""

import gzip

import pytest

from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.journeys import taking
from vincle.apps.journeys.actions import refresh_journeys
from vincle.apps.journeys.asking import PEOPLE
from vincle.apps.journeys.maps.actions import create
from vincle.apps.journeys.real.actions import refresh_chart
from vincle.apps.people.facade import PersonMark, Sight, mark, seeing
from vincle.engine.journeys.journey import from_data

CASES = "/journeys/cases.xes.gz"
BUYS = ["order.placed"]
TILL = {"key": "till", "name": "Till", "kinds": BUYS}
JOURNEY = {
    "name": "Shopping",
    "stages": [{"key": "first", "name": "First", "enters": [{"kinds": BUYS}], "touchpoints": [TILL]}],
}


@pytest.fixture
def this(transactional_db):
    """A map that was read: Mercè buys twice, Pau once."""
    tell(
        happened("C1", "2026-03-01 10:00", "order.placed", name="Mercè Roca"),
        happened("C1", "2026-03-02 10:00", "order.placed"),
        happened("C2", "2026-03-01 10:00", "order.placed", name="Pau Puig"),
    )
    made = create(from_data(JOURNEY), actor=COMMAND_LINE, now=NOW)
    refresh_journeys(PEOPLE, now=NOW)
    refresh_chart(made.uid, from_data(JOURNEY), revision=0, now=NOW)
    return made


def test_who_may_take_data_out_has_the_cases_and_the_stages(this, client_of, cast):
    analyst = client_of(cast.with_role("analyst"))
    for address, name, events in ((CASES, "person", 3), (f"/journeys/maps/{this.uid}/stages.xes.gz", "shopping", 2)):
        answer = analyst.get(address)
        log = gzip.decompress(b"".join(answer.streaming_content)).decode()
        assert (2, events) == (log.count("<trace>"), log.count("<event>"))
        assert f'filename="{name}.xes.gz"' in answer["Content-Disposition"]
    assert 2 == AuditEntry.objects.filter(action="journey.taken_out").count()
    assert "vincle journeys map" in (page := analyst.get(f"/journeys/maps/{this.uid}/real/").content.decode())
    assert f"--journey {this.uid}" in page
    agent = client_of(cast.with_role("agent"))
    assert {403} == {agent.get(each).status_code for each in (CASES, f"/journeys/maps/{this.uid}/stages.xes.gz")}
    assert CASES not in agent.get("/journeys/").content.decode()


def test_with_somebody_confidential_it_is_for_who_may_see_them(this, client_of, cast, olga):
    with seeing(Sight(confidential=True)):
        mark(person("C2"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    analyst = client_of(cast.with_role("analyst"))
    refused = analyst.get(CASES)
    assert (403, True) == (refused.status_code, "confidential people" in refused.content.decode())
    assert 200 == client_of(olga).get(CASES).status_code


def test_what_is_too_much_to_wait_for_is_told_with_the_command(this, client_of, olga, monkeypatch):
    monkeypatch.setattr(taking, "MOST_EVENTS", 2)  # whatever was counted when the page was worked out
    refused = client_of(olga).get(CASES)
    assert 403 == refused.status_code
    assert "vincle journeys export" in refused.content.decode()


def test_a_stage_of_few_tells_no_more_than_how_many_where_somebody_is_confidential(this, client_of, cast, olga):
    def pauses(client) -> list:
        stages = client.get(f"/journeys/maps/{this.uid}/real/").context["real"].chart.said["stages"]
        assert [2] == [stage["touchpoints"][0]["people"] for stage in stages]
        return [stage["touchpoints"][0]["pause"] for stage in stages]

    analysts, owners = client_of(cast.with_role("analyst")), client_of(olga)
    assert 86_400 == pauses(analysts)[0][0]
    with seeing(Sight(confidential=True)):
        mark(person("C2"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    assert ([None], 86_400) == (pauses(analysts), pauses(owners)[0][0])
