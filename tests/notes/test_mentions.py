"""Colleagues whom a note names have it to read: those who may see whom it is about, and nobody else."""

import re

import pytest

from cast_of import somebody as colleague
from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.facade import Actor, deactivate
from vincle.apps.notes import actions
from vincle.apps.notes.models import Mention, Note
from vincle.apps.people.facade import PersonMark, Sight, erase, join, lift, mark, seeing, somebody, undo
from vincle.apps.people.privacy.gathering import gathered

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _everybody(cast) -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-01 10:00", name="Joan Vila"))


def wrote(text: str, *, by: str = "anna", who: str = "C1") -> Note:
    with seeing(Sight(confidential=True)):
        return actions.write(somebody(person(who).uid), text, actor=Actor.of(colleague(by)), now=NOW)


def told() -> list[str]:
    return sorted(Mention.objects.values_list("colleague", flat=True))


def waiting(client) -> str:
    """What the sidebar counts beside Mentions."""
    found = re.search(r'href="/mentions/"[^>]*>.*?</a>', client.get("/mentions/").text, re.DOTALL)
    counted = re.search(r'class="room-count"[^>]*>(\d+)', found.group())
    return counted.group(1) if counted else ""


def test_who_is_named_has_it_to_read_with_the_way_to_the_note(client_of):
    note = wrote("@Quim Bosch, they prefer mornings; @pol too")
    quim, ramon = client_of(colleague("quim")), client_of(colleague("ramon"))

    page = quim.get("/mentions/").text

    assert ["Pol Riera", "Quim Bosch"] == told()
    assert ("1", "1", "") == (waiting(quim), waiting(client_of(colleague("pol"))), waiting(ramon))
    assert f'href="{address("C1")}?note={note.uid}"' in page
    assert "they prefer mornings" in page
    assert "they prefer mornings" not in ramon.get("/mentions/").text


def test_the_note_asked_for_stands_on_top_of_the_notes_of_the_page(client_of):
    asked = wrote("The first, to @quim")
    for number in range(10):
        wrote(f"Later {number}")
    shown = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{address('C1')}?note={asked.uid}"}

    page = client_of(colleague("quim")).get(address("C1", "notes"), headers=shown).text
    plain = client_of(colleague("quim")).get(address("C1", "notes"), headers=HTMX).text
    other = client_of(colleague("quim")).get(address("C2", "notes"), headers=shown).text
    wrong = client_of(colleague("quim")).get(
        address("C1", "notes"), headers=HTMX | {"HX-Current-URL": "http://testserver/?note=x"}
    )

    assert (1, True) == (page.count("The first, to"), page.index("The first, to") < page.index("Later 9"))
    assert ("autofocus" in page, "The first" in plain, "The first" in other) == (True, False, False)
    assert 200 == wrong.status_code


def test_read_and_left_unread_again(client_of):
    wrote("For @quim")
    client, mention = client_of(colleague("quim")), Mention.objects.get()

    answer = client.post(f"/mentions/{mention.uid}/read/", headers=HTMX)
    undone = re.search(r'"undo": "([^"]+)"', answer.headers["HX-Trigger"]).group(1)
    after = (waiting(client), "For @quim" in client.get("/mentions/?view=read").text)
    back = client.post(undone)

    assert (("", True), 302, "1") == (after, back.status_code, waiting(client))


def test_nobody_reads_or_marks_what_is_for_somebody_else(client_of):
    wrote("For @quim")
    mention = Mention.objects.get()

    answers = [
        client_of(colleague(who)).post(f"/mentions/{mention.uid}/{verb}/").status_code
        for who in ("olga", "anna", "ramon", "biel")
        for verb in ("read", "unread")
    ]

    assert ([404] * 6 + [403] * 2, None) == (answers, Mention.objects.get().read_at)


