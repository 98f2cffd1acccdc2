"""Finding duplicates: quality on the Febrl sets of known ones; time, memory and quality on generated people.

    python benchmarks/duplicates.py [--people 1000000] [--febrl ../shared/data/febrl] [--only febrl]

Febrl's datasets 1-3 (P. Christen) are read where they are found, else left out, saying so. The generated people have
names, towns and streets with the long tail of real ones, households that share an address and a phone, and a tenth of
duplicates with the errors of real forms. One model and one threshold (0.5) for all. Prints a table and JSON.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from places import tell

HOUSE = Path(__file__).parents[1]
SETS = ("dataset1", "dataset2", "dataset3")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--febrl", type=Path, default=HOUSE.parent / "shared" / "data" / "febrl")
    parser.add_argument("--only", choices=["febrl", "generated"])
    given = parser.parse_args()
    results = []
    if given.only != "generated":
        results += of_febrl(given.febrl)
    if given.only != "febrl":
        results.append(of_generated(given.people))
    tell("duplicates", results)


def of_febrl(folder: Path) -> list[dict[str, Any]]:
    """Each dataset there is; records of one person have one number: rec-7-org, rec-7-dup-0."""
    found = []
    for name in SETS:
        file = folder / f"{name}.csv"
        if not file.is_file():
            print(f"{name}: left out, there is no {file}", file=sys.stderr)
            continue
        found.append({"people": name, **measured(file, "rec_id", "split_part({id}, '-', 2)")})
    return found


def of_generated(people: int) -> dict[str, Any]:
    """A CSV with the number of the person in each id: 17-0 is the first row of person 17."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "people.csv"
        generate(file, people)
        return {"people": f"{people:,}", **measured(file, "id", "split_part({id}, '-', 1)")}


def measured(file: Path, name: str, whose: str) -> dict[str, Any]:
    """Run the command in a process of its own; seconds, peak memory, and precision and recall of its pairs."""
    command = [sys.executable, "-m", "vincle", "duplicates", "find", str(file), "--id", name, "--json"]
    before = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    took = time.perf_counter() - before
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "seconds": round(took, 1),
        "peak_memory_mb": round(peak),
        **quality(file, name, whose, json.loads(done.stdout)),
    }


def quality(file: Path, name: str, whose: str, pairs: list[list[Any]]) -> dict[str, Any]:
    """Pairwise: `whose` is SQL that makes of an id the person it belongs to."""
    import duckdb
    import pyarrow as pa

    a, b = ([pair[place] for pair in pairs] for place in (0, 1))
    with duckdb.connect() as duck:
        duck.register("found", pa.table({"a": pa.array(a, pa.string()), "b": pa.array(b, pa.string())}))
        [(right,)] = duck.execute(
            f"SELECT count(*) FROM found WHERE {whose.format(id='a')} = {whose.format(id='b')}"
        ).fetchall()
        [(true,)] = duck.execute(
            f"SELECT sum(n * (n - 1) // 2)::BIGINT FROM (SELECT count(*) AS n "
            f"FROM read_csv('{file}', all_varchar = true, normalize_names = true) GROUP BY {whose.format(id=name)})"
        ).fetchall()
    precision, recall = right / max(len(pairs), 1), right / max(true, 1)
    return {
        "pairs": len(pairs),
        "true_pairs": true,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4),
    }


_MACROS = (
    "chance(n, salt) AS hash(concat(n, '/', salt)) / 18446744073709551616.0",
    "pick(list, n, salt) AS list[1 + floor(chance(n, salt) * len(list))::INT]",
    # Rank r with a frequency like 1 / (r + 8): the first has two to three in a hundred, as García or Smith do.
    "rank(count, n, salt) AS floor(9 * pow((count + 8) / 9.0, chance(n, salt)) - 8)::BIGINT",
    """syllable(n) AS ['ma', 'ro', 'ca', 'ti', 'ber', 'lo', 'nez', 'gar', 'pu', 'jol', 'san', 'vi', 'fer', 'ran', 'del',
    'mon', 'te', 'ri', 'bas', 'cor', 'du', 'lin', 'mar', 'ne', 'pol', 'que', 'ra', 'so', 'tor', 'us', 'val', 'za'][
    1 + (n % 32)::INT]""",
    """made(n, salt) AS syllable(hash(concat(n, salt, 1))) || syllable(hash(concat(n, salt, 2)))
    || CASE WHEN n % 3 = 0 THEN '' ELSE syllable(hash(concat(n, salt, 3))) END""",
    # One slip of the keyboard somewhere in the word: a letter swapped, left out, put in, or another one.
    """slip(t, n, salt) AS CASE WHEN length(t) < 3 THEN t
    ELSE slipped(t, 2 + floor(chance(n, salt) * (length(t) - 2))::INT, floor(chance(n, salt || 'how') * 4)::INT,
                 chr(97 + floor(chance(n, salt || 'letter') * 26)::INT)) END""",
)
_SLIPPED = (
    "slipped(t, i, how, c) AS CASE how WHEN 0 THEN left(t, i - 1) || t[i + 1] || t[i] || substr(t, i + 2) "
    "WHEN 1 THEN left(t, i - 1) || substr(t, i + 1) WHEN 2 THEN left(t, i) || c || substr(t, i + 1) "
    "ELSE left(t, i - 1) || c || substr(t, i + 1) END"
)

