"""Server time of the search and of lists with filters, over any number of people.

    python benchmarks/search.py [--people 1000000] [--interactions 2000000] [--requests 200] [--only sqlite]

Fills an empty database as pages.py does (see crowd.py), then searches: names as they are, names with a letter wrong,
numbers, words of texts; and asks for lists with filters over attributes and behaviour. The time is that of the whole
Django stack, from request to answer. Prints a table and JSON; the JSON is kept in benchmarks/results.
"""

import argparse
import random
import subprocess
import sys
import urllib.parse

from pages import Address, prepare, signed_in, table, timed, wake
from places import DATABASES, Place, asked, keep, places


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--interactions", type=int, default=2_000_000)
    parser.add_argument("--requests", type=int, default=200)
    asked(parser)
    given = parser.parse_args()
    if given.only:
        for where in places(given.only):
            measure(where, given)
    else:  # Django wakes for one database in a process
        for database in DATABASES:
            subprocess.run([sys.executable, __file__, *sys.argv[1:], "--only", database], check=True)


def measure(where: Place, given: argparse.Namespace) -> None:
    wake(where)
    prepare(given.interactions, given.people)
    client = signed_in()
    results = [
        {"page": name, **timed(client, address, given.requests)} for name, address in scenarios(given.people).items()
    ]
    table(results)
    keep(
        f"search-{where.database}",
        {
            "benchmark": "search",
            "database": where.database,
            "people": given.people,
            "interactions": given.interactions,
            "pages": results,
        },
    )


def scenarios(people: int) -> dict[str, Address]:
    """What is asked, by name; each gives an address anew."""
    import crowd

    chance = random.Random(7)
    first, last = (words.split() for words in crowd.NAMES.values())

    def search(words: str) -> str:
        return f"/search/?q={urllib.parse.quote(words)}"

    def name() -> str:
        return f"{chance.choice(first)} {chance.choice(last)}"

    def wrong(word: str) -> str:
        """A word with two letters changed in place, one missing or one more."""
        at = chance.randrange(1, len(word))
        return chance.choice(
            (word[:at] + word[at + 1 :], word[:at] + "x" + word[at:], word[:at] + "x" + word[at + 1 :])
        )

    def wanted(*parts: str) -> str:
        return "/people/?f=" + urllib.parse.quote(f'["all",[{",".join(parts)}]]')

    bought = '["did","order.placed","at_least",{},[null,"{}"]]'
    return {
        "search, name and surname": lambda: search(name()),
        "search, a letter wrong in the surname": lambda: search(f"{chance.choice(first)} {wrong(chance.choice(last))}"),
        "search, a letter wrong in each": lambda: search(f"{wrong(chance.choice(first))} {wrong(chance.choice(last))}"),
        "search, three words, one letter wrong": lambda: search(f"{name()} {wrong(chance.choice(last))}"),
        "search, a customer number": lambda: search(f"C{chance.randint(1, people):08d}"),
        "search, words of a text": lambda: search("broken box"),
        "search, nothing": lambda: search(f"zz{chance.randint(0, 10**6)}"),
        "list, 3 purchases since 2025": lambda: wanted(bought.format(3, "2025-06-01")),
        "list, 3 purchases in the last month of the log": lambda: wanted(bought.format(3, "2025-12-01")),
        "list, no purchase since 2025, an e-mail": lambda: wanted(
            '["did","order.placed","at_most",0,[null,"2025-01-01"]]', '["by","email","has"]'
        ),
        "list, spent 500 since 2025": lambda: wanted('["spent","at_least",500,[null,"2025-06-01"]]'),
    }


if __name__ == "__main__":
    main()
