"""When: dates and times as people and programs write them, to UTC microseconds."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from vincle.engine.tabular.mapping import DateOrder, When
from vincle.engine.tabular.sql import literal
from vincle.engine.tabular.workbench import Workbench

NUMERIC_FORMATS = ("epoch", "epoch_ms", "epoch_us", "excel", "days")
PIVOT = 69  # two digits from 69 on are of the twentieth century, as in POSIX

_UNITS = {"epoch": 1_000_000, "epoch_ms": 1_000, "epoch_us": 1}
_EARLIEST, _LATEST = "TIMESTAMP '1900-01-01'", "TIMESTAMP '9999-12-31 23:59:59.999999'"
_FIRST_MICROS = -2_208_988_800_000_000  # 1900-01-01T00:00:00Z
_LAST_MICROS = 253_402_300_799_999_999  # 9999-12-31T23:59:59.999999Z

AMBIGUOUS = "could have the day or the month first: say which (date_order)"
NOT_A_DATE = "is not a date"
OUTSIDE = "lies outside the years 1900 to 9999"

# DuckDB's casts read more than ISO 8601, and a cast without zone overlooks one; so they only get what has this form.
_ISO_LOCAL = r"""CASE WHEN strlen(x) IN (10, 16) THEN x LIKE '____-__-__%'
    WHEN strlen(x) = 19 THEN x LIKE '____-__-__%:__:__'
    WHEN strlen(x) BETWEEN 21 AND 26 THEN regexp_full_match(x, '\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d\.\d{1,6}') END"""
_ISO_ZONED = """(strlen(x) >= 20 OR strlen(x) = 17) AND x LIKE '____-__-__%'
    AND (x[-1] = 'Z' OR x[-6] IN ('+', '-') OR x[-5] IN ('+', '-'))"""
_SPACED = r"regexp_replace(x, '[\x{a0}\x{2009}\x{202f}]', ' ', 'g')"  # spaces that only print differently

# A clock after a date, then a zone; in lower case, accents gone.
_CLOCK = (
    r"(?:(?:t|[ ,]+(?:at |a las |a les |a la )?)(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,:](\d{1,9}))?)?"
    r"(?:\s*([ap])\.?\s?m\.?)?)?"
)
_ZONE = r"\s*(z|(?:utc|gmt)?\s?[-+]\d{2}:?\d{2}|(?:utc|gmt)[-+]\d{1,2}|[-+]\d{2}|utc|gmt)?(?:\s*\([^)]*\))?"
_WEEKDAY = r"(?:[a-z]{2,12}[.,]?\s+)?"
_GROUPS = "['first', 'second', 'third', 'hour', 'minute', 'second_of', 'fraction', 'half', 'zone']"
_PATTERNS = {
    "numeric": rf"^{_WEEKDAY}(\d{{1,4}})[-/. ](\d{{1,2}})[-/. ](\d{{1,4}}){_CLOCK}{_ZONE}$",
    "day_month": rf"^{_WEEKDAY}(\d{{1,2}})(?:st|nd|rd|th|e)?[ ./-]*(?:de |d['’]|of )?\s*([a-z]{{3,12}})\.?,?"
    rf"[ ./-]*(?:de |del )?\s*(\d{{4}}|\d{{2}}){_CLOCK}{_ZONE}$",
    "month_day": rf"^{_WEEKDAY}([a-z]{{3,12}})\.? (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}}){_CLOCK}{_ZONE}$",
    "year_month": rf"^(\d{{4}})[-/ ]([a-z]{{3,12}})[-/ ](\d{{1,2}}){_CLOCK}{_ZONE}$",
    "compact": rf"^(\d{{4}})(\d{{2}})(\d{{2}})(?:t?(\d{{2}})(\d{{2}})(\d{{2}})?(?:\.(\d{{1,9}}))?)?(){_ZONE}$",
}
# The first three letters tell the month in English, Catalan and Spanish.
_MONTHS = (
    ("jan", "gen", "ene"), ("feb",), ("mar",), ("apr", "abr"), ("may", "mai"), ("jun",),
    ("jul",), ("aug", "ago"), ("sep", "set"), ("oct",), ("nov",), ("dec", "des", "dic"),
)  # fmt: skip

_NUMERIC_DATE = re.compile(
    r"\d{1,2}([-/.])\d{1,2}\1(\d{4}|\d{2})(?:( |T|, )\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?)?", re.ASCII
)


class Moments:
    """Reads the values of one column by one rule; remembers which format they turned out to have.

    A time without a zone is taken in the rule's. One that the clocks skipped in spring is taken as if they had not been
    moved (02:30 is 03:30); one that came twice in autumn is the second (standard time).
    """

    def __init__(self, bench: Workbench, rule: When, timezone: str) -> None:
        self._bench = bench
        self._rule = rule
        self._zone = rule.timezone or timezone
        self._formats: list[str] = []

    def __call__(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Microseconds since 1970 UTC (int64), and what is wrong where there are none."""
        if self._rule.format in NUMERIC_FORMATS:
            return self._ask(_judged(self._counted(self._rule.format)), values)
        if self._rule.format is not None:
            return self._ask(_judged(self._by_format(self._rule.format)), values)
        if not self._formats:
            self._formats = self._likely_formats(values)
        micros, problems = self._ask(self._quick(self._formats), values)
        missed = pc.is_null(micros)
        if not pc.any(missed).as_py():
            return micros, problems
        found, told = self._ask(self._thorough(), values.filter(missed))
        return pc.replace_with_mask(micros, missed, found), pc.replace_with_mask(problems, missed, told)

    def _ask(self, query: str, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        found = self._bench.ask(query, pa.table({"x": values}))
        return found.column("micros").combine_chunks(), found.column("problem").combine_chunks()

    def _to_utc(self, local: str) -> str:
        return f"epoch_us({local})" if self._zone == "UTC" else f"epoch_us(timezone({literal(self._zone)}, {local}))"

    def _quick(self, formats: list[str]) -> str:
        """ISO 8601 by DuckDB's own cast, and the formats that this file turned out to have; null for the rest."""
        guessed = "".join(f" WHEN x[1] BETWEEN '0' AND '9' THEN try_strptime(x, {literal(one)})" for one in formats)
        return f"""
            WITH cast_ AS (
                SELECT n, CASE WHEN {_ISO_LOCAL} THEN try_cast(x AS TIMESTAMP){guessed} END AS local,
                       CASE WHEN {_ISO_ZONED} THEN epoch_us(try_cast(x AS TIMESTAMPTZ)) END AS instant
                FROM given
            ),
            instants AS (
                SELECT n, CASE WHEN local >= {_EARLIEST} THEN {self._to_utc("local")}
                               WHEN instant >= {_FIRST_MICROS} THEN instant END AS micros
                FROM cast_
            )
            SELECT n, CASE WHEN micros <= {_LAST_MICROS} THEN micros END AS micros, NULL::VARCHAR AS problem
            FROM instants
        """

    def _likely_formats(self, values: pa.Array) -> list[str]:
        """The pattern of the first value that looks like 31/12/2024 14:05, when the order of its parts is known."""
        order = self._rule.date_order
        found = (_NUMERIC_DATE.fullmatch(value) for value in values.slice(0, 200).to_pylist())
        match = next((one for one in found if one), None)
        if match is None or order not in {"dmy", "mdy"}:
            return []
        separator, year, gap, seconds, half = match.groups()
        day_month = ["%d", "%m"] if order == "dmy" else ["%m", "%d"]
        pattern = separator.join([*day_month, "%Y" if len(year) == 4 else "%y"])
        if gap:
            pattern += f"{gap}{'%I' if half else '%H'}:%M{':%S' if seconds else ''}"
            pattern += half[:-2] + "%p" if half else ""
        return [pattern]

    def _by_format(self, pattern: str) -> str:
        zoned = "%z" in pattern or "%Z" in pattern
        parsed = f"try_strptime(x, {literal(pattern)})"
        micros = f"epoch_us({parsed})" if zoned else self._to_utc(parsed)
        local = f"{parsed}::TIMESTAMP" if zoned else parsed
        return f"SELECT n, {local} AS local, {micros} AS micros, false AS ambiguous FROM given"

    def _counted(self, unit: str) -> str:
        """Numbers: seconds (or parts) since 1970, Excel's days since 1899-12-30, days since a date of the mapping."""
        if unit in _UNITS:
            number = "try_cast(x AS DECIMAL(28, 6))"
            farthest = 2 * _LAST_MICROS // _UNITS[unit]
            micros = f"CASE WHEN abs({number}) < {farthest} THEN CAST({number} * {_UNITS[unit]} AS BIGINT) END"
            return f"""
                SELECT n, make_timestamp(micros) AS local, micros, false AS ambiguous
                FROM (SELECT n, {micros} AS micros FROM given)
            """
        start = "1899-12-30" if unit == "excel" else self._rule.start or "1970-01-01"
        # Excel keeps about a millisecond; anything finer is the noise of binary fractions.
        since = "round(try_cast(replace(x, ',', '.') AS DOUBLE) * 86400000)::BIGINT * 1000"
        local = f"make_timestamp(epoch_us(TIMESTAMP {literal(start)}) + {since})"
        inside = "abs(try_cast(replace(x, ',', '.') AS DOUBLE)) < 4000000"
        return f"""
            SELECT n, local, {self._to_utc("local")} AS micros, false AS ambiguous
            FROM (SELECT n, CASE WHEN {inside} THEN {local} END AS local FROM given)
        """

    def _thorough(self) -> str:
        """Every way of writing a date that we know, taken apart by patterns."""
        shapes = " ".join(f"WHEN regexp_matches(t, {literal(one)}) THEN '{name}'" for name, one in _PATTERNS.items())
        parts = " ".join(
            f"WHEN '{name}' THEN regexp_extract(t, {literal(one)}, {_GROUPS})" for name, one in _PATTERNS.items()
        )
        return _judged(
            f"""
            WITH plain AS (SELECT n, lower(strip_accents({_SPACED})) AS t FROM given),
            shaped AS (SELECT n, t, CASE {shapes} END AS shape FROM plain),
            cut AS (SELECT n, shape, CASE shape {parts} END AS p FROM shaped),
            ordered AS (SELECT *, {_part_order(self._rule.date_order)} AS part_order FROM cut),
            picked AS (
                SELECT *,
                    CASE part_order WHEN 'ymd' THEN p.first WHEN 'mdy' THEN p.third WHEN 'dmy' THEN p.third END AS y,
                    CASE part_order WHEN 'ymd' THEN p.second WHEN 'mdy' THEN p.first WHEN 'dmy' THEN p.second END AS m,
                    CASE part_order WHEN 'ymd' THEN p.third WHEN 'mdy' THEN p.second WHEN 'dmy' THEN p.first END AS d,
                    try_cast(p.hour AS INTEGER) AS hour, {_ZONE_PARTS} AS z
                FROM ordered
            ),
            told AS (SELECT *, try_cast({_LOCAL} AS TIMESTAMP) AS local FROM picked)
            SELECT n, local, part_order = 'unknown' AS ambiguous,
                   CASE WHEN p.zone <> '' THEN epoch_us(local) - {_OFFSET} ELSE {self._to_utc("local")} END AS micros
            FROM told
            """
        )


def _judged(query: str) -> str:
    """Keep what lies within the years we hold, and say what is wrong with the rest."""
    fine = f"local BETWEEN {_EARLIEST} AND {_LATEST} AND micros <= {_LAST_MICROS}"
    return f"""
        SELECT n, CASE WHEN {fine} THEN micros END AS micros,
               CASE WHEN {fine} THEN NULL
                    WHEN ambiguous THEN {literal(AMBIGUOUS)}
                    WHEN local IS NOT NULL THEN {literal(OUTSIDE)}
                    ELSE {literal(NOT_A_DATE)} END AS problem
        FROM ({query})
    """


def _part_order(declared: DateOrder | None) -> str:
    """In which order year, month and day stand; 'unknown' when the value does not tell and nobody said."""
    first, second = "try_cast(p.first AS INTEGER)", "try_cast(p.second AS INTEGER)"
    by_value = f"""CASE
        WHEN {first} > 12 AND {second} <= 12 THEN 'dmy'
        WHEN {first} <= 12 AND {second} > 12 THEN 'mdy'
        WHEN {first} = {second} THEN 'dmy'
        WHEN {first} <= 12 AND {second} <= 12 THEN 'unknown' END"""
    if declared == "ymd":
        rest = f"CASE WHEN length(p.third) <= 2 THEN 'ymd' ELSE {by_value} END"
    else:
        rest = by_value if declared is None else literal(declared)
    return f"""CASE shape
        WHEN 'numeric' THEN CASE WHEN length(p.first) > 2 THEN 'ymd' ELSE {rest} END
        WHEN 'day_month' THEN 'dmy' WHEN 'month_day' THEN 'mdy'
        WHEN 'year_month' THEN 'ymd' WHEN 'compact' THEN 'ymd' END"""


def _full_year(text: str) -> str:
    short = f"CASE WHEN {text}::INTEGER >= {PIVOT} THEN 1900 ELSE 2000 END + {text}::INTEGER"
    return f"CASE WHEN length({text}) <= 2 THEN {short} ELSE {text}::INTEGER END"


def _month_number(text: str) -> str:
    named = " ".join(
        f"WHEN left({text}, 3) IN ({', '.join(literal(name) for name in names)}) THEN {number}"
        for number, names in enumerate(_MONTHS, start=1)
    )
    return f"CASE WHEN {text}[1] BETWEEN '0' AND '9' THEN {text}::INTEGER {named} END"


_HOUR = "CASE p.half WHEN 'a' THEN hour % 12 WHEN 'p' THEN hour % 12 + 12 ELSE coalesce(hour, 0) END"
_LOCAL = f"""
    CASE WHEN p.half = '' OR hour BETWEEN 1 AND 12 THEN
        concat({_full_year("y")}, '-', {_month_number("m")}, '-', d::INTEGER, ' ', {_HOUR}, ':',
               if(p.minute = '', '0', p.minute), ':', if(p.second_of = '', '0', p.second_of),
               if(p.fraction = '', '', '.' || p.fraction))
    END"""
_ZONE_PARTS = r"regexp_extract(p.zone, '([-+])(\d{1,2}):?(\d{2})?$', ['sign', 'hours', 'minutes'])"
_OFFSET = """
    CASE z.sign WHEN '-' THEN -60000000 ELSE 60000000 END
    * (60 * coalesce(try_cast(z.hours AS BIGINT), 0) + coalesce(try_cast(z.minutes AS BIGINT), 0))"""
