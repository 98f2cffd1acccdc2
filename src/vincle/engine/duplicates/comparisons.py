"""How alike two people are, column by column, in a few levels each.

Levels count up from 1 (they differ); 0 says that there is nothing to compare. Every condition reads `l` and `r`, two
rows of `person`, and is symmetric in them.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """A likeness: its name, the SQL that recognises it, and how often it is expected before looking at the data, among
    pairs of the same person (`same`) and of two people (`other`).
    """

    name: str
    sql: str
    same: float
    other: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing compared. `levels` from the most to the least alike, the last of them “differs”.

    `given` names the comparison whose agreement makes this one's likely (the same town, so the same postcode).
    `shared` says that people of one household have it in common. `frequency` names the column of `person` whose rare
    values weigh more.
    """

    name: str
    column: str
    levels: tuple[Level, ...]
    given: str = ""
    shared: bool = False
    frequency: str = ""
    alike: str = ""  # a cheap condition without which no level after the first `always` can be reached
    always: int = 1
    unless: tuple[str, str] = ("", "")  # the comparison and level that have already said this

    def sql(self) -> str:
        """The level as a number: `len(levels)` for the first level, 1 for “differs”, 0 for nothing to compare."""
        count = len(self.levels)
        whens = [f"WHEN l.{self.column} IS NULL OR r.{self.column} IS NULL THEN 0"]
        for place, level in enumerate(self.levels[:-1]):
            if place == self.always and self.alike:
                whens.append(f"WHEN NOT ({self.alike}) THEN 1")
            whens.append(f"WHEN {level.sql} THEN {count - place}")
        return f"CASE {' '.join(whens)} ELSE 1 END"

    def level(self, number: int) -> Level:
        """The level of a number that `sql` gives (from 1)."""
        return self.levels[len(self.levels) - number]

    def number(self, name: str) -> int:
        """The number of the level of that name."""
        return len(self.levels) - [level.name for level in self.levels].index(name)


def _slips(column: str, most: int, longer: int = 0) -> str:
    """Within one slip of typing (a letter more, less, other, or two swapped) or two (swapping counts as two), in words
    longer than `longer`.

    The dear distance is asked only where the cheap one allows it: swapping two letters is two plain edits.
    """
    both = f"least(length(l.{column}), length(r.{column})) > {longer} AND " if longer else ""
    plain = f"levenshtein(l.{column}, r.{column}) <= 2"
    if most == 2:
        return f"({both}{plain})"
    return f"({both}CASE WHEN {plain} THEN damerau_levenshtein(l.{column}, r.{column}) <= 1 ELSE false END)"


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity(l.{column}, r.{column}, {least}) >= {least}"


def _equal(column: str) -> str:
    return f"l.{column} = r.{column}"


def any_equal(column: str) -> str:
    """A value in common, of lists that mostly have one."""
    first = f"l.{column}[1] = r.{column}[1]"
    return f"({first} OR (len(l.{column}) + len(r.{column}) > 2 AND list_has_any(l.{column}, r.{column})))"


def _differs(same: float) -> Level:
    return Level("differs", "", same, 1.0)


_SWAPPED = (
    "(l.given IS NOT NULL AND r.given IS NOT NULL AND l.family IS NOT NULL AND r.family IS NOT NULL "
    "AND l.given <> r.given AND (l.name = r.name OR (jaro_winkler_similarity(l.given, r.family, 0.9) >= 0.9 "
    "AND jaro_winkler_similarity(l.family, r.given, 0.9) >= 0.9)))"
)
_LINES_SWAPPED = (
    "(l.street IS NOT NULL AND r.street IS NOT NULL AND l.line2 IS NOT NULL AND r.line2 IS NOT NULL AND "
    "(jaro_winkler_similarity(l.street, r.line2, 0.92) >= 0.92 "
    "OR jaro_winkler_similarity(l.line2, r.street, 0.92) >= 0.92) AND "
    "jaro_winkler_similarity(l.street, r.street) < 0.8)"
)


def _part(column: str) -> str:
    """One is the initial, or the first word, of the other."""
    short, long = f"l.{column}", f"r.{column}"
    return (
        f"((least(length({short}), length({long})) = 1 AND left({short}, 1) = left({long}, 1)) "
        f"OR (l.{column}_first = r.{column}_first AND length(l.{column}_first) > 2))"
    )


