"""A client that people use, vdirsyncer, against a running server: it finds the book and keeps a folder like it."""

import subprocess
import sys
from pathlib import Path

import pytest

from addressbook.asking import Device, two_people
from cast_of import somebody
from people.telling import happened, tell

pytestmark = pytest.mark.django_db(transaction=True)

SETTINGS = """
[general]
status_path = "{folder}/status"
[pair people]
a = "vincle"
b = "folder"
collections = ["from a"]
conflict_resolution = "a wins"
[storage vincle]
type = "carddav"
url = "{url}"
username = "anna@example.org"
password = "{password}"
read_only = true
[storage folder]
type = "filesystem"
path = "{folder}/cards"
fileext = ".vcf"
"""


def test_a_folder_is_kept_like_the_book(live_server, tmp_path: Path) -> None:
    two_people()
    password = Device(somebody("anna")).password
    settings = tmp_path / "settings"
    settings.write_text(SETTINGS.format(folder=tmp_path, url=live_server.url, password=password), "utf-8")

    def run(*words: str, said: str = "") -> None:
        command = [sys.executable, "-m", "vdirsyncer", "-c", str(settings), *words]
        done = subprocess.run(command, input=said, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr

    def names() -> set[str]:
        cards = (tmp_path / "cards").rglob("*.vcf")
        return {line for card in cards for line in card.read_text("utf-8").splitlines() if line.startswith("FN:")}

    run("discover", said="y\ny\n")
    run("sync")
    assert {"FN:Mercè Roca", "FN:Joan Serra"} == names()
    tell(happened("C1", "2026-06-02 10:00", name="Mercè Roca Puig"))
    run("sync")
    assert {"FN:Mercè Roca Puig", "FN:Joan Serra"} == names()
