"""Erasing in a home of its own: the files that brought somebody, the bytes, the command, and death in the middle."""

import json
import signal
import zipfile
from pathlib import Path

import pytest

from homes import LiveHome, live_home, model_home

__all__ = ["live_home", "model_home"]

ESCLARMONDA = "esclarmonda@example.org"
FIRST = f"""email,date,what,name,town
{ESCLARMONDA},2025-03-01,purchase,Esclarmonda Vilafranca,Girona
{ESCLARMONDA},2025-03-05,purchase,Esclarmonda Vilafranca,Girona
joan@example.org,2025-04-01,purchase,Joan Vila,Olot
"""
SECOND = """email,date,what,name
rosa@example.org,2025-03-01,purchase,Rosa Mas
joan@example.org,2025-04-02,visit,Joan Vila
"""
ROSA = "".join(f"rosa@example.org,2025-03-{day:02},purchase,Rosa Mas\n" for day in range(2, 22))
ONLY_REJECTED = f"""email,date,what,name
{ROSA}{ESCLARMONDA},2025-02-31,purchase,Esclarmonda Vilafranca
"""

KEEPING = """
from pathlib import Path
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.sources import facade as sources
from vincle.kernel.clock import now
import shutil, sys
for name in {names!r}:
    copy = Path({folder!r}) / f"sent-{{name}}"
    shutil.copy(Path({folder!r}) / name, copy)
    this = sources.receive(copy, actor=COMMAND_LINE, now=now(), source="shop", name=name, keep=True)
    sources.choose_mapping(this, toml=sources.understand(this).toml, actor=COMMAND_LINE, now=now())
    sources.run(this)
"""


@pytest.fixture
def home(live_home: LiveHome, tmp_path: Path) -> LiveHome:
    files = {"first.csv": FIRST, "second.csv": SECOND, "third.csv": ONLY_REJECTED}
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    live_home.python(KEEPING.format(names=list(files), folder=str(tmp_path)))
    return live_home


def uid_of(home: LiveHome, name: str) -> str:
    (found,) = home.ask("person", "find", name)
    return str(found["uid"])


def kept(home: LiveHome) -> set[str]:
    return {path.name for path in (home.home / "files").rglob("*") if path.is_file()}


def everything_on_disk(home: LiveHome) -> bytes:
    """The bytes of every file of the home; spreadsheets of columns are read."""
    import pyarrow.parquet as pq

    found = b""
    for path in sorted(home.home.rglob("*")):
        if path.suffix == ".parquet":
            table = pq.ParquetFile(path).read()
            found += str([column.to_pylist() for column in table.columns]).encode()
        elif path.is_file():
            found += path.read_bytes()
    return found


def test_the_certificate_and_what_is_left(home: LiveHome) -> None:
    assert {"first.csv", "second.csv", "third.csv", "rejected.csv"} == kept(home)
    home.ask("replay")
    uid = uid_of(home, "vilafranca")
    before = home.ask("person", "show", uid_of(home, "joan"))
    assert b"vilafranca" in everything_on_disk(home).lower()

    certificate = home.ask("erase", uid)

    assert (uid, [uid], True, 2) == (
        certificate["uid"], certificate["uids"], certificate["verified"], certificate["removed"]["interactions"],
    )  # fmt: skip
    assert certificate["finished_at"]
    assert {"first.csv", "third.csv", "rejected.csv"} == {Path(path).name for path in certificate["files_removed"]}
    assert {"second.csv"} == kept(home)
    assert {"values": 1, "too_short": 0} == certificate["checked"]
    left = everything_on_disk(home).lower()
    if not home.database_url:
        assert b"joan vila" in left
        assert b"rosa@example.org" in left
    assert b"vilafranca" not in left
    assert b"esclarmonda" not in left
    assert before == home.ask("person", "show", uid_of(home, "joan"))
    assert certificate == home.ask("erase", uid)
    assert 3 == home.run("person", "show", uid).returncode
    assert "erased on" in home.run("person", "show", uid).stderr


