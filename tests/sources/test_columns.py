"""What the columns mean: guessed, asked where it cannot be known, corrected by hand, read back at once."""

import tomllib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources.bringing import SALES, arrive, at, bring_in, check, columns, role_of, whole
from sources.stories import work
from vincle.apps.accounts import actions as accounts
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import User
from vincle.apps.sources.importing.columns import Role, choices_of, mapping_of, settings_of
from vincle.apps.sources.importing.reading import ReadRow, RefusedRow
from vincle.apps.sources.models import Import
from vincle.engine.tabular.mapping import Amount, Mapping, ObjectColumn, Score, What, When, Where, Who
from vincle.flow import catalogue
from vincle.flow.models import Interaction, Job, Kind
from vincle.kernel import clock

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

AMBIGUOUS = ("email,date,what", "a@example.org,03/04/2026,Purchase", "b@example.org,05/04/2026,Purchase")
NAMELESS = ("colour,date,what", "red,2026-05-03,Purchase", "blue,2026-05-04,Purchase", "red,2026-05-05,Purchase")
WITHOUT_WHAT = ("email,date,colour,pieces", "a@example.org,2026-05-03,red,1", "b@example.org,2026-05-04,blue,3")


@pytest.fixture(autouse=True)
def _kinds(db: None) -> None:
    catalogue.seed()


@pytest.fixture
def marta_s(client_of: ClientOf, marta: User) -> Client:
    return client_of(marta)


def sheet(client: Client, this: Import) -> Any:
    return client.get(at("columns", this)).context["sheet"]


def seen(client: Client, this: Import, **changes: str) -> Any:
    """The sheet after something on the page was changed, before anything is kept."""
    return client.post(at("import_preview", this), columns(client, this, **changes)).context["sheet"]


def roles(found: Any) -> dict[str, str]:
    return {line.choice.column: str(line.choice.role) for line in found.lines}


# What is guessed


def test_each_column_is_taken_for_something_with_a_reason(marta_s: Client) -> None:
    found = sheet(marta_s, arrive(marta_s))
    assert {
        "email": "email",
        "name": "attribute",
        "date": "when",
        "what": "what",
        "shop": "place",
        "amount": "amount",
        "currency": "currency",
        "comment": "text",
    } == roles(found)
    assert all(line.why for line in found.lines)


def test_the_first_rows_are_read_aloud(marta_s: Client) -> None:
    this = arrive(marta_s)
    first = sheet(marta_s, this).reading[0]
    assert isinstance(first, ReadRow)
    assert ("Purchase", "merce@example.org", "Girona", "EUR") == (
        first.kind.label,
        first.who,
        first.place,
        first.currency,
    )
    page = marta_s.get(at("columns", this)).content.decode()
    assert "€38.40" in page
    assert "3 May 2026, 10:20" in page
    assert "The eggs came broken" in page


def test_words_of_a_kind_in_any_language_are_understood(marta_s: Client) -> None:
    this = arrive(marta_s, "email,date,what", "a@example.org,2026-05-03,Devolució", "b@example.org,2026-05-03,Tast")
    words = {line.words: line.kind for line in sheet(marta_s, this).words}
    assert {"Devolució": "order.returned", "Tast": "shop.tast"} == words


def test_a_kinds_own_words_of_this_house_are_understood(marta_s: Client) -> None:
    Kind.objects.create(name="wine.tasted", labels={"en": "Tasting", "ca": "Tast de vins", "es": "Cata"})
    this = arrive(marta_s, "email,date,what", "a@example.org,2026-05-03,tast de vins", "b@example.org,2026-05-03,Cata")
    assert {"wine.tasted"} == {line.kind for line in sheet(marta_s, this).words}
    assert {"wine.tasted"} == {row.kind.name for row in sheet(marta_s, this).reading}


# What is asked


def test_a_day_that_could_be_a_month_is_asked_and_nothing_goes_on_before_the_answer(marta_s: Client) -> None:
    this = arrive(marta_s, *AMBIGUOUS)
    page = marta_s.get(at("columns", this)).content.decode()
    assert "which comes first, the day or the month?" in page
    refused = marta_s.post(at("columns", this), columns(marta_s, this))
    assert "Something has to be said first" in refused.content.decode()
    assert not Job.objects.filter(task="imports.check").exists()


