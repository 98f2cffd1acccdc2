"""Who may not see confidential people is told nothing of them by quarantine, by files and by what comes in."""

import csv
import io
from typing import Any

import pytest
from django.urls import reverse

from people.telling import NOW, happened, person, tell
from sources.bringing import arrive, at, check, columns, role_of, whole
from sources.stories import demand, hold, purchase, say
from tracking.sending import a_key, send, track
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.facade import PersonMark, mark
from vincle.flow.models import Quarantined

pytestmark = pytest.mark.django_db

SECRET = ("Mercè", "merce@roca.example", "+34600111222", "1042")
FILE = (
    "email,phone,name,number,date,what,amount",
    "joan@example.org,,Joan Ferrer,7,2026-05-04 12:41,Purchase,12.00",
    "MERCE@roca.example,,M.,8,2026-05-03 10:20,Purchase,38.47",
    ",600 111 222,Em,9,2026-05-05 10:20,Purchase,31.40",
    "joan@example.org,,MERCE roca,10,2026-05-06 10:20,Purchase,32.40",
    "joan@example.org,,Joan Ferrer,1042,2026-05-07 10:20,Purchase,33.40",
    "rosa@example.org,,Rosa Mas,11,2026-02-31,Purchase,3.00",
    "merce@roca.example,,Emma,12,2026-02-30,Purchase,3.05",
    *(f"pau@example.org,,Pau Vila,2,2026-06-{day:02} 09:00,Purchase,3.00" for day in range(1, 11)),
)
TELLING = ("MERCE", "merce@", "600 111", "1042", "Emma", "38.47", "31.4", "32.4", "33.4", "3.05")


