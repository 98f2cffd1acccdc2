"""Somebody real who stands for a journey: found in the background, chosen, named only to who may see them, and gone
when they are erased.
"""

import json
from html import unescape

import pytest
from django.db import connection

from journeys.crowd import crowd
from journeys.designs import mapped
from people.telling import NOW, person
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.journeys.asking import ArchetypeQuestion
from vincle.apps.journeys.maps import actions, queries
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.models import Change, JourneyMap, Version
from vincle.apps.lists.facade import write_filter
from vincle.apps.lists.filters.language import Known, all_of
from vincle.apps.lists.models import View
from vincle.apps.people.facade import PersonMark, erase, mark
from vincle.apps.people.privacy.gathering import gathered
from vincle.engine.journeys import archetypes, of_log
from vincle.engine.journeys.journey import ERASED
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job, Person, Reading
from vincle.kernel import clock
from vincle.kernel.home import Home
from vincle.kernel.ids import uuid7

BUYERS = {"stages": [{"key": "buys", "name": "Buys", "enters": [{"kinds": ["order.placed"], "times": 3}]}]}


@pytest.fixture
def this(transactional_db, olga):
    crowd()
    return mapped(olga, now=clock.now(), archetype={}, aim=None, **BUYERS)


@pytest.fixture
def owner(client_of, olga):
    return client_of(olga)


def page_of(this, more: str = "") -> str:
    return f"/journeys/maps/{this.uid}/{more}"


def read(client, path, **asked):
    response = client.get(path, asked)
    assert 200 == response.status_code
    return unescape(" ".join(response.content.decode().split()))


def ask(client, this, **asked):
    """What the page says once it is worked out, and what is kept."""
    asked = {"group": "", "groups": 1} | asked
    assert 302 == client.post(page_of(this, "archetype/"), asked).status_code
    assert "Comparing everybody" in read(client, page_of(this, "archetype/newer/"), **asked)
    Worker().drain()
    question = ArchetypeQuestion(str(this.uid), asked["group"], asked["groups"])
    return read(client, page_of(this, "archetype/"), **asked), Reading.objects.get(name=question.name).payload


def choose(client, this, uid, **asked):
    asked = {"group": "", "groups": 1, "person": uid, "revision": queries.map_by_uid(this.uid).revision} | asked
    return client.post(page_of(this, "archetype/choose/"), asked)


def by_engine(**asked):
    import vincle.engine as ve

    with ve.open(Home.at()) as log:
        return archetypes(of_log(log), money=True, **asked)


def number_of(uid):
    return Person.objects.get(uid=uid).pk


def test_who_stands_for_all_is_whom_the_engine_finds_and_can_be_chosen_and_undone(owner, this, client_of, anna):
    told, kept = ask(owner, this)
    [one] = kept["found"]["archetypes"]
    [expected] = by_engine().archetypes
    assert (expected.case, expected.nearer, expected.between) == (number_of(one["uid"]), one["nearer"], one["between"])
    name = person_name(one["uid"])
    assert f"{name}</a>" in told
    assert "stands for 24 people" in told
    assert f"{expected.nearer:.0%} of the group are nearer to them than two of the group usually are" in told
    assert "Everything that happened" in told
    assert 302 == choose(owner, this, one["uid"]).status_code
    header = f'nearest real person: <a href="/people/{one["uid"]}/">{name}</a>'
    for client in (owner, client_of(anna)):
        assert header in read(client, page_of(this))
        assert header in read(client, page_of(this, "real/"))
    assert name not in json.dumps(JourneyMap.objects.get().document)
    owner.post(page_of(this, "undo/"))
    assert "nearest real person" not in read(owner, page_of(this))


def person_name(uid):
    return Person.objects.get(uid=uid).name


def test_groups_are_told_apart_and_a_stage_or_a_view_is_a_group(owner, this, olga):
    told, kept = ask(owner, this, groups=2)
    assert [each.cases for each in by_engine(groups=2).archetypes] == [
        each["cases"] for each in kept["found"]["archetypes"]
    ]
    assert ("Clear groups" in told, "silhouette" in told) == (True, True)
    _told, kept = ask(owner, this, group="entered:buys")
    assert 12 == kept["found"]["cases"]
    girona = write_filter(all_of(Known("town", "is", ("Girona",))))
    view = View.objects.create(uid=uuid7(), name="In Girona", owner_id=olga.pk, filter=girona, made_at=NOW)
    _told, kept = ask(owner, this, group=f"view:{view.uid}")
    assert 12 == kept["found"]["cases"]
    told, kept = ask(owner, this, groups=3)
    assert kept["found"] is None
    assert "Not enough people yet: 24 of 30" in told


