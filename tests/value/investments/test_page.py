"""The pages of investments: described, drawn, told, put away; who may not is refused."""

import re
from html import unescape

import pytest
from django.utils.translation import override

from people.telling import NOW
from value.investments.crowd import OURS, THEIRS, crowd, helped, invested, kept, said
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.lists.models import FixedList, View
from vincle.apps.value.investments import actions
from vincle.apps.value.investments.actions import Groups
from vincle.apps.value.investments.models import Investment
from vincle.apps.value.investments.refreshing import refresh_return
from vincle.flow.jobs.worker import Worker
from vincle.flow.models import Job

pytestmark = pytest.mark.django_db(transaction=True)
ALL = "/value/investments/"
GIVEN = {
    "name": "Welcome call", "about": "A call in the first week.", "start": "2026-07-01", "until": "", "cost_fixed": "",
    "cost_each": "5",
}  # fmt: skip


def read(client, path=ALL, status=200):
    response = client.get(path)
    assert status == response.status_code
    return unescape(" ".join(response.content.decode().split()))


def worked_out(**more):
    crowd(helped(3.0))
    this = invested(**more)
    refresh_return(this, now=NOW)
    return this


def test_before_there_is_any_it_is_explained(client_of, olga, anna, outsider):
    assert "Does what you do for people pay?" in read(client_of(olga))
    assert "Draw by lot who gets it" in read(client_of(olga))
    assert "Draw by lot who gets it" not in read(client_of(anna))
    assert "First say who they are" in read(client_of(olga), f"{ALL}new/")
    assert 403 == client_of(outsider).get(ALL).status_code


def test_described_worked_out_and_told(client_of, olga):
    crowd(helped(3.0))
    client = client_of(olga)
    groups = {"treated": kept(OURS, "Called"), "compared": kept(THEIRS, "The others")}
    answer = client.post(f"{ALL}new/", GIVEN | groups)
    this = Investment.objects.get()
    assert f"{ALL}{this.uid}/" == answer.url
    assert "Comparing what both groups paid" in read(client, f"{answer.url}newer/")
    Worker().drain()
    told = read(client, answer.url)
    assert re.search(r"It pays: by \d+ \w+ 2026 it has brought between €\d+ and €\d+ more than it cost\.", told)
    for words in ("Observational", "Nobody drew a lot", "40 people beside 40", "Called", "The others", "it begins"):
        assert words in told
    assert not re.search(r'\sstyle="', told)
    assert "pays" in read(client)
    assert "value.investment_described" in AuditEntry.objects.values_list("action", flat=True)


def test_drawn_and_undone_at_once(client_of, olga):
    crowd()
    client = client_of(olga)
    given = GIVEN | {"group": kept((*OURS, *THEIRS), "All of them"), "share": "50", "start": "2099-01-01"}
    answer = client.post(f"{ALL}draw/", given)
    Worker().drain()
    told = read(client, answer.url)
    for words in ("Drawn by lot: 50% of “All of them”", "It is too early", "Welcome call: not drawn", "Undo"):
        assert words in told
    this = Investment.objects.get()
    assert 302 == client.post(f"{ALL}{this.uid}/archive/").status_code
    assert 1 == FixedList.objects.filter(removed_at=None).count()
    assert 302 == client.post(f"{ALL}{this.uid}/back/").status_code
    assert 3 == FixedList.objects.filter(removed_at=None).count()


def test_changed(client_of, olga):
    this = worked_out()
    client = client_of(olga)
    page = read(client, f"{ALL}{this.uid}/change/")
    assert 'value="5.00"' in page
    groups = {"treated": this.treated, "compared": ""}
    assert 302 == client.post(f"{ALL}{this.uid}/change/", GIVEN | groups | {"cost_fixed": "100000"}).status_code
    Worker().drain()
    told = read(client, f"{ALL}{this.uid}/")
    assert "It has not paid by" in told
    assert "everybody else who was known before it began" in told


