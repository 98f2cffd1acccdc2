"""People as values that can be compared: folded, without filling, placeholders gone."""

import re
from collections.abc import Sequence

import duckdb

from vincle.engine.duplicates.columns import Column
from vincle.engine.tabular.identities import PLACEHOLDERS
from vincle.kernel.errors import BadInput

# Besides what imports refuse: words that only fill a field, as people type them.
_FILLING = PLACEHOLDERS | {"unkown", "no data", "not known", "not given", "sense nom", "sin nombre", "desc", "xx", "x"}
_FILLED = rf"^\s*({'|'.join(map(re.escape, sorted(_FILLING)))})\s*$"
_KINDS_OF_STREET = (
    "street|st|road|rd|avenue|ave|av|avinguda|avenida|lane|ln|drive|dr|court|ct|place|pl|crescent|cres|circuit|cct|"
    "close|way|terrace|tce|boulevard|blvd|highway|hwy|parade|pde|square|sq|carrer|calle|c|cl|cr|passeig|paseo|pg|"
    "placa|plaza|ronda|rda|cami|camino|carretera|ctra|rambla|travessera|via|passatge|pasaje|n|no|num|numero"
)

MACROS = (
    # Lower case, no accents, words with single spaces; null when nothing is left or it only fills the field.
    r"""plain(t) AS nullif(trim(regexp_replace(regexp_replace(strip_accents(lower(t)), '[''’`´·.]', '', 'g'),
        '[^\p{L}\p{N}]+', ' ', 'g')), '')""",
    f"told(t) AS CASE WHEN regexp_matches(strip_accents(lower(t)), '{_FILLED}') THEN NULL ELSE t END",
    "compact(t) AS replace(t, ' ', '')",
    r"digits(t) AS regexp_replace(t, '[^0-9]', '', 'g')",
    # The same digit all along, or counting up: nobody's number.
    """telling(d) AS CASE WHEN d = '' OR d = repeat(left(d, 1), length(d)) OR contains('01234567890123456789', d)
        THEN NULL ELSE d END""",
    "phone(d) AS CASE WHEN length(d) >= 7 THEN telling(right(d, 9)) END",
    r"""address(t) AS CASE WHEN position('@' IN t) < 2 OR regexp_matches(t,
        '^\s*(test|tests|testing|noemail|no-email|no-reply|noreply|none|null|undefined|unknown|na|x+)@') THEN NULL
        ELSE replace(t, ' ', '') END""",
    # Soundex without its first letter's privilege, so that k and c, v and b sound alike from the start.
    """sound_of(t) AS nullif(left(CASE WHEN regexp_matches(t, '^h?[aeiouy]') THEN '0' ELSE '' END || translate(
        regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(
        translate(replace(t, 'ph', 'f'), 'bfpvcgjkqsxzdtlmnraeiouyhw', '111122222222334556'),
        '1+', '1', 'g'), '2+', '2', 'g'), '3+', '3', 'g'), '4+', '4', 'g'), '5+', '5', 'g'), '6+', '6', 'g'),
        ' ', ''), 4), '')""",
    # Year, month and day as eight digits, or a year as four.
    r"""as_day(t, monthfirst) AS CASE
        WHEN regexp_matches(t, '^\s*\d{8}\s*$') THEN CASE
            WHEN left(trim(t), 2) IN ('18', '19', '20') OR right(trim(t), 4) NOT BETWEEN '1850' AND '2100' THEN trim(t)
            ELSE right(trim(t), 4) || substr(trim(t), 3, 2) || left(trim(t), 2) END
        WHEN regexp_matches(t, '^\s*\d{4}\D\d{1,2}\D\d{1,2}') THEN
            regexp_extract(t, '(\d{4})', 1) || lpad(regexp_extract(t, '\d{4}\D(\d{1,2})', 1), 2, '0')
            || lpad(regexp_extract(t, '\d{4}\D\d{1,2}\D(\d{1,2})', 1), 2, '0')
        WHEN regexp_matches(t, '^\s*\d{1,2}\D\d{1,2}\D\d{4}') THEN
            regexp_extract(t, '\D(\d{4})', 1)
            || lpad(regexp_extract(t, CASE WHEN monthfirst THEN '(\d{1,2})' ELSE '\d\D(\d{1,2})' END, 1), 2, '0')
            || lpad(regexp_extract(t, CASE WHEN monthfirst THEN '\d\D(\d{1,2})' ELSE '(\d{1,2})' END, 1), 2, '0')
        WHEN regexp_matches(t, '^\s*(18|19|20)\d\d\s*$') THEN trim(t) END""",
    "birthday(d) AS CASE WHEN d IN ('19000101', '19700101', '1900', '99999999') THEN NULL ELSE d END",
    """kept(several) AS CASE WHEN len(list_filter(several, lambda v: v IS NOT NULL)) > 0
        THEN list_sort(list_distinct(list_filter(several, lambda v: v IS NOT NULL))) END""",
    """sex(t) AS CASE WHEN regexp_matches(t, '^(f|female|femeni|femenino|femenina|dona|mujer|woman|w|d)$') THEN 'f'
        WHEN regexp_matches(t, '^(m|male|masculi|masculino|home|hombre|man|h)$') THEN 'm' ELSE t END""",
)


