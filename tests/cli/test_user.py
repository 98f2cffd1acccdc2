"""`vincle user`: who may come in."""

import pytest

from homes import LiveHome

OLGA = "olga@example.org"


@pytest.fixture
def with_owner(live_home: LiveHome) -> LiveHome:
    live_home.ask("user", "add", OLGA, "--name", "Olga", "--role", "owner")
    return live_home


def test_somebody_new_gets_a_link(live_home: LiveHome) -> None:
    said = live_home.ask("user", "add", "Anna@Example.org", "--base", "https://vincle.example.org/")

    assert said["link"].startswith("https://vincle.example.org/")
    assert [("anna@example.org", "agent", True)] == [
        (each["email"], each["role"], each["active"]) for each in live_home.ask("user", "list")
    ]


def test_a_role_can_change(with_owner: LiveHome) -> None:
    with_owner.ask("user", "add", "anna@example.org")

    assert "agent" == with_owner.ask("user", "role", "anna@example.org", "manager")["before"]


def test_a_link_is_a_new_one_each_time(with_owner: LiveHome) -> None:
    first, second = (with_owner.ask("user", "link", OLGA)["link"] for _ in range(2))

    assert first != second


def test_access_ends(with_owner: LiveHome) -> None:
    with_owner.ask("user", "add", "anna@example.org")

    with_owner.ask("user", "deactivate", "anna@example.org")

    assert {"anna@example.org": False, OLGA: True} == {
        each["email"]: each["active"] for each in with_owner.ask("user", "list")
    }


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("link", "outsider@example.org"), 3, "Nobody here has the e-mail"),
        (("role", "outsider@example.org", "owner"), 3, "Nobody here has the e-mail"),
        (("deactivate", OLGA), 5, "only owner"),
        (("add", OLGA), 2, "works here already"),
        (("add", "anna@example.org", "--role", "queen"), 2, "no role called"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_is_said(with_owner: LiveHome, words: tuple[str, ...], code: int, sentence: str) -> None:
    done = with_owner.run("user", *words)

    assert code == done.returncode
    assert sentence in done.stderr