def test_who_is_confidential_is_counted_passed_over_and_never_named(owner, this, client_of, anna):
    first = ask(owner, this)[1]["found"]["archetypes"][0]
    choose(owner, this, first["uid"])
    name = person_name(first["uid"])
    mark(Person.objects.get(uid=first["uid"]), PersonMark.Kind.CONFIDENTIAL, reason="so", actor=COMMAND_LINE, now=NOW)
    # On the pages: to whom may see them, and to nobody else; the answer that is kept names them to nobody.
    assert name in read(owner, page_of(this))
    agent = client_of(anna)
    for path in (page_of(this), page_of(this, "real/"), page_of(this, "as/json/")):
        assert name not in read(agent, path)
    assert "a real person stands for it who may not be named here" in read(agent, page_of(this))
    kept = read(owner, page_of(this, "archetype/"), group="", groups=1)
    assert "may not be named to everybody any more" in kept
    assert 404 == choose(owner, this, first["uid"]).status_code
    told, kept = ask(owner, this)
    [second] = kept["found"]["archetypes"]
    assert second["uid"] != first["uid"]
    [expected] = by_engine(never=[number_of(first["uid"])]).archetypes
    assert (24, expected.case, expected.passed_over) == (
        second["cases"], number_of(second["uid"]), second["passed_over"],
    )  # fmt: skip
    assert f'<h2 class="archetype-name"><a href="/people/{second["uid"]}/">' in told
    # Whose data is to be kept and not used stands for nobody, and is named to nobody.
    choose(owner, this, second["uid"])
    name = person_name(second["uid"])
    assert name in read(owner, page_of(this))
    restrict = {"reason": "asked for it", "actor": COMMAND_LINE, "now": NOW}
    mark(Person.objects.get(uid=second["uid"]), PersonMark.Kind.RESTRICTED, **restrict)
    assert name not in read(owner, page_of(this))
    told, kept = ask(owner, this)
    assert (23, False) == (kept["found"]["cases"], name in told)


def test_whoever_is_erased_leaves_the_map_its_versions_and_what_undo_would_bring_back(owner, this, olga):
    uid = ask(owner, this)[1]["found"]["archetypes"][0]["uid"]
    choose(owner, this, uid)
    actions.keep_version(queries.map_by_uid(this.uid), "With them", actor=COMMAND_LINE, now=NOW)
    choose(owner, this, "")
    choose(owner, this, uid)
    them = Person.objects.get(uid=uid)
    told = gathered(them, sources={}, now=NOW)["kept"]
    assert [("archetypes", "The weekly box")] == [(each["name"], row["name"]) for each in told for row in each["rows"]]
    certificate = erase(them, actor=COMMAND_LINE, now=NOW)
    assert 1 + Version.objects.count() + Change.objects.count() >= certificate["removed"]["archetypes"] >= 3
    for table in ("journeys_journeymap", "journeys_version", "journeys_change", "flow_reading"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table}")
            assert uid not in str(cursor.fetchall())
    assert ERASED == queries.journey_of(JourneyMap.objects.get()).archetype.person
    assert "the real person who stood for it is no longer here" in read(owner, page_of(this))
    owner.post(page_of(this, "undo/"))
    owner.post(page_of(this, "redo/"))
    assert ERASED == queries.journey_of(JourneyMap.objects.get()).archetype.person


def test_who_may_not_edit_may_not_choose_and_what_is_wrong_is_refused(this, client_of, olga, anna, ramon):
    owner = client_of(olga)
    for who in (anna, ramon):
        client = client_of(who)
        assert 403 == client.get(page_of(this, "archetype/")).status_code
        assert 403 == choose(client, this, "").status_code
    for wrong in ({"group": "entered:nowhere", "groups": 1}, {"group": "", "groups": 13}, {"group": "", "groups": "x"}):
        assert 400 == owner.post(page_of(this, "archetype/"), wrong).status_code
    hidden = View.objects.create(uid=uuid7(), name="Mine", owner_id=anna.pk, filter='{"match"', made_at=NOW)
    assert 400 == owner.post(page_of(this, "archetype/"), {"group": f"view:{hidden.uid}", "groups": 1}).status_code
    assert 404 == choose(owner, this, str(person("F01").uid)).status_code  # nobody has found them
    assert 400 == choose(owner, this, "", revision="").status_code
    assert 0 == Job.objects.filter(task="journeys.archetype").count()
    thing = mapped(olga, now=NOW, case="order")
    assert "This journey is one of things" in read(owner, page_of(thing, "archetype/"))
    strange = op.SetArchetype("person", "somebody elsewhere")
    actions.change(this, strange, seen=0, actor=COMMAND_LINE, now=NOW)
    assert "real person" not in read(owner, page_of(this)).replace("Choose somebody real", "")