@pytest.mark.parametrize(("order", "month"), [("dmy", 4), ("mdy", 3)])
def test_the_answer_is_what_is_read(marta_s: Client, order: str, month: int) -> None:
    this = arrive(marta_s, *AMBIGUOUS)
    answer = {"answer-when.date_order": order}
    assert [month] * 1 == [row.at.month for row in seen(marta_s, this, **answer).reading[:1]]
    bring_in(marta_s, check(marta_s, this, **answer))
    assert month == Interaction.objects.order_by("pk")[0].occurred_at.month


def test_the_organisation_may_have_answered_for_good(marta_s: Client) -> None:
    accounts.change_organisation(actor=COMMAND_LINE, now=clock.now(), date_order="dmy")
    found = sheet(marta_s, arrive(marta_s, *AMBIGUOUS))
    assert ([], 4) == (found.open_questions, found.reading[0].at.month)


def test_who_the_rows_are_about_is_asked_when_no_column_says(marta_s: Client) -> None:
    this = arrive(marta_s, *NAMELESS)
    found = sheet(marta_s, this)
    assert (["who"], "Nothing says who each row is about.") == (
        [question.key for question in found.open_questions],
        found.obstacle.message,
    )
    answered = seen(marta_s, this, **{"answer-who": "colour"})
    assert ([], "red") == (answered.open_questions, answered.reading[0].who)


def test_hours_are_of_the_time_zone_said(marta_s: Client) -> None:
    this = arrive(marta_s)
    there = seen(marta_s, this, timezone="America/New_York").reading[0]
    here = sheet(marta_s, this).reading[0]
    assert 6 == (there.at - here.at).total_seconds() / 3600


def test_a_time_zone_that_is_none_is_refused_in_words(marta_s: Client) -> None:
    found = seen(marta_s, arrive(marta_s), timezone="Mars/Olympus")
    assert "time zone like Europe/Madrid" in found.obstacle.message


def test_without_a_column_for_what_happened_one_kind_is_chosen(marta_s: Client) -> None:
    this = arrive(marta_s, *WITHOUT_WHAT)
    bring_in(marta_s, check(marta_s, this, kind="visit.made"))
    assert {"visit.made"} == set(Interaction.objects.values_list("kind__name", flat=True))


def test_one_kind_may_be_said_in_ones_own_words(marta_s: Client) -> None:
    this = arrive(marta_s, *WITHOUT_WHAT)
    bring_in(marta_s, check(marta_s, this, kind="+", kind_words="Wine tasting"))
    kind = Interaction.objects.all()[0].kind
    assert ("shop.wine_tasting", "Wine tasting") == (kind.name, kind.label)


def test_without_a_column_for_when_one_day_is_chosen(marta_s: Client) -> None:
    this = arrive(marta_s, "email,what", "a@example.org,Purchase", "b@example.org,Visit")
    bring_in(marta_s, check(marta_s, this, moment="2026-05-03"))
    assert {"2026-05-02", "2026-05-03"} >= {f"{each.occurred_at:%Y-%m-%d}" for each in Interaction.objects.all()}


# What is corrected


def test_a_column_can_be_taken_for_something_else(marta_s: Client) -> None:
    this = arrive(marta_s)
    found = seen(marta_s, this, **{role_of(marta_s, this, "shop"): "channel"})
    assert "channel" == roles(found)["shop"]
    assert "" == next(line.why for line in found.lines if line.choice.column == "shop"), "the reason was for a guess"
    assert "girona" == found.reading[0].channel


def test_nothing_is_kept_by_looking(marta_s: Client) -> None:
    this = arrive(marta_s)
    seen(marta_s, this, **{role_of(marta_s, this, "shop"): "channel"})
    this.refresh_from_db()
    assert ("", "received") == (this.mapping, this.state)
    assert "place" == roles(sheet(marta_s, this))["shop"]


def test_what_was_corrected_is_kept_with_the_check(marta_s: Client) -> None:
    this = arrive(marta_s)
    this = check(marta_s, this, **{role_of(marta_s, this, "comment"): "ignore"})
    assert ["comment"] == tomllib.loads(this.mapping)["ignore"]
    assert "ignore" == roles(sheet(marta_s, this))["comment"]
    bring_in(marta_s, this)
    assert not Interaction.objects.exclude(text=None).exists()


def test_a_column_left_out_of_everything_is_kept_beside(marta_s: Client) -> None:
    this = arrive(marta_s)
    bring_in(marta_s, check(marta_s, this, **{role_of(marta_s, this, "comment"): "property"}))
    assert "The eggs came broken" in {(each.properties or {}).get("comment") for each in Interaction.objects.all()}


