"""Files about somebody: kept to the byte, handed out so that they do no harm, taken away and gone for good."""

import io
import os
import re
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from people.telling import NOW, address, happened, person, tell
from vincle.apps.accounts.facade import Actor
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.files import actions, storing
from vincle.apps.files.models import KeptFile
from vincle.apps.files.naming import LONGEST, safe_name
from vincle.apps.files.pictures import picture_type
from vincle.apps.people.facade import erase, join, undo
from vincle.apps.people.privacy.giving import give_everything
from vincle.flow.models import Interaction

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
ANNA = Actor(None, "Anna Puig")
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\0" * 20
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture(autouse=True)
def _two_people(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Beside the home's own, so that one test does not see the files of another; below it, as files are erased by that.
    folder = storing.folder().parent / tmp_path.name
    monkeypatch.setattr(storing, "folder", lambda: folder)
    tell(happened("C1", "2026-03-01 10:00", name="Mercè Roca"), happened("C2", "2026-03-01 10:00", name="Merce Roca"))


def keep(client, content: bytes = b"hello", name: str = "contract.pdf", who: str = "C1"):
    return client.post(address(who, "files"), {"file": SimpleUploadedFile(name, content)}, headers=HTMX)


def where(file: KeptFile, *verb: str, who: str = "C1") -> str:
    return address(who, "files", str(file.uid), *verb)


def on_disk() -> list[bytes]:
    folder = storing.folder()
    return sorted(path.read_bytes() for path in folder.iterdir()) if folder.is_dir() else []


def test_a_file_is_kept_under_a_name_nobody_can_guess(client_of, anna):
    page = keep(client_of(anna), b"the terms")

    file = KeptFile.objects.get()
    assert ("contract.pdf", 9, "", "Anna Puig") == (file.name, file.size, file.picture, file.added_by)
    assert re.fullmatch(r"[0-9a-f]{48}", file.place)
    path = storing.path_of(file.place)
    assert (b"the terms", 0o600) == (path.read_bytes(), path.stat().st_mode & 0o777)
    assert "contract.pdf" in page.text
    assert file.place not in page.text
    assert {"file": str(file.uid)} == Interaction.objects.get(kind__name="file.added").properties
    assert "Mercè Roca" == AuditEntry.objects.get(action="file.added").summary


@pytest.mark.parametrize(
    ("name", "content"), [("x.svg", SVG), ("x.html", b"<script>1</script>"), ("x.png", SVG), ("x.pdf", b"%PDF")]
)
def test_whatever_it_is_it_is_handed_out_as_an_attachment_of_no_type(client_of, anna, name, content):
    client = client_of(anna)
    keep(client, content, name)
    file = KeptFile.objects.get()

    answer = client.get(where(file))

    assert content == b"".join(answer.streaming_content)
    assert ("application/octet-stream", f'attachment; filename="{name}"', "nosniff") == tuple(
        answer.headers[each] for each in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")
    )
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert 404 == client.get(where(file, "picture")).status_code


def test_a_picture_is_seen_on_the_page_whatever_it_is_called(client_of, anna):
    client = client_of(anna)
    page = keep(client, PNG, "notes.txt.html")
    file = KeptFile.objects.get()

    answer = client.get(where(file, "picture"))

    assert where(file, "picture") in page.text
    assert ("image/png", "nosniff", True) == (
        answer.headers["Content-Type"], answer.headers["X-Content-Type-Options"],
        "sandbox" in answer.headers["Content-Security-Policy"],
    )  # fmt: skip
    assert PNG == b"".join(answer.streaming_content)


@pytest.mark.parametrize(
    ("first", "type_"),
    [
        (PNG, "image/png"), (b"\xff\xd8\xff\xe0", "image/jpeg"), (b"GIF89a", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"), (b"RIFF\0\0\0\0WAVE", ""), (SVG, ""), (b"\x89PNG", ""),
        (b"", ""), (b" GIF89a", ""),
    ],
)  # fmt: skip
def test_first_bytes_say_what_is_a_picture(first, type_):
    assert type_ == picture_type(first)


@pytest.mark.parametrize(
    ("given_", "harmless"),
    [
        ("contract.pdf", "contract.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\invoice.pdf.exe", "invoice_pdf.exe"),
        ("in\u200bvoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\0b\r\nc.txt", "abc.txt"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ('"; rm -rf <x>.sh', "rm -rf _x.sh"),
        ("Mercè · contracte (2).pdf", "Mercè · contracte (2).pdf"),
    ],
)
def test_a_name_is_made_harmless(given_, harmless):
    assert harmless == safe_name(given_)


@given(st.text(max_size=400))
def test_no_name_does_harm(given_):
    name = safe_name(given_)

    assert 0 < len(name) <= LONGEST
    assert not re.search(r'[/\\<>:"|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e]', name)
    assert not name.startswith(".")
    assert name.count(".") <= 1
    assert name == safe_name(name)


@pytest.mark.parametrize(("content", "why"), [(b"", "Choose a file first."), (None, "Choose a file first.")])
def test_no_file_is_said_in_a_sentence(client_of, anna, content, why):
    answer = client_of(anna).post(address("C1", "files"), {} if content is None else {"file": ""}, headers=HTMX)

    assert (400, True) == (answer.status_code, why in answer.headers["HX-Trigger"])


def test_what_is_empty_or_too_large_is_refused_and_leaves_nothing(client_of, anna, monkeypatch):
    client = client_of(anna)
    monkeypatch.setattr(actions, "LARGEST", 1024 * 1024)

    answers = [keep(client, b"").status_code, keep(client, b"x" * (1024 * 1024 + 1)).status_code]
    # Announced as larger than anything that is taken: not read at all.
    answers.append(client.post(address("C1", "files"), b"", content_type="multipart/form-data; boundary=x",
                               headers=HTMX, CONTENT_LENGTH=str(2**31)).status_code)  # fmt: skip
    monkeypatch.setattr(actions, "MOST_FILES", 0)

    assert [400] * 4 == [*answers, keep(client).status_code]
    assert ([], 0) == (on_disk(), KeptFile.objects.count())


def test_a_file_whose_row_cannot_be_written_leaves_no_bytes(client_of, anna, monkeypatch):
    def fails(*_args: object, **_more: object) -> None:
        raise actions.BadInput("no")

    monkeypatch.setattr(actions, "tell_log", fails)

    assert 400 == keep(client_of(anna)).status_code
    assert ([], 0) == (on_disk(), KeptFile.objects.count())


def test_a_form_from_elsewhere_is_refused(anna):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna, backend="django.contrib.auth.backends.ModelBackend")

    assert (403, 0) == (keep(strict).status_code, KeptFile.objects.count())


def test_a_file_is_found_only_under_whom_it_is_about(client_of, olga):
    client = client_of(olga)
    keep(client, PNG)
    file = KeptFile.objects.get()

    looks = [client.get(where(file, *verb, who="C2")).status_code for verb in ((), ("picture",))]
    verbs = ("remove", "back", "face", "no-face")
    assert [404] * 6 == looks + [client.post(where(file, verb, who="C2")).status_code for verb in verbs]


def test_taken_away_and_brought_back(client_of, anna):
    client = client_of(anna)
    keep(client, PNG)
    file = KeptFile.objects.get()

    answer = client.post(where(file, "remove"), headers=HTMX)
    gone = [client.get(where(file, *verb)).status_code for verb in ((), ("picture",))]
    back = re.search(r'"undo": "([^"]+)"', answer.headers["HX-Trigger"]).group(1)
    client.post(back)

    assert ([404, 404], 200) == (gone, client.get(where(file)).status_code)


def test_taken_away_long_enough_it_goes_to_the_bytes(client_of, anna):
    client = client_of(anna)
    for content in (b"stays", b"goes", b"not yet"):
        keep(client, content)
    goes = KeptFile.objects.order_by("pk")[1]
    KeptFile.objects.filter(pk=goes.pk).update(removed_at=NOW - timedelta(days=31))
    KeptFile.objects.filter(pk=goes.pk + 1).update(removed_at=NOW - timedelta(days=29))
    for path in storing.folder().iterdir():
        os.utime(path, (NOW.timestamp() - 2_700_000,) * 2)
    cut_short, arriving = storing.store([b"cut short"]), storing.store([b"arriving"])
    os.utime(storing.path_of(cut_short), (NOW.timestamp() - 90_000,) * 2)
    os.utime(storing.path_of(arriving), (NOW.timestamp(),) * 2)

    assert [2, 0] == [actions.forget_removed(now=NOW), actions.forget_removed(now=NOW)]
    assert [b"arriving", b"not yet", b"stays"] == on_disk()


def test_a_picture_stands_beside_the_name(client_of, anna):
    client = client_of(anna)
    keep(client, PNG)
    keep(client, b"%PDF")
    picture, letter = KeptFile.objects.order_by("pk")
    before = client.get(address("C1", "face")).status_code

    chosen = client.post(where(picture, "face"))
    shown = client.get(address("C1", "face"))
    refused = client.post(where(letter, "face"), headers=HTMX).status_code
    client.post(where(picture, "no-face"))

    assert (204, 302, 400, 204) == (before, chosen.status_code, refused, client.get(address("C1", "face")).status_code)
    assert where(picture, "picture") in shown.text


def test_files_come_together_and_part_again_as_they_were(client_of, anna):
    client = client_of(anna)
    keep(client, PNG, "first.png")
    keep(client, b"2", "second.pdf", who="C2")
    step = join(person("C1"), person("C2"), actor=ANNA, now=NOW)
    together = client.get(address("C1", "files")).text
    undo(step, actor=ANNA, now=NOW)
    apart = [client.get(address(who, "files")).text for who in ("C1", "C2")]

    assert [(True, True), (True, False), (False, True)] == [
        ("first.png" in page, "second.pdf" in page) for page in (together, *apart)
    ]


def test_files_are_given_with_everything_else(client_of, anna):
    keep(client_of(anna), b"the terms")
    given_ = io.BytesIO()
    give_everything(person("C1"), given_, actor=ANNA, now=NOW)

    with zipfile.ZipFile(given_) as archive:
        (name,) = (each for each in archive.namelist() if each.startswith("files/"))
        assert (b"the terms", True) == (archive.read(name), name.endswith("contract.pdf"))
        assert name.encode() in archive.read("person.json")


def test_files_leave_to_the_bytes_with_whom_they_are_about(client_of, anna):
    client = client_of(anna)
    keep(client, b"hers")
    keep(client, b"removed before")
    keep(client, b"his", who="C2")
    client.post(where(KeptFile.objects.order_by("pk")[1], "remove"), headers=HTMX)

    certificate = erase(person("C1"), actor=ANNA, now=NOW)

    assert (2, 2) == (certificate["removed"]["files"], len(certificate["files_removed"]))
    assert ([b"his"], 1) == (on_disk(), KeptFile.objects.count())


def test_who_may_only_look_sees_and_changes_nothing(client_of, anna, ramon, outsider):
    keep(client_of(anna), PNG)
    file = KeptFile.objects.get()

    paths = [address("C1", "files"), where(file), where(file, "picture"), address("C1", "face")]
    assert [[200, 200, 200, 204], [403] * 4] == [
        [client_of(who).get(path).status_code for path in paths] for who in (ramon, outsider)
    ]
    assert [403, 403] == [keep(client_of(who)).status_code for who in (ramon, outsider)]
    for verb in ("remove", "back", "face", "no-face"):
        assert [403, 403] == [client_of(who).post(where(file, verb)).status_code for who in (ramon, outsider)]
    assert "<form" not in client_of(ramon).get(address("C1", "files")).text


def test_the_list_costs_the_same_however_many_files(client_of, anna, django_assert_max_num_queries):
    KeptFile.objects.bulk_create(
        KeptFile(uid=f"019a9d6e-0000-7000-8000-0000000000{number:02x}", identity_id=person("C1").pk, name="x",
                 place=str(number), size=1, added_at=NOW, added_by="x")
        for number in range(60)
    )  # fmt: skip
    client, path = client_of(anna), address("C1", "files")
    with django_assert_max_num_queries(7):
        assert 50 == client.get(path, headers=HTMX).text.count('class="file"')