def test_imports_say_that_their_files_were_removed(home: LiveHome) -> None:
    home.ask("erase", uid_of(home, "vilafranca"))
    notes = home.python(
        "from vincle.apps.sources.models import Import\n"
        "for this in Import.objects.order_by('pk'): print(this.name, [*this.notes, ''][0], this.findings)"
    ).splitlines()
    assert ["first.csv", "second.csv", "third.csv"] == [line.split(" ")[0] for line in notes]
    assert [True, False, True] == ["has been erased" in line for line in notes]
    assert "vilafranca" not in str(notes).lower()
    again = home.python(
        "from vincle.apps.sources import actions\n"
        "from vincle.apps.accounts.facade import COMMAND_LINE\n"
        "from vincle.apps.sources.models import Import\n"
        "from vincle.kernel.clock import now\n"
        "from vincle.kernel.errors import NotFound\n"
        "try:\n    actions.again(Import.objects.get(name='first.csv'), actor=COMMAND_LINE, now=now())\n"
        "except NotFound as error: print(error)"
    )
    assert "no longer where it was" in again


def test_a_file_brought_in_again_brings_them_in_as_somebody_new(home: LiveHome, tmp_path: Path) -> None:
    uid = uid_of(home, "vilafranca")
    home.ask("erase", uid)
    assert 2 == home.ask("import", str(tmp_path / "first.csv"), "--source", "shop")["new"]
    assert uid != uid_of(home, "vilafranca")


def test_backups_and_files_elsewhere_are_named(home: LiveHome, tmp_path: Path) -> None:
    home.ask("import", str(tmp_path / "first.csv"), "--source", "club")
    saved = Path(home.ask("backup")["file"])
    certificate = home.ask("erase", uid_of(home, "vilafranca"))
    where = {each["what"]: each["where"] for each in certificate["remains"]}
    assert ([saved.name], [str(tmp_path / "first.csv")]) == (where["backups"], where["elsewhere"])


def test_nobody_is_erased_while_a_file_is_being_brought_in(home: LiveHome) -> None:
    uid = uid_of(home, "vilafranca")
    said = home.python(
        "from vincle.apps.sources.models import Import\n"
        "from vincle.apps.sources.importing.lock import only_run\n"
        "import subprocess, sys\n"
        "this = Import.objects.get(name='second.csv')\n"
        "Import.objects.filter(pk=this.pk).update(state='running')\n"
        "with only_run(this):\n"
        f"    done = subprocess.run([sys.executable, '-m', 'vincle', 'erase', {uid!r}, '--home', {str(home.home)!r}],\n"
        "        capture_output=True, text=True)\n"
        "    print(done.returncode, done.stderr)"
    )
    assert said.startswith("5 ")
    assert "second.csv" in said
    # Whoever was killed in the middle of an import holds up nobody.
    assert home.ask("erase", uid)["removed"]["interactions"]


def test_the_zip_by_the_command(home: LiveHome, tmp_path: Path) -> None:
    uid, out = uid_of(home, "vilafranca"), tmp_path / "all.zip"
    said = home.ask("access-export", uid, "--out", str(out), "--language", "ca")
    assert (uid, 2, out.stat().st_size) == (said["uid"], said["interactions"], said["bytes"])
    with zipfile.ZipFile(out) as archive:
        assert 'lang="ca"' in archive.read("person.html").decode()
        assert 2 == len(json.loads(archive.read("person.json"))["interactions"])
        assert b"Vilafranca" in archive.read("README.txt")
    assert 0o600 == out.stat().st_mode & 0o777
    assert [] == list((home.home / "staging").glob("tmp*"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("erase", "01a20096-1a13-77a6-aa31-ee5d96f2cbfd"), 3),
        (("erase", "roca"), 2),
        (("access-export", "01a20096-1a13-77a6-aa31-ee5d96f2cbfd", "--out", "x.zip"), 3),
    ],
)
def test_what_cannot_be_done(live_home: LiveHome, words: tuple[str, ...], code: int) -> None:
    done = live_home.run(*words)
    assert code == done.returncode
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_and_a_language_that_is_not_here(home: LiveHome, tmp_path: Path) -> None:
    uid = uid_of(home, "vilafranca")
    nowhere = home.run("access-export", uid, "--out", str(tmp_path / "no" / "all.zip"))
    strange = home.run("access-export", uid, "--out", str(tmp_path / "all.zip"), "--language", "xx")
    assert (2, 2) == (nowhere.returncode, strange.returncode)
    assert [] == list(tmp_path.glob("*all.zip*"))


