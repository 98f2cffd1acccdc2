"""Everything that happened with one person: in order, a screenful at a time, filtered, in detail."""

import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from people.telling import SHOP, address, at, happened, line, person, tell
from vincle.apps.people.queries import timeline
from vincle.flow.models import Identity, Interaction, Kind, Source, Touchpoint
from vincle.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(client_of, anna):
    return client_of(anna)


def told(client, path: str, asked=None) -> list[str]:
    """The texts of the moments on the page, in order."""
    response = client.get(path, asked or {})
    assert response.status_code == 200
    return [moment.interaction.text for moment in response.context["moments"]]


@pytest.fixture
def week(agent):
    """Seven days of one customer, each with a text of its own."""
    tell(
        happened("C1", "2026-03-01 10:00", "visit.made", text="first", place="Girona"),
        happened("C1", "2026-03-02 10:00", "email.received", text="second", channel="email", place=None),
        happened("C1", "2026-03-03 10:00", "order.placed", text="third", things=[line("Rye bread 100%")]),
        happened("C1", "2026-03-04 10:00", "visit.made", text="fourth", place="Olot"),
        happened("C1", "2026-03-05 10:00", "complaint.made", text="fifth", channel="phone", place=None, score=-0.91),
        happened("C1", "2026-03-06 10:00", "order.placed", text="sixth", things=[line("White bread")]),
    )
    return agent


def test_the_latest_comes_first_whatever_identity_it_came_with(agent):
    tell(
        happened("C1", "2026-03-01 10:00", text="first", links=[("email", "merce@example.org")]),
        happened("merce@example.org", "2026-03-02 10:00", namespace="email", text="second"),
        happened("C1", "2026-03-03 10:00", text="third"),
    )
    assert ["third", "second", "first"] == told(agent, address("C1"))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "visit.made"}, "fourth first"),
        ({"kind": ["visit.made", "email.received"]}, "fourth second first"),
        ({"kind": "no.such"}, ""),
        ({"about": "White bread"}, "sixth"),
        ({"about": "white"}, ""),
        ({"about": "' OR 1=1 --"}, ""),
        ({"where": "phone"}, "fifth"),
        ({"where": "shop"}, "sixth fourth third first"),
        ({"when_from": "2026-03-02", "when_to": "2026-03-04"}, "fourth third second"),
        ({"when_to": "2026-03-01"}, "first"),
        ({"text": "FIFTH"}, "fifth"),
        ({"text": "bread"}, "sixth third"),
        ({"text": "100%"}, "third"),
        ({"text": "%"}, "third"),
        ({"text": "_"}, ""),
        ({"text": "bread", "kind": "order.placed", "when_from": "2026-03-04"}, "sixth"),
        ({"where": "no such channel"}, ""),
        ({"where": "99999999"}, ""),
    ],
)
def test_a_filter_leaves_what_passes_it(week, asked, expected):
    assert expected.split() == told(week, address("C1"), asked)


def test_a_named_place_is_a_filter_of_its_own(week):
    olot = Touchpoint.objects.get(place="Olot")
    assert ["fourth"] == told(week, address("C1"), {"where": olot.pk})
    page = week.get(address("C1"), {"where": olot.pk})
    assert ["shop · Olot"] == [one.words for one in page.context["chosen"]]


@pytest.mark.parametrize(
    "asked",
    [
        {"when_from": "yesterday"},
        {"text": "a\0b"},
        {"where": "x" * 500},
        {"kind": ["x"] * 100},
        {"when_to": "2026-02-30"},
    ],
)
def test_what_cannot_be_read_is_left_out(week, asked):
    assert 6 == len(told(week, address("C1"), asked))


@pytest.mark.parametrize("part", [[], ["timeline"]])
@pytest.mark.parametrize("cursor", ["x", "WyJ0Il0:abc:def", "\0", "9" * 5000])
def test_a_cursor_that_is_not_ours_is_refused_in_kind_words(week, part, cursor):
    page = week.get(address("C1", *part), {"page": cursor})
    assert 400 == page.status_code
    assert "Start from the first page." in page.content.decode()


