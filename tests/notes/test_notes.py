"""Notes about somebody: written, changed, pinned, taken away and brought back, by whom it is given to."""

import re
from datetime import timedelta

import pytest

from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.notes import actions
from vincle.apps.notes.models import Former, Note
from vincle.flow.models import Interaction

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _two_people(db: None) -> None:
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-01 10:00", name="Joan Vila"))


def wrote(client, text: str, who: str = "C1"):
    return client.post(address(who, "notes"), {"text": text}, headers=HTMX)


def where(note: Note, verb: str, who: str = "C1") -> str:
    return address(who, "notes", str(note.uid), verb)


def test_a_note_is_written_told_to_the_log_and_in_the_audit_log(client_of, anna):
    page = wrote(client_of(anna), "  Prefers mornings \r\nsince May  ")

    note = Note.objects.get()
    assert (200, "Prefers mornings \nsince May", "Anna Puig", anna.pk) == (
        page.status_code, note.text, note.author, note.author_id,
    )  # fmt: skip
    assert "Prefers mornings <br>since May" in page.text
    heard = Interaction.objects.get(kind__name="note.written")
    assert ({"note": str(note.uid)}, None, "Anna Puig") == (heard.properties, heard.text, str(heard.staff))
    entry = AuditEntry.objects.get(action="note.written")
    assert (str(person("C1").uid), "Mercè Roca") == (entry.object_uid, entry.summary)


@pytest.mark.parametrize(
    ("text", "said"), [("", "Write something first."), (" \n\0 ", "Write something first."), ("x" * 10_001, "at most")]
)
def test_what_is_no_note_is_said_in_a_sentence(client_of, anna, text, said):
    answer = wrote(client_of(anna), text)

    assert (400, 0) == (answer.status_code, Note.objects.count())
    assert said in answer.headers["HX-Trigger"]


def test_without_scripts_one_comes_back_to_the_person(client_of, anna):
    answer = client_of(anna).post(address("C1", "notes"), {"text": "Hello"})

    assert (302, address("C1")) == (answer.status_code, answer.url)


def test_only_its_author_or_who_leads_changes_a_note(client_of, anna, marta, cast):
    wrote(client_of(anna), "First words")
    note = Note.objects.get()
    quim = client_of(cast.members["quim"])

    refused = [
        quim.post(where(note, verb), {"text": "Mine now"}, headers=HTMX).status_code
        for verb in ("edit", "remove", "back")
    ]
    client_of(anna).post(where(note, "edit"), {"text": "Second words"}, headers=HTMX)
    page = client_of(marta).post(where(note, "edit"), {"text": "Third words"}, headers=HTMX)

    assert [403, 403, 403] == refused
    assert "Third words" in page.text
    assert [("Second words", "Marta Vidal"), ("First words", "Anna Puig")] == list(
        Former.objects.values_list("text", "changed_by")
    )
    assert "First words" in client_of(anna).get(where(note, "former")).text


def test_saving_the_same_words_changes_nothing(client_of, anna):
    wrote(client_of(anna), "Same")
    client_of(anna).post(where(Note.objects.get(), "edit"), {"text": " Same "}, headers=HTMX)

    assert (0, None) == (Former.objects.count(), Note.objects.get().edited_at)


def test_a_pinned_note_stands_on_top(client_of, anna):
    for text in ("Old but gold", "Newer"):
        wrote(client_of(anna), text)
    old = Note.objects.order_by("pk").first()

    pinned = client_of(anna).post(where(old, "pin"), headers=HTMX).text
    unpinned = client_of(anna).post(where(old, "unpin"), headers=HTMX).text

    assert [True, False] == [page.index("Old but gold") < page.index("Newer") for page in (pinned, unpinned)]


def test_taken_away_and_brought_back(client_of, anna):
    client = client_of(anna)
    wrote(client, "To be regretted")
    note = Note.objects.get()

    gone = client.post(where(note, "remove"), headers=HTMX)
    undo = re.search(r'"undo": "([^"]+)"', gone.headers["HX-Trigger"]).group(1)
    shown_while_gone = "To be regretted" in client.get(address("C1", "notes")).text
    client.post(undo)

    assert (False, False, True) == (
        "To be regretted" in gone.text, shown_while_gone, "To be regretted" in client.get(address("C1", "notes")).text,
    )  # fmt: skip
    assert ["note.written", "note.removed", "note.brought_back"] == list(
        AuditEntry.objects.filter(action__startswith="note.").order_by("pk").values_list("action", flat=True)
    )


def test_a_note_is_found_only_under_whom_it_is_about(client_of, olga):
    wrote(client_of(olga), "About Mercè")
    note = Note.objects.get()

    answers = [
        client_of(olga).post(where(note, verb, "C2"), {"text": "x"}, headers=HTMX).status_code
        for verb in ("edit", "pin", "unpin", "remove", "back")
    ]
    looks = [client_of(olga).get(where(note, verb, "C2")).status_code for verb in ("edit", "former")]

    assert ([404] * 5, [404] * 2, "About Mercè") == (answers, looks, Note.objects.get().text)


def test_a_form_cannot_choose_what_is_not_asked(client_of, anna):
    client_of(anna).post(
        address("C1", "notes"),
        {"text": "Hello", "author": "Olga", "author_id": "1", "identity_id": "999", "pinned": "on"},
        headers=HTMX,
    )

    note = Note.objects.get()
    assert ("Anna Puig", person("C1").pk, False) == (note.author, note.identity_id, note.pinned)


def test_nobody_else_writes(client_of, ramon, outsider):
    answers = [
        (client_of(who).get(address("C1", "notes")).status_code, wrote(client_of(who), "x").status_code)
        for who in (ramon, outsider)
    ]

    assert ([(200, 403), (403, 403)], 0) == (answers, Note.objects.count())


def test_the_auditor_is_offered_nothing_to_change(client_of, anna, ramon):
    wrote(client_of(anna), "Hello")
    page = client_of(ramon).get(address("C1", "notes")).text

    assert ("Hello" in page, "<form" in page, "<textarea" in page) == (True, False, False)


def test_many_notes_come_a_page_at_a_time_at_the_same_cost(client_of, anna, django_assert_max_num_queries):
    about = person("C1")
    Note.objects.bulk_create(
        Note(uid=f"019a9d6e-0000-7000-8000-0000000000{number:02x}", identity_id=about.pk, text=f"note {number}",
             author="Anna Puig", written_at=NOW + timedelta(minutes=number))
        for number in range(20)
    )  # fmt: skip
    client = client_of(anna)
    seen, path = [], address("C1", "notes")
    with django_assert_max_num_queries(11):
        page = client.get(path).text
    while True:
        seen += [int(number) for number in re.findall(r">note (\d+)<", page)]
        following = re.search(r'hx-get="([^"]*\?page=[^"]+)"', page)
        if not following:
            break
        page = client.get(following.group(1)).text

    assert list(reversed(range(20))) == seen


def test_what_was_taken_away_goes_for_good_after_a_while(client_of, anna):
    for text in ("Stays", "Goes", "Not yet"):
        wrote(client_of(anna), text)
    Note.objects.filter(text="Goes").update(removed_at=NOW - timedelta(days=31))
    Note.objects.filter(text="Not yet").update(removed_at=NOW - timedelta(days=29))

    assert 1 == actions.forget_removed(now=NOW)
    assert {"Stays", "Not yet"} == set(Note.objects.values_list("text", flat=True))
