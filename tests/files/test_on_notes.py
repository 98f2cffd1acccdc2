"""Files that notes carry: kept, handed out and erased as those of a person, gone and back with their note."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.facade import Actor
from vincle.apps.files import actions, storing
from vincle.apps.files.models import KeptFile
from vincle.apps.notes import actions as notes
from vincle.apps.notes.models import Note
from vincle.apps.people.facade import erase, join, somebody, undo
from vincle.apps.people.privacy.giving import give_everything

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ANNA = Actor(None, "Anna Puig")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 20


@pytest.fixture(autouse=True)
def _two_people(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = storing.folder().parent / tmp_path.name
    monkeypatch.setattr(storing, "folder", lambda: folder)
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-01 10:00", name="Merce Roca"))


def note(who: str = "C1", text: str = "Signed today") -> Note:
    return notes.write(somebody(person(who).uid), text, actor=ANNA, now=NOW)


def attach(client, to: Note, content: bytes = b"hello", name: str = "contract.pdf", who: str = "C1", **more):
    path = address(who, "notes", str(to.uid), "files")
    return client.post(path, {"file": SimpleUploadedFile(name, content)}, **{"headers": HTMX} | more)


def where(file: KeptFile, *verb: str, who: str = "C1") -> str:
    return address(who, "files", str(file.uid), *verb)


def on_disk() -> list[bytes]:
    folder = storing.folder()
    return sorted(path.read_bytes() for path in folder.iterdir()) if folder.is_dir() else []


def test_what_a_note_carries_stands_under_it_and_nowhere_else(client_of, anna):
    client, one, other = client_of(anna), note(), note(text="Another")

    answer = attach(client, one, PNG, "face.png")
    attach(client, one, b"the terms")
    page = client.get(address("C1", "notes")).text
    under = page[page.index(f"note-{one.uid}") :]

    assert (200, "face.png" in answer.text, page.index(f"note-{other.uid}") < page.index("face.png")) == (
        answer.status_code, True, True,
    )  # fmt: skip
    assert under.index("face.png") < under.index("contract.pdf")
    assert "contract.pdf" not in client.get(address("C1", "files")).text
    file = KeptFile.objects.get(name="contract.pdf")
    assert b"the terms" == b"".join(client.get(where(file)).streaming_content)


def test_taken_away_and_brought_back(client_of, anna):
    client, carries = client_of(anna), note()
    attach(client, carries)
    file = KeptFile.objects.get()

    gone = client.post(where(file, "remove"), headers=HTMX)
    undone = re.search(r'"undo": "([^"]+)"', gone.headers["HX-Trigger"]).group(1)
    looked = (client.get(where(file)).status_code, "contract.pdf" in client.get(address("C1", "notes")).text)
    client.post(undone)

    assert (b"", (404, False), 200) == (gone.content, looked, client.get(where(file)).status_code)


def test_files_go_with_their_note_and_come_back_with_it(client_of, olga):
    client, carries = client_of(olga), note()
    for name in ("stays.pdf", "goes.pdf"):
        attach(client, carries, name=name)
    stays, goes = KeptFile.objects.order_by("pk")
    client.post(where(goes, "remove"), headers=HTMX)

    client.post(address("C1", "notes", str(carries.uid), "remove"), headers=HTMX)
    gone = [client.get(where(each)).status_code for each in (stays, goes)]
    late = attach(client, carries).status_code
    client.post(address("C1", "notes", str(carries.uid), "back"), headers=HTMX)

    assert [404, 404] == gone
    assert (404, [200, 404]) == (late, [client.get(where(each)).status_code for each in (stays, goes)])


def test_a_note_that_goes_for_good_takes_the_bytes_along(client_of, anna):
    carries = note()
    attach(client_of(anna), carries)
    notes.remove(carries, somebody(person("C1").uid), actor=ANNA, now=NOW, lead=True)
    later = NOW + notes.KEPT_HIDDEN + storing.ABANDONED * 400

    assert (1, 1) == (notes.forget_removed(now=later), actions.forget_removed(now=later))
    assert ([], 0) == (on_disk(), KeptFile.objects.count())


def test_a_file_stays_with_whom_its_note_stays_with(client_of, anna):
    client, carries = client_of(anna), note("C2")
    step = join(person("C1"), person("C2"), actor=ANNA, now=NOW)
    attach(client, carries)
    together = "contract.pdf" in client.get(address("C1", "notes")).text
    undo(step, actor=ANNA, now=NOW)

    assert [True, False, True] == [
        together, *("contract.pdf" in client.get(address(who, "notes")).text for who in ("C1", "C2")),
    ]  # fmt: skip
    assert 1 == erase(person("C2"), actor=ANNA, now=NOW)["removed"]["files"]
    assert [] == on_disk()


def test_they_are_given_with_everything_else(client_of, anna):
    carries = note()
    attach(client_of(anna), carries, b"the terms")
    given = io.BytesIO()
    give_everything(person("C1"), given, actor=ANNA, now=NOW)

    with zipfile.ZipFile(given) as archive:
        (name,) = (each for each in archive.namelist() if each.startswith("files/"))
        assert b"the terms" == archive.read(name)
        assert str(carries.uid).encode() in archive.read("person.json")


def test_what_is_no_file_or_too_much_is_refused_and_leaves_nothing(client_of, anna, monkeypatch):
    client, carries = client_of(anna), note()
    path = address("C1", "notes", str(carries.uid), "files")

    answers = [client.post(path, {}, headers=HTMX).status_code, attach(client, carries, b"").status_code]
    # Announced as larger than anything that is taken: not read at all.
    answers.append(client.post(path, b"", content_type="multipart/form-data; boundary=x",
                               headers=HTMX, CONTENT_LENGTH=str(2**31)).status_code)  # fmt: skip
    monkeypatch.setattr(actions, "MOST_FILES", 0)
    answers.append(attach(client, carries).status_code)

    assert ([400] * 4, [], 0) == (answers, on_disk(), KeptFile.objects.count())


def test_only_who_keeps_files_adds_one_to_a_note_of_theirs(client_of, anna, ramon, outsider):
    carries = note()
    attach(client_of(anna), carries)
    file = KeptFile.objects.get()
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")

    assert [403, 403, 403] == [attach(client, carries).status_code for client in
                               (client_of(ramon), client_of(outsider), strict)]  # fmt: skip
    assert (404, 405) == (
        attach(client_of(anna), carries, who="C2").status_code,
        client_of(anna).get(address("C1", "notes", str(carries.uid), "files")).status_code,
    )
    looks = client_of(ramon).get(address("C1", "notes")).text
    assert (True, False) == (where(file) in looks, "<form" in looks)
    assert 302 == attach(client_of(anna), carries, headers={}).status_code
    assert 2 == KeptFile.objects.count()
