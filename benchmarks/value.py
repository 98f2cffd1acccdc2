"""What relationships are worth: fitting the models, against lifetimes; and from a file of transactions to predictions.

    python benchmarks/value.py [--people 100000 1000000 5000000] [--lifetimes PYTHON] [--cdnow FILE] [--only-whole]

lifetimes 0.11.3 (MIT, no part of Vincle) is measured where PYTHON is one that has it, and pyarrow: on the whole of
CDNOW, where it is found, calibrated until 1997-09-30, and on a million generated people, given up after ten minutes.
Both fit the same recency, frequency and tenure, each in a process of its own, CDNOW the best of three. Whose optimum is
better is told by our likelihood, at their parameters too. Prints a table and JSON.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from places import tell

HOUSE = Path(__file__).parents[1]
CDNOW = HOUSE.parent / "shared" / "data" / "cdnow" / "CDNOW_master.txt"
MODELS = ("bgnbd", "gammagamma", "paretonbd")
TRIES, PATIENCE = 3, 600  # seconds
WEEKS, DAY = 78, date(2023, 1, 1).toordinal() - date(1970, 1, 1).toordinal()

OURS = """
from vincle.engine.value.counts import Counts
from vincle.engine.value.bgnbd import BGNBD
from vincle.engine.value.paretonbd import PARETONBD
from vincle.engine.value.gammagamma import GAMMAGAMMA, Spending
from vincle.engine.value.fitting import maximise
import scipy.optimize, scipy.special
began = perf_counter()
if MODEL == "gammagamma":
    likelihood = GAMMAGAMMA.likelihood(Spending.of(table["frequency"], table["mean"]))
else:
    model = {"bgnbd": BGNBD, "paretonbd": PARETONBD}[MODEL]
    likelihood = model.likelihood(Counts.of(table["frequency"], table["recency"], table["tenure"]))
found = maximise(likelihood)
took = perf_counter() - began
assert found.converged
told = [found.loglik, list(found.params.values())]
if THEIRS:
    import numpy
    told.append(likelihood(numpy.log(numpy.array(THEIRS) / likelihood.units))[0] + likelihood.constant)
"""
LIFETIMES = """
import lifetimes
frame = table.to_pandas()
back = frame[(frame["frequency"] > 0) & (frame["mean"] > 0)]
began = perf_counter()
if MODEL == "gammagamma":
    found = lifetimes.GammaGammaFitter().fit(back["frequency"], back["mean"])
else:
    fitter = {"bgnbd": lifetimes.BetaGeoFitter, "paretonbd": lifetimes.ParetoNBDFitter}[MODEL]()
    found = fitter.fit(frame["frequency"], frame["recency"], frame["tenure"])
took = perf_counter() - began
told = [None, [float(value) for value in found.params_]]
"""
# As `vincle value predict` does it: the model is chosen on a holdout, then fitted again to all that is known.
WHOLE = """
import vincle.engine.value as value
from vincle.engine.value.terms import Terms
began = perf_counter()
with value.read(FILE, customer="customer", time="day", amount="amount") as log:
    read = perf_counter() - began
    found = value.value(log, Terms())
took = perf_counter() - began
worth = found.people.column("worth")
assert found.fitted.converged and worth.null_count == 0
told = [found.people.num_rows, read, found.used, found.totals["worth"].at / 10_000]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[100_000, 1_000_000, 5_000_000])
    parser.add_argument("--lifetimes", metavar="PYTHON", help="an interpreter that has lifetimes 0.11.3 and pyarrow")
    parser.add_argument("--cdnow", type=Path, default=CDNOW)
    parser.add_argument("--only-whole", action="store_true", help="from transactions to predictions, no single fits")
    given = parser.parse_args()
    fits, whole = [], []
    with tempfile.TemporaryDirectory() as folder:
        summaries = Path(folder) / "summaries.parquet"
        if given.cdnow.is_file() and not given.only_whole:
            columns = {"customer": "customer_id", "time": "date", "amount": "dollar_value"}
            summarised(given.cdnow, summaries, columns, date(1997, 9, 30))
            fits += [fitted("CDNOW", model, summaries, given.lifetimes, tries=TRIES) for model in MODELS]
        for people in given.people:
            file = Path(folder) / "transactions.parquet"
            rows = generated(file, people)
            whole.append({"people": f"{people:,}", "transactions": f"{rows:,}", **from_file(file)})
            if people == 1_000_000 and not given.only_whole:
                columns = {"customer": "customer", "time": "day", "amount": "amount"}
                summarised(file, summaries, columns, date(2024, 6, 28))
                fits += [fitted(f"{people:,}", model, summaries, given.lifetimes) for model in MODELS]
    if fits:
        tell("value_fits", fits)
    tell("value", whole)


