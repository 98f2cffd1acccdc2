"""The builder as a form: what it shows, what it makes of what is filled in, without any script."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lists.asking import CHOOSE, f
from vincle.apps.lists.filters.language import Did, Group, Known, OnList, Period, Reached, Seen, Spent, Total
from vincle.apps.lists.filters.reading import read
from vincle.apps.lists.models import FixedList
from vincle.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


def filled(response) -> dict[str, list[str]]:
    """What a browser would send of the form on the page."""
    context = response.context
    sent: dict[str, list[str]] = {"row": [], "match": [context["first"].match]}
    for block in context["built"].blocks:
        sent[f"match{block.key}"] = [block.match]
        for row in block.rows:
            sent["row"].append(str(row.number))
            if row.group:
                sent[f"r{row.number}-group"] = [row.group]
            for field in [row["what"], *row.shown()]:
                value = field.value()
                sent[field.html_name] = ["" if value is None else str(value)]
    return sent


def test_every_condition_comes_out_of_the_form_as_it_went_in(annas):
    dinner = FixedList.objects.create(uid=uuid7(), name="Dinner", made_at="2026-01-01T00:00:00Z")
    group = Group("any", (Known("town", "one_of", ("Girona", "Olot")), Reached("email", "has")))
    wanted = f(
        Did("order.placed", "at_least", 2, Period(days=90), "shop", "Girona", "product", "rye"),
        Did("", "at_most", 0, Period(since=date(2026, 1, 1), until=date(2026, 2, 1))),
        Known("town", "contains", ("gir",)),
        Known("town", "empty"),
        Seen("last", "within", Period(days=30)),
        Total("money", "at_least", 10),
        Spent("at_most", 5, Period(days=3)),
        OnList(dinner.uid, "off"),
        group,
        match="any",
    )
    page = annas.get(CHOOSE, {"f": wanted})
    assert "" == page.context["built"].trouble
    answer = annas.get(CHOOSE, filled(page) | {"do": "show"})
    assert 302 == answer.status_code, answer.context["built"].trouble
    assert read(wanted) == read(parse_qs(urlsplit(answer["Location"]).query)["f"][0])


def test_conditions_and_groups_are_added_and_taken_away_by_buttons(annas):
    page = annas.get(CHOOSE, {"f": f(Reached("email", "has"))})
    page = annas.get(CHOOSE, filled(page) | {"do": "add"})
    page = annas.get(CHOOSE, filled(page) | {"do": "add-group"})
    page = annas.get(CHOOSE, filled(page) | {"do": "add-in-1"})
    assert [("", 2), ("1", 2)] == [(block.key, len(block.rows)) for block in page.context["built"].blocks]
    page = annas.get(CHOOSE, filled(page) | {"do": "remove-2"})
    page = annas.get(CHOOSE, filled(page) | {"do": "remove-3"})
    assert [("", 2)] == [(block.key, len(block.rows)) for block in page.context["built"].blocks]


@pytest.mark.parametrize(
    ("given", "trouble"),
    [
        ({"r0-what": "known:town", "r0-op": "is", "r0-value": ""}, "Say what “town” is compared with."),
        ({"r0-what": "total:money", "r0-op": "at_least", "r0-value": "many"}, "“many” is not a number."),
        ({"r0-what": "did", "r0-times": "2", "r0-per": "days"}, "Say how many days."),
        ({"r0-what": "did", "r0-op": "at_least", "r0-times": "0"}, "“At least 0 times” holds of everybody."),
        ({"r0-what": "seen:last", "r0-op": "within"}, "Say when: a number of days, or a day."),
        ({"r0-what": "list", "r0-which": "x"}, "List:"),
        ({"r0-what": "by:fax", "r0-op": "lacks"}, "What"),
    ],
)
def test_what_a_condition_lacks_is_said_and_nobody_is_shown(annas, given, trouble):
    page = annas.get(CHOOSE, {"row": "0", "do": "show"} | given)
    assert 200 == page.status_code
    assert trouble in page.context["built"].trouble or "Nobody is known by" in page.context["built"].trouble
    assert page.context["plan"] is None


def test_without_a_condition_the_list_shows_everybody(annas):
    answer = annas.get(CHOOSE, {"do": "show", "c": ["money"]})
    assert "/people/?c=money" == answer["Location"]


FIELDS = ("what", "op", "value", "times", "per", "days", "since", "where", "type", "which", "group")
names = st.sampled_from(
    ["row", "do", "match", "match1", "c", "f", *(f"r{number}-{field}" for number in "01" for field in FIELDS)]
)
values = st.text(max_size=8) | st.sampled_from(
    [
        "0",
        "1",
        "add",
        "show",
        "add-group",
        "remove-0",
        "known:town",
        "did",
        "spent",
        "seen:last",
        "days",
        "list",
        "within",
    ]
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sent=st.dictionaries(names, values, max_size=9))
def test_whatever_is_sent_the_builder_answers(annas, sent):
    assert annas.get(CHOOSE, sent).status_code in {200, 302, 400}
