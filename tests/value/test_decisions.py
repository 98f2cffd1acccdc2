"""What to do with whom: the options ranked, the people of each, what is assumed, and who may see and change it."""

from datetime import timedelta
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from lists.asking import names
from people.telling import NOW, happened, person, tell
from value.worths import valued, worth
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.lists.actions.views import keep_view
from vincle.apps.lists.facade import write_filter
from vincle.apps.lists.filters.language import Known, all_of
from vincle.apps.lists.models import Gathering
from vincle.apps.people.facade import PersonMark, Sight, join, mark, seeing
from vincle.apps.value.decisions import effects, queries, working
from vincle.apps.value.decisions.actions import change_option, undo_option
from vincle.apps.value.decisions.effects import Measured
from vincle.apps.value.decisions.options import USUAL, options
from vincle.flow.jobs.worker import Worker
from vincle.kernel.errors import NotFound, Refused

pytestmark = pytest.mark.django_db

PAGE = "/value/decisions/"
GONE = {
    "alive": 0.2, "alive_low": 0.1, "alive_high": 0.3, "worth": 1_000, "worth_low": 905, "worth_high": 1_100,
    "frequency": 5, "recency_days": 50, "tenure_days": 200,
}  # fmt: skip
THERE = GONE | {"alive": 0.95, "alive_low": 0.94, "alive_high": 0.96, "recency_days": 190}
LITTLE = THERE | {"worth": 1, "worth_low": 1, "worth_high": 1}


@pytest.fixture
def shop(db):
    """Mercè is probably gone, Pau and Carme are there, Joan is there and brings little, of Àngel nothing is known."""
    who = {"C1": "Mercè Roca", "C2": "Pau Puig", "C3": "Joan Vila", "C4": "Àngel Soler", "C5": "Carme Font"}
    tell(*(
        happened(each, f"2026-01-0{each[1]} 10:00", name=name, observations={"town": "Olot" if each < "C3" else "Vic"})
        for each, name in who.items()
    ))  # fmt: skip
    worth("C1", **GONE)
    for each, said in (("C2", THERE), ("C3", LITTLE), ("C5", THERE)):
        worth(each, **said)
    worth("C4", money=3)
    valued(people=5)


@pytest.fixture
def annas(shop, client_of, anna):
    return client_of(anna)


@pytest.fixture
def martas(shop, client_of, marta):
    return client_of(marta)


def ranked(response) -> list[tuple[str, str]]:
    assert 200 == response.status_code, response.content.decode()[:500]
    return [(each.title, each.people) for each in response.context["options"]]


def olot() -> str:
    wanted = write_filter(all_of(Known("town", "is", ("Olot",))))
    view = keep_view(actor=COMMAND_LINE, now=NOW, name="From Olot", filter=wanted, shared=True)
    return f"view:{view.uid}"


def test_options_are_ranked_by_what_is_left_and_nothing_is_one_of_them(annas):
    page = annas.get(PAGE)
    # 0.8 * 5% * 1,000 / 0.2 = 200, less 10; 1% of 1,000, less 2, twice.
    assert [("Win back", "1 person"), ("Thank", "2 people"), ("Do nothing", "1 person")] == ranked(page)
    first, second, nothing = page.context["options"]
    assert ("€200", "€10", "€190", "€22 to €485") == (first.gain, first.cost, first.net, first.interval)
    assert ("€20", "€4", "€16") == (second.gain, second.cost, second.net)
    assert (True, True, True) == (first.is_clear, second.is_clear, nothing.is_nothing)
    shown = page.content.decode()
    for said in ("These effects are assumed", "Best for nobody here: Have a colleague call, Offer more.",
                 "Of 1 person too little is known to say anything.", "better than doing nothing"):  # fmt: skip
        assert said in shown


def test_what_may_be_no_better_than_nothing_is_marked(annas):
    change_option("win_back", cost=Decimal(50), low=0.01, likely=0.05, high=0.1, actor=COMMAND_LINE, now=NOW)
    page = annas.get(PAGE)
    assert ("-€18 to €445", False) == (page.context["options"][0].interval, page.context["options"][0].is_clear)
    assert "not clearly better than doing nothing" in page.content.decode()


