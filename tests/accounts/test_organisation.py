"""The organisation's settings and one's own account."""

import pytest
from django.test import Client

from cast_of import LONG_AGO
from vincle.apps.accounts import actions, facade, queries
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry, Organisation
from vincle.kernel.house import House, house

pytestmark = pytest.mark.django_db

TER = {
    "name": "Cooperativa del Ter",
    "language": "ca",
    "country": "ES",
    "currency": "EUR",
    "timezone": "Europe/Madrid",
    "date_order": "dmy",
}


def test_there_are_sensible_settings_before_anybody_writes_them():
    assert House() == facade.organisation()
    assert not Organisation.objects.exists()


def test_the_owner_changes_them_and_it_is_written_down(olga, client_of):
    page = client_of(olga).post("/settings/", TER, follow=True)
    assert "The organisation is changed." in page.text
    assert House(**TER) == facade.organisation()
    details = AuditEntry.objects.get(action="organisation.changed").details
    assert {"name": ["Vincle", TER["name"]], "language": ["en", "ca"], "date_order": ["", "dmy"]} == details


def test_saving_without_changing_anything_writes_nothing_down(olga, client_of):
    client = client_of(olga)
    for _twice in range(2):
        client.post("/settings/", TER)
    assert 1 == AuditEntry.objects.filter(action="organisation.changed").count()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("language", "xx"),
        ("country", "ZZ"),
        ("currency", "EURO"),
        ("timezone", "Mars/Base"),
        ("date_order", "ymd"),
    ],
)
def test_what_does_not_exist_is_refused_beside_its_field(field, value, olga, client_of):
    page = client_of(olga).post("/settings/", TER | {field: value})
    assert 'class="field-error"' in page.text
    assert not Organisation.objects.exists()


def test_the_manager_reads_them_and_cannot_change_them(marta, client_of):
    client = client_of(marta)
    page = client.get("/settings/").text
    assert '<form method="post">' not in page
    assert "Europe/Madrid" in page
    assert 403 == client.post("/settings/", TER).status_code


def test_every_layer_hears_of_them():
    actions.change_organisation(
        actor=COMMAND_LINE, now=LONG_AGO, currency="USD", timezone="America/New_York", date_order="mdy"
    )
    now = house()
    assert ("USD", "America/New_York", "mdy") == (now.currency, now.timezone, now.date_order)


def test_everybody_changes_their_own_name_and_language(anna, client_of):
    page = client_of(anna).post("/me/", {"name": "Anna Puig i Mas", "language": "ca"}, follow=True)
    assert 'lang="ca"' in page.text
    anna.refresh_from_db()
    assert ("Anna Puig i Mas", "ca") == (anna.name, anna.language)
    assert {"name": ["Anna Puig", "Anna Puig i Mas"]} == AuditEntry.objects.get(action="staff.name_changed").details


def test_the_outsider_has_an_account_and_nothing_else(outsider, client_of):
    client = client_of(outsider)
    assert 200 == client.get("/me/").status_code
    assert 403 == client.get("/settings/").status_code


@pytest.mark.parametrize("choice", ["dark", "light", "auto"])
def test_the_theme_is_kept_in_the_account_and_the_browser(choice, anna, client_of):
    client = client_of(anna)
    response = client.post("/theme/", {"theme": choice, "next": "/me/"})
    assert ("/me/", choice) == (response.url, response.cookies["vincle_theme"].value)
    assert f'data-theme-choice="{choice}"' in client_of(anna).get("/me/").text


def test_a_stranger_chooses_theme_and_language_for_the_sign_in_page():
    client = Client()
    client.post("/theme/", {"theme": "dark"})
    client.post("/language/", {"language": "es"})
    page = client.get("/account/login/").text
    assert 'data-bs-theme="dark"' in page
    assert '<html lang="es"' in page


@pytest.mark.parametrize(("path", "field"), [("/theme/", "theme"), ("/language/", "language")])
def test_a_choice_that_is_not_offered_is_refused(path, field):
    assert 400 == Client().post(path, {field: "purple"}).status_code


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:evil", ""]
)
def test_nobody_is_sent_to_another_site(elsewhere):
    assert "/" == Client().post("/theme/", {"theme": "dark", "next": elsewhere}).url


def test_a_page_inside_costs_few_queries(olga, client_of, django_assert_max_num_queries):
    client = client_of(olga)
    with django_assert_max_num_queries(6):
        client.get("/me/")


def test_whether_anybody_works_here_is_one_question(olga, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.anybody_here()
