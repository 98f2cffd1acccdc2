"""A file arrives by the page: kept where nobody can guess, or refused in one sentence with nothing left behind."""

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vincle.apps.accounts.models import AuditEntry, User
from vincle.apps.sources.importing.keeping import path_of, safe_name
from vincle.apps.sources.models import Import
from vincle.flow.models import Source
from vincle.kernel.home import Home

pytestmark = pytest.mark.django_db

ClientOf = Callable[[User], Client]
GOOD = b"email,date,what\nmerce@example.org,2026-05-03,Purchase\n"


def send(client: Client, content: bytes = GOOD, name: str = "sales.csv", source: str = "") -> Any:
    return client.post(reverse("sources:upload"), {"file": SimpleUploadedFile(name, content), "source": source})


def kept() -> list[Path]:
    return [path for path in (Home.at().files / "imports").rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _nothing_kept_before() -> None:
    for path in kept():
        path.unlink()


def zipped(**parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><log>&b;</log>'

BAD = {
    "nothing at all": (b"", "empty.csv"),
    "only column names": (b"email,date,what\n", "header.csv"),
    "only empty lines": (b"\n\n\r\n  \n", "lines.csv"),
    "only a mark": (b"\xef\xbb\xbf", "bom.csv"),
    "bytes that are no text": (bytes(range(256)) * 40, "binary.csv"),
    "zeros": (b"\0" * 5000, "zeros.csv"),
    "a picture called CSV": (b"\x89PNG\r\n\x1a\n" + b"\0" * 900, "sales.csv"),
    "a PDF": (b"%PDF-1.7\n%abc\n", "sales.xlsx"),
    "an old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "sales.xls"),
    "an archive called XLSX": (zipped(readme=b"hello"), "sales.xlsx"),
    "a broken workbook": (b"PK\x03\x04" + b"\0" * 200, "sales.xlsx"),
    "text called XLSX": (GOOD, "sales.xlsx"),
    "a broken archive": (gzip.compress(GOOD * 999)[:60], "sales.csv.gz"),
    "an XML bomb": (BOMB, "log.xes"),
    "XML that is no log": (b"<html><body>hello</body></html>", "page.xes"),
    "XML that breaks off": (b"<log><trace><event>", "log.xes"),
    "a broken Parquet": (b"PAR1" + b"x" * 40, "sales.parquet"),
    "a broken database": (b"SQLite format 3\0" + b"x" * 200, "log.sqlite"),
    "JSON that is no list of objects": (b"[1, 2, 3]", "sales.json"),
    "a million columns": (b",".join(b"c%d" % n for n in range(1_000_000)) + b"\n" + b"," * 999_999 + b"\n", "wide.csv"),
}


@pytest.mark.parametrize(("content", "name"), BAD.values(), ids=BAD.keys())
def test_what_cannot_be_read_is_refused_in_a_sentence_and_nothing_is_kept(
    client_of: ClientOf, marta: User, content: bytes, name: str
) -> None:
    response = send(client_of(marta), content, name)
    assert 400 == response.status_code
    assert response.context["form"].errors["file"][0].strip().endswith((".", "!"))
    assert (0, 0, []) == (Import.objects.count(), Source.objects.count(), kept())


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.binary(min_size=1, max_size=400), ending=st.sampled_from(["csv", "xlsx", "json", "xes", "parquet"]))
def test_whatever_arrives_the_answer_is_a_page(client_of: ClientOf, marta: User, content: bytes, ending: str) -> None:
    assert send(client_of(marta), content, f"file.{ending}").status_code in {302, 400}


def test_a_file_that_can_be_read_goes_on_to_its_columns(client_of: ClientOf, marta: User) -> None:
    response = send(client_of(marta), source="Botiga Girona")
    this = Import.objects.get()
    assert reverse("sources:import", args=[this.uid]) == response["Location"]
    assert ("sales.csv", "Botiga Girona", "Marta Vidal") == (this.name, this.source.label, this.author)
    assert GOOD == path_of(this).read_bytes()


def test_without_a_source_the_files_name_is_one(client_of: ClientOf, marta: User) -> None:
    send(client_of(marta), name="vendes maig.csv")
    assert "vendes-maig" == Import.objects.get().source.name


def test_a_kept_file_lies_in_a_folder_nobody_can_guess_and_only_we_may_read(client_of: ClientOf, marta: User) -> None:
    send(client_of(marta))
    this = Import.objects.get()
    assert str(this.uid) in path_of(this).parts
    assert 0o600 == path_of(this).stat().st_mode & 0o777


def test_a_kept_file_has_no_address(client_of: ClientOf, marta: User) -> None:
    send(client_of(marta))
    this = Import.objects.get()
    for path in (
        f"/files/{this.path}",
        f"/media/{this.path}",
        f"/imports/{this.uid}/sales.csv",
        f"/static/{this.path}",
    ):
        assert 404 == client_of(marta).get(path).status_code


NAMES = [
    "../../../etc/passwd",
    "..\\..\\windows\\system.ini",
    "/etc/cron.d/job",
    ".htaccess",
    "...",
    "a" * 300 + ".csv",
    "<script>alert(1)</script>.csv",
    "tab\tand\nline.csv",
    "nul\0.csv",
    "русский список.csv",
    "C:con.csv",
    "-rf *.csv",
    "a;b|c&d$(e)`f`.csv",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_can_do_no_harm(client_of: ClientOf, marta: User, name: str) -> None:
    client = client_of(marta)
    assert 302 == send(client, name=name).status_code
    this = Import.objects.get()
    files = (Home.at().files / "imports" / str(this.uid)).resolve()
    assert files == path_of(this).resolve().parent
    assert [path_of(this)] == kept()
    page = client.get(reverse("sources:imports")).content.decode()
    assert "<script>alert" not in page


@given(st.text(max_size=300))
def test_a_safe_name_is_only_a_name(name: str) -> None:
    safe = safe_name(name)
    assert Path(safe).name == safe
    assert 0 < len(safe.encode()) <= 4 * 130
    assert not safe.startswith(".")


@override_settings(UPLOAD_LIMIT=1000)
def test_a_file_beyond_the_limit_is_refused_before_it_is_read(client_of: ClientOf, marta: User) -> None:
    response = send(client_of(marta), GOOD * 4000)
    assert 413 == response.status_code
    assert "too large" in response.content.decode()
    assert (0, []) == (Import.objects.count(), kept())


def test_a_large_file_is_streamed_to_disk(client_of: ClientOf, marta: User) -> None:
    lines = b"".join(b"person%d@example.org,2026-05-03,Purchase\n" % n for n in range(70_000))
    assert 302 == send(client_of(marta), b"email,date,what\n" + lines).status_code
    assert len(lines) + 16 == Import.objects.get().size


def test_nothing_chosen_is_said_so(client_of: ClientOf, marta: User) -> None:
    assert "Choose a file first." in client_of(marta).post(reverse("sources:upload"), {}).content.decode()


def test_a_form_from_elsewhere_is_refused(marta: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(marta, backend="django.contrib.auth.backends.ModelBackend")
    assert 403 == send(client).status_code
    assert (0, []) == (Import.objects.count(), kept())


def test_who_may_not_bring_in_files_cannot_send_one(
    client_of: ClientOf, anna: User, ramon: User, outsider: User
) -> None:
    assert [403, 403, 403] == [send(client_of(user)).status_code for user in (anna, ramon, outsider)]
    assert (0, []) == (Import.objects.count(), kept())


def test_nobody_signed_in_is_shown_the_door(client: Client) -> None:
    assert send(client)["Location"].startswith("/account/login/")
    assert not Import.objects.exists()


def test_receiving_a_file_is_in_the_audit_log(client_of: ClientOf, marta: User) -> None:
    send(client_of(marta))
    assert "sales.csv" == AuditEntry.objects.get(action="import.received").summary


def test_the_sources_there_are_are_suggested(client_of: ClientOf, marta: User) -> None:
    client = client_of(marta)
    send(client, source="Botiga Girona")
    assert '<option value="Botiga Girona">' in client.get(reverse("sources:upload")).content.decode()


def test_the_example_can_be_brought_in(client_of: ClientOf, marta: User) -> None:
    client = client_of(marta)
    example = client.get(reverse("sources:import_sample"))
    assert example["Content-Disposition"].startswith("attachment")
    assert 302 == send(client, example.content, "example.csv").status_code


def test_a_file_thrown_away_leaves_nothing_behind(client_of: ClientOf, marta: User) -> None:
    client = client_of(marta)
    send(client)
    client.post(reverse("sources:import_forget", args=[Import.objects.get().uid]))
    assert (0, []) == (Import.objects.count(), kept())