def test_a_group_is_ranked_and_its_people_are_opened(annas, django_assert_max_num_queries):
    group = olot()
    assert [("Win back", "1 person"), ("Thank", "1 person"), ("Do nothing", "0 people")] == ranked(
        annas.get(PAGE, {"group": group})
    )
    answer = annas.get(f"{PAGE}people/", {"group": group, "option": "win_back"})
    assert 302 == answer.status_code
    listed = annas.get(answer["Location"])
    assert (["Mercè Roca"], "People behind “Win back: From Olot”") == (names(listed), listed.context["sentence"])
    assert answer["Location"] == annas.get(f"{PAGE}people/", {"group": group, "option": "win_back"})["Location"]
    assert 1 == Gathering.objects.count()
    with django_assert_max_num_queries(40):
        annas.get(PAGE)


def test_a_group_that_is_not_there_or_not_ones_own_is_not_found(annas, client_of, marta):
    assert 404 == annas.get(PAGE, {"group": "view:x"}).status_code
    own = keep_view(
        actor=type(COMMAND_LINE)(marta.pk, marta.name), now=NOW, name="Mine", shared=False,
        filter=write_filter(all_of(Known("town", "is", ("Olot",)))),
    )  # fmt: skip
    asked = {"group": f"view:{own.uid}"}
    assert (404, 200) == (annas.get(PAGE, asked).status_code, client_of(marta).get(PAGE, asked).status_code)
    assert 404 == annas.get(f"{PAGE}people/", {"option": "sing"}).status_code