def prepare(connection: duckdb.DuckDBPyConnection, columns: Sequence[Column]) -> int:
    """From the table `given` (string columns, `id` among them) make the table `person`; how many rows it has.

    `person` has `row` (from 0, in the order of the ids), `id` and the values of `comparisons`, null when unknown.
    Raises `BadInput` when an id is missing or is there twice.
    """
    _refuse_bad_ids(connection)
    for macro in MACROS:
        connection.execute(f"CREATE OR REPLACE TEMP MACRO {macro}")
    by_role: dict[str, list[str]] = {}
    for column in columns:
        by_role.setdefault(column.role, []).append('"' + column.name.replace('"', '""') + '"')
    # In three stages, so that nothing is worked out twice: placeholders gone, texts made plain, values taken out.
    said = ", ".join(f"told({name}) AS {name}" for several in by_role.values() for name in several)
    read = ", ".join(f"{sql} AS {name}" for name, sql in _readings(connection, by_role).items())
    values = ", ".join(f"{sql} AS {name}" for name, sql in {**_EMPTY, **_values(by_role)}.items())
    connection.execute(
        f"CREATE TEMP TABLE cleaned AS SELECT id, {values} FROM (SELECT id, {read} FROM (SELECT id, {said} FROM given))"
    )
    # A sound is dear; names are few beside people.
    connection.execute(
        "CREATE TEMP TABLE sound AS SELECT name, sound_of(name) AS sound FROM "
        "(SELECT compact(given) AS name FROM cleaned UNION SELECT compact(family) FROM cleaned) WHERE name IS NOT NULL"
    )
    connection.execute(f"CREATE TEMP TABLE person AS {_PERSON}")
    connection.execute("DROP TABLE cleaned; DROP TABLE sound")
    [(rows,)] = connection.execute("SELECT count(*) FROM person").fetchall()
    return int(rows)


_EMPTY = {
    **dict.fromkeys(
        ("given", "family", "birth", "document", "street", "number", "line2", "town", "postcode", "region", "gender"),
        "NULL::VARCHAR",
    ),
    "emails": "NULL::VARCHAR[]",
    "phones": "NULL::VARCHAR[]",
}

# Where a single column holds the name, its first word counts as the given name; `name` below has the words in
# alphabetical order, so that “Roca Anna” and “Anna Roca” meet.
_PERSON = """
SELECT (row_number() OVER (ORDER BY id) - 1)::INTEGER AS row, id,
       compact(given) AS given, split_part(given, ' ', 1) AS given_first,
       compact(family) AS family, split_part(family, ' ', 1) AS family_first,
       g.sound AS given_sound, f.sound AS family_sound,
       array_to_string(list_sort(string_split(given || ' ' || family, ' ')), ' ') AS name,
       birth, emails, phones, compact(document) AS document, compact(street) AS street, number,
       compact(line2) AS line2, compact(town) AS town, compact(postcode) AS postcode, compact(region) AS region, gender
FROM cleaned LEFT JOIN sound g ON g.name = compact(given) LEFT JOIN sound f ON f.name = compact(family) ORDER BY id
"""