def test_each_day_is_named_once_however_the_screenfuls_fall(agent):
    tell(*(happened("C1", f"2026-03-{1 + hour // 20:02d} {hour % 20:02d}:00") for hour in range(60)))
    page = agent.get(address("C1"))
    days = [moment.new_day for moment in page.context["moments"] if moment.new_day]
    while page.context["stretch"].next:
        page = agent.get(address("C1", "timeline"), {"page": page.context["stretch"].next})
        days += [moment.new_day for moment in page.context["moments"] if moment.new_day]
    assert ["2026-03-03", "2026-03-02", "2026-03-01"] == [day.isoformat() for day in days]


def test_the_next_screenful_can_be_had_without_scripts(agent):
    tell(*(happened("C1", f"2026-03-01 {hour:02d}:{minute:02d}") for hour in range(20) for minute in (0, 30)))
    first = agent.get(address("C1"))
    (earlier,) = re.findall(r'class="btn btn-sm" href="([^"]+)"', first.content.decode())
    second = agent.get(earlier.replace("&amp;", "&"))
    shown = [moment.interaction.uid for page in (first, second) for moment in page.context["moments"]]
    assert 40 == len(shown) == len(set(shown))
    assert "This is where it began." in second.content.decode()
    assert "Back to the latest" in second.content.decode()


def test_a_filter_s_own_chips_take_it_away_and_add_to_it(week):
    page = week.get(address("C1"), {"kind": "visit.made", "text": "fourth"})
    choices = {choice.kind.name: choice for choice in page.context["kinds"]}
    assert choices["visit.made"].is_on
    assert "?text=fourth" == choices["visit.made"].url
    assert "?text=fourth&kind=visit.made&kind=email.received" == choices["email.received"].url
    assert ["?kind=visit.made"] == [one.without for one in page.context["chosen"]]


def test_a_moment_tells_money_place_colleague_words_and_feeling(agent):
    tell(
        happened(
            "C1",
            "2026-03-05 13:30",
            "complaint.made",
            text="Third time the box comes without the eggs.",
            score=-0.91,
            staff="Anna Puig",
            amount=Decimal("38.40"),
            currency="EUR",
        )
    )
    page = agent.get(address("C1")).content.decode()
    for words in (
        "Complaint",
        "€38.40",
        "shop · Girona",
        "Anna Puig",
        "14:30",
        "without the eggs",
        "very disappointed (-0.91)",
    ):
        assert words in page


def test_a_long_text_is_folded(agent):
    tell(happened("C1", "2026-03-05 13:30", text="word " * 200 + "the end"))
    page = agent.get(address("C1"))
    assert page.context["moments"][0].is_long
    assert "the end" in page.content.decode()


def test_a_basket_names_its_dearest_lines_and_counts_the_rest(agent):
    things = [line(f"Product {price}", Decimal(price)) for price in range(1, 8)]
    tell(happened("C1", "2026-03-05 13:30", "order.placed", things=things))
    assert "Product 7, Product 6, Product 5 and 4 more" == agent.get(address("C1")).context["moments"][0].about


def test_the_details_of_a_moment_are_every_line_and_whatever_else_was_said(agent):
    tell(
        happened(
            "C1",
            "2026-03-05 13:30",
            "order.placed",
            amount=Decimal(9),
            currency="EUR",
            properties={"coupon": {"code": "SPRING"}},
            things=[line("Bread", Decimal(2), quantity=3), line("Milk", Decimal(7))],
        )
    )
    interaction = Interaction.objects.get()
    page = agent.get(address("C1", "timeline", str(interaction.uid)))
    assert [("Milk", 1.0, Decimal(7)), ("Bread", 3.0, Decimal(2))] == [
        (str(one.thing), one.quantity, one.amount) for one in page.context["lines"]
    ]
    assert [("coupon", '{"code": "SPRING"}')] == page.context["properties"]
    assert "The shop" in page.content.decode()


