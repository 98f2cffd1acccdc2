"""kill -9 at any step of a copy: afterwards nothing is missing and nothing is twice."""

import os
import signal
import subprocess
import sys

import pytest

from flow.mirror.operational import Operational
from flow.mirror.reading import mirrored, numbers
from vincle.flow.mirror import refresh

# A copy that kills itself before or after its n-th step that reaches the disk.
DOOMED = """
import os, signal, sys
from pathlib import Path
from vincle.flow.mirror import copying, tables
from vincle.kernel.home import Home

left = int(sys.argv[2])

def doomed(step):
    def counted(*args, **kwargs):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        done = step(*args, **kwargs)
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return counted

for name in ("append", "delete", "purge", "compact"):
    setattr(tables.MirrorTable, name, doomed(getattr(tables.MirrorTable, name)))
copying.publish = doomed(copying.publish)
copying.copy(Home(Path(sys.argv[1])))
"""


def dies_at(database: Operational, step: int) -> bool:
    """Start a copy that is killed at `step`; False when it was over before."""
    command = [sys.executable, "-c", DOOMED, str(database.home.path), str(step)]
    code = subprocess.run(command, check=False, env=os.environ, timeout=120).returncode
    assert code in {0, -signal.SIGKILL}
    return code != 0


@pytest.mark.faults
def test_killed_at_every_step_a_copy_is_completed_by_the_next(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    tea = database.thing("tea")
    expected = []
    step = 1
    dead = True
    while dead:
        number = database.interaction(anna, f"kept {step}")
        database.about(number, tea)
        expected.append(number)
        gone = database.identity(f"{step}@example.org")
        database.interaction(gone, f"gone {step}")
        if step % 3:
            refresh(database.home)
        database.erase_identity(gone)
        dead = dies_at(database, step)
        refresh(database.home)
        assert expected == numbers(database.home)
        assert expected == numbers(database.home, "interaction_things")
        assert [anna] == numbers(database.home, "identities")
        assert [tea] == [row["id"] for row in mirrored(database.home, "things")]
        step += 7 if step > 8 else 3
    assert step > 30


def test_two_copies_at_once_wait_for_each_other(database: Operational) -> None:
    anna = database.identity("anna@example.org")
    expected = [database.interaction(anna, f"m{number}") for number in range(200)]
    command = [sys.executable, "-m", "vincle.flow.mirror.run", str(database.home.path)]
    copies = [subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE) for _ in range(3)]
    assert [0, 0, 0] == [copy.wait(timeout=120) for copy in copies]
    for copy in copies:
        copy.communicate()
    assert expected == numbers(database.home)


def test_a_copy_sees_the_log_of_one_moment_while_somebody_writes(database: Operational) -> None:
    anna, tea = database.identity("anna@example.org"), database.thing("tea")
    command = [sys.executable, "-m", "vincle.flow.mirror.run", str(database.home.path)]
    written = []
    writer = database.connect(autocommit=False)
    copy = subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE)
    while copy.poll() is None:
        number = database.interaction(anna, f"m{len(written)}", on=writer)
        database.about(number, tea, on=writer)
        writer.commit()
        written.append(number)
    copy.communicate()
    writer.close()
    refresh(database.home)
    assert written == numbers(database.home)
    assert written == numbers(database.home, "interaction_things")
