"""`vincle value` on the log of a home: a wholesaler's invoices, whose lines are quantity times price."""

import csv
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import warm
from homes import LiveHome, live_home, model_home

__all__ = ["live_home", "model_home"]

DATA = Path(__file__).parents[2].parent / "shared" / "data" / "online_retail"
BOTH = ("online_retail_II_2009-2010_full.parquet", "online_retail_2010-2011_reassembled.parquet")

MAPPING = """source = "online_retail"
timezone = "Europe/London"

[[who]]
column = "Customer ID"
namespace = "customer_id"

[when]
column = "InvoiceDate"

[what]
kind = "order.placed"
returned = "order.returned"

[amount]
column = "Price"
currency = "GBP"
quantity_column = "Quantity"

[attributes]
country = "Country"

[[objects]]
type = "order"
column = "Invoice"

[[objects]]
type = "product"
column = "StockCode"
label_column = "Description"
quantity_column = "Quantity"
"""
AS_THE_FIRST = """
    SELECT InvoiceNo AS "Invoice", StockCode, Description, Quantity, InvoiceDate, UnitPrice AS "Price",
           CustomerID AS "Customer ID", Country FROM read_parquet('{}')
"""
# Both years from the files, the days that stand in both once: gross, given back, net, customers, exact decimals.
FROM_THE_FILES = """
    WITH lines AS (
        SELECT "Customer ID" AS customer, CAST(Price AS DECIMAL(18, 8)) * Quantity AS paid FROM read_parquet('{}')
        UNION ALL
        SELECT CustomerID, CAST(UnitPrice AS DECIMAL(18, 8)) * Quantity FROM read_parquet('{}')
        WHERE InvoiceDate >= '2010-12-10'
    )
    SELECT sum(paid) FILTER (paid > 0), sum(paid) FILTER (paid < 0), sum(paid), count(DISTINCT customer)
    FROM lines WHERE customer IS NOT NULL
"""
SUMS = (Decimal("17431533.178"), Decimal("-1087882.14"), Decimal("16343651.038"), 5942)

# What such files hold: lines of one invoice, credit notes, gifts, a slip corrected at once, what is of no customer.
INVOICES = """Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country
489434,85048,CHRISTMAS GLASS BALL,12,2009-12-01 07:45:00,6.95,13085,United Kingdom
489434,79323P,PINK CHERRY LIGHTS,12,2009-12-01 07:45:00,6.75,13085,United Kingdom
489434,POST,POSTAGE,1,2009-12-01 07:45:00,18.001,13085,United Kingdom
C489449,85048,CHRISTMAS GLASS BALL,-2,2009-12-05 10:33:00,6.95,13085,United Kingdom
490100,21706,FOLDING UMBRELLA,1,2010-01-20 10:00:00,4.95,13085,United Kingdom
489825,22076,A GIFT,12,2009-12-02 13:34:00,0.0,16126,France
581483,23843,PAPER CRAFT,80995,2010-01-09 09:15:00,2.08,16446,United Kingdom
C581484,23843,PAPER CRAFT,-80995,2010-01-09 09:27:00,2.08,16446,United Kingdom
553573,22980,PANTRY BRUSH,2,2010-01-05 09:52:00,1.65,16446,United Kingdom
C490200,22980,PANTRY BRUSH,-1,2009-12-03 09:00:00,9.99,12346,United Kingdom
A506401,B,Adjust bad debt,1,2010-01-10 13:36:00,-53594.36,,United Kingdom
490300,22423,CAKESTAND,10,2010-01-11 13:36:00,12.75,,United Kingdom
"""


def people_of(path: Path) -> dict[str, dict[str, str]]:
    return {row["customer"]: row for row in csv.DictReader(path.open("r", encoding="utf-8"))}


def customers(home: LiveHome) -> dict[str, str]:
    """The customer's number of each address."""
    listed = json.loads(home.python(
        "import json\nfrom vincle.flow.models import Identity, Person\n"
        "uids = dict(Person.objects.values_list('id', 'uid'))\n"
        "print(json.dumps({str(uids[i.person_id]): i.value for i in Identity.objects.all()}))"
    ))  # fmt: skip
    return dict(listed)


def test_lines_of_invoices_come_out_as_what_customers_paid(live_home: LiveHome, tmp_path: Path) -> None:
    (tmp_path / "invoices.csv").write_text(INVOICES, "utf-8")
    taken = live_home.ask("import", str(tmp_path / "invoices.csv"), "--source", "shop")
    assert (12, 10, 2) == (taken["read"], taken["new"], taken["rejected"])
    found = live_home.ask("value", "rfm", "--out", str(tmp_path / "people.csv"))
    assert ("2010-01-20", 3, "176.7510", {}) == tuple(found[key] for key in ("on", "people", "money", "rows_left_out"))
    names, people = customers(live_home), people_of(tmp_path / "people.csv")
    # Of the invoice 12 x 6.95 + 12 x 6.75 + 18.001, less the credit note of 2 x 6.95; then an umbrella.
    assert {"13085": ("2", "173.4510"), "16126": ("1", "0.0000"), "16446": ("1", "3.3000")} == {
        names[uid]: (row["times"], row["money"]) for uid, row in people.items()
    }
    bridge = live_home.ask("value", "bridge", "--from", "2009-12-04", "--to", "2010-01-31")
    assert Decimal(bridge["closing"]) == Decimal("176.7510") - Decimal("9.99")
    # What is below nought is a return, and counts unless only purchases are asked for.
    placed, returned = ("--kind", "order.placed"), ("--kind", "order.returned")
    assert found["money"] == live_home.ask("value", "rfm", *placed, *returned)["money"]
    assert "168660.2510" == live_home.ask("value", "rfm", *placed)["money"]
    (tmp_path / "rates.csv").write_text("day,currency,rate\n2009-11-30,EUR,1.5\n", "utf-8")
    dollars = live_home.ask("value", "rfm", "--currency", "USD", "--rates", str(tmp_path / "rates.csv"))
    assert ("USD", "265.1265") == (dollars["currency"], dollars["money"])
    told = live_home.run("value", "rfm", "--currency", "USD")
    assert (2, "Nobody has paid anything in USD yet.\n") == (told.returncode, told.stderr)


