"""Searches for real: through the mirror and the finder into the queue, again and again without doubling anything."""

import shutil
from datetime import UTC, datetime, timedelta

import pytest

from duplicates.queueing import BY
from engine.duplicates.cast import town
from flow.append.cases import bought, say
from vincle.apps.duplicates import actions, facade
from vincle.apps.duplicates.models import Candidate, Look
from vincle.apps.duplicates.queries import queue
from vincle.apps.duplicates.queries.decisions import decided, decisions
from vincle.apps.people import facade as people
from vincle.flow import mirror
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job
from vincle.kernel import clock
from vincle.kernel.errors import NotReady, Refused
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db(transaction=True)
TWICE = 6


@pytest.fixture(autouse=True)
def _no_mirror_yet() -> None:
    """The tests of one process share a home, and its mirror would outlive the database's rows."""
    shutil.rmtree(Home.at().mirror, ignore_errors=True)


def a_town() -> None:
    """Forty people, six of them twice."""
    say(*(_of(row) for row in town(people=40, twice=TWICE)))


def _of(row):
    observations = {name: row[name] for name in ("date_of_birth", "street", "town", "postcode", "email") if row[name]}
    observations["name"] = f"{row['given_name']} {row['family_name']}"
    return bought(row["id"], observations=observations)


def look_now() -> Look:
    facade.look_now(clock=clock.now, **BY)
    return Look.objects.order_by("-id").first()


def _cannot(*_args, **_options):
    raise NotReady("The disk is full.")


def waiting() -> set[tuple[str, str]]:
    """The pairs that wait and are rather one person than not, by the values of their identities."""
    rows = queue.waiting(now=clock.now()).filter(probability__gte=0.5)
    return set(rows.values_list("first__value", "second__value"))


def twice() -> set[tuple[str, str]]:
    return {(row["id"][:-1], row["id"]) for row in town(people=40, twice=TWICE) if row["id"].endswith("b")}


def test_who_is_there_twice_is_found_kept_and_not_doubled():
    a_town()
    first = look_now()
    assert ("done", "") == (first.state, first.note)
    assert TWICE - 1 <= len(twice() & waiting())
    assert first.new == first.found == Candidate.objects.count()
    known = set(Candidate.objects.values_list("pk", "found_at"))

    again = look_now()
    assert "Nothing has changed since the last time." == again.note
    say(bought("new", observations={"name": "Wolfgang Amadeus", "town": "Salzburg"}))
    third = look_now()
    assert ("", 0) == (third.note, third.new)
    assert known >= set(Candidate.objects.values_list("pk", "found_at"))


def test_what_was_decided_stays_decided_what_is_undone_waits_again_and_what_changed_leaves():
    a_town()
    look_now()
    one, other, *rest = queue.waiting(now=clock.now()).select_related("first", "second").order_by("-probability")
    accepted = actions.accept(one, now=clock.now(), **BY)
    actions.reject(other, now=clock.now(), **BY)
    look_now()
    gone = {(each.first.value, each.second.value) for each in (one, other)}
    assert not gone & waiting()
    said = decided(decisions())
    assert (1, 1) == (said.same, said.different)
    people.undo(accepted, now=clock.now(), **BY)
    assert (one.first.value, one.second.value) in waiting()

    # Pairs that are no longer alike leave the queue.
    pair = rest[0]
    changed = {"name": "Somebody Else", "date_of_birth": "2001-11-30", "street": "Elsewhere 9", "town": "Lleida"}
    say(bought(pair.second.value, 9, observations=changed | {"postcode": "25001", "email": "else@example.com"}))
    look_now()
    assert not Candidate.objects.filter(pk=pair.pk).exists()


def test_somebody_asks_and_a_worker_does_it(anna, client_of):
    a_town()
    client = client_of(anna)
    assert 302 == client.post("/duplicates/look/").status_code
    client.post("/duplicates/look/")
    with pytest.raises(Refused):
        look_now()
    assert 1 == Look.objects.count() == Job.objects.filter(task="duplicates.look").count()
    page = client.get("/duplicates/").text
    assert "You can leave this page; it goes on." in page
    assert "Waiting its turn" in client.get("/duplicates/looking/").text
    Worker().drain()
    assert "true" == client.get("/duplicates/looking/").headers["HX-Refresh"]
    assert "pairs compared" in client.get("/duplicates/").text
    counts = client.get("/duplicates/counts/").text
    assert "Not enough decisions yet: 0 of 30." in counts
    assert "Birth date" in counts


def test_a_search_that_fails_says_why_and_the_next_one_works(anna, client_of, monkeypatch):
    a_town()
    with monkeypatch.context() as patched:
        patched.setattr(mirror, "refresh", _cannot)
        this = look_now()
    assert ("failed", "The disk is full.") == (this.state, this.note)
    assert "The disk is full." in client_of(anna).get("/duplicates/").text
    assert "done" == look_now().state


def test_it_comes_by_itself_once_a_night():
    noon, night = datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 21, 2, tzinfo=UTC)
    assert actions.look_by_itself(now=noon) is None
    this = actions.look_by_itself(now=night)
    assert this is not None
    assert actions.look_by_itself(now=night) is None  # it is under way
    Worker().drain()
    assert actions.look_by_itself(now=night + timedelta(hours=1)) is None
    assert actions.look_by_itself(now=night + timedelta(days=1)) is not None