def fitted(people: str, model: str, file: Path, lifetimes: str | None, *, tries: int = 1) -> dict[str, Any]:
    """One model by both, each as often."""
    theirs = None
    if lifetimes:
        theirs = measured(LIFETIMES, file, model=model, python=lifetimes, tries=tries)
    runs = measured(OURS, file, model=model, theirs=theirs["told"][1] if theirs else None, tries=tries)
    row = {
        "people": people,
        "model": model,
        "seconds": runs["seconds"],
        "peak_memory_mb": runs["peak_memory_mb"],
        "loglik": round(runs["told"][0], 3),
    }
    if theirs is None:
        return row | {"lifetimes_seconds": "failed" if lifetimes else "", "lifetimes_loglik": "", "times_faster": ""}
    return row | {
        "lifetimes_seconds": theirs["seconds"],
        "lifetimes_loglik": round(runs["told"][2], 3),
        "times_faster": round(theirs["seconds"] / runs["seconds"], 1),
    }


def from_file(file: Path) -> dict[str, Any]:
    run = measured(WHOLE, file, tries=1)
    if run is None:
        return {"seconds": "failed", "of_which_reading": "", "processor": "", "peak_memory_mb": "", "model": ""}
    _, read, used, _ = run["told"]
    return {
        "seconds": run["seconds"],
        "of_which_reading": round(read, 2),
        "processor": run["processor"],
        "peak_memory_mb": run["peak_memory_mb"],
        "model": used,
    }


def measured(
    code: str, file: Path, *, model: str = "", python: str = sys.executable, theirs: Any = None, tries: int = TRIES
) -> dict[str, Any] | None:
    """The best of some runs, each in a process of its own; None where one fails or takes too long."""
    before = f"from time import perf_counter\nFILE, MODEL, THEIRS = {str(file)!r}, {model!r}, {theirs!r}\n"
    if model:
        before += "import pyarrow.parquet\ntable = pyarrow.parquet.read_table(FILE)\n"
    after = "import json, resource\nused = resource.getrusage(resource.RUSAGE_SELF)\n"
    after += "print(json.dumps([took, used.ru_maxrss // 1024, used.ru_utime + used.ru_stime, told]))\n"
    runs = []
    for _ in range(tries):
        try:
            command = [python, "-W", "ignore", "-c", before + code + after]
            patience = PATIENCE if model else None
            done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=patience)
        except subprocess.TimeoutExpired:
            print(f"{model}: given up after {PATIENCE} s", file=sys.stderr)
            return None
        except subprocess.CalledProcessError as error:
            print(f"{model}: {error.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    took, peak, processor, told = min(runs)
    return {"seconds": round(took, 3), "peak_memory_mb": peak, "processor": round(processor, 1), "told": told}


def summarised(file: Path, to: Path, columns: dict[str, str], end: date) -> None:
    """What both fit: recency and tenure in weeks."""
    from vincle.engine import value

    with value.read(file, **columns) as log:
        known = value.summarise(log, unit="week", calibration_end=end)
    weeks = {name: known.in_units(known.column(name)) for name in ("recency", "tenure")}
    pq.write_table(pa.table({"frequency": known.column("frequency"), **weeks, "mean": known.column("mean")}), to)


def generated(file: Path, people: int) -> int:
    """People of BG/NBD who came for the first time in the first 26 of 78 weeks, some ten transactions each."""
    chance, rows = np.random.default_rng(1), 0
    schema = pa.schema([("customer", pa.int64()), ("day", pa.date32()), ("amount", pa.float64())])
    with pq.ParquetWriter(file, schema) as writer:
        for begin in range(0, people, 500_000):
            who = np.arange(begin, min(begin + 500_000, people))
            at = chance.random(len(who)) * 26
            rate, leave = chance.gamma(1.0, 1 / 3.5, len(who)), chance.beta(0.8, 6.0, len(who))
            usual = chance.gamma(6.0, 1.0, len(who)) / chance.gamma(4.0, 0.1, len(who))
            leave_now = np.zeros(len(who))  # nobody leaves at once
            while len(who):
                paid = np.round(usual * chance.gamma(6.0, 1 / 6.0, len(who)), 2)
                days = (DAY + np.floor(at * 7)).astype(np.int32)
                table = pa.table([pa.array(who), pa.array(days, pa.int32()).cast(pa.date32()), paid], schema=schema)
                writer.write_table(table)
                rows += len(who)
                at = at + chance.exponential(1 / rate)
                stays = (at < WEEKS) & (chance.random(len(who)) >= leave_now)
                who, at, rate, leave, usual = (of[stays] for of in (who, at, rate, leave, usual))
                leave_now = leave
    return rows


if __name__ == "__main__":
    main()