@pytest.fixture
def secret() -> PersonMark:
    """Mercè is confidential; the shop knows her by a number of one digit too."""
    links = [("email", SECRET[1]), ("phone", SECRET[2]), ("customer_id@shop", SECRET[3])]
    tell(happened("7", "2026-03-31 22:30", name="Mercè Roca", links=links), happened("C2", "2026-04-01 10:00"))
    return mark(person("7"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)


@pytest.fixture
def laia(cast: Any) -> Any:
    """The analyst, who mends and brings in files and may not see confidential people."""
    return cast.members["laia"]


def seen(client: Any, path: str) -> str:
    response = client.get(path)
    assert 200 == response.status_code
    return response.getvalue().decode() if response.streaming else response.text


def looks() -> int:
    return AuditEntry.objects.filter(action="person.looked").count()


# Quarantine


@pytest.fixture
def waiting(secret: PersonMark) -> Quarantined:
    demand()
    links = [("customer_id@shop", SECRET[3])]
    say(
        purchase(1, "0.10", namespace="email", identity=SECRET[1], text="Three boxes"),
        purchase(2, "0.10", identity="else@example.org", links=links, text="Four boxes"),
        purchase(3, "0.10", identity="else@example.org", observations={"phone": "600 11 12 22"}, text="Five boxes"),
        purchase(4, "0.10", identity="joan@example.org", text="No box"),
    )
    return Quarantined.objects.get(message_id="m-1")


def test_the_list_says_only_that_it_is_about_somebody_confidential(waiting, client_of, marta, laia):
    path = reverse("sources:quarantine")
    full, page = seen(client_of(marta), path), seen(client_of(laia), path)

    assert (0, 3) == (full.count("somebody confidential"), page.count("somebody confidential"))
    assert (True, False) == (SECRET[1] in full, SECRET[1] in page)
    assert (3, 1) == (full.count("else@example.org") + full.count(SECRET[1]), page.count("joan@example.org"))
    assert 1 == looks()


def test_each_of_them_shows_its_kind_its_time_and_its_reason(waiting, client_of, marta, laia):
    for item, words in zip(Quarantined.objects.order_by("pk"), ("Three", "Four", "Five", "No"), strict=True):
        path = reverse("sources:held", args=[item.pk])
        full, page = seen(client_of(marta), path), seen(client_of(laia), path)
        assert f"{words} box" in full
        assert (words == "No", words == "No") == (f"{words} box" in page, item.message_id in page)
        assert "amount: it is less than 1" in page
        assert words == "No" or ("Purchase" in page and '<form method="post" novalidate' not in page)


def test_nobody_mends_or_leaves_out_what_they_may_not_see(waiting, client_of, marta, laia):
    mending, leaving = (reverse(f"sources:{name}", args=[waiting.pk]) for name in ("held", "discard"))

    for path in (mending, leaving):
        refused = client_of(laia).post(path, {"kind": "order.placed"})
        assert (403, False) == (refused.status_code, SECRET[1] in refused.text)
    waiting.refresh_from_db()
    assert "waiting" == waiting.state
    assert 302 == client_of(marta).post(leaving).status_code


def test_the_list_costs_no_more_for_many(secret, client_of, laia, django_assert_max_num_queries):
    hold(["0.01"] * 60)
    client = client_of(laia)
    client.get(reverse("sources:quarantine"))
    with django_assert_max_num_queries(12):
        client.get(reverse("sources:quarantine"))


# What comes in


def test_the_live_page_says_only_that_it_is_about_somebody_confidential(client_of, marta, laia):
    send(
        a_key(),
        track(userId="u-secret", messageId="m1"),
        track(userId="u-secret", messageId="m2", timestamp="?"),
        track(userId="u-other", messageId="m3"),
    )
    mark(person("u-secret", "user_id@web"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    lead, analyst = client_of(marta), client_of(laia)
    for path in (reverse("tracking:live", args=["web"]), reverse("tracking:latest", args=["web"])):
        full, page = seen(lead, path), seen(analyst, path)
        assert ([True, True], [False, True]) == (
            [words in full for words in ("u-secret", "u-other")],
            [words in page for words in ("u-secret", "u-other")],
        )
        assert 1 == page.count("somebody confidential")
        assert 2 == page.count("in quarantine") + page.count("its time cannot be read")
    assert 1 == looks()


# Files


def test_the_columns_show_no_row_of_theirs(secret, client_of, marta, laia):
    this = arrive(client_of(marta), *FILE)
    full, page = seen(client_of(marta), at("columns", this)), seen(client_of(laia), at("columns", this))

    assert "38.47" in full
    assert [] == [words for words in TELLING if words in page]
    assert 5 == page.count("is about somebody confidential")
    assert "Joan Ferrer" in page


def test_a_former_name_is_theirs_too(secret, client_of, marta, laia):
    this = arrive(client_of(marta), *FILE)
    tell(happened("7", "2026-05-31 22:30", name="Emma Vidal"))

    assert "MERCE" not in seen(client_of(laia), at("columns", this))


def test_no_choice_of_columns_brings_them_out(secret, client_of, marta, laia):
    client, this = client_of(laia), arrive(client_of(marta), *FILE)
    for column in ("email", "phone", "name", "number", "amount"):
        said = columns(client, this, **{role_of(client, this, column): "what"})
        page = client.post(at("import_preview", this), said)
        assert (200, []) == (page.status_code, [words for words in TELLING if words in page.text]), column


def test_who_is_known_by_a_number_that_is_in_everything_is_found_where_it_says_who(secret, client_of, marta, laia):
    lines = ("customer id,date,what,pieces", *(f"{n},2026-05-{n:02} 10:00,Purchase,7" for n in range(5, 10)))
    this = arrive(client_of(marta), *lines)
    page = seen(client_of(laia), at("columns", this))

    assert 1 == page.count("is about somebody confidential")
    assert "Line 4 is about" in page


def test_examples_and_the_file_of_rejected_rows_are_without_theirs(secret, client_of, marta, laia):
    this = check(client_of(marta), arrive(client_of(marta), *FILE))
    assert_examples(this, client_of(marta), client_of(laia))


def test_what_was_brought_in_is_reported_without_theirs(secret, client_of, marta, laia):
    this = whole(client_of(marta), *FILE)
    assert_examples(this, client_of(marta), client_of(laia))
    path = at("import_rejected", this)
    full, given = ([*csv.reader(io.StringIO(seen(client_of(user), path)))] for user in (marta, laia))

    assert "\ufeffemail" == given[0][0]
    assert full[0] == given[0]
    assert ["rosa@example.org", "merce@roca.example"] == [row[0] for row in full[1:]]
    assert full[1] == given[1]
    assert [*[""] * 7, full[2][7], "“…” in “date” is not a date"] == given[2]


def test_without_anybody_confidential_the_file_is_given_as_it_is(client_of, marta, laia):
    this = whole(client_of(marta), *FILE)
    path = at("import_rejected", this)

    assert seen(client_of(marta), path) == seen(client_of(laia), path)
    assert "rejected.csv" in client_of(laia).get(path)["Content-Disposition"]


def test_who_saw_them_in_the_file_is_written_down(secret, client_of, marta, laia):
    this = whole(client_of(laia), *FILE)
    assert 0 == looks()
    seen(client_of(marta), at("import_rejected", this))

    assert 1 == looks()


def assert_examples(this: Any, lead: Any, other: Any) -> None:
    full, page = seen(lead, at("import", this)), seen(other, at("import", this))
    assert "merce@roca.example" in full
    assert (False, False, True) == ("merce@roca.example" in page, "3.05" in page, "rosa@example.org" in page)
    assert "about somebody confidential" in page