@pytest.mark.long
@pytest.mark.once
@pytest.mark.timeout(1_800)
@pytest.mark.skipif(not DATA.is_dir(), reason="Online Retail II (../shared/data) is not here")
def test_two_years_of_a_wholesaler(live_home: LiveHome, tmp_path: Path) -> None:
    first, second = (DATA / name for name in BOTH)
    (tmp_path / "lines.toml").write_text(MAPPING, "utf-8")
    # The second file calls its columns otherwise; so called, what stands in both files enters once.
    duckdb.sql(AS_THE_FIRST.format(second)).write_parquet(str(tmp_path / "second.parquet"))
    taken = [brought_in(live_home, path, tmp_path / "lines.toml") for path in (first, tmp_path / "second.parquet")]
    assert [(525_461, 417_534, 0, 107_927), (541_909, 392_026, 14_803, 135_080)] == [
        tuple(each[key] for key in ("read", "new", "known", "rejected")) for each in taken
    ]
    pounds = ("--currency", "GBP")
    found = live_home.ask("value", "rfm", *pounds, "--out", str(tmp_path / "people.csv"))
    # What is given back before any purchase, or beyond the last, is left out; of 92 customers nothing is left.
    assert (5_850, 32_594, "16517658.4580", []) == tuple(found[key] for key in ("people", "times", "money", "flagged"))
    assert duckdb.sql(FROM_THE_FILES.format(first, second)).fetchall() == [SUMS]
    assert in_the_log(live_home) == SUMS
    people = people_of(tmp_path / "people.csv")
    by_number = {number: people.get(uid, {}) for uid, number in customers(live_home).items()}
    # 80,995 pieces of paper craft were bought and given back within twelve minutes.
    assert ("1", "2.9000") == (by_number["16446"]["times"], by_number["16446"]["money"])
    bridge = live_home.ask("value", "bridge", *pounds, "--from", "2010-11-30", "--to", "2011-11-30", "--by", "month")
    ends = [Decimal(bridge[part]) for part in ("opening", "new", "kept", "recovered", "lost", "closing")]
    assert ends[5] == ends[0] + ends[1] + ends[2] + ends[3] - ends[4]
    assert paid_in_a_year(first, second, "2010-11-30") == ends[0]
    assert paid_in_a_year(first, second, "2011-11-30") == ends[5]
    assert 12 == len(bridge["steps"])
    model = live_home.ask("value", "fit", *pounds, "--calibration-end", "2011-06-30", "--model", "bgnbd")
    assert model["converged"]
    assert abs(model["holdout"]["total_error"]) < 0.1
    ahead = live_home.ask("value", "predict", *pounds, "--horizon", "182", "--margin", "0.3")
    assert (5_942, "GBP") == (ahead["people"], ahead["currency"])
    assert 0 < ahead["worth"]["at"] < 0.3 * 8_300_000


def brought_in(home: LiveHome, path: Path, mapping: Path) -> dict[str, Any]:
    """What an import of half a million rows says, which takes its time."""
    words = ["import", str(path), "--map", str(mapping), "--home", str(home.home), "--json"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VINCLE_")}
    done = warm.command(words, env=clean, seconds=600)
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout.splitlines()[-1]))


def in_the_log(home: LiveHome) -> tuple[Decimal, Decimal, Decimal, int]:
    """Gross, given back, net and customers, as the engine reads them."""
    told = json.loads(home.python(
        "import json, vincle.engine as ve\n"
        f"with ve.open({str(home.home)!r}) as log:\n"
        "    row = log.sql('SELECT sum(amount) FILTER (amount > 0), sum(amount) FILTER (amount < 0), sum(amount), "
        "count(DISTINCT person) FROM events').fetchall()[0]\n"
        "print(json.dumps([str(value) for value in row]))"
    ))  # fmt: skip
    gross, returned, net, people = told
    return Decimal(gross), Decimal(returned), Decimal(net), int(people)


def paid_in_a_year(first: Path, second: Path, day: str) -> Decimal:
    """What customers paid, less what they were given back, in the 365 days until a day, from the files."""
    within = FROM_THE_FILES.replace("AS paid FROM read_parquet('{}')", "AS paid FROM read_parquet('{}') WHERE {during}")
    during = f"CAST(InvoiceDate AS DATE) BETWEEN DATE '{day}' - 364 AND DATE '{day}'"
    within = within.replace("WHERE InvoiceDate >= '2010-12-10'", "WHERE InvoiceDate >= '2010-12-10' AND {during}")
    (_gross, _back, net, _people) = duckdb.sql(within.format(first, second, during=during)).fetchall()[0]
    return Decimal(net)
