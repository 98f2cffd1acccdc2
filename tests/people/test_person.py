"""A person's page: who they are, how they are known, what is known of them, their story in figures."""

import re
from decimal import Decimal

import pytest

from people.telling import SHOP, address, happened, line, person, tell
from vincle.flow.append import Event
from vincle.flow.models import Observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def read(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def purchase(who: str, when: str, amount: int, **more) -> Event:
    return happened(who, when, "order.placed", amount=Decimal(amount), currency="EUR", **more)


def test_an_outsider_is_refused_everything(client_of, outsider):
    tell(happened("C1", "2026-03-01 10:00"))
    for part in ([], ["timeline"], ["story"], ["interests"], ["why"]):
        assert 403 == client_of(outsider).get(address("C1", *part)).status_code


def test_nobody_at_an_address_is_said_in_words(agent):
    page = agent.get("/people/01a20017-7cba-7b53-bd6c-d0fbacd69775/")
    assert 404 == page.status_code
    assert "There is nobody at this address." in page.content.decode()


def test_the_page_tells_who_it_is_and_the_story_so_far(agent):
    tell(purchase("C1", "2026-03-01 10:00", 1000, name="Mercè Roca"), purchase("C1", "2026-05-02 10:00", 240))
    page = read(agent, address("C1"))
    assert "<h1>Mercè Roca</h1>" in page
    assert "Known since 1 Mar 2026" in page
    assert "€1,240" in page
    assert "customer number · The shop" in page


def test_whoever_became_part_of_somebody_else_is_found_at_their_page(agent):
    tell(happened("C1", "2026-03-01 10:00"))
    tell(happened("merce@example.org", "2026-03-05 10:00", namespace="email"))
    former = person("merce@example.org", "email")
    tell(happened("C1", "2026-03-07 10:00", links=[("email", "merce@example.org")]))
    assert person("C1") == person("merce@example.org", "email") != former
    assert address("C1") == agent.get(f"/people/{former.uid}/").url
    assert 3 == len(agent.get(f"/people/{former.uid}/timeline/").context["moments"])


def test_every_identity_is_told_with_its_words_and_since_when(agent):
    links = [("email", "merce@example.org"), ("phone", "+34612345678")]
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca", links=links))
    tell(happened("merce@example.org", "2026-04-01 10:00", namespace="email"))
    told = [(each.words, each.identity.value) for each in agent.get(address("C1")).context["known"]]
    assert [
        ("e-mail", "merce@example.org"),
        ("phone", "+34612345678"),
        ("customer number · The shop", "C1"),
    ] == told
    assert "since 1 Apr 2026" in read(agent, address("C1"))


def test_why_several_identities_are_one_person_is_told_on_demand(agent):
    tell(happened("C1", "2026-03-01 10:00", links=[("email", "merce@example.org")]))
    assert "One person: why?" in read(agent, address("C1"))
    reasons = read(agent, address("C1", "why"))
    assert "merce@example.org" in reasons
    assert "together in The shop, heard on 20 Nov 2026" in reasons


def test_of_what_sources_say_the_most_recent_counts_and_the_rest_stays_within_reach(agent):
    tell(
        happened("C1", "2024-03-01 10:00", observations={"town": "Olot", "age": "40"}),
        happened("C1", "2026-03-01 10:00", observations={"town": "Girona"}),
        happened("C1", "2025-03-01 10:00", observations={"town": "Salt"}),
    )
    known = {row.known.name: row.known for row in agent.get(address("C1")).context["attributes"]}
    assert "Girona" == known["town"].shown.value
    assert ["Salt", "Olot"] == [old.value for old in known["town"].older]
    assert "40" == known["age"].shown.value
    page = read(agent, address("C1"))
    assert "from The shop, 1 Mar 2026" in page
    assert "from The shop, 1 Mar 2024" in page


def test_what_a_colleague_pinned_counts_most(agent):
    tell(
        happened("C1", "2024-03-01 10:00", observations={"town": "Olot"}),
        happened("C1", "2026-03-01 10:00", observations={"town": "Girona"}),
    )
    Observation.objects.filter(value="Olot").update(pinned=True)
    (row,) = agent.get(address("C1")).context["attributes"]
    assert "Olot" == row.known.shown.value
    assert "pinned" in read(agent, address("C1"))


def test_what_they_care_about_is_read_from_what_they_took(agent):
    tell(
        purchase("C1", "2026-03-01 10:00", 9, things=[
            line("Bread", Decimal(2), department="BAKERY"),
            line("Rolls", Decimal(1), department="BAKERY"),
            line("Milk", Decimal(6), department="Dairy"),
        ]),
        purchase("C1", "2026-03-08 10:00", 2, things=[line("Bread", Decimal(2), department="BAKERY")]),
    )  # fmt: skip
    page = agent.get(address("C1", "interests"))
    assert [("BAKERY", 2, Decimal(5)), ("Dairy", 1, Decimal(6))] == [
        (one.theme, one.interactions, one.amount) for one in page.context["interests"].themes
    ]
    assert "Bakery" in page.content.decode()
    assert "read from 2 interactions" in page.content.decode()


def test_their_rhythm_is_told_with_how_many_returns_it_rests_on(agent):
    tell(*(happened("C1", f"2026-03-{day:02d} 10:00") for day in (1, 3, 5, 8, 10, 12)))
    page = agent.get(address("C1", "story"))
    assert (2.0, 5) == (page.context["rhythm"].median, page.context["rhythm"].gaps)
    assert "every 2 days" in page.content.decode()
    assert "read from 5 returns" in page.content.decode()


def test_with_few_returns_there_is_no_rhythm_yet(agent):
    tell(*(happened("C1", f"2026-03-{day:02d} 10:00") for day in (1, 3, 5)))
    page = read(agent, address("C1", "story"))
    assert "not enough yet" in page
    assert "2 of 5 returns" in page


def test_what_we_send_them_says_nothing_of_how_often_they_come(agent):
    tell(*(happened("C1", f"2026-03-{day:02d} 10:00", "campaign.delivered") for day in range(1, 20)))
    assert 0 == agent.get(address("C1", "story")).context["rhythm"].gaps


def test_the_last_year_s_money_is_that_of_their_own_story(agent):
    tell(
        purchase("C1", "2021-03-01 10:00", 500),
        purchase("C1", "2022-06-01 10:00", 30),
        purchase("C1", "2022-07-01 10:00", 12),
        happened("C1", "2022-07-01 11:00", "order.placed", amount=Decimal(99), currency="USD"),
    )
    assert Decimal(42) == agent.get(address("C1", "story")).context["last_year"]


@pytest.mark.parametrize(
    ("first", "last", "columns", "label"),
    [
        ("2026-03-01", "2026-05-31", [2, 0, 1], "Mar 2026"),
        ("2020-01-15", "2026-05-31", None, "Jan – Mar 2020"),
        ("1990-01-15", "2026-05-31", None, "1990 – 1994"),
        ("1900-01-01", "9999-12-31", None, "1500 – 1999"),
    ],
)
def test_activity_over_time_fits_a_story_of_any_length(agent, first, last, columns, label):
    tell(*(happened("C1", f"{day} 10:00") for day in (first, first, last)))
    chart = agent.get(address("C1", "story")).context["chart"]
    assert label == chart.rows[0][0]
    assert 3 == sum(row[1] for row in chart.rows)
    assert len(chart.rows) <= 36
    assert columns is None or columns == [row[1] for row in chart.rows]


def test_the_very_ends_of_time_break_nothing(agent):
    tell(happened("C1", "9999-12-31 23:59", observations={"town": "Girona"}), happened("C1", "0001-01-01 00:00"))
    for part in ([], ["timeline"], ["story"], ["interests"], ["why"]):
        assert 200 == agent.get(address("C1", *part)).status_code
    assert 200 == agent.get("/people/").status_code


def test_what_sources_say_is_text_whatever_it_holds(agent):
    hostile = "<img src=x onerror=alert(1)>"
    tell(
        happened(
            "C1",
            "2026-03-01 10:00",
            name=hostile,
            text=hostile * 20,
            staff=hostile,
            place=hostile,
            properties={hostile: hostile},
            observations={"town": hostile, hostile: "x"},
            things=[line(hostile, department=hostile)],
            links=[("email", hostile)],
        )
    )
    interaction = agent.get(address("C1")).context["moments"][0].interaction
    parts: list[list[str]] = [[], ["timeline"], ["story"], ["interests"], ["why"], ["timeline", str(interaction.uid)]]
    for part in parts:
        assert "<img src=x" not in read(agent, address("C1", *part)).lower()


@pytest.mark.parametrize("part", [[], ["timeline"], ["story"], ["interests"], ["why"]])
def test_a_page_costs_at_most_twelve_questions(agent, django_assert_max_num_queries, part):
    tell(
        *(
            purchase(
                "C1", f"2026-03-{day:02d} 10:00", day, staff=f"Anna {day}", text="Good morning", score=0.5,
                observations={"town": f"Town {day}"}, things=[line(f"Bread {day}", Decimal(1), department="Bakery")],
                links=[("email", f"m{day}@example.org")], namespace=SHOP if day % 2 else "member_id@club",
            )
            for day in range(1, 29)
        )
    )  # fmt: skip
    page = address("C1", *part)
    with django_assert_max_num_queries(12):
        read(agent, page)


def test_each_interest_opens_what_is_behind_it(agent):
    tell(
        purchase(
            "C1", "2026-03-01 10:00", 9, things=[line("Bread", Decimal(2), department="BAKERY & CO")], text="bread"
        ),
        purchase("C1", "2026-03-02 10:00", 9, things=[line("Milk", Decimal(2))], text="milk"),
        happened("C1", "2026-03-03 10:00", "page.viewed", properties={"title": "Our bread"}, text="page"),
        happened(
            "C1", "2026-03-04 10:00", "file.downloaded", properties={"name": "Recipes 100%", "title": ""}, text="file"
        ),
        happened("C1", "2026-03-05 10:00", "form.sent", properties={"form": "Become a member"}, text="form"),
        happened("C1", "2026-03-06 10:00", "email.received", properties={"title": "Not a visit"}, text="mail"),
    )
    page = agent.get(address("C1", "interests")).text
    links = re.findall(r'href="([^"]+\?about=[^"]+)"', page)
    behind = [[moment.interaction.text for moment in agent.get(link).context["moments"]] for link in links]
    assert [["bread"], ["form"], ["milk"], ["page"], ["file"]] == behind
    assert "about Bakery &amp; co" in agent.get(links[0]).text