def test_the_details_of_somebody_else_s_moment_are_not_told(agent):
    tell(happened("C1", "2026-03-05 13:30"), happened("C2", "2026-03-05 13:30"))
    theirs = Interaction.objects.get(identity__value="C2")
    assert 404 == agent.get(address("C1", "timeline", str(theirs.uid))).status_code


def test_a_filter_that_looks_far_back_says_how_far_and_goes_on(week, monkeypatch):
    monkeypatch.setattr(timeline, "EXAMINED", 2)
    page = week.get(address("C1"), {"kind": "visit.made"})
    found = [moment.interaction.text for moment in page.context["moments"]]
    looked_back_to = [page.context["stretch"].looked_back_to]
    assert "Looked back to 5 Mar 2026 so far" in page.content.decode()
    while page.context["stretch"].next:
        page = week.get(address("C1", "timeline"), {"kind": "visit.made", "page": page.context["stretch"].next})
        found += [moment.interaction.text for moment in page.context["moments"]]
        looked_back_to.append(page.context["stretch"].looked_back_to)
    assert ["fourth", "first"] == found
    assert [at("2026-03-05 10:00"), at("2026-03-03 10:00"), at("2026-03-01 10:00"), None] == looked_back_to


START = datetime(2026, 1, 1, tzinfo=UTC)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(st.tuples(st.integers(0, 2), st.integers(0, 4), st.booleans()), max_size=40),
    wanted=st.sampled_from([timeline.Filter(), timeline.Filter(kinds=("a",)), timeline.Filter(text="a")]),
    examined=st.integers(1, 6),
    together=st.integers(1, 3),
)
def test_scrolling_to_the_end_meets_every_moment_once(drawn, wanted, examined, together):
    source = Source.objects.get_or_create(name="shop", defaults={"created_at": START})[0]
    kinds = [Kind.objects.get_or_create(name=name)[0] for name in "ab"]
    first = (Identity.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    identities = [
        Identity.objects.create(id=first + place, namespace=SHOP, value=str(uuid7()), person_id=first).pk
        for place in range(3)
    ]
    Interaction.objects.bulk_create(
        Interaction(
            uid=uuid7(),
            source=source,
            message_id=str(uuid7()),
            occurred_at=START + timedelta(hours=hour),
            recorded_at=START,
            kind=kinds[is_b],
            identity_id=identities[whose],
            text="ab"[is_b],
        )
        for whose, hour, is_b in drawn
    )
    there = [
        one for one in Interaction.objects.filter(identity_id__in=identities) if not wanted.sifts or one.text == "a"
    ]
    there.sort(key=lambda one: (one.occurred_at, one.pk), reverse=True)
    met, cursor = [], ""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timeline, "EXAMINED", examined)
        patch.setattr(timeline, "EXAMINED_FOR_TEXT", examined)
        patch.setattr(timeline, "TOGETHER", together)
        while True:
            found = timeline.stretch(identities, wanted, cursor=cursor, size=4)
            met += [one.pk for one in found.interactions]
            if not found.next:
                break
            cursor = found.next
    assert [one.pk for one in there] == met


def test_the_person_of_many_identities_has_one_story(agent, monkeypatch):
    monkeypatch.setattr(timeline, "TOGETHER", 3)
    links = [("email", f"m{number}@example.org") for number in range(8)]
    tell(happened("C1", "2026-03-01 10:00", text="first", links=links))
    tell(
        *(
            happened(f"m{number}@example.org", f"2026-03-{2 + number:02d} 10:00", namespace="email", text=str(number))
            for number in range(8)
        )
    )
    assert [*"76543210", "first"] == told(agent, address("C1"))
    assert 9 == person("C1").interactions
