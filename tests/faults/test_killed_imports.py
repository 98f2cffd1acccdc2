"""An import that is killed fifty times, at moments nobody chose, and run again: nothing lost, nothing twice."""

from pathlib import Path

import pytest

from faults.files import orders
from homes import LiveHome

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]

ROWS = 12_000
KILLS = 50

# One process that has everything imported makes children that do the import; killing a child costs no start-up.
KILLING = """
import os, random, signal, time
import duckdb, pyarrow, adbc_driver_sqlite
from pathlib import Path
from django.db import connection, connections
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.sources import facade as sources
from vincle.kernel.clock import now

random.seed({seed})

def bring_in():
    this = sources.receive(Path({file!r}), actor=COMMAND_LINE, now=now(), source="shop")
    if not this.mapping:
        toml = sources.understand(this, date_order="dmy").toml
        sources.choose_mapping(this, toml=toml, actor=COMMAND_LINE, now=now())
    sources.run(this)

def child():
    number = os.fork()
    if number:
        return number
    connections.close_all()
    status = 1
    try:
        bring_in()
        status = 0
    finally:
        os._exit(status)

killed = ended = 0
lasted = 1.0
while killed < {kills}:
    began = time.monotonic()
    number = child()
    time.sleep(random.uniform(0, lasted))
    os.kill(number, signal.SIGKILL)
    _, status = os.waitpid(number, 0)
    if os.WIFSIGNALED(status):
        killed += 1
        lasted = min(lasted * 1.3, 4.0)
    else:
        assert os.WEXITSTATUS(status) == 0, status
        ended += 1
        lasted = max(0.2, lasted * 0.6)
        this = sources.import_by_uid(sources.list_imports(1)[0]["id"])
        sources.take_back(this, actor=COMMAND_LINE, now=now())
        connections.close_all()
        if ended > 200:
            raise SystemExit("the import ends before it can be killed")
print(killed)
"""


def test_nothing_is_lost_and_nothing_is_twice(live_home: LiveHome, tmp_path: Path):
    file = orders(tmp_path / "orders.csv", rows=ROWS)
    code = KILLING.format(seed=20261121, file=str(file), kills=KILLS)
    assert str(KILLS) == live_home.python(code, seconds=600, VINCLE_CHUNK_ROWS="1000").splitlines()[-1]
    done = live_home.ask("import", str(file), "--source", "shop", "--day-first")
    assert (ROWS, 0, "done") == (done["new"] + done["known"], done["rejected"], done["state"])
    status = live_home.ask("status")
    assert (ROWS, 300) == (status["interactions"], status["people"])
    assert [ROWS, ROWS, ROWS] == three_counts(live_home)
    again = live_home.ask("import", str(file), "--source", "shop", "--day-first")
    assert (0, ROWS) == (again["new"], again["known"])
    grown = projections(live_home)
    assert live_home.run("replay").returncode == 0
    assert grown == projections(live_home)


def three_counts(live_home: LiveHome) -> list[int]:
    """Different messages, the people's sum, and the mirror's rows."""
    said = live_home.python(
        "from django.db.models import Sum\n"
        "from vincle.flow.models import Interaction, Person\n"
        "import vincle.engine as ve\n"
        f"log = ve.open({str(live_home.home)!r})\n"
        "print(Interaction.objects.values('message_id').distinct().count(),"
        " Person.objects.aggregate(n=Sum('interactions'))['n'],"
        " log.sql('SELECT count(*) FROM events').fetchall()[0][0])"
    )
    return [int(number) for number in said.split()]


def projections(live_home: LiveHome) -> str:
    """What follows from the log, as text."""
    return live_home.python(
        "from vincle.flow.models import Identity, Person\n"
        "print(list(Person.objects.order_by('id').values_list('id', 'name', 'first_at', 'last_at', 'interactions',"
        " 'amount')), list(Identity.objects.order_by('id').values_list('id', 'person_id', 'interactions')))"
    )
