"""`vincle token`: programs let in and out from the command line."""

from homes import LiveHome


def test_a_token_is_made_listed_and_revoked(live_home: LiveHome):
    live_home.run("user", "add", "olga@example.org", "--name", "Olga Serra", "--role", "owner")
    made = live_home.ask(
        "token",
        "add",
        "--name",
        "My Shop",
        "--scope",
        "people:read",
        "--scope",
        "interactions:write",
        "--expires",
        "90d",
    )
    revoked = live_home.ask("token", "revoke", str(made["number"]))
    (listed,) = live_home.ask("token", "list")

    assert ("My Shop", "my-shop", ["people:read", "interactions:write"]) == (
        made["name"],
        made["source"],
        made["scopes"],
    )
    assert made["token"].startswith("vincle_")
    assert {"token": made["number"], "revoked": True} == revoked
    assert ("Olga Serra", made["token"][-4:]) == (listed["maker"], listed["ends_with"])
    assert listed["revoked_at"] is not None
    assert made["token"] not in str(listed)


def test_what_cannot_be_is_said_in_a_sentence(live_home: LiveHome):
    nobody = live_home.run("token", "add", "--name", "A", "--scope", "people:read")
    live_home.run("user", "add", "ramon@example.org", "--name", "Ramon Font", "--role", "auditor")
    live_home.run("user", "add", "olga@example.org", "--name", "Olga Serra", "--role", "owner")
    done = [
        live_home.run("token", "add", "--name", "A", "--scope", "everything"),
        live_home.run("token", "add", "--name", "A", "--scope", "people:read", "--expires", "soon"),
        live_home.run("token", "add", "--name", "A", "--scope", "people:read", "--expires", "400d"),
        live_home.run("token", "add", "--name", "A", "--scope", "people:read", "--user", "ramon@example.org"),
        live_home.run("token", "revoke", "7"),
    ]

    assert (3, [2, 2, 2, 5, 3]) == (nobody.returncode, [each.returncode for each in done])
    assert "There is no scope “everything”." in done[0].stderr
