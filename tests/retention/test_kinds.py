"""Rules for a kind of interaction: what is old leaves the log and whatever follows it; the people stay."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.telling import NOW, address, happened, line, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.facade import PersonMark, mark
from vincle.apps.retention import actions, expiring
from vincle.apps.retention.models import Rule, Run
from vincle.apps.retention.queries import due as people_due
from vincle.apps.retention.queries import preview as people_preview
from vincle.apps.retention.queries import seeing_everybody
from vincle.apps.sources.facade import imports_at_work
from vincle.flow.models import (
    Batch,
    Chunk,
    Erasure,
    Identity,
    Interaction,
    Job,
    Kind,
    Observation,
    Person,
    Quarantined,
    Reading,
    Source,
    Thing,
)
from vincle.flow.replay import replay
from vincle.kernel import clock
from vincle.kernel.errors import BadInput, Refused
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db

CHAT = "chat.message"


@pytest.fixture
def rule() -> Rule:
    """Mercè chatted long ago, lately, and bought; Joan chatted once, long ago, and never came again."""
    tell(
        happened(
            "C1", "2020-03-01 10:00", CHAT, name="Mercè Roca", text="Xantofília", things=[line("Letter to Mercè")]
        ),
        happened("C1", "2020-03-02 10:00", CHAT, text="Again", things=[line("Rye bread")]),
        happened(
            "C1", "2020-03-02 10:00", "order.placed", amount=Decimal(10), currency="EUR", things=[line("Rye bread")]
        ),
        happened("C1", "2026-10-01 10:00", CHAT, text="Lately"),
        happened("C2", "2020-03-01 10:00", CHAT, name="Joan Vila", text="Only once"),
    )
    return actions.add_rule(actor=COMMAND_LINE, now=NOW, months=24, kind=CHAT)


def run(rule: Rule, **more) -> Run:
    actions.look(rule, actor=COMMAND_LINE, now=NOW)
    return actions.run(rule, actor=COMMAND_LINE, now=NOW, **more)


def said() -> set[str]:
    return set(Interaction.objects.exclude(text=None).values_list("text", flat=True))


def held(message: str, when: str, *, identity: str = "C1", kind: str = CHAT) -> Quarantined:
    payload = {"message_id": message, "occurred_at": when, "kind": kind, "namespace": "customer_id@shop",
               "identity": identity, "text": "Xantofília"}  # fmt: skip
    return Quarantined.objects.create(
        source=Source.objects.get(name="shop"), message_id=message, kind=kind, payload=payload, reason="x",
        recorded_at=NOW, state=Quarantined.State.DISCARDED,
    )  # fmt: skip


def test_what_is_old_of_a_kind_leaves_and_nothing_else(rule):
    report = run(rule)

    assert {"Lately", "Only once"} == said()
    assert 3 == Interaction.objects.exclude(kind__name__startswith="note").count()
    assert (2, 2, 1, []) == (report.interactions, report.gone, report.found, report.erased)
    assert {"Mercè Roca", "Joan Vila"} == set(Person.objects.values_list("name", flat=True))
    assert ["RYE BREAD"] == list(Thing.objects.values_list("key", flat=True))
    assert 2 == Observation.objects.filter(name="name").count()


def test_sums_follow_as_if_it_had_never_been(rule):
    run(rule)
    merce = person("C1")
    grown = list(Person.objects.order_by("pk").values("interactions", "amount", "first_at", "last_at"))
    of_identities = list(Identity.objects.order_by("pk").values("interactions", "first_at", "last_at"))
    replay()

    assert (2, 10, 2) == (merce.interactions, merce.amount, merce.first_at.day)
    assert grown == list(Person.objects.order_by("pk").values("interactions", "amount", "first_at", "last_at"))
    assert of_identities == list(Identity.objects.order_by("pk").values("interactions", "first_at", "last_at"))


def test_the_last_that_happened_with_somebody_stays(rule):
    seen = expiring.preview(rule, now=NOW)

    assert (2, 1, {"last": 1}) == (seen.interactions, seen.found, seen.spared)
    run(rule)
    assert "Only once" in said()
    assert person("C2").last_at is not None


def test_of_whose_processing_is_restricted_everything_stays(rule):
    mark(person("C1"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)
    held("q1", "2020-01-01T10:00:00+00:00")

    seen = expiring.preview(rule, now=NOW)
    run(rule)

    assert (0, 0, {"last": 1, "restricted": 2}) == (seen.interactions, seen.quarantined, seen.spared)
    assert ("Xantofília" in said(), Quarantined.objects.count()) == (True, 1)


def test_quarantine_lets_go_of_it_too_settled_or_not(rule):
    old = held("q1", "2020-01-01T10:00:00+00:00")
    kept = [
        held("q2", "2026-01-01T10:00:00+00:00"),
        held("q3", "2020-01-01T10:00:00+00:00", kind="order.placed"),
        held("q4", "no day at all"),  # heard of just now
        held("q5", "2020-01-01T10:00:00"),
    ]

    assert 1 == expiring.preview(rule, now=NOW).quarantined
    run(rule)

    assert {each.pk for each in kept} == set(Quarantined.objects.values_list("pk", flat=True)) - {old.pk}
    assert not Quarantined.objects.filter(pk=old.pk).exists()


def test_the_search_finds_it_no_more_and_the_mirror_is_told(rule, client_of, marta):
    client = client_of(marta)
    found = "Mercè Roca" in client.get("/search/?q=Xantofília").text
    numbers = list(
        Interaction.objects.filter(kind__name=CHAT, text__in=["Xantofília", "Again"]).values_list("pk", flat=True)
    )
    Reading.objects.create(name="today", payload={"latest": ["Xantofília"]}, mirror_version=1, computed_at=NOW)

    run(rule)

    assert (True, False) == (found, "Mercè Roca" in client.get("/search/?q=Xantofília").text)
    assert [sorted(numbers)] == [each.interactions for each in Erasure.objects.exclude(interactions=None)]
    assert (0, True) == (Reading.objects.count(), Job.objects.filter(task="today.refresh").exists())


@pytest.mark.django_db(transaction=True)
def test_not_a_byte_of_it_is_left_in_the_database(rule):
    run(rule)

    texts = []
    with connection.cursor() as cursor:
        for table in (each for each in connection.introspection.table_names(cursor) if each.startswith("flow_")):
            cursor.execute(f'SELECT * FROM "{table}"')
            texts.append(str(cursor.fetchall()))
    assert "Xantofília" not in "".join(texts)
    if connection.vendor == "sqlite":
        path = Home.at().sqlite
        files = [path, path.with_name(f"{path.name}-wal")]
        assert not any("Xantofília".encode() in each.read_bytes() for each in files if each.exists())


def test_it_goes_in_portions_with_progress_and_goes_on_where_it_was_cut_short(rule, monkeypatch):
    monkeypatch.setattr(expiring, "PORTION", 1)
    breaths = []

    class Killed(Exception):
        """The worker dies."""

    def dying() -> None:
        breaths.append(Run.objects.filter(is_dry=False).latest("pk").gone)
        if len(breaths) == 2:
            raise Killed

    actions.look(rule, actor=COMMAND_LINE, now=NOW)
    with pytest.raises(Killed):
        actions.run(rule, actor=COMMAND_LINE, now=NOW, breathe=dying)
    assert ([0, 1], 1) == (breaths, len({"Xantofília", "Again"} & said()))

    report = actions.run(rule, actor=COMMAND_LINE, now=NOW)
    assert (1, 1, {"Lately", "Only once"}) == (report.interactions, report.gone, said())


def test_while_something_is_being_brought_in_it_stops_and_says_so(rule, monkeypatch):
    monkeypatch.setattr(expiring, "imports_at_work", lambda: ["march.csv"])

    report = run(rule)

    assert (0, True, True) == (report.gone, "march.csv" in report.stopped, "Xantofília" in said())
    assert [] == imports_at_work()


def test_rows_that_are_not_counted_yet_are_counted_once(rule):
    batch = Batch.objects.create(source=Source.objects.get(name="shop"), opened_at=NOW)
    recent = Interaction.objects.get(text="Lately")
    Chunk.objects.create(batch=batch, first_id=recent.pk, last_id=recent.pk, rows=1)
    run(rule)

    assert 2 == person("C1").interactions
    assert not Chunk.objects.filter(summarised=False).exists()


def test_nobody_is_left_without_a_trace_of_who_decided(rule):
    run(rule)

    entries = AuditEntry.objects.filter(action__startswith="retention").order_by("id")
    assert ["retention.added", "retention.looked", "retention.ran", "retention.took_out"] == [e.action for e in entries]
    assert ({"interactions": 2}, f"24 months {CHAT}") == (entries.last().details, entries.last().summary)
    assert "Xantofília" not in str(list(entries.values())) + str(list(Run.objects.values()))


def test_nothing_is_taken_out_before_somebody_has_looked(rule, client_of, olga):
    with pytest.raises(Refused):
        actions.run(rule, actor=COMMAND_LINE, now=NOW)
    assert 403 == client_of(olga).post(f"/retention/{rule.pk}/run/").status_code
    actions.look(rule, actor=COMMAND_LINE, now=NOW)
    assert ("Xantofília" in said(), Run.objects.get().interactions) == (True, 2)


@pytest.mark.parametrize("months", [0, 5, 601, -36, None])
def test_a_rule_without_a_bound_or_a_kind_takes_out_nothing(rule, months):
    with pytest.raises(BadInput):
        expiring.due(Rule(months=months, kind=CHAT), now=NOW)
    with pytest.raises(BadInput):
        expiring.due(Rule(months=24, kind=""), now=NOW)
    assert 5 == Interaction.objects.count()


@pytest.mark.parametrize(
    "given_", [{"kind": "no.such"}, {"kind": CHAT, "namespace": "email"}, {"kind": CHAT, "months": 1}]
)
def test_a_rule_that_says_nothing_is_not_made(rule, given_):
    with pytest.raises(BadInput):
        actions.add_rule(actor=COMMAND_LINE, now=NOW, **{"months": 24} | given_)
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.filter(pk=rule.pk).update(namespace="email")
    assert [rule] == list(Rule.objects.all())


def test_a_rule_for_a_kind_erases_nobody(rule):
    with pytest.raises(BadInput):
        people_preview(rule, now=NOW)
    with pytest.raises(BadInput), seeing_everybody():
        people_due(rule, now=NOW)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    story=st.lists(
        st.tuples(
            st.sampled_from(["D1", "D2", "D3"]),
            st.sampled_from(["chat.message", "order.placed"]),
            st.integers(-40, 40),
        ),
        min_size=1,
        max_size=8,
    ),
    portion=st.integers(1, 3),
)
def test_whatever_happened_what_stays_is_what_the_rule_says(db, story, portion):
    with pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(expiring, "PORTION", portion)
        edge = NOW - timedelta(days=731)
        tell(*(happened(who, f"{edge + timedelta(days=days):%Y-%m-%d} 08:00", kind) for who, kind, days in story))
        Kind.objects.get_or_create(name=CHAT)
        rule = actions.add_rule(actor=COMMAND_LINE, now=NOW, months=24, kind=CHAT)
        before = expiring.last_seen_before(rule, NOW)
        rows = list(Interaction.objects.values_list("identity_id", "kind__name", "occurred_at", "pk"))
        last = {who: max(at for each, _kind, at, _pk in rows if each == who) for who, *_more in rows}
        stays = {pk for who, kind, at, pk in rows if kind != CHAT or at >= before or at == last[who]}

        report = run(rule)

        assert stays == set(Interaction.objects.values_list("pk", flat=True))
        assert (len(rows) - len(stays), report.interactions) == (report.gone, report.gone)
        transaction.set_rollback(True)


def test_the_pages(rule, client_of, cast):
    client, page = client_of(cast.members["olga"]), f"/retention/{rule.pk}/"
    made = client.post("/retention/", {"months": "60", "kind": CHAT, "namespace": ""})
    assert (302, CHAT) == (made.status_code, Rule.objects.latest("pk").kind)
    assert 400 == client.post("/retention/", {"months": "60", "kind": CHAT, "namespace": "email"}).status_code
    assert 400 == client.post("/retention/", {"months": "60", "kind": "no.such"}).status_code
    for path in ("look", "switch", "run"):
        assert 302 == client.post(f"{page}{path}/", {"next": "on"}).status_code
    Run.objects.create(rule=rule, started_at=clock.now(), by="x", is_dry=False, found=1, interactions=2, gone=1)
    seen = client.get(page)
    assert (200, 2, True) == (seen.status_code, seen.context["seen"].interactions, 'hx-trigger="every 2s"' in seen.text)
    assert "Mercè" not in seen.text
    assert 200 == client.get("/retention/").status_code
    others = [client_of(cast.members[who]) for who in ("marta", "ramon", "anna", "biel")]
    assert [200, 200, 403, 403] == [each.get(page).status_code for each in others]
    assert [403] * 4 == [each.post(f"{page}look/").status_code for each in others]
    assert 200 == client.get(address("C1")).status_code