_PEOPLE = """
CREATE TABLE person AS
WITH housed AS (
    -- a third of the homes have two people, some three: they share address, phone and mostly the family name
    SELECT n, n - (CASE WHEN chance(n, 'home') < 0.35 THEN n % 3 ELSE 0 END) AS home FROM range(1, $people + 1) t(n)
)
SELECT n, made(rank(3000, n, 'given'), 'g') AS given,
       made(rank(40000, CASE WHEN chance(n, 'own') < 0.2 THEN n ELSE home END, 'family'), 'f') AS family,
       DATE '1935-01-01' + (chance(n, 'born') * 27000)::INT AS born,
       rank(3000, home, 'town') AS town, rank(20000, home, 'street') AS street,
       1 + floor(200 * pow(chance(home, 'number'), 2))::INT AS number,
       '6' || lpad((hash(home, 'phone') % 100000000)::VARCHAR, 8, '0') AS home_phone,
       '6' || lpad((hash(n, 'phone') % 100000000)::VARCHAR, 8, '0') AS phone,
       pick(['gmail.com', 'hotmail.com', 'yahoo.es', 'outlook.com', 'telefonica.net'], n, 'mail') AS domain
FROM housed
"""

_ROWS = """
COPY (
    WITH copies AS (
        SELECT *, 0 AS copy FROM person
        UNION ALL SELECT *, 1 FROM person WHERE chance(n, 'twice') < 0.1
        UNION ALL SELECT *, 2 FROM person WHERE chance(n, 'twice') < 0.02
    ), written AS (
        SELECT *, n || '-' || copy AS id, CASE WHEN copy = 2 THEN strftime(born, '%d/%m/%Y')
               ELSE strftime(born, '%Y-%m-%d') END AS day,
               lower(given) || '.' || family || (n % 99991) || '@' || domain AS mail,
               CASE WHEN chance(n, 'line') < 0.4 THEN home_phone ELSE phone END AS tel, copy > 0 AS again FROM copies
    )
    SELECT id,
        CASE WHEN again AND chance(id, 'swap') < 0.03 THEN family WHEN again AND chance(id, 'g') < 0.12
            THEN slip(given, id, 'g') WHEN again AND chance(id, 'gi') < 0.04 THEN left(given, 1)
            WHEN copy = 1 THEN upper(given[1]) || given[2:] ELSE given END AS first_name,
        CASE WHEN again AND chance(id, 'swap') < 0.03 THEN given WHEN again AND chance(id, 'f') < 0.12
            THEN slip(family, id, 'f') WHEN again AND chance(id, 'married') < 0.03 THEN made(hash(id) % 40000, 'f')
            WHEN copy = 2 THEN upper(family) ELSE family END AS last_name,
        CASE WHEN chance(id, 'b?') < 0.15 THEN NULL WHEN again AND chance(id, 'b') < 0.06
            THEN strftime(born + 1, '%Y-%m-%d') ELSE day END AS birth_date,
        CASE WHEN chance(id, 's?') < 0.1 THEN NULL WHEN again AND chance(id, 'moved') < 0.15
            THEN 'Carrer ' || made(rank(20000, id, 's'), 's') || ' ' || (hash(id) % 90)
            ELSE 'c/ ' || CASE WHEN again AND chance(id, 's') < 0.15 THEN slip(made(street, 's'), id, 's')
            ELSE made(street, 's') END || ', ' || number END AS street,
        CASE WHEN again AND chance(id, 'moved') < 0.15 THEN made(rank(3000, id, 't'), 't')
            WHEN again AND chance(id, 't') < 0.06 THEN slip(made(town, 't'), id, 't') ELSE made(town, 't') END AS town,
        CASE WHEN again AND chance(id, 'moved') < 0.15 THEN lpad((hash(rank(3000, id, 't')) % 50000)::VARCHAR, 5, '0')
            ELSE lpad((hash(town) % 50000)::VARCHAR, 5, '0') END AS postcode,
        CASE WHEN chance(id, 'p?') < 0.3 THEN NULL WHEN chance(id, 'p') < 0.01 THEN 'n/a'
            WHEN again AND chance(id, 'newphone') < 0.2 THEN '7' || (hash(id) % 100000000)::VARCHAR
            WHEN copy = 1 THEN '+34 ' || tel[1:3] || ' ' || tel[4:6] || ' ' || tel[7:9] ELSE tel END AS phone,
        CASE WHEN chance(id, 'e?') < 0.35 THEN NULL WHEN chance(id, 'e') < 0.005 THEN 'test@test.com'
            WHEN again AND chance(id, 'newmail') < 0.25 THEN given || (hash(id) % 10000) || '@' || domain
            ELSE mail END AS email
    FROM written ORDER BY hash(id)
) TO '{file}' (HEADER)
"""


def generate(file: Path, rows: int) -> None:
    """A CSV of about `rows` people, one row in nine somebody's second or third."""
    import duckdb

    with duckdb.connect(config={"threads": 2}) as duck:
        for macro in (_SLIPPED, *_MACROS):
            duck.execute(f"CREATE MACRO {macro}")
        duck.execute("SET enable_progress_bar = false")
        duck.execute(_PEOPLE, {"people": round(rows / 1.12)})
        duck.execute(_ROWS.format(file=file))


if __name__ == "__main__":
    main()
