"""`vincle source add --kind webhook`: an address and its secret from the command line."""

from homes import LiveHome
from hooks.sending import MAPPING


def test_a_webhook_is_made_with_its_mapping_listed_rotated_and_revoked(live_home: LiveHome, tmp_path):
    file = tmp_path / "shop.toml"
    file.write_text(MAPPING)
    made = live_home.ask(
        "source", "add", "--kind", "webhook", "--name", "My Shop", "--map", str(file), "--path", "data.orders"
    )
    rotated = live_home.ask("source", "rotate", "my-shop")
    revoked = live_home.ask("source", "revoke", "my-shop")
    (listed,) = live_home.ask("source", "list")

    assert ("my-shop", "webhook", made["address"]) == (made["source"], made["kind"], listed["address"])
    assert made["secret"] != rotated["secret"]
    assert {"source": "my-shop", "revoked": 1} == revoked
    assert (True, True, rotated["secret"][-4:]) == (listed["mapped"], bool(listed["revoked_at"]), listed["ends_with"])


def test_what_cannot_be_is_said_in_a_sentence(live_home: LiveHome, tmp_path):
    file = tmp_path / "broken.toml"
    file.write_text("nonsense")
    done = [
        live_home.run("source", "add", "--kind", "webhook", "--name", "Shop", "--map", str(file)),
        live_home.run("source", "add", "--kind", "webhook", "--name", "Shop", "--map", str(tmp_path / "none.toml")),
    ]
    assert [2, 2] == [each.returncode for each in done]
    assert "not valid TOML" in done[0].stderr
