"""Maps in the database: revisions, colleagues at once, undo over reloads, versions, comments, the audit log."""

from datetime import timedelta

import msgspec
import pytest

from journeys.designs import NOON, design, mapped
from vincle.apps.accounts.facade import Actor
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.journeys.maps import actions, commenting, queries, undoing
from vincle.apps.journeys.maps import operations as op
from vincle.apps.journeys.maps.actions import ChangedMeanwhile
from vincle.apps.journeys.models import Change, JourneyMap
from vincle.kernel.errors import BadInput, NotFound

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class At:
    """A colleague at a map, as they last saw it."""

    def __init__(self, user, this: JourneyMap) -> None:
        self.actor, self.this, self.seen, self.now = Actor.of(user), this, this.revision, NOON

    def look(self) -> None:
        self.this.refresh_from_db()
        self.seen = self.this.revision

    def do(self, operation: op.Operation, *, after: timedelta = MINUTE) -> actions.Saved:
        self.now += after
        saved = actions.change(self.this, operation, seen=self.seen, actor=self.actor, now=self.now)
        self.seen = saved.map.revision
        return saved

    def write(self, stage: str, lane: str, value: object, **more) -> actions.Saved:
        return self.do(op.SetStage(stage, lane, value), **more)

    def undo(self) -> str:
        return undoing.undo(self.this, actor=self.actor, now=self.now).problem

    def redo(self) -> str:
        return undoing.redo(self.this, actor=self.actor, now=self.now).problem


@pytest.fixture
def this(olga):
    return mapped(olga)


@pytest.fixture
def at_olgas(olga, this):
    return At(olga, this)


@pytest.fixture
def at_martas(marta, this):
    return At(marta, this)


def journey(this: JourneyMap):
    return queries.journey_of(JourneyMap.objects.get(pk=this.pk))


def test_changes_of_different_cells_by_different_colleagues_meet(this, at_olgas, at_martas):
    assert not at_olgas.write("look", "wants", "Feel sure").others
    saved = at_martas.write("look", "does", "Asks friends")  # has not seen Olga's
    assert (2, True) == (saved.map.revision, saved.others)
    stage = journey(this).stage("look")
    assert ("Feel sure", "Asks friends") == (stage.wants, stage.does)


def test_of_one_cell_the_second_is_refused_and_nothing_of_the_first_lost(this, at_olgas, at_martas):
    at_olgas.write("look", "wants", "Feel sure")
    with pytest.raises(ChangedMeanwhile, match="Olga Serra changed the same place meanwhile"):
        at_martas.write("look", "wants", "Pay less")
    assert "Feel sure" == journey(this).stage("look").wants
    at_martas.look()
    at_martas.write("look", "wants", "Pay less")
    assert "Pay less" == journey(this).stage("look").wants


def test_the_same_words_by_two_are_no_quarrel(this, at_olgas, at_martas):
    at_olgas.write("look", "wants", "Feel sure")
    assert 1 == at_martas.write("look", "wants", "Feel sure").map.revision


def test_a_stage_that_a_colleague_removed_cannot_be_written_in(this, at_olgas, at_martas):
    at_olgas.do(op.RemoveStage("look"))
    with pytest.raises(ChangedMeanwhile):
        at_martas.write("look", "wants", "Pay less")


def test_each_undoes_their_own_in_their_order_also_on_another_day(this, at_olgas, at_martas):
    before = journey(this)
    at_olgas.write("look", "wants", "Feel sure")
    at_martas.look()
    at_martas.write("habit", "wants", "Not to think about it")
    at_olgas.look()
    at_olgas.do(op.RemoveTouchpoint("look", "web"), after=timedelta(days=1))
    assert ["", ""] == [at_olgas.undo(), at_olgas.undo()]
    assert (before.stage("look"), "Not to think about it") == (
        journey(this).stage("look"),
        journey(this).stage("habit").wants,
    )
    assert "nothing of yours to undo" in at_olgas.undo()
    assert ["", ""] == [at_olgas.redo(), at_olgas.redo()]
    assert ("Feel sure", 1) == (journey(this).stage("look").wants, len(journey(this).stage("look").touchpoints))
    assert "nothing of yours to do again" in at_olgas.redo()
    assert "" == at_martas.undo()
    assert before.stage("habit") == journey(this).stage("habit")


def test_a_new_change_ends_what_could_be_done_again(this, at_olgas):
    at_olgas.write("look", "wants", "Feel sure")
    at_olgas.undo()
    at_olgas.look()
    at_olgas.write("look", "does", "Asks")
    assert "nothing of yours" in at_olgas.redo()


def test_what_a_colleague_changed_since_is_not_undone_under_them(this, at_olgas, at_martas):
    at_olgas.write("look", "does", "Asks")
    at_olgas.write("look", "wants", "Feel sure")
    at_martas.look()
    at_martas.write("look", "wants", "Pay less")
    assert "Marta Vidal has changed the same place since" in at_olgas.undo()
    assert "Pay less" == journey(this).stage("look").wants
    assert "" == at_olgas.undo()  # the one before
    assert "" == journey(this).stage("look").does


def test_typing_on_in_a_cell_is_one_change(this, at_olgas):
    for said in ("F", "Fee", "Feel sure"):
        at_olgas.write("look", "wants", said, after=timedelta(seconds=1))
    assert (3, 1) == (journey_revision(this), Change.objects.count())
    at_olgas.undo()
    assert "Know if it fits" == journey(this).stage("look").wants


def journey_revision(this):
    return JourneyMap.objects.get(pk=this.pk).revision


