"""Saved views: kept from the list, opened, shared, changed by their owner, removed and brought back."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from lists.asking import LIST, f, names
from people.telling import NOW, happened, tell
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.lists.facade import keep_demo_views
from vincle.apps.lists.filters.language import Did, Known
from vincle.apps.lists.models import View

pytestmark = pytest.mark.django_db

BUYS = f(Did("order.placed", "at_least", 1))


def keep(client, name="Who buys", *, shared=False, **asked) -> View:
    given = {"name": name} | ({"shared": "on"} if shared else {})
    answer = client.post(f"/lists/views/new/?{_query({'f': BUYS} | asked)}", given)
    assert answer.status_code == 302, answer.content.decode()[:800]
    return View.objects.get(name=name)


def _query(asked) -> str:
    return urlencode(asked, doseq=True)


def test_a_list_is_kept_with_its_filter_columns_and_order_and_opened_by_its_address(annas):
    view = keep(annas, c=["attribute:town", "money"], sort="-money")
    page = annas.get(LIST, {"view": str(view.uid)})
    assert ["Mercè Roca", "Pau Puig"] == names(page)
    assert ["Name", "Town", "Money"] == [each.label for each in page.context["headings"]]
    assert "Who buys" in page.content.decode()
    assert ["view.kept"] == list(AuditEntry.objects.filter(object_type="view").values_list("action", flat=True))


def test_what_was_asked_above_the_list_is_kept_too(annas):
    view = keep(annas, q="pau", known="customer_id@shop", at_least=1, first_from="2026-01-05")
    assert ["Pau Puig"] == names(annas.get(LIST, {"view": str(view.uid)}))


def test_a_field_above_the_list_that_cannot_be_read_keeps_nothing(annas):
    assert 400 == annas.post("/lists/views/new/?at_least=-3", {"name": "All"}).status_code
    assert 0 == View.objects.count()


def test_a_view_is_for_whoever_kept_it_until_it_is_shared(annas, martas):
    view = keep(annas)
    assert 404 == martas.get(LIST, {"view": str(view.uid)}).status_code
    assert "Who buys" not in martas.get("/lists/").content.decode()
    annas.post(f"/lists/views/{view.uid}/", {"name": "Who buys", "shared": "on"})
    assert ["Mercè Roca", "Pau Puig"] == sorted(names(martas.get(LIST, {"view": str(view.uid)})))
    assert "Who buys" in martas.get("/lists/").content.decode()


def test_only_its_owner_and_who_runs_the_house_changes_a_shared_view(annas, martas, client_of, cast):
    view = keep(annas, shared=True)
    quims = client_of(cast.members["quim"])
    for path in ("change", "remove"):
        assert 403 == quims.post(f"/lists/views/{view.uid}/{path}/?f=").status_code
    assert 302 == quims.post(f"/lists/views/{view.uid}/copy/").status_code
    assert ("Who buys (copy)", "Quim Bosch", False) == View.objects.values_list("name", "owner_name", "shared").last()
    assert 302 == martas.post(f"/lists/views/{view.uid}/remove/").status_code


def test_a_private_view_of_a_colleague_cannot_be_touched(annas, martas):
    view = keep(annas)
    for path in ("change", "copy", "remove"):
        assert 404 == martas.post(f"/lists/views/{view.uid}/{path}/").status_code
    assert 404 == martas.post(f"/lists/views/{view.uid}/", {"name": "Mine"}).status_code
    view.refresh_from_db()
    assert ("Who buys", None) == (view.name, view.removed_at)


def test_a_view_is_changed_from_the_list(annas):
    view = keep(annas)
    olot = f(Known("town", "is", ("Olot",)))
    page = annas.get(LIST, {"view": str(view.uid), "f": olot})
    assert reverse("lists:view-change", args=[view.uid]) in page.content.decode()
    annas.post(f"/lists/views/{view.uid}/change/?{_query({'view': view.uid, 'f': olot})}")
    assert ["Pau Puig"] == names(annas.get(LIST, {"view": str(view.uid)}))


def test_a_removed_view_is_gone_until_that_is_undone(annas):
    view = keep(annas)
    annas.post(f"/lists/views/{view.uid}/remove/")
    assert 404 == annas.get(LIST, {"view": str(view.uid)}).status_code
    annas.post(f"/lists/views/{view.uid}/back/")
    assert 200 == annas.get(LIST, {"view": str(view.uid)}).status_code


def test_a_view_whose_attribute_nobody_has_any_more_is_refused_and_shows_nobody(annas):
    view = keep(annas, f=f(Known("town", "lacks", ("Olot",))))
    View.objects.update(filter=f(Known("gone", "lacks", ("Olot",))))
    assert 400 == annas.get(LIST, {"view": str(view.uid)}).status_code
    assert "Nobody has an attribute “gone”." in annas.get("/lists/").content.decode()


@pytest.mark.parametrize("view", ["x", "019a9d6e-0000-7000-8000-000000000000", "' OR 1=1"])
def test_an_address_of_no_view_is_refused(annas, view):
    assert annas.get(LIST, {"view": view}).status_code in {400, 404}


def test_the_auditor_looks_and_keeps_nothing(three, client_of, ramon):
    ramons = client_of(ramon)
    assert 200 == ramons.get("/lists/").status_code
    assert 200 == ramons.get("/lists/choose/", {"f": BUYS}).status_code
    assert 403 == ramons.post("/lists/views/new/", {"name": "Mine"}).status_code
    assert "views/new" not in ramons.get(LIST).content.decode()


def test_the_page_of_views_costs_at_most_forty_questions(annas, django_assert_max_num_queries):
    for number in range(5):
        keep(annas, f"View {number}")
    with django_assert_max_num_queries(40):
        annas.get("/lists/")


def test_the_demonstration_s_views_are_kept_once_and_seen_by_everybody(three, client_of, anna):
    tell(
        happened("C1", "2026-05-02 10:00", "coupon.redeemed", observations={"age": "45", "income": "x"}),
        happened("C3", "2026-05-02 10:00", observations={"household": "two"}),
    )
    for kept in (3, 0):
        assert kept == keep_demo_views(actor=COMMAND_LINE, now=NOW, last=date(2026, 5, 2))
    found = {
        view.name: names(client_of(anna).get(LIST, {"view": str(view.uid)}))
        for view in View.objects.filter(shared=True)
    }
    expected = {
        "Spent most in the year": [],
        "Not seen for 60 days": ["Pau Puig"],
        "Redeemed a coupon": ["Mercè Roca"],
    }
    assert expected == found
