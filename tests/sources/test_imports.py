"""An import from its check to its report, and back out again."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sources.bringing import BROKEN, SALES, arrive, at, bring_in, check, columns, lines_of, whole
from sources.pages import undo_on
from sources.stories import LATER, SPENT_SOMETHING, demand, the_shop, work
from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.sources import actions
from vincle.apps.sources.importing.lock import only_run
from vincle.apps.sources.models import Import
from vincle.apps.sources.queries.imports import Pace, going
from vincle.flow.jobs import queue
from vincle.flow.jobs.neighbours import worker_name
from vincle.flow.models import Interaction, Job, Kind, Person, Quarantined
from vincle.kernel import clock
from vincle.kernel.errors import Refused
from vincle.kernel.ids import uuid7

ClientOf = Callable[[User], Client]
LIST = "sources:imports"

pytestmark = pytest.mark.django_db


@pytest.fixture
def marta_s(client_of: ClientOf, marta: User) -> Client:
    return client_of(marta)


def some_import(state: str = "done", **values: Any) -> Import:
    """An import that stands like that, whatever became of its file."""
    made = {
        "source": the_shop(),
        "name": "sales.csv",
        "path": "/nowhere",
        "digest": "x",
        "size": 10,
        "created_at": LATER,
    }
    return Import.objects.create(uid=uuid7(), state=state, **{**made, **values})


# The list


def test_without_imports_the_list_teaches(marta_s: Client) -> None:
    page = marta_s.get(reverse(LIST)).content.decode()
    assert "Nothing has been brought in yet" in page
    assert reverse("sources:import_sample") in page
    assert reverse("sources:upload") in page


def test_the_list_says_what_became_of_each(marta_s: Client) -> None:
    some_import(new=1240, known=3, rejected=17, held=2)
    page = marta_s.get(reverse(LIST)).content.decode()
    assert [True] * 4 == [figure in page for figure in ("1,240", ">3<", ">17<", ">2<")]


def test_fifty_imports_cost_no_more_queries_than_one(marta_s: Client, django_assert_max_num_queries: Any) -> None:
    for number in range(50):
        some_import(created_at=LATER + timedelta(seconds=number))
    marta_s.get(reverse(LIST))
    with django_assert_max_num_queries(6):
        page = marta_s.get(reverse(LIST))
    assert page.context["page"].next


def test_imports_are_turned_over_newest_first(marta_s: Client) -> None:
    made = [some_import(created_at=LATER + timedelta(seconds=number), name=f"{number}.csv") for number in range(30)]
    first = marta_s.get(reverse(LIST)).context["page"]
    second = marta_s.get(reverse(LIST), {"page": first.next}).context["page"]
    assert [each.name for each in reversed(made)] == [each.name for each in [*first, *second]]


def test_the_list_can_show_one_state(marta_s: Client) -> None:
    some_import("undone", name="back.csv")
    some_import("done", name="in.csv")
    page = marta_s.get(reverse(LIST), {"state": "undone"}).content.decode()
    assert ("back.csv" in page, "in.csv" in page) == (True, False)


def test_who_sees_imports(client_of: ClientOf, cast: Any) -> None:
    this = some_import()
    seen = {
        user.role: [client_of(user).get(path).status_code for path in (reverse(LIST), at("import", this))]
        for user in cast.members.values()
    }
    closed = {role for role, codes in seen.items() if codes == [403, 403]}
    assert {"educator", ""} == closed
    assert all(codes == [200, 200] for role, codes in seen.items() if role not in closed)


def test_who_only_looks_cannot_change_anything(client_of: ClientOf, anna: User, ramon: User, outsider: User) -> None:
    this = some_import("checked", mapping="x")
    for user in (anna, ramon, outsider):
        for name in ("check", "stop", "run", "undo", "again", "forget", "preview", "options"):
            assert 403 == client_of(user).post(at(f"import_{name}", this)).status_code, name
        assert 403 == client_of(user).post(at("columns", this)).status_code
        assert 403 == client_of(user).post(at("mapping", this)).status_code
        assert 403 == client_of(user).get(at("import_rejected", this)).status_code
    this.refresh_from_db()
    assert "checked" == this.state


def test_a_marketer_brings_in_but_takes_nothing_back(client_of: ClientOf, cast: Any) -> None:
    pol = client_of(cast.members["pol"])
    this = whole(pol)
    assert "done" == this.state
    assert "Take it back" not in pol.get(at("import", this)).content.decode()
    assert 403 == pol.post(at("import_undo", this)).status_code
    assert 4 == Interaction.objects.count()


def test_an_import_that_is_not_there_is_said_to_be_so(marta_s: Client) -> None:
    for name in ("import", "columns", "import_line", "import_progress", "import_rejected", "mapping"):
        assert 404 == marta_s.get(reverse(f"sources:{name}", args=[uuid7()])).status_code


# The check


def test_a_check_lets_nothing_in_and_says_what_would_happen(marta_s: Client) -> None:
    this = check(marta_s, arrive(marta_s, *BROKEN))
    assert ("checked", 17, 3) == (this.state, this.read, this.rejected)
    assert not Interaction.objects.exists()
    page = marta_s.get(at("import", this))
    assert 14 == page.context["would_enter"]
    assert "Bring in 14 rows" in page.content.decode()


def test_the_same_reason_is_said_once_with_its_count_and_examples(marta_s: Client) -> None:
    this = check(marta_s, arrive(marta_s, *BROKEN))
    reasons = {each["reason"]: each for each in marta_s.get(at("import", this)).context["reasons"]}
    dates = reasons["“…” in “date” is not a date"]
    assert 2 == dates["rows"]
    assert [17, 18] == [line for line, _cells in dates["examples"]]
    assert ["rosa@example.org", "Rosa Mas", "2026-02-31"] == dates["examples"][0][1][:3]


def test_a_check_counts_what_contracts_would_hold(marta_s: Client) -> None:
    demand(contract={**SPENT_SOMETHING, "properties": {"amount": {"minimum": 20}}})
    this = check(marta_s, arrive(marta_s))
    assert 1 == this.held
    page = marta_s.get(at("import", this))
    assert 3 == page.context["would_enter"]
    assert "amount: it is less than 20" in page.content.decode()
    assert not Quarantined.objects.exists()


def test_a_check_can_be_stopped(marta_s: Client) -> None:
    this = arrive(marta_s)
    marta_s.post(at("columns", this), columns(marta_s, this))
    assert at("columns", this) == marta_s.post(at("import_stop", this))["Location"]
    work()
    this.refresh_from_db()
    assert ("received", 0) == (this.state, this.read)


def test_the_columns_cannot_be_changed_while_they_are_checked(marta_s: Client) -> None:
    this = some_import("checking", mapping="x")
    assert at("import", this) == marta_s.get(at("columns", this))["Location"]
    assert 403 == marta_s.post(at("import_options", this), {"delimiter": ";"}).status_code


def test_a_file_that_vanished_makes_the_check_fail_in_words(marta_s: Client) -> None:
    this = arrive(marta_s)
    marta_s.post(at("columns", this), columns(marta_s, this))
    Import.objects.filter(pk=this.pk).update(path="/nowhere/at/all.csv")
    work()
    this.refresh_from_db()
    assert "failed" == this.state
    assert "It did not go well" in marta_s.get(at("import", this)).content.decode()


# Bringing in


def test_what_is_brought_in_is_in_the_log(marta_s: Client) -> None:
    this = whole(marta_s)
    assert ("done", 4, 4, 0) == (this.state, this.read, this.new, this.rejected)
    assert {"merce@example.org", "joan@example.org", "rosa@example.org"} == set(
        Interaction.objects.values_list("identity__value", flat=True)
    )
    assert 3 == Person.objects.count()


def test_the_report_says_what_is_new(marta_s: Client) -> None:
    this = whole(marta_s)
    page = marta_s.get(at("import", this))
    assert (3, ["Wine tasting"]) == (page.context["new_people"], [kind.label for kind in page.context["new_kinds"]])


def test_people_known_before_are_not_new(marta_s: Client) -> None:
    whole(marta_s)
    more = (
        *SALES[:1],
        "joan@example.org,Joan,2026-06-01,Purchase,Girona,1.00,EUR,",
        "pau@example.org,Pau,2026-06-02,Purchase,Girona,1.00,EUR,",
    )
    this = whole(marta_s, *more, name="june.csv")
    assert (2, 1) == (this.new, this.findings["new_people"])


def test_the_same_file_again_adds_nothing_and_is_recognised(marta_s: Client) -> None:
    whole(marta_s)
    second = arrive(marta_s)
    assert "What is in already enters no second time." in marta_s.get(at("columns", second)).content.decode()
    second = bring_in(marta_s, check(marta_s, second))
    assert (0, 4) == (second.new, second.known)
    assert 4 == Interaction.objects.count()


def test_the_same_file_from_another_place_is_said_to_enter_once_more(marta_s: Client) -> None:
    whole(marta_s)
    second = arrive(marta_s, source="School")
    page = marta_s.get(at("columns", second)).content.decode()
    assert "as coming from “Shop”. From another place it enters once more." in page
    assert 4 == bring_in(marta_s, check(marta_s, second)).new


def test_rejected_rows_can_be_fetched_mended_and_brought_in(marta_s: Client) -> None:
    this = whole(marta_s, *BROKEN)
    response = marta_s.get(at("import_rejected", this))
    assert response["Content-Disposition"].startswith("attachment;")
    assert "nosniff" == response["X-Content-Type-Options"]
    content = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert 4 == len(content.splitlines())
    mended = content.replace("2026-02-31", "2026-02-28").replace("2026-02-30", "2026-02-27")
    second = whole(marta_s, *mended.splitlines(), name="sales - rejected.csv")
    assert (2, 1) == (second.new, second.rejected)


def test_a_cell_that_a_spreadsheet_would_run_leaves_with_an_apostrophe(marta_s: Client) -> None:
    evil = '"=HYPERLINK(""http://evil.example"")",=1+1,2026-02-31,Purchase,@SUM(A1),3.00,EUR,'
    this = whole(marta_s, *BROKEN, evil)
    content = lines_of(actions.rejects_path(this))[-1]
    assert content.startswith("\"'=HYPERLINK")
    assert "'@SUM" in content


def test_without_rejects_there_is_nothing_to_fetch(marta_s: Client) -> None:
    assert 404 == marta_s.get(at("import_rejected", whole(marta_s))).status_code


def test_what_breaks_a_contract_leads_to_quarantine(marta_s: Client) -> None:
    demand(contract={**SPENT_SOMETHING, "properties": {"amount": {"minimum": 20}}})
    this = whole(marta_s)
    assert (3, 1) == (this.new, this.held)
    assert f"{reverse('sources:quarantine')}?source=shop" in marta_s.get(at("import", this)).content.decode()


def test_an_import_without_columns_cannot_be_started(marta_s: Client) -> None:
    this = arrive(marta_s)
    assert 403 == marta_s.post(at("import_run", this)).status_code
    assert not Job.objects.filter(task="imports.run").exists()


def test_pressing_twice_brings_in_once(marta_s: Client) -> None:
    this = check(marta_s, arrive(marta_s))
    marta_s.post(at("import_run", this))
    marta_s.post(at("import_run", this))
    assert 1 == Job.objects.filter(task="imports.run").count()
    work()
    assert 4 == Interaction.objects.count()


def test_the_people_of_a_files_own_numbers_are_one_click_away(marta_s: Client) -> None:
    this = whole(marta_s, "customer_id,date,what", "17,2026-05-03,Purchase", "18,2026-05-03,Purchase")
    assert "known=customer_id%40shop" in marta_s.get(at("import", this)).context["people_url"]


# How far it is


def test_work_in_the_queue_says_that_it_waits(marta_s: Client) -> None:
    this = check(marta_s, arrive(marta_s))
    marta_s.post(at("import_run", this))
    this.refresh_from_db()
    assert Pace.WAITING == going(this, now=clock.now()).pace
    assert "Waiting its turn" in marta_s.get(at("import_progress", this)).content.decode()


def test_work_being_done_says_how_far_how_fast_and_how_long_still(marta_s: Client) -> None:
    now = clock.now()
    this = some_import("running", mapping="x", progress=0.25, read=10_000, started_at=now - timedelta(seconds=10))
    queue.enqueue("imports.run", arguments={"uid": str(this.uid)}, key=f"import-run-{this.pk}", now=now)
    assert queue.claim(worker_name(), now=now)
    found = going(this, now=now)
    assert (Pace.WORKING, 1000, 30) == (found.pace, round(found.per_second or 0), round(found.seconds_left or 0))
    page = marta_s.get(at("import_progress", this)).content.decode()
    assert "30 seconds left" in page or "31 seconds left" in page
    assert "You can leave this page; it goes on." in page


@pytest.mark.parametrize("lease", [timedelta(seconds=-1), timedelta(hours=1)])
def test_a_dead_workers_import_says_that_it_goes_on_by_itself(marta_s: Client, lease: timedelta) -> None:
    now = clock.now()
    this = some_import("running", mapping="x", progress=0.25, read=10_000, started_at=now)
    queue.enqueue("imports.run", arguments={"uid": str(this.uid)}, key=f"import-run-{this.pk}", now=now)
    host, machine, _pid, _start, token = worker_name().split("/")
    assert queue.claim(f"{host}/{machine}/999999999/1/{token}", now=now, lease=lease)
    assert Pace.RESUMING == going(this, now=now).pace
    assert "will go on by itself" in marta_s.get(at("import_progress", this)).content.decode()


def test_an_import_nobody_works_on_can_be_gone_on_with(marta_s: Client) -> None:
    this = check(marta_s, arrive(marta_s))
    Import.objects.filter(pk=this.pk).update(state="running", started_at=clock.now())
    page = marta_s.get(at("import", this)).content.decode()
    assert "It stopped half way" in page
    assert "done" == bring_in(marta_s, this).state


def test_an_import_run_in_a_terminal_is_seen_to_be_worked_on(marta_s: Client) -> None:
    this = some_import("running", started_at=clock.now())
    with only_run(this):
        assert Pace.WORKING == going(this, now=clock.now()).pace
    assert Pace.STOPPED == going(this, now=clock.now()).pace


def test_progress_asks_for_the_whole_page_when_the_work_is_over(marta_s: Client) -> None:
    assert "true" == marta_s.get(at("import_progress", some_import("done")))["HX-Refresh"]


def test_a_line_of_the_list_follows_its_import(marta_s: Client) -> None:
    running = marta_s.get(at("import_line", some_import("running", started_at=clock.now()))).content.decode()
    done = marta_s.get(at("import_line", some_import("done"))).content.decode()
    assert ("every 2s" in running, "every 2s" in done) == (True, False)


# Taking back


def test_taking_back_removes_all_it_brought_and_offers_to_bring_it_in_again(marta_s: Client) -> None:
    this = whole(marta_s)
    page = marta_s.post(at("import_undo", this), follow=True)
    assert (0, 0) == (Interaction.objects.count(), Person.objects.count())
    assert "4 interactions left the log" in page.content.decode()
    assert at("import_again", this) == undo_on(page)
    fresh = marta_s.post(undo_on(page), follow=True)
    work()
    assert 4 == Interaction.objects.count()
    assert this.uid != fresh.context["this"].uid


def test_taking_back_twice_is_refused_kindly(marta_s: Client) -> None:
    this = whole(marta_s)
    marta_s.post(at("import_undo", this))
    response = marta_s.post(at("import_undo", this))
    assert 403 == response.status_code
    assert "taken back already" in response.content.decode()


def test_a_large_import_is_taken_back_in_the_background(marta_s: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions.running, "AT_ONCE", 2)
    this = whole(marta_s)
    page = marta_s.post(at("import_undo", this), follow=True).content.decode()
    assert "Taking it back" in page or "Waiting its turn" in page
    assert 4 == Interaction.objects.count()
    assert "imports.take_back" in work()
    this.refresh_from_db()
    assert ("undone", 0) == (this.state, Interaction.objects.count())
    assert AuditEntry.objects.get(action="import.undone").actor_name == "Marta Vidal"


def test_an_import_whose_file_is_gone_cannot_be_brought_in_again(marta_s: Client) -> None:
    response = marta_s.post(at("import_again", some_import("undone", mapping="x")))
    assert 404 == response.status_code
    assert "no longer where it was" in response.content.decode()


def test_two_imports_of_one_file_share_it_and_forgetting_one_spares_the_other(marta_s: Client) -> None:
    first = whole(marta_s)
    marta_s.post(at("import_undo", first))
    marta_s.post(at("import_again", first))
    second = Import.objects.exclude(pk=first.pk).get()
    with pytest.raises(Refused):
        actions.start(first, actor=None, now=LATER)  # type: ignore[arg-type]
    Import.objects.filter(pk=second.pk).update(state="received", batch=None)
    second.refresh_from_db()
    actions.discard(second)
    assert 302 == marta_s.post(at("import_again", first)).status_code


def test_every_step_is_in_the_audit_log(marta_s: Client) -> None:
    this = whole(marta_s)
    marta_s.post(at("import_undo", this))
    steps = AuditEntry.objects.filter(object_uid=str(this.uid)).order_by("pk").values_list("action", "actor_name")
    assert [
        (f"import.{step}", "Marta Vidal") for step in ("received", "mapped", "checked", "started", "undone")
    ] == list(steps)
    assert Kind.objects.filter(name="shop.wine_tasting").exists(), "a kind stays in the catalogue"
