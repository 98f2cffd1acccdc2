"""The pages by which somebody is given everything, or leaves for good; who may open them."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from people.telling import NOW, SHOP, address, happened, line, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.accounts.facade import record
from vincle.apps.accounts.models import AuditEntry
from vincle.apps.people.actions import join, keep_apart
from vincle.apps.people.privacy import giving
from vincle.apps.people.privacy.erasing import erase
from vincle.apps.people.queries.person import person_by_uid
from vincle.flow.models import Forgotten, Identity, Interaction, Person, Quarantined, Source
from vincle.kernel.errors import BadInput, NotFound

pytestmark = pytest.mark.django_db

EVIL = '<script>alert("x")</script>'
FORMULA = '=HYPERLINK("http://x";"click")'


def merce() -> Person:
    tell(
        happened(
            "C1", "2026-03-31 22:30", "order.placed", name="Mercè Roca", amount=Decimal("38.40"), currency="EUR",
            links=[("email", "merce@example.org")], things=[line("EGGS", Decimal("38.40"))], staff="Anna",
            text=f"Said {EVIL}", properties={"note": FORMULA, "deep": {"a": [1, EVIL]}},
        ),
        happened("C1", "2026-05-02 10:00", name=EVIL, text=FORMULA, observations={"town": "Salt"}),
        happened("C9", "2026-05-02 10:00", name="Joan Serra"),
    )  # fmt: skip
    return person("C1")


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def given(someone: Person, language: str = "en") -> dict[str, bytes]:
    file = io.BytesIO()
    giving.give_everything(someone, file, language=language, actor=COMMAND_LINE, now=NOW)
    return opened(file.getvalue())


@pytest.mark.parametrize(
    ("who", "may"),
    [("olga", True), ("marta", True), *((who, False) for who in ("anna", "pol", "quim", "laia", "ramon", "biel"))],
)
def test_owner_and_manager_may_and_nobody_else(cast, client_of, who, may):
    uid = merce().uid
    client = client_of(cast.members[who])
    everything, leaving = (reverse(f"people:{name}", args=[uid]) for name in ("everything", "erase"))
    expected = 200 if may else 403
    assert [expected, expected] == [client.get(everything).status_code, client.get(leaving).status_code]
    if not may:
        assert 403 == client.post(leaving, {"name": EVIL}).status_code
        assert Person.objects.filter(uid=uid).exists()
    if who != "biel":
        page = client.get(address("C1")).content.decode()
        assert may == (leaving in page) == (everything in page)


def test_whoever_is_not_signed_in_gets_nothing(client):
    uid = merce().uid
    for name in ("everything", "erase", "erased"):
        assert 302 == client.get(reverse(f"people:{name}", args=[uid])).status_code
    assert 302 == client.post(reverse("people:erase", args=[uid]), {"name": EVIL}).status_code
    assert Person.objects.filter(uid=uid).exists()


def test_the_name_is_asked_for_and_another_one_erases_nobody(client_of, olga):
    uid, olgas = merce().uid, client_of(olga)
    Person.objects.filter(uid=uid).update(name="Mercè Roca")
    leaving = reverse("people:erase", args=[uid])
    for typed in ("", "Joan Serra", "Mercè"):
        assert 400 == olgas.post(leaving, {"name": typed}).status_code
        assert Person.objects.filter(uid=uid).exists()
    assert 200 == olgas.get(leaving).status_code
    done = olgas.post(leaving, {"name": " merce ROCA "})
    assert (302, reverse("people:erased", args=[uid])) == (done.status_code, done.url)
    page = olgas.get(done.url)
    assert (200, True) == (page.status_code, b"Certificate of erasure" in page.content)
    assert not Person.objects.filter(uid=uid).exists()
    gone = olgas.get(f"/people/{uid}/")
    assert (404, True) == (gone.status_code, b"This person was erased on" in gone.content)


def test_the_certificate_of_nobody_is_not_found(client_of, olga):
    uid = merce().uid
    assert 404 == client_of(olga).get(reverse("people:erased", args=[uid])).status_code


def test_nothing_of_them_is_left_and_of_others_everything():
    uid = merce().uid
    certificate = erase(person("C1"), actor=COMMAND_LINE, now=NOW)
    assert (str(uid), 2, 1, 2) == (
        certificate["uid"], certificate["removed"]["interactions"], certificate["removed"]["things"],
        certificate["removed"]["identities"],
    )  # fmt: skip
    assert ["C9"] == list(Identity.objects.values_list("value", flat=True))
    assert 1 == Interaction.objects.count()
    assert "Joan Serra" == person("C9").name


def test_every_address_they_had_says_so(client_of, anna):
    first = merce()
    second = person("C9")
    join(first, second, actor=COMMAND_LINE, now=NOW)
    erase(Person.objects.get(into_id=None), actor=COMMAND_LINE, now=NOW)
    for uid in (first.uid, second.uid):
        response = client_of(anna).get(f"/people/{uid}/")
        assert (404, True) == (response.status_code, b"This person was erased on" in response.content)
    assert 2 == Forgotten.objects.count()


def test_the_audit_log_says_who_did_what_and_no_longer_of_whom():
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca", links=[("email", "merce@example.org")]))
    tell(happened("C9", "2026-05-02 10:00", name="Joan Serra"))
    first, second = person("C1"), person("C9")
    keep_apart(first, second, actor=COMMAND_LINE, now=NOW)
    record(actor=COMMAND_LINE, now=NOW, action="people.exported", details={"q": "merce@example.org", "sort": "name"})
    record(actor=COMMAND_LINE, now=NOW, action="people.exported", details={"q": "mercè"})
    erase(first, actor=COMMAND_LINE, now=NOW)
    kept = AuditEntry.objects.order_by("pk")
    uid = str(first.uid)
    assert [f"{uid} · Joan Serra", "", "", uid] == [entry.summary for entry in kept]
    assert {"q": uid, "sort": "name"} == kept[1].details
    assert "command line" == kept[0].actor_name
    assert "Mercè Roca" not in str([(entry.summary, entry.details) for entry in kept])
    assert "person.erased" == kept[3].action
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_auditentry SET summary = 'x'")


def test_only_the_words_of_the_audit_log_may_change_even_while_erasing():
    from vincle.flow.append.erase import gate

    record(actor=COMMAND_LINE, now=NOW, action="people.exported", summary="Mercè")
    for statement in ("UPDATE accounts_auditentry SET actor_name = 'x'", "DELETE FROM accounts_auditentry"):
        with pytest.raises(DatabaseError), transaction.atomic(), gate(), connection.cursor() as cursor:
            cursor.execute(statement)
    with transaction.atomic(), gate():
        AuditEntry.objects.update(summary="somebody")
    assert "somebody" == AuditEntry.objects.get().summary


def test_everything_is_there_for_programs():
    someone = merce()
    Quarantined.objects.create(
        source=Source.objects.get(name="shop"), message_id="q", kind="order.placed", reason="too little",
        recorded_at=NOW, payload={"namespace": SHOP, "identity": "C1", "amount": 0.5},
    )  # fmt: skip
    record(actor=COMMAND_LINE, now=NOW, action="person.joined", object_type="person", object_uid=str(someone.uid))
    told = json.loads(given(someone)["person.json"])
    assert (str(someone.uid), 2, "38.4") == (
        told["person"]["uid"], told["person"]["interactions"], told["interactions"][0]["amount"],
    )  # fmt: skip
    assert {("C1", 2), ("merce@example.org", 0)} == {(one["value"], one["interactions"]) for one in told["identities"]}
    assert [EVIL, "Mercè Roca", "Salt"] == [one["value"] for one in told["attributes"]]
    assert {"shop"} == {one["source"] for one in told["attributes"]}
    assert ("EGGS", "Anna") == (told["interactions"][0]["things"][0]["key"], told["interactions"][0]["staff"])
    assert {"note": FORMULA, "deep": {"a": [1, EVIL]}} == told["interactions"][0]["properties"]
    assert [("C1", "merce@example.org", True)] == [
        (one["first"]["value"], one["second"]["value"], one["same"]) for one in told["facts"]
    ]
    assert [0.5] == [one["what_came"]["amount"] for one in told["in_quarantine"]]
    assert ["person.joined", "person.access_exported"] == [one["action"] for one in told["audit"]]
    assert "Joan" not in json.dumps(told)


def test_who_somebody_else_is_is_not_told():
    someone = merce()
    keep_apart(someone, person("C9"), actor=COMMAND_LINE, now=NOW, reason="Joan is her brother")
    told = given(someone)["person.json"].decode()
    assert "C9" not in told
    assert "Joan" not in told
    assert "somebody else" in told


@pytest.mark.parametrize(("language", "word"), [("en", "What happened"), ("ca", 'lang="ca"'), ("es", 'lang="es"')])
def test_the_page_can_be_read_and_runs_nothing(language, word):
    page = given(merce(), language)["person.html"].decode()
    assert word in page
    assert "<script" not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;" in page
    assert "src=" not in page
    assert "http-equiv" in page
    assert page.rstrip().endswith("</html>")
    assert "Joan" not in page


def test_no_cell_is_a_formula():
    text = given(merce())["interactions.csv"].decode("utf-8-sig")
    first, second = csv.DictReader(io.StringIO(text))
    assert f"'{FORMULA}" == second["text"]
    assert ("38.4", "C1", "EUR") == (first["amount"], first["identity"], first["currency"])
    assert all(cell[:1] not in {"=", "+", "-", "@", "\t", "\r"} for cell in [*first.values(), *second.values()])


def test_the_download_is_a_file_and_is_in_the_audit_log(client_of, marta):
    someone = merce()
    response = client_of(marta).get(reverse("people:everything", args=[someone.uid]))
    assert f'attachment; filename="{someone.uid}.zip"' == response.headers["Content-Disposition"]
    files = opened(b"".join(response.streaming_content))
    assert ["person.json", "person.html", "interactions.csv", "README.txt"] == list(files)
    entry = AuditEntry.objects.get(action="person.access_exported")
    assert ("Marta Vidal", str(someone.uid)) == (entry.actor_name, entry.object_uid)


def test_a_language_that_is_not_here_is_refused():
    with pytest.raises(BadInput):
        given(merce(), "xx")


def test_somebody_with_nothing_but_a_name_is_given_that():
    tell(happened("C1", "2026-03-31 22:30", name="Mercè Roca"))
    files = given(person("C1"))
    assert 1 == len(json.loads(files["person.json"])["interactions"])


def test_whom_nobody_knows_is_not_found(client_of, olga):
    uid = "019a9d6e-0000-7000-8000-000000000000"
    for name in ("everything", "erase", "erased"):
        assert 404 == client_of(olga).get(reverse(f"people:{name}", args=[uid])).status_code
    with pytest.raises(NotFound):
        person_by_uid(UUID(uid))
