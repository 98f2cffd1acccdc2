"""Who is named after an `@`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.apps.accounts.facade import Colleague
from vincle.apps.notes.naming import named, offered


def colleague(number: int, name: str, email: str = "") -> Colleague:
    return Colleague(number, name, email or f"c{number}@example.org", "agent", True)


STAFF = [
    colleague(1, "Anna Puig"),
    colleague(2, "Marta Vidal", "marta@example.org"),
    colleague(3, "Marta Soler"),
    colleague(4, "Mercè O'Neill Jr."),
    colleague(5, "Pol"),
    colleague(6, "Pol Riera"),
    colleague(7, "Joan Mas", "joan@example.org"),
    colleague(8, "Joan Mas", "jmas@example.org"),
]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("@Anna Puig, see this", [1]),
        ("(@anna) and @ANNA PUIG again", [1]),
        ("@Marta: which one?", []),
        ("@Marta Soler or @marta@example.org", [3, 2]),
        ("@merce o'neill jr. wrote", [4]),
        ("@Pol Riera", [6]),
        ("@Pol, please", [5]),
        ("@Joan Mas is two", []),
        ("@jmas@example.org is one", [8]),
        ("@Anna\nPuig", [1]),
        ("@Annabel", []),
        ("anna@example.org, info@anna, @@anna", []),
        ("@anna@elsewhere.org", []),
        ("@ Anna, @, @nobody", []),
    ],
)
def test_who_is_named(text, numbers):
    assert numbers == [each.id for each in named(text, STAFF)]


@given(st.text(alphabet=st.sampled_from("@ aAnuiPgmrt.\n'é@"), max_size=60))
def test_any_text_names_only_colleagues_each_once(text):
    found = named(text, STAFF)

    assert len({each.id for each in found}) == len(found)
    assert set(found) <= set(STAFF)


def test_what_is_offered_names_whoever_it_is_offered_for():
    assert [[each] for each in STAFF] == [named(f"see @{one.written} ", STAFF) for one in offered(STAFF)]