WRONG = {
    "It ends on the day it begins, or later.": {"until": "2026-06-30"},
    "Compare them with others than themselves.": {"compared": "treated"},
    "Say on which list those are who were not drawn.": {"compared": "", "randomised": "on"},
    "Ensure this value is greater than or equal to 0.": {"cost_each": "-1"},
    "Enter a number.": {"cost_fixed": "NaN"},
    "Enter a valid date.": {"start": "soon"},
    "Select a valid choice": {"treated": "list:nobody"},
    "This field is required.": {"name": ""},
}


@pytest.mark.parametrize("words", WRONG)
def test_what_makes_no_sense_is_refused_in_words(client_of, olga, words):
    lists = {"treated": kept([], "Called"), "compared": kept([], "The others")}
    given = GIVEN | lists | WRONG[words]
    given["compared"] = lists.get(given["compared"], given["compared"])
    response = client_of(olga).post(f"{ALL}new/", given)
    assert 400 == response.status_code
    assert words in unescape(response.content.decode())
    assert 0 == Investment.objects.count() + Job.objects.filter(task="value.invest").count()


def test_too_few_to_draw_from_is_said_beside_the_form(client_of, olga):
    crowd()
    given = GIVEN | {"group": kept(OURS, "Called"), "share": "50", "start": "2099-01-01"}
    response = client_of(olga).post(f"{ALL}draw/", given)
    assert 400 == response.status_code
    assert "20 of them would get it and 20 would not; it takes 30 on either side." in unescape(
        response.content.decode()
    )


def test_who_may_only_look(client_of, anna, ramon, outsider):
    this = worked_out()
    for client in (client_of(anna), client_of(ramon)):
        told = read(client, f"{ALL}{this.uid}/")
        assert "It pays" in told
        assert "Put it away" not in told
        for path in ("new/", "draw/", f"{this.uid}/change/"):
            assert 403 == client.get(f"{ALL}{path}").status_code
        for path in (f"{this.uid}/refresh/", f"{this.uid}/archive/", f"{this.uid}/back/"):
            assert 403 == client.post(f"{ALL}{path}").status_code
    assert 403 == client_of(outsider).get(f"{ALL}{this.uid}/").status_code
    assert 404 == client_of(anna).get(f"{ALL}00000000-0000-0000-0000-000000000000/").status_code


def test_a_view_that_somebody_keeps_for_themselves_is_not_named(client_of, olga, laia_s_view):
    this = worked_out()
    Investment.objects.update(treated=f"view:{laia_s_view.uid}")
    told = read(client_of(olga), f"{ALL}{this.uid}/")
    assert "Laia's secret" not in told
    assert "a view that a colleague keeps for themselves" in told


@pytest.fixture
def laia_s_view(db):
    return View.objects.create(
        uid="0197a1b2-0000-7000-8000-000000000001", name="Laia's secret", owner_id=987, filter="x", made_at=NOW
    )


def test_the_list_asks_as_much_for_many_as_for_few(client_of, olga, django_assert_max_num_queries):
    client = client_of(olga)
    for number in range(3):
        groups = Groups(kept([], f"List {number}"), "", randomised=False)
        actions.describe(said(name=f"Investment {number}"), groups, actor=COMMAND_LINE, now=NOW)
    read(client)
    with django_assert_max_num_queries(20) as few:
        read(client)
    for number in range(12):
        Investment.objects.create(**_like(Investment.objects.first(), number))
    with django_assert_max_num_queries(len(few)):
        assert "Copy 11" in read(client)


def _like(this, number):
    names = (
        "cost_fixed",
        "cost_each",
        "currency",
        "start",
        "treated",
        "made_at",
        "made_by",
        "changed_at",
        "changed_by",
    )
    uid = f"0197a1b2-0000-7000-8000-{number:012d}"
    return {name: getattr(this, name) for name in names} | {"uid": uid, "name": f"Copy {number}"}


@pytest.mark.parametrize("language", ["ca", "es"])
def test_in_other_languages(client_of, olga, language):
    this = worked_out()
    with override(language):
        client = client_of(olga)
        client.cookies["language"] = language
        told = unescape(client.get(f"{ALL}{this.uid}/", headers={"accept-language": language}).content.decode())
    assert "It pays" not in told