COMPARISONS: tuple[Comparison, ...] = (
    Comparison(
        "given name",
        "given",
        (
            Level("the same", _equal("given"), 0.80, 0.008),
            Level("given and family name swapped", _SWAPPED, 0.02, 1e-6),
            Level("nearly the same", f"({_slips('given', 1, 3)} OR {_alike('given', 0.92)})", 0.08, 0.004),
            Level("a part or the initial of it", _part("given"), 0.03, 0.002),
            Level("somewhat alike", _alike("given", 0.8), 0.03, 0.02),
            _differs(0.04),
        ),
        frequency="given",
        alike=_alike("given", 0.7),
        always=2,
    ),
    Comparison(
        "family name",
        "family",
        (
            Level("the same", _equal("family"), 0.80, 0.003),
            Level("nearly the same", f"({_slips('family', 1, 3)} OR {_alike('family', 0.92)})", 0.09, 0.002),
            Level("a part or the initial of it", _part("family"), 0.03, 0.001),
            Level("somewhat alike", _alike("family", 0.8), 0.03, 0.02),
            _differs(0.05),
        ),
        shared=True,
        frequency="family",
        alike=_alike("family", 0.7),
        unless=("given name", "given and family name swapped"),
    ),
    Comparison(
        "birth date",
        "birth",
        (
            Level("the same", _equal("birth"), 0.85, 5e-5),
            Level(
                "one slip away, or day and month swapped",
                f"(length(l.birth) = 8 AND length(r.birth) = 8 AND ({_slips('birth', 1)} OR (left(l.birth, 4) = "
                "left(r.birth, 4) AND substr(l.birth, 5, 2) = right(r.birth, 2) "
                "AND right(l.birth, 2) = substr(r.birth, 5, 2))))",
                0.07,
                0.001,
            ),
            Level("the same year", "left(l.birth, 4) = left(r.birth, 4)", 0.02, 0.014),
            Level("two slips away", _slips("birth", 2), 0.02, 0.01),
            _differs(0.04),
        ),
        frequency="birth",
        alike="left(l.birth, 4) = left(r.birth, 4) OR levenshtein(l.birth, r.birth) <= 2",
    ),
    Comparison(
        "e-mail",
        "emails",
        (
            Level("the same", any_equal("emails"), 0.75, 1e-6),
            Level(
                "the same before the @",
                "(length(split_part(l.emails[1], '@', 1)) > 5 AND "
                "split_part(l.emails[1], '@', 1) = split_part(r.emails[1], '@', 1))",
                0.07,
                1e-5,
            ),
            Level(
                "nearly the same",
                # two who share a name have addresses that differ in a number only: not a slip
                "(length(l.emails[1]) > 7 AND levenshtein(l.emails[1], r.emails[1]) <= 2 "
                "AND regexp_replace(l.emails[1], '[^0-9]', '', 'g') = regexp_replace(r.emails[1], '[^0-9]', '', 'g'))",
                0.06,
                1e-5,
            ),
            _differs(0.12),
        ),
        alike="left(l.emails[1], 1) = left(r.emails[1], 1) OR l.emails[1][2:5] = r.emails[1][2:5]",
        shared=True,
    ),
    Comparison(
        "phone",
        "phones",
        (
            Level("the same", any_equal("phones"), 0.70, 1e-6),
            Level("the same but for its prefix", "right(l.phones[1], 7) = right(r.phones[1], 7)", 0.03, 1e-6),
            Level("one slip away", _slips("phones[1]", 1), 0.05, 1e-5),
            _differs(0.22),
        ),
        alike=_alike("phones[1]", 0.8),
        shared=True,
    ),
    Comparison(
        "document",
        "document",
        (
            Level("the same", _equal("document"), 0.88, 1e-7),
            Level("one slip away", _slips("document", 1, 4), 0.07, 1e-5),
            Level("two slips away", _slips("document", 2, 6), 0.02, 1e-4),
            _differs(0.03),
        ),
        alike="levenshtein(l.document, r.document) <= 2",
    ),
    Comparison(
        "town",
        "town",
        (
            Level("the same", _equal("town"), 0.80, 0.01),
            Level("nearly the same", f"({_slips('town', 1, 3)} OR {_slips('town', 2, 7)})", 0.08, 0.001),
            Level("somewhat alike", _alike("town", 0.85), 0.02, 0.01),
            _differs(0.10),
        ),
        shared=True,
        frequency="town",
        alike=_alike("town", 0.7),
    ),
    Comparison(
        "postcode",
        "postcode",
        (
            Level("the same", _equal("postcode"), 0.80, 0.005),
            Level("one slip away", _slips("postcode", 1, 3), 0.08, 0.01),
            Level("the same area", "left(l.postcode, 2) = left(r.postcode, 2)", 0.04, 0.05),
            _differs(0.08),
        ),
        given="town",
        shared=True,
        frequency="postcode",
    ),
    Comparison(
        "region",
        "region",
        (
            Level("the same", _equal("region"), 0.90, 0.2),
            Level("one slip away", _slips("region", 1), 0.04, 0.02),
            _differs(0.06),
        ),
        given="town",
        shared=True,
        frequency="region",
    ),
    Comparison(
        "street",
        "street",
        (
            Level("the same", _equal("street"), 0.70, 0.002),
            Level("the lines of the address swapped", _LINES_SWAPPED, 0.02, 1e-5),
            Level("nearly the same", f"({_slips('street', 2, 5)} OR {_alike('street', 0.92)})", 0.13, 0.002),
            Level("somewhat alike", _alike("street", 0.8), 0.03, 0.02),
            _differs(0.12),
        ),
        given="postcode",
        shared=True,
        frequency="street",
        alike=_alike("street", 0.7),
        always=2,
    ),
    Comparison(
        "house number",
        "number",
        (
            Level("the same", _equal("number"), 0.80, 0.02),
            Level("one slip away", _slips("number", 1, 1), 0.08, 0.1),
            _differs(0.12),
        ),
        given="street",
        shared=True,
    ),
    Comparison(
        "second line of the address",
        "line2",
        (
            Level("the same", _equal("line2"), 0.70, 0.002),
            Level("nearly the same", f"({_slips('line2', 2, 5)} OR {_alike('line2', 0.92)})", 0.15, 0.002),
            Level("somewhat alike", _alike("line2", 0.8), 0.03, 0.02),
            _differs(0.12),
        ),
        given="street",
        shared=True,
        frequency="line2",
        alike=_alike("line2", 0.7),
        unless=("street", "the lines of the address swapped"),
    ),
    Comparison("gender", "gender", (Level("the same", _equal("gender"), 0.96, 0.5), _differs(0.04))),
)


def used(columns: set[str]) -> tuple[Comparison, ...]:
    """The comparisons for which `person` has values in these columns."""
    return tuple(each for each in COMPARISONS if each.column in columns)