# Erasures, each of which kills itself before or after a later step that reaches the disk, and is asked for again. What
# happens happens in processes of their own, children of one that has loaded everything and done nothing.
DEATHS = """
import json, os, signal, shutil, sys
from pathlib import Path
from django.db import connections
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.sources import facade as sources
from vincle.apps.people import facade
from vincle.apps.people.privacy import erasing
from vincle.apps.today.facade import refresh_reading
from vincle.flow import mirror
from vincle.flow.append import forget
from vincle.flow.erasure import finishing
from vincle.flow.models import Interaction, Person
from vincle.kernel.clock import now
from vincle.kernel.home import Home
connections.close_all()

STEPS = (
    (forget, "_leave"), (forget, "project_people"), (forget, "_bury"), (erasing, "forget_imports"),
    (erasing, "without_names"), (erasing, "forget"), (erasing, "remove_files"), (finishing.mirror, "refresh"),
    (finishing, "_empty_the_log"), (finishing, "look"),
)

def in_a_child(work, *given):
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(theirs, json.dumps(work(*given)).encode())
        os._exit(0)
    os.close(theirs)
    with open(ours) as said:
        told = said.read()
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code, json.loads(told) if code == 0 else None

def doomed(function, left):
    def counted(*args, **kwargs):
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        done = function(*args, **kwargs)
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return counted

def her():
    return Person.objects.get(name__icontains="vilafranca")

def dying(step):
    left = [step]
    for module, name in STEPS:
        setattr(module, name, doomed(getattr(module, name), left))
    facade.erase(her(), actor=COMMAND_LINE, now=now())

def mirrored():
    mirror.refresh(Home(Path(HOME)))
    refresh_reading(now=now())
    return str(her().uid)

def again():
    exec(KEEPING, globals())
    return mirrored()

_, uid = in_a_child(mirrored)
step, code = 1, -signal.SIGKILL
while code:
    code, _ = in_a_child(dying, step)
    _, left = in_a_child(Interaction.objects.count)
    print(json.dumps([code, uid, left]), flush=True)
    sys.stdin.readline()
    _, uid = in_a_child(again)
    step += 3
"""


@pytest.mark.faults
def test_killed_at_every_step_it_is_all_or_nothing_and_the_next_try_finishes(home: LiveHome, tmp_path: Path) -> None:
    whole = home.sql("SELECT count(*) FROM flow_interaction")[0][0]
    keeping = KEEPING.format(names=["first.csv"], folder=str(tmp_path))
    alive = []
    with home.talk(DEATHS.replace("HOME", repr(str(home.home))).replace("KEEPING", repr(keeping))) as deaths:
        for line in deaths.stdout:
            code, uid, left = json.loads(line)
            assert code in {0, -signal.SIGKILL}
            assert left in {whole, whole - 2}
            alive.append(left == whole)
            certificate = home.ask("erase", uid)
            assert certificate["finished_at"]
            assert whole - 2 == home.sql("SELECT count(*) FROM flow_interaction")[0][0]
            disk = everything_on_disk(home).lower()
            assert b"vilafranca" not in disk
            assert b"esclarmonda" not in disk
            assert alive[-1] == certificate["verified"] or code == 0
            print("go on", file=deaths.stdin, flush=True)
    assert (0, {True, False}) == (deaths.returncode, set(alive))
    assert 6 < len(alive)


LONG = """
import io, resource
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.people.privacy import giving
from vincle.flow.models import Person
from vincle.kernel.clock import now

def used():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return int(line.split()[1]) // 1024

def give(name):
    person = Person.objects.get(name=name)
    with open("/dev/null", "r+b") as nowhere:
        nowhere.seekable = lambda: False
    return giving.write_file(person, Path({out!r}), actor=COMMAND_LINE, now=now())

from pathlib import Path
give("Short")
before = used()
print(give("Long"), used() - before)
"""


@pytest.mark.faults
def test_a_long_story_needs_no_more_memory(live_home: LiveHome, tmp_path: Path) -> None:
    rows = ["email,date,what,name,shop,comment", "short@example.org,2025-01-01,visit,Short,Girona,"]
    rows += [
        f"long@example.org,2025-{1 + number % 12:02}-{1 + number % 28:02} {number % 24:02}:{number % 60:02},purchase,"
        f"Long,Girona,Comment number {number} of many"
        for number in range(100_000)
    ]
    (tmp_path / "long.csv").write_text("\n".join(rows), "utf-8")
    entered = live_home.ask("import", str(tmp_path / "long.csv"), "--source", "shop")["new"]
    count, more = live_home.python(LONG.format(out=str(tmp_path / "all.zip")), seconds=300).split()
    assert entered - 1 == int(count) > 10_000
    assert int(more) < 100
