"""A rule for a kind of interaction in a home of its own: by command, to the bytes of the database, files and mirror."""

from pathlib import Path

import pyarrow.parquet as pq

from homes import LiveHome, live_home, model_home

__all__ = ["live_home", "model_home"]

SECRET = "xantofilia-7731"
CALLS = f"""email,date,what,name,text
esclarmonda@example.org,2019-03-01,call,Esclarmonda Vilafranca,{SECRET} and much else
esclarmonda@example.org,2025-03-05,purchase,Esclarmonda Vilafranca,Bread
joan@example.org,2025-04-01,call,Joan Vila,Asks for bread
"""
OTHERS = """email,date,what,name
rosa@example.org,2025-03-01,purchase,Rosa Mas
"""

BRING_IN = """
from pathlib import Path
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.sources import facade as sources
from vincle.apps.today.facade import refresh_reading
from vincle.flow import mirror
from vincle.flow.append import Event, append
from vincle.flow.models import Interaction, Quarantined, Source
from vincle.kernel.clock import now
from vincle.kernel.home import Home
for name in ("calls.csv", "others.csv"):
    path = Path({folder!r}) / name
    this = sources.receive(path, actor=COMMAND_LINE, now=now(), source="shop", name=name, keep=True)
    sources.choose_mapping(this, toml=sources.understand(this).toml, actor=COMMAND_LINE, now=now())
    sources.run(this)
kind = Interaction.objects.order_by("occurred_at").first().kind.name
Quarantined.objects.create(
    source=Source.objects.get(name="shop"), message_id="q", kind=kind, reason="x", recorded_at=now(),
    payload={{"kind": kind, "occurred_at": "2019-03-02T10:00:00+00:00", "text": {secret!r}}},
)
mirror.refresh(Home(Path({home!r})))
refresh_reading(now=now())
print(kind)
"""


def on_disk(home: LiveHome) -> bytes:
    """The bytes of every file of the home; spreadsheets of columns are read."""
    found = b""
    for path in sorted(home.home.rglob("*")):
        if path.suffix == ".parquet":
            found += str([column.to_pylist() for column in pq.ParquetFile(path).read().columns]).encode()
        elif path.is_file():
            found += path.read_bytes()
    return found


def kept(home: LiveHome) -> set[str]:
    return {path.name for path in (home.home / "files").rglob("*") if path.is_file()}


def test_nothing_of_what_left_is_anywhere_and_the_rest_is(live_home: LiveHome, tmp_path: Path) -> None:
    for name, text in (("calls.csv", CALLS), ("others.csv", OTHERS)):
        (tmp_path / name).write_text(text, "utf-8")
    code = BRING_IN.format(folder=str(tmp_path), home=str(live_home.home), secret=SECRET)
    kind = live_home.python(code).strip()
    assert ({"calls.csv", "others.csv"}, True) == (kept(live_home), SECRET.encode() in on_disk(live_home))

    rule = live_home.ask("retention", "add", "--months", "36", "--kind", kind)["rule"]
    early = live_home.run("retention", "run", str(rule)).returncode
    seen = live_home.ask("retention", "preview", str(rule))
    done = live_home.ask("retention", "run", str(rule))

    assert (5, (1, 1, 1)) == (early, (seen["interactions"], seen["people"], seen["quarantined"]))
    assert (1, 1, "") == (done["found"], done["gone"], done["stopped"])
    assert ({"others.csv"}, False) == (kept(live_home), SECRET.encode() in on_disk(live_home))
    assert [(3, 0)] == live_home.sql(
        "SELECT (SELECT count(*) FROM flow_interaction), (SELECT count(*) FROM flow_quarantined)"
    )
    live = live_home.sql("SELECT text FROM flow_interaction WHERE text IS NOT NULL ORDER BY text")
    assert [("Asks for bread",), ("Bread",)] == [tuple(row) for row in live]
    people = sorted(found["name"] for found in live_home.ask("person", "find", "vila"))
    assert ["Esclarmonda Vilafranca", "Joan Vila"] == people