def test_a_note_that_is_changed_tells_who_is_named_now(client_of):
    note = wrote("For @quim and @pol")
    pol = Mention.objects.get(colleague="Pol Riera")
    actions.read(pol, now=NOW)

    actions.edit(note, somebody(person("C1").uid), "For @pol and @laia", actor=Actor.of(colleague("anna")), now=NOW)

    assert ["Laia Soler", "Pol Riera"] == told()
    assert NOW == Mention.objects.get(pk=pol.pk).read_at


def test_whoever_writes_or_left_or_reads_no_notes_is_told_nothing():
    deactivate(user_id=colleague("quim").pk, actor=COMMAND_LINE, now=NOW)
    wrote("@anna @quim @Biel Forà @pol")

    assert ["Pol Riera"] == told()


def test_a_note_that_is_taken_away_waits_for_nobody(client_of):
    note = wrote("For @quim")
    about, anna = somebody(person("C1").uid), Actor.of(colleague("anna"))
    client = client_of(colleague("quim"))

    actions.remove(note, about, actor=anna, now=NOW)
    gone = (waiting(client), "For @quim" in client.get("/mentions/").text)
    actions.bring_back(note, about, actor=anna, now=NOW)

    assert (("", False), "1") == (gone, waiting(client))


def test_of_confidential_people_only_those_are_told_who_may_see_them(client_of):
    wrote("Before, for @quim and @marta")
    hidden = mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    wrote("Meanwhile, for @quim and @marta", by="olga")
    quim, marta = client_of(colleague("quim")), client_of(colleague("marta"))

    assert ["Marta Vidal", "Marta Vidal", "Quim Bosch"] == told()
    assert ("", "2") == (waiting(quim), waiting(marta))
    assert "for @quim" not in quim.get("/mentions/").text
    mention = Mention.objects.get(colleague="Quim Bosch")
    assert 404 == quim.post(f"/mentions/{mention.uid}/read/").status_code
    offered = re.findall(r'data-written="([^"]+)"', marta.get(address("C1", "notes")).text)
    assert ["Olga Serra"] == offered

    with seeing(Sight(confidential=True)):
        lift(hidden, actor=COMMAND_LINE, now=NOW)
    assert "1" == waiting(quim)


def test_colleagues_are_offered_to_who_writes(client_of):
    offered = re.findall(r'data-written="([^"]+)"', client_of(colleague("anna")).get(address("C1", "notes")).text)
    looks = client_of(colleague("ramon")).get(address("C1", "notes")).text

    assert ["Laia Soler", "Marta Vidal", "Olga Serra", "Pol Riera", "Quim Bosch", "Ramon Font"] == offered
    assert "data-written" not in looks


def test_mentions_follow_people_who_become_one_and_part(client_of):
    wrote("For @quim", who="C2")
    client = client_of(colleague("quim"))

    step = join(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)
    together = f"{address('C1')}?note=" in client.get("/mentions/").text
    undo(step, actor=COMMAND_LINE, now=NOW)

    assert (True, True) == (together, f"{address('C2')}?note=" in client.get("/mentions/").text)


def test_mentions_are_given_and_leave_with_whom_the_note_is_about():
    wrote("For @quim and @pol")
    wrote("For @pol", who="C2")

    kept = {each["name"]: each["rows"] for each in gathered(person("C1"), sources={}, now=NOW)["kept"]}
    certificate = erase(person("C1"), actor=COMMAND_LINE, now=NOW)

    assert ["Quim Bosch", "Pol Riera"] == [row["colleague"] for row in kept["mentions"]]
    assert (2, 1, ["Pol Riera"]) == (certificate["removed"]["mentions"], certificate["removed"]["notes"], told())


def test_a_page_of_mentions_costs_the_same_for_many(client_of, django_assert_max_num_queries):
    for number in range(30):
        wrote(f"{number} for @marta")
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)
    client = client_of(colleague("marta"))
    client.get("/mentions/")  # whoever looks is written down once
    with django_assert_max_num_queries(14):
        page = client.get("/mentions/")

    assert (20, 20) == (page.text.count('class="note"'), len(page.context["lines"]))
    assert "29 for" in page.text