def test_two_columns_cannot_both_say_when(marta_s: Client) -> None:
    this = arrive(marta_s)
    found = seen(marta_s, this, **{role_of(marta_s, this, "comment"): "when"})
    assert "“date” and “comment” are taken for the same thing." == found.obstacle.message
    assert not found.is_ready


def test_a_number_of_the_person_has_a_name_of_its_own(marta_s: Client) -> None:
    this = arrive(marta_s, "card,date,what", "17,2026-05-03,Purchase", "18,2026-05-04,Purchase", "19,2026-05-05,Visit")
    who = role_of(marta_s, this, "card")
    place = who.removeprefix("role-")
    bring_in(marta_s, check(marta_s, this, **{who: "who", f"detail-{place}": "Loyalty card!"}))
    assert {"loyalty_card@shop"} == set(Interaction.objects.values_list("identity__namespace", flat=True))


def test_a_word_can_be_given_another_kind(marta_s: Client) -> None:
    this = arrive(marta_s)
    words = [line.words for line in sheet(marta_s, this).words]
    said = {f"wordkind-{words.index('Wine tasting')}": "event.attended"}
    bring_in(marta_s, check(marta_s, this, **said))
    assert "event.attended" in set(Interaction.objects.values_list("kind__name", flat=True))
    assert "shop.wine_tasting" not in set(Interaction.objects.values_list("kind__name", flat=True))


def test_the_worst_and_best_of_a_scale_are_said(marta_s: Client) -> None:
    this = arrive(marta_s, "email,date,rating", *(f"p{n}@example.org,2026-05-0{n},{n}" for n in range(1, 6)))
    found = seen(marta_s, this, low="0", high="10")
    assert [-0.8, -0.6] == [round(row.score, 2) for row in found.reading[:2]]


def test_decimals_with_a_comma(marta_s: Client) -> None:
    this = arrive(marta_s, "email;date;amount", "a@example.org;2026-05-03;38,40", "b@example.org;2026-05-04;1.200,50")
    assert ["38.4", "1200.5"] == [f"{row.amount.normalize():f}" for row in sheet(marta_s, this).reading]


def test_rows_that_would_not_enter_say_why_at_once(marta_s: Client) -> None:
    this = arrive(marta_s, *SALES, ",Nobody,2026-05-06 17:30,Purchase,Girona,3.00,EUR,")
    refused = [row for row in sheet(marta_s, this).reading if isinstance(row, RefusedRow)]
    assert [(6, "“email” is empty, so it names nobody")] == [(row.line, row.reason) for row in refused]


# How the file is read


def test_the_separator_can_be_said(marta_s: Client) -> None:
    this = arrive(marta_s, "email|date|what", "a@example.org|2026-05-03|Visit", "b@example.org|2026-05-03|Visit")
    marta_s.post(at("import_options", this), {"delimiter": ";", "encoding": "", "sheet": "", "source": ""})
    assert 1 == len(sheet(marta_s, this).lines)
    marta_s.post(at("import_options", this), {"delimiter": "|"})
    assert ["email", "date", "what"] == [line.choice.column for line in sheet(marta_s, this).lines]


@pytest.mark.parametrize("wrong", [{"encoding": "klingon"}, {"delimiter": "abc"}])
def test_a_way_of_reading_that_is_none_changes_nothing(marta_s: Client, wrong: dict[str, str]) -> None:
    this = arrive(marta_s)
    page = marta_s.post(at("import_options", this), wrong, follow=True).content.decode()
    assert "notice-toast notice-warm" in page
    this.refresh_from_db()
    assert {} == this.options


def test_another_source_changes_whose_numbers_they_are(marta_s: Client) -> None:
    this = arrive(marta_s, "customer_id,date,what", "17,2026-05-03,Visit", "18,2026-05-03,Visit", source="Shop")
    marta_s.post(at("import_options", this), {"source": "School"})
    bring_in(marta_s, check(marta_s, this))
    assert {"customer_id@school"} == set(Interaction.objects.values_list("identity__namespace", flat=True))


def test_a_file_that_vanished_is_said_to_have(marta_s: Client) -> None:
    this = arrive(marta_s)
    Import.objects.filter(pk=this.pk).update(path="/nowhere/sales.csv")
    response = marta_s.get(at("columns", this))
    assert 400 == response.status_code
    assert "The file cannot be read like this" in response.content.decode()