def test_who_is_restricted_is_left_out_and_who_is_confidential_counts_and_is_not_shown(annas, shop, client_of, marta):
    mark(person("C2"), PersonMark.Kind.RESTRICTED, reason="asked", actor=COMMAND_LINE, now=NOW)
    with seeing(Sight(confidential=True)):
        mark(person("C5"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    assert ("Thank", "1 person") in ranked(annas.get(PAGE))
    behind = annas.get(f"{PAGE}people/", {"option": "thank"})["Location"]
    assert ([], ["Carme Font"]) == (names(annas.get(behind)), names(client_of(marta).get(behind)))


def test_people_who_were_joined_are_one(annas):
    join(person("C1"), person("C3"), actor=COMMAND_LINE, now=NOW)
    assert [("Win back", "1 person"), ("Thank", "2 people"), ("Do nothing", "0 people")] == ranked(annas.get(PAGE))


def test_an_assumption_is_changed_and_the_change_is_undone(martas):
    said = {"win_back-cost": "300", "win_back-low": "1", "win_back-likely": "2.5", "win_back-high": "40"}
    answer = martas.post(f"{PAGE}win_back/", said)
    assert (302, PAGE) == (answer.status_code, answer["Location"])
    page = martas.get(PAGE)
    assert "is reckoned with these assumptions" in page.content.decode()
    assert ["Thank", "Do nothing"] == [title for title, _people in ranked(page)]
    now = options()[0]
    assert (Decimal(300), 0.01, 0.025, 0.4, 1) == (now.cost, now.low, now.likely, now.high, now.revision)
    assert "2.5" == page.context["assumptions"][0]["form"]["likely"].value()
    assert 302 == martas.post(f"{PAGE}win_back/undo/1/").status_code
    assert USUAL["win_back"].option == options()[0].option
    assert 403 == martas.post(f"{PAGE}win_back/undo/1/").status_code
    entries = AuditEntry.objects.filter(action="value.option_changed").order_by("pk")
    assert ["300", "10"] == [each.details["cost"] for each in entries]


@pytest.mark.parametrize(
    "given",
    [
        {"cost": "-1", "low": "1", "likely": "2", "high": "3"},
        {"cost": "1", "low": "3", "likely": "2", "high": "4"},
        {"cost": "1", "low": "1", "likely": "2", "high": "101"},
        {"cost": "many", "low": "1", "likely": "2", "high": "3"},
    ],
)
def test_what_makes_no_sense_is_said_in_the_form_and_nothing_changes(martas, given):
    answer = martas.post(f"{PAGE}thank/", {f"thank-{name}": value for name, value in given.items()})
    assert 422 == answer.status_code
    assert [False, False, True, False] == [each["is_open"] for each in answer.context["assumptions"]]
    assert "field-error" in answer.content.decode()
    assert [0, 0, 0, 0] == [each.revision for each in options()]


def test_undo_goes_one_change_back_and_not_over_a_colleagues(shop):
    first = change_option("thank", cost=Decimal(1), low=0, likely=0.1, high=0.2, actor=COMMAND_LINE, now=NOW)
    second = change_option("thank", cost=Decimal(3), low=0, likely=0.1, high=0.2, actor=COMMAND_LINE, now=NOW)
    with pytest.raises(Refused):
        undo_option("thank", revision=first.revision, actor=COMMAND_LINE, now=NOW)
    undo_option("thank", revision=second.revision, actor=COMMAND_LINE, now=NOW)
    assert Decimal(1) == options()[2].cost
    with pytest.raises(NotFound):
        change_option("sing", cost=Decimal(1), low=0, likely=0, high=0, actor=COMMAND_LINE, now=NOW)


def test_what_was_measured_counts_and_is_named(annas, monkeypatch):
    monkeypatch.setattr(effects, "_tellers", [])
    found = Measured(0.02, 0.03, 0.04, "Thank-you cards", url="/value/investments/", randomised=True)
    effects.tell_effects(lambda kind: found if kind == "thank" else None)
    page = annas.get(PAGE)
    thank = next(each for each in page.context["options"] if each.kind == "thank")
    assert ("€60", "randomised: Thank-you cards", True) == (thank.gain, thank.source, thank.is_clear)
    assert "what is assumed of it here is not used" in page.content.decode()


def test_before_anything_can_be_expected_the_page_says_so(client_of, anna):
    client = client_of(anna)
    assert "Nothing can be ranked yet" in client.get(PAGE).content.decode()
    valued(worth=None, people=3)
    assert "Not enough is known yet" in client.get(PAGE).content.decode()


@pytest.mark.django_db(transaction=True)
def test_many_people_are_ranked_in_the_background(shop, client_of, anna, monkeypatch):
    annas, group = client_of(anna), olot()
    at_once = ranked(annas.get(PAGE, {"group": group}))
    for module in (queries, working):
        monkeypatch.setattr(module, "are_few", lambda: False)
    assert "Finding out what adds most" in annas.get(PAGE, {"group": group}).content.decode()
    assert 200 == annas.get(f"{PAGE}newer/", {"group": group}).status_code
    Worker().drain()
    assert "HX-Refresh" in annas.get(f"{PAGE}newer/", {"group": group}).headers
    page = annas.get(PAGE, {"group": group})
    assert (at_once, None) == (ranked(page), page.context.get("going"))
    behind = annas.get(f"{PAGE}people/", {"group": group, "option": "win_back"})["Location"]
    assert {"f"} == parse_qs(urlsplit(behind).query).keys()
    assert ["Mercè Roca"] == names(annas.get(behind))
    change_option("win_back", cost=Decimal(900), low=0, likely=0.05, high=0.1, actor=COMMAND_LINE, now=NOW)
    page = annas.get(PAGE, {"group": group})
    assert (at_once, True) == (ranked(page), page.context["going"] is not None)
    Worker().drain()
    assert ["Thank", "Do nothing"] == [title for title, _people in ranked(annas.get(PAGE, {"group": group}))]
    monkeypatch.setattr(working, "FRESH", timedelta(0))
    assert annas.get(PAGE, {"group": group}).context["going"] is not None


def test_who_may_only_look_is_shown_no_form_and_an_outsider_nothing(annas, client_of, outsider):
    page = annas.get(PAGE).content.decode()
    assert ("Reckon with this" in page, "Win back" in page) == (False, True)
    assert 403 == annas.post(f"{PAGE}thank/", {}).status_code
    for path in (PAGE, f"{PAGE}newer/", f"{PAGE}people/"):
        assert 403 == client_of(outsider).get(path).status_code


@pytest.mark.parametrize(("language", "said"), [("ca", "No fer res"), ("es", "No hacer nada")])
def test_it_speaks_the_readers_language(annas, anna, language, said):
    anna.language = language
    anna.save()
    assert said in annas.get(PAGE).content.decode()


def test_the_card_leads_there(annas):
    page = annas.get(reverse("value:person-card", args=[person("C1").uid])).content.decode()
    assert f'href="{PAGE}"' in page
