"""People to look for duplicates among: a made-up town, and two people compared level by level."""

import random
from typing import Any

import pyarrow as pa

from vincle.engine.duplicates import finding
from vincle.engine.duplicates.comparisons import used
from vincle.engine.duplicates.levels import compare, levels_of
from vincle.engine.duplicates.people import prepare

GIVEN = [
    "Maria", "Montserrat", "Núria", "Marta", "Laura", "Carme", "Anna", "Mercè", "Júlia", "Aina", "Jordi", "Josep",
    "Joan", "Marc", "Pau", "Àlex", "Laia", "Fatima", "Ahmed", "Olga", "Andreea", "Mihai", "Emma", "Sofia", "Lucas",
    "Hugo", "Daniel", "Carlos",
]  # fmt: skip
FAMILY = [
    "Garcia", "Martínez", "López", "Sánchez", "Rodríguez", "Roca", "Puig", "Vila", "Serra", "Ferrer", "Soler",
    "Vidal", "Pujol", "Bosch", "Riera", "Molina", "Navarro", "Torres", "Castro", "Ortega", "Domènech", "Casals",
    "Camps", "Font", "Sala", "Rovira", "Costa", "Prat", "Singh", "Chen", "Popescu", "Smith", "Haddad", "Diallo",
]  # fmt: skip
TOWNS = (("Girona", "17001"), ("Olot", "17800"), ("Salt", "17190"), ("Figueres", "17600"), ("Banyoles", "17820"))
STREETS = (
    "Carrer Major",
    "Carrer Nou",
    "Plaça del Vi",
    "Avinguda Catalunya",
    "Carrer de la Rutlla",
    "Ronda Ferran Puig",
)


def town(people: int = 240, twice: int = 40, seed: int = 7) -> list[dict[str, Any]]:
    """Rows of so many people, some of them again as `<id>b` with an error or two. Whoever lives next to somebody with
    a number divisible by six is their partner: same family name, address and phone.
    """
    dice = random.Random(seed)
    rows = [_person(dice, number) for number in range(people)]
    for number in range(0, people - 1, 6):
        shared = ("family_name", "street", "town", "postcode", "phone")
        rows[number + 1] |= {name: rows[number][name] for name in shared}
        rows[number + 1]["given_name"] = GIVEN[(GIVEN.index(rows[number]["given_name"]) + 9) % len(GIVEN)]
    again = [_again(dice, rows[number]) for number in dice.sample(range(people), twice)]
    return rows + again


def confusing(seed: int, people: int = 600, twice: int = 120) -> list[dict[str, Any]]:
    """A town where the columns do not speak independently: of every eight people two are a parent and a child of the
    same name at the same address, and of many neither birth date, e-mail nor phone is known.
    """
    dice = random.Random(seed)
    rows = town(people=people, twice=twice, seed=seed)
    for number in range(0, people - 1, 8):
        shared = ("given_name", "family_name", "street", "town", "postcode")
        rows[number + 1] |= {name: rows[number][name] for name in shared}
    for row in rows:
        for name, share in (("date_of_birth", 0.6), ("email", 0.5), ("phone", 0.5)):
            if dice.random() < share:
                row[name] = None
    return rows


def _person(dice: random.Random, number: int) -> dict[str, Any]:
    place, code = dice.choice(TOWNS)
    given, family = dice.choice(GIVEN), dice.choice(FAMILY)
    return {
        "id": f"p{number:04}",
        "given_name": given,
        "family_name": family,
        "date_of_birth": f"{dice.randint(1935, 2005)}-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        "email": f"{given}.{family}{dice.randint(100, 999)}@example.net" if dice.random() < 0.7 else None,
        "phone": f"6{dice.randint(10_000_000, 99_999_999)}" if dice.random() < 0.8 else "n/a",
        "street": f"{dice.choice(STREETS)} {dice.randint(1, 180)}",
        "town": place,
        "postcode": code,
    }


def _again(dice: random.Random, row: dict[str, Any]) -> dict[str, Any]:
    copy = row | {"id": f"{row['id']}b"}
    for name in dice.sample(["given_name", "family_name", "street", "town"], 2):
        copy[name] = _slip(dice, copy[name])
    if dice.random() < 0.3:
        copy[dice.choice(["email", "phone", "date_of_birth"])] = None
    return copy


def _slip(dice: random.Random, text: str) -> str:
    place = dice.randrange(1, len(text) - 1)
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def table(rows: list[dict[str, Any]]) -> pa.Table:
    """Rows as an Arrow table of text."""
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in rows[0]})


def levels(first: dict[str, Any], second: dict[str, Any]) -> dict[str, str]:
    """What each comparison says of two people, by name; nothing for what cannot be compared."""
    rows = [{"id": "a", **first}, {"id": "b", **second}]
    with finding._database("1GB") as connection:
        columns = finding._load(connection, iter([table(rows)]), "id")
        prepare(connection, columns)
        connection.execute("CREATE TEMP TABLE pair_given AS SELECT 0 AS l, 1 AS r")
        comparisons = used({value for column in columns for value in finding._values(column)})
        compare(connection, "pair_given", "told", comparisons)
        codes = connection.execute("SELECT code FROM told").fetchnumpy()["code"]
    found = levels_of(codes, len(comparisons))[0].tolist()
    return {each.name: each.level(level).name for each, level in zip(comparisons, found, strict=True) if level}


def triples(found: Any) -> list[tuple[Any, Any, float]]:
    """The pairs found as plain values."""
    return list(zip(*(column.to_pylist() for column in found.pairs.columns), strict=True))