def test_a_very_wide_file_shows_some_columns_and_keeps_the_others(marta_s: Client) -> None:
    names = ["email", "date", "what", *(f"extra{n}" for n in range(300))]
    row = ["a@example.org", "2026-05-03", "Visit", *(str(n) for n in range(300))]
    this = arrive(marta_s, ",".join(names), ",".join(row), ",".join(row).replace("a@", "b@"))
    assert 243 == sheet(marta_s, this).hidden_columns
    bring_in(marta_s, check(marta_s, this))
    assert "299" == str(Interaction.objects.all()[0].properties["extra299"])


# Keeping it


def test_how_columns_are_understood_is_saved_and_used_again(marta_s: Client) -> None:
    first = arrive(marta_s)
    first = whole_with(marta_s, first, **{role_of(marta_s, first, "shop"): "channel"})
    saved = marta_s.get(at("mapping", first))
    assert saved["Content-Disposition"].startswith("attachment")
    more = arrive(marta_s, SALES[0], "pau@example.org,Pau,2026-07-01 10:00,Purchase,Web,9.00,EUR,", name="july.csv")
    assert "place" == roles(sheet(marta_s, more))["shop"]
    marta_s.post(at("mapping", more), {"mapping": SimpleUploadedFile("columns.toml", saved.content)})
    assert "channel" == roles(sheet(marta_s, more))["shop"]


def whole_with(client: Client, this: Import, **changes: str) -> Import:
    return bring_in(client, check(client, this, **changes))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe\x00",
        b"not toml at all [",
        b'source = "shop"\nsurprise = 1',
        b'source = "shop"\ntext = "no such"',
        b"x" * 300_000,
    ],
)
def test_saved_columns_that_do_not_fit_are_refused_in_a_sentence(marta_s: Client, content: bytes) -> None:
    this = arrive(marta_s)
    response = marta_s.post(at("mapping", this), {"mapping": SimpleUploadedFile("columns.toml", content)})
    assert 400 == response.status_code
    this.refresh_from_db()
    assert "" == this.mapping


def test_columns_cannot_be_changed_once_it_is_in(marta_s: Client) -> None:
    this = whole(marta_s)
    assert at("import", this) == marta_s.get(at("columns", this))["Location"]
    sent = {"mapping": SimpleUploadedFile("columns.toml", this.mapping.encode())}
    assert 403 == marta_s.post(at("mapping", this), sent).status_code


# Nonsense


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    nonsense=st.dictionaries(
        st.sampled_from(
            [
                "role-0",
                "role-2",
                "detail-0",
                "timezone",
                "currency",
                "date_order",
                "decimal",
                "low",
                "high",
                "kind",
                "kind_words",
                "moment",
                "channel",
                "wordkind-0",
                "answer-who",
                "base",
            ]
        ),
        st.text(max_size=30) | st.sampled_from(["when", "who", "object", "attribute", "+", "dmy", ",", "x.y"]),
        max_size=4,
    )
)
def test_whatever_the_page_sends_the_answer_is_a_page(marta_s: Client, nonsense: dict[str, str]) -> None:
    this = Import.objects.first() or arrive(marta_s)
    sent = {**columns(marta_s, this), **nonsense}
    assert marta_s.post(at("import_preview", this), sent).status_code in {200, 400}
    assert not work()


MAPPINGS = {
    "orders": Mapping(
        "shop",
        who=(Who("a", "customer_id"),),
        when=When("b", date_order="dmy"),
        what=What(kind="order.placed"),
        amount=Amount("c", "EUR", quantity_column="d"),
        objects=(ObjectColumn("product", "e", label_column="f", quantity_column="d"),),
    ),
    "a log": Mapping(
        "log",
        who=(Who("a", "email"), Who("b", "phone")),
        when=When("c", format="epoch"),
        what=What("d", kinds={"Sale": "order.placed"}),
        where=Where(channel="web", place_column="f"),
        score=Score("e", 0, 10),
        text="g",
        staff="h",
        message_id="i",
        objects_column="j",
        ignore=("k",),
        timezone="Europe/Madrid",
        country="ES",
    ),
    "cases": Mapping(
        "case",
        who=(Who("a", "case_id"),),
        when=When(moment="2026-05-03"),
        what=What(kind="case.opened", label="Case"),
        objects=(ObjectColumn("case", "a"),),
        attributes={"town": "b"},
    ),
}


@pytest.mark.parametrize("mapping", MAPPINGS.values(), ids=MAPPINGS.keys())
def test_a_mapping_taken_apart_and_put_together_is_the_same(mapping: Mapping) -> None:
    choices = choices_of(mapping, list("abcdefghijkl"))
    assert mapping == mapping_of(choices, settings_of(mapping), mapping)
    assert {Role.PROPERTY} == {choice.role for choice in choices if choice.column == "l"}
