"""Everybody as a table in which duplicates can be looked for, and who is known to be two people."""

from typing import TYPE_CHECKING, Literal

from vincle.flow.models import Person, SamePerson

if TYPE_CHECKING:
    import duckdb

    from vincle.engine import Log

_SEVERAL = 3  # e-mails and phones of a person that are compared
_DOCUMENTS = ("dni", "nif", "nie", "passport", "ssn", "nhs_number", "national_id")
_CHUNK = 5_000


def people_to_compare(log: "Log", *, by: Literal["uid", "person"] = "uid") -> "duckdb.DuckDBPyRelation":
    """One row a person of the log: `uid` (or `person`, their number), every attribute by its name, `email_1` to
    `email_3`, `phone_1` to `phone_3`, `document`.
    """
    names = log.sql("SELECT DISTINCT unnest(map_keys(attributes)) AS name FROM people ORDER BY name").fetchall()
    several = {f"{kind}_{place}" for kind in ("email", "phone") for place in range(1, 1 + _SEVERAL)}
    taken = {"uid", "person", "document"} | several
    # DuckDB's column names do not mind capitals.
    attributes = {name.lower(): name for (name,) in names if name.lower() not in taken} | {"name": "name"}
    columns = [f"p.attributes[{_text(name)}] AS {_quoted(column)}" for column, name in sorted(attributes.items())]
    columns += [f"k.{kind}s[{place}] AS {kind}_{place}" for kind in ("email", "phone") for place in (1, 2, 3)]
    return log.sql(
        f"""
        WITH known AS (
            SELECT person, list_sort(list(DISTINCT value) FILTER (namespace = 'email')) AS emails,
                   list_sort(list(DISTINCT value) FILTER (namespace = 'phone')) AS phones,
                   min(value) FILTER (split_part(namespace, '@', 1) IN {_DOCUMENTS}) AS document
            FROM identities GROUP BY person
        )
        SELECT p.{by}, {", ".join(columns)}, k.document FROM people p LEFT JOIN known k USING (person)
        """
    )


def told_apart() -> list[tuple[str, str]]:
    """The uids of people of whom somebody says that they are not the same, as long as that stands."""
    facts = SamePerson.objects.filter(verdict=SamePerson.Verdict.DIFFERENT, withdrawn_at=None)
    pairs = list(facts.values_list("a__person_id", "b__person_id"))
    uids: dict[int, str] = {}
    numbers = sorted({number for pair in pairs for number in pair})
    for start in range(0, len(numbers), _CHUNK):
        people = Person.objects.filter(pk__in=numbers[start : start + _CHUNK])
        uids |= {number: str(uid) for number, uid in people.values_list("pk", "uid")}
    return [(uids[a], uids[b]) for a, b in pairs if a in uids and b in uids]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
