"""`vincle source`: sources and their keys from the command line."""

from homes import LiveHome


def test_a_source_is_made_listed_rotated_and_revoked(live_home: LiveHome):
    made = live_home.ask(
        "source", "add", "--kind", "tracking", "--name", "My Shop", "--origin", "https://A.example.org/"
    )
    rotated = live_home.ask("source", "rotate", "my-shop", "--grace", "24")
    revoked = live_home.ask("source", "revoke", "my-shop")
    (listed,) = live_home.ask("source", "list")

    assert ("my-shop", ["https://a.example.org"]) == (made["source"], made["origins"])
    assert made["write_key"] != rotated["write_key"]
    assert {"source": "my-shop", "revoked": 2} == revoked
    assert [rotated["write_key"][-4:], made["write_key"][-4:]] == [key["ends_with"] for key in listed["keys"]]
    assert not [key for key in (made["write_key"], rotated["write_key"]) if key in str(listed)]


def test_what_cannot_be_is_said_in_a_sentence(live_home: LiveHome):
    live_home.ask("source", "add", "--name", "Web")

    done = [
        live_home.run("source", "add", "--name", "web"),
        live_home.run("source", "add", "--name", "App", "--origin", "nonsense"),
        live_home.run("source", "revoke", "nothing"),
    ]

    assert [2, 2, 3] == [each.returncode for each in done]
    assert "There is already a source called “web”." in done[0].stderr