def _readings(connection: duckdb.DuckDBPyConnection, by_role: dict[str, list[str]]) -> dict[str, str]:
    """What is read from each column, by role; the several columns of a role are numbered."""
    found: dict[str, str] = {}
    for role, names in by_role.items():
        name = names[0]
        if role == "email":
            found |= {f"email{n}": f"lower(strip_accents({each}))" for n, each in enumerate(names)}
        elif role == "phone":
            found |= {f"phone{n}": f"digits({each})" for n, each in enumerate(names)}
        elif role == "birth":
            found["birth"] = f"as_day({name}, {_month_first(connection, name)})"
        elif role == "name":
            turned = f"split_part({name}, ',', 2) || ' ' || split_part({name}, ',', 1)"
            found["name"] = f"plain(CASE WHEN {name} LIKE '%_,_%' THEN {turned} ELSE {name} END)"
        else:
            found[role] = f"plain({name})"
    return found


def _values(by_role: dict[str, list[str]]) -> dict[str, str]:
    """For each value of a person the SQL that takes it out of what was read."""
    values = {role: role for role in by_role if role in _EMPTY}
    for role, sql in (("email", "address"), ("phone", "phone")):
        several = [f"{sql}({role}{n})" for n in range(len(by_role.get(role, ())))]
        if several:
            one = f"CASE WHEN {several[0]} IS NOT NULL THEN [{several[0]}] END"
            values[f"{role}s"] = one if len(several) == 1 else f"kept([{', '.join(several)}])"
    if "name" in by_role:
        values["given"] = "nullif(split_part(name, ' ', 1), '')"
        values["family"] = r"nullif(regexp_extract(name, '^\S+ (.*)$', 1), '')"
    finer = {"document": "telling(compact(document))", "birth": "birthday(birth)", "gender": "sex(gender)"}
    values |= {role: sql for role, sql in finer.items() if role in by_role}
    return values | _street(by_role)


def _street(by_role: dict[str, list[str]]) -> dict[str, str]:
    """The street's name without what kind of street it is, and the house's number, from wherever it stands."""
    if "street" not in by_role:
        return {}
    bare = rf"regexp_replace(street, '\b({_KINDS_OF_STREET})\b', '', 'g')"
    if "number" in by_role:
        return {"street": f"coalesce(nullif(trim({bare}), ''), street)"}
    return {
        "street": rf"nullif(trim(regexp_replace({bare}, '\b\d+\w*\b.*$|^\s*\d+\w*\b', '')), '')",
        "number": r"nullif(regexp_extract(street, '\b(\d+)', 1), '')",
    }


def _month_first(connection: duckdb.DuckDBPyConnection, name: str) -> bool:
    """Whether dates such as 01/31/1980 say the month first; the day, where nothing tells."""
    pattern = r"^\s*(\d{1,2})\D(\d{1,2})\D\d{4}"
    [(first, second)] = connection.execute(
        f"SELECT count(*) FILTER (try_cast(regexp_extract({name}, '{pattern}', 1) AS INTEGER) > 12), "
        f"count(*) FILTER (try_cast(regexp_extract({name}, '{pattern}', 2) AS INTEGER) > 12) FROM given"
    ).fetchall()
    return bool(second > first)


def _refuse_bad_ids(connection: duckdb.DuckDBPyConnection) -> None:
    [(rows, filled)] = connection.execute("SELECT count(*), count(nullif(trim(id::VARCHAR), '')) FROM given").fetchall()
    if filled < rows:
        raise BadInput(f"{rows - filled:,} of {rows:,} rows have no id.", "Each row needs an id of its own.")
    twice = connection.execute(
        "SELECT id, count(*) AS times FROM given GROUP BY id HAVING times > 1 ORDER BY times DESC, id LIMIT 1"
    ).fetchone()
    if twice:
        raise BadInput(
            f"The id “{twice[0]}” is there {twice[1]:,} times.",
            "Each row needs an id of its own; choose another column.",
        )
