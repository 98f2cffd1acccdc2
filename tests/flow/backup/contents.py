"""What a home holds in the tests of backups: something in every corner that could be lost on the way."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from vincle.apps.accounts import facade as accounts
from vincle.apps.tasks import actions as tasks
from vincle.flow.append import Event, ThingOf, append
from vincle.flow.jobs.queue import enqueue
from vincle.flow.models import Erasure, Identity, Source
from vincle.kernel.home import Home

NOW = datetime(2026, 3, 1, 9, 30, 15, 123456, tzinfo=UTC)

ODD = [
    "plain",
    "",
    "two\nlines\tand a tab",
    "quotes ' and \" and \\ and \\N and ,",
    "Mercè 東京 👩🏽‍🌾",
]


def furnish(home: Home) -> None:
    """Put people, interactions, staff, a job and files into an empty home."""
    shop = Source.objects.create(name="shop", label="Shop", created_at=NOW)
    append([_event(number, text) for number, text in enumerate(ODD)], source=shop, now=NOW)
    append([_bare()], source=shop, now=NOW)
    accounts.invite(actor=accounts.COMMAND_LINE, now=NOW, name="Olga", email="olga@example.org", role="owner")
    due = tasks.Wanted(title="Call back", due_on=date(2026, 3, 2), due_time=time(9, 30))
    tasks.add(due, None, actor=accounts.COMMAND_LINE, now=NOW)
    enqueue("jobs.prune", key="one", now=NOW)
    forgotten = Identity.objects.create(namespace="email", value="gone@example.org", person_id=1)
    Erasure.objects.create(identity_id=forgotten.pk, recorded_at=NOW)
    forgotten.delete()
    (home.files / "reports").mkdir()
    (home.files / "reports" / "març 2026.csv").write_bytes(b"a,b\n1,\xff\x00\n")
    with home.settings_file.open("a", encoding="utf-8") as file:
        file.write('smtp_password = "sesame"\n[organisation]\nname = "La \\"Botiga\\""\nfloors = 3\nopen = true\n')


def _event(number: int, text: str) -> Event:
    return Event(
        message_id=f"m-{number}",
        occurred_at=[NOW, datetime(1900, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, 59, 59, 999999, UTC)][
            number % 3
        ],
        kind="order.placed",
        namespace="customer_id@shop",
        identity=f"c{number % 2}",
        channel="counter",
        place="Carrer Major",
        staff="Anna",
        amount=Decimal("-922337203685.4775"),
        currency="EUR",
        score=-0.25,
        text=text,
        properties={"note": text, "nested": {"list": [1, 2.5, None, True]}},
        links=[("email", "merce@example.org")] if number == 0 else [],
        observations={"name": "Mercè Roca"},
        things=[ThingOf(type="order", key=f"o{number}", qualifier="order", quantity=1.5, amount=Decimal("3.10"))],
    )


def _bare() -> Event:
    return Event(message_id="bare", occurred_at=NOW, kind="visit.made", namespace="email", identity="x@example.org")