def test_the_changes_kept_are_bounded_and_who_saw_too_little_is_told(this, at_olgas, at_martas, monkeypatch):
    monkeypatch.setattr(actions, "MOST_CHANGES", 3)
    for at in range(5):
        at_olgas.write("look", ("wants", "does")[at % 2], str(at))
    assert [3, 4, 5] == list(Change.objects.order_by("revision").values_list("revision", flat=True))
    with pytest.raises(ChangedMeanwhile):
        at_martas.write("habit", "wants", "x")


def test_a_version_is_kept_when_somebody_else_or_somebody_after_a_pause_begins(this, at_olgas, at_martas):
    at_olgas.write("look", "wants", "Feel sure")
    at_olgas.write("look", "does", "Asks")
    assert [] == queries.versions_of(this)
    at_martas.look()
    at_martas.now = at_olgas.now
    at_martas.write("look", "owner", "Marta")
    at_martas.write("first", "owner", "Marta", after=timedelta(minutes=11))
    kept = [(each.revision, each.by) for each in queries.versions_of(this)]
    assert [(3, "Marta Vidal"), (2, "Olga Serra")] == kept
    told = AuditEntry.objects.filter(object_type="journey").order_by("pk").values_list("action", "actor_name")
    assert [
        ("journey.created", "Olga Serra"), ("journey.changed", "Marta Vidal"), ("journey.changed", "Marta Vidal"),
    ] == list(told)  # fmt: skip


def test_a_version_restored_can_be_undone(this, at_olgas):
    kept = actions.keep_version(this, "Before the workshop", actor=at_olgas.actor, now=at_olgas.now)
    at_olgas.do(op.RemoveStage("first"))
    after = journey(this)
    at_olgas.do(op.Replace(queries.journey_of(queries.version_of(this, kept.uid))))
    assert design() == journey(this)
    assert [1, 0] == [each.revision for each in queries.versions_of(this)]  # also what it replaced
    at_olgas.undo()
    assert after == journey(this)
    with pytest.raises(BadInput):
        actions.keep_version(this, " ", actor=at_olgas.actor, now=NOON)


def test_versions_without_a_name_are_bounded(this, at_olgas, monkeypatch):
    monkeypatch.setattr(actions, "MOST_VERSIONS", 2)
    actions.keep_version(this, "First", actor=at_olgas.actor, now=NOON)
    for at in range(4):
        at_olgas.write("look", "wants", str(at), after=timedelta(hours=1))
    assert ["", "", "First"] == [each.name for each in queries.versions_of(this)]


def test_a_map_put_away_keeps_all_and_is_not_changed(this, at_olgas):
    actions.archive(this, actor=at_olgas.actor, now=NOON)
    with pytest.raises(NotFound, match="put away"):
        at_olgas.write("look", "wants", "x")
    actions.bring_back(this, actor=at_olgas.actor, now=NOON)
    at_olgas.write("look", "wants", "x")
    assert "x" == journey(this).stage("look").wants


def test_a_comment_goes_where_its_touchpoint_goes(this, at_olgas):
    said = commenting.comment(this, "touchpoint:look:web", "Too slow", actor=at_olgas.actor, now=NOON)
    at_olgas.do(op.MoveTouchpoint("look", "web", "habit", 0))
    said.refresh_from_db()
    assert "touchpoint:habit:web" == said.place
    at_olgas.undo()
    said.refresh_from_db()
    assert "touchpoint:look:web" == said.place


def test_a_comment_goes_along_when_a_touchpoint_is_changed_and_moved_at_once(this, at_olgas):
    said = commenting.comment(this, "touchpoint:look:web", "Too slow", actor=at_olgas.actor, now=NOON)
    web = journey(this).stage("look").touchpoints[0]
    changed = op.ChangeTouchpoint("look", msgspec.structs.replace(web, name="The website"))
    at_olgas.do(op.Several((changed, op.MoveTouchpoint("look", "web", "habit", 0))))
    said.refresh_from_db()
    assert "touchpoint:habit:web" == said.place


def test_what_is_open_comes_before_what_was_settled(this, at_olgas):
    _first, second = (
        commenting.comment(this, "", text, actor=at_olgas.actor, now=NOON + timedelta(minutes=at))
        for at, text in enumerate(("Open", "Settled"))
    )
    commenting.resolve(second, this, actor=at_olgas.actor, now=NOON + timedelta(hours=1))
    assert ["Open", "Settled"] == [each.text for each in queries.comments_of(this)]


def test_nobody_who_is_not_here_stands_for_a_journey(this, at_olgas):
    with pytest.raises(NotFound):
        at_olgas.do(op.SetArchetype("person", "01a21506-3fab-7bf9-97ce-5353b184a844"))


@pytest.mark.parametrize(
    ("place", "text", "error"),
    [("", " ", BadInput), ("", "x" * 4001, BadInput), ("stage:gone", "x", NotFound), ("sky", "x", BadInput),
     ("cell:look:sky", "x", NotFound), ("touchpoint:look:gone", "x", NotFound)],
)  # fmt: skip
def test_a_comment_says_something_about_what_is_there(this, at_olgas, place, text, error):
    with pytest.raises(error):
        commenting.comment(this, place, text, actor=at_olgas.actor, now=NOON)


def test_a_map_is_found_by_its_address_or_its_name_alone(this, olga):
    assert this == queries.map_named(str(this.uid)) == queries.map_named(this.name)
    other = actions.create(journey(this), actor=Actor.of(olga), now=NOON)
    with pytest.raises(BadInput) as several:
        queries.map_named(this.name)
    assert all(str(each.uid) in str(several.value) for each in (this, other))
    actions.archive(other, actor=Actor.of(olga), now=NOON)
    assert this == queries.map_named(this.name)
    with pytest.raises(NotFound):
        queries.map_named("Another")
