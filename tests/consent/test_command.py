"""`vincle consent`, `vincle restrict` and `vincle retention`."""

from homes import LiveHome

TELL = """
from datetime import UTC, datetime
from vincle.apps.accounts.facade import COMMAND_LINE
from vincle.apps.consent.purposes import add_usual
from vincle.apps.people.facade import PersonMark, mark, person_by_uid
from vincle.flow.append import Event, append
from vincle.flow.models import Person, Source
then = datetime(2015, 1, 2, tzinfo=UTC)
origin = Source.objects.create(name="shop", label="The shop", created_at=then)
append([Event(message_id=name, occurred_at=then, kind="visit.made", namespace="customer_id@shop", identity=name,
    observations={"name": name}) for name in ("merce", "joan")], source=origin, now=then)
add_usual(actor=COMMAND_LINE, now=then)
secret = Person.objects.get(name="joan")
mark(secret, PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=then)
print(Person.objects.get(name="merce").uid, secret.uid)
"""


def test_what_is_said_is_noted_shown_and_withdrawn(live_home: LiveHome):
    uid, secret = live_home.python(TELL).split()
    given = live_home.ask("consent", "give", uid, "--purpose", "newsletter", "--how", "paper", "--on", "2026-01-31")
    before = live_home.ask("consent", "show", uid)
    withdrawn = live_home.ask("consent", "withdraw", uid, "--purpose", "newsletter")
    live_home.ask("consent", "withdraw", uid, "--purpose", "*")
    live_home.ask("restrict", uid, "--reason", "Disputed")
    live_home.ask("restrict", uid, "--lift")
    after = live_home.ask("consent", "show", uid)
    refused = [
        live_home.run("consent", "give", uid, "--purpose", "nothing").returncode,
        live_home.run("consent", "give", uid, "--purpose", "newsletter", "--channel", "fax").returncode,
        live_home.run("consent", "give", uid, "--purpose", "newsletter", "--how", "smoke").returncode,
        live_home.run("consent", "give", uid, "--purpose", "newsletter", "--on", "soon").returncode,
        live_home.run("restrict", uid, "--lift").returncode,
    ]

    assert ("given", "withdrawn", [3, 2, 2, 2, 3]) == (given["decision"], withdrawn["decision"], refused)
    assert {"email": {"decision": "given", "since": "2026-01-31T00:00:00+00:00"}} == before["purposes"]["newsletter"]
    assert ("withdrawn", [""]) == (after["purposes"]["newsletter"]["email"]["decision"], after["objections"])
    # The command line has the database anyway: it sees confidential people, and that is written down.
    assert "joan" == live_home.ask("person", "show", secret)["name"]
    assert [("command line",)] == live_home.sql(
        "SELECT actor_name FROM accounts_auditentry WHERE action = 'person.looked'"
    )


def test_who_was_not_seen_for_long_is_erased_once_somebody_has_looked(live_home: LiveHome):
    live_home.python(TELL)
    live_home.sql("UPDATE flow_person SET last_at = first_at")
    rule = live_home.ask("retention", "add", "--months", "60")["rule"]

    early = live_home.run("retention", "run", str(rule)).returncode
    seen = live_home.ask("retention", "preview", str(rule))
    done = live_home.ask("retention", "run", str(rule))

    assert (5, 2, {"merce", "joan"}) == (early, seen["people"], {each["name"] for each in seen["first"]})
    assert ({each["uid"] for each in seen["first"]}, [(0,)]) == (
        set(done["erased"]),
        live_home.sql("SELECT count(*) FROM flow_person"),
    )
    assert [2, 3] == [
        live_home.run("retention", *words).returncode for words in (("add", "--months", "0"), ("preview", "99"))
    ]
    assert [{"rule": rule, "months": 60, "known_by": "", "kind": "", "on": False}] == live_home.ask("retention", "list")
