"""The pages: a click notes what somebody said, figures open the people behind them, leads decide what is asked."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consent.asking import purpose, says, who
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.consent.models import Decision, Entry, Purpose
from vincle.apps.consent.queries import report
from vincle.apps.people.facade import PersonMark, mark

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def news() -> Purpose:
    tell(
        happened("C1", "2026-03-31 22:30", name="Mercè Roca"),
        happened("C2", "2026-03-31 22:30", name="Joan Serra"),
        happened("C3", "2026-03-31 22:30", name="Pau Vila"),
    )
    return purpose()


def at(name: str, customer: str = "C1") -> str:
    return reverse(f"consent:{name}", args=[person(customer).uid])


def click(client, customer: str = "C1", **said: str):
    return client.post(at("say", customer), {"purpose": "news", "answer": "yes", "how": "phone"} | said, headers=HTMX)


def test_a_click_notes_a_yes_with_its_words_and_offers_to_undo_it(news, client_of, anna):
    client = client_of(anna)
    answer = click(client)
    (entry,) = Entry.objects.all()

    assert ("given", "phone", "Anna Puig", news.wordings.get()) == (
        entry.decision, entry.how, entry.recorded_by, entry.wording,
    )  # fmt: skip
    undo = reverse("consent:mistaken", args=[entry.pk])
    assert (200, True, True) == (answer.status_code, undo in answer.headers["HX-Trigger"], "given" in answer.text)
    assert at("card").removesuffix("consent/card/") == client.post(undo).url
    assert "never asked" in client.get(at("card")).text
    assert 403 == client.post(undo).status_code


def test_a_no_after_a_yes_is_a_withdrawal_and_else_a_refusal(news, client_of, anna):
    client = client_of(anna)
    click(client, "C1")
    for customer in ("C1", "C2"):
        click(client, customer, answer="no")

    assert ["given", "withdrawn", "refused"] == list(Entry.objects.order_by("pk").values_list("decision", flat=True))


def test_who_asked_not_to_be_contacted_has_a_chip(news, client_of, anna):
    client = client_of(anna)
    assert "Do not contact" not in client.get(at("chips")).text
    click(client, purpose="*", answer="no")
    assert "Do not contact" in client.get(at("chips")).text
    click(client, purpose="*", answer="yes")
    assert "Do not contact" not in client.get(at("chips")).text


def test_a_proof_can_be_told_whole(news, client_of, anna):
    scan = b"%PDF a signed form"
    told = {
        "purpose": "news", "channel": "email", "answer": "yes", "how": "paper", "day": "2026-03-31",
        "said": "<b>Signed</b>", "reference": "F-1", "file": SimpleUploadedFile("form.pdf", scan),
    }  # fmt: skip
    assert 302 == client_of(anna).post(at("ledger"), told).status_code

    (entry,) = Entry.objects.all()
    assert ("2026-03-30T22:00:00+00:00", "email", "F-1", hashlib.sha256(scan).hexdigest()) == (
        entry.decided_at.isoformat(), entry.channel, entry.reference, entry.file_hash,
    )  # fmt: skip
    page = client_of(anna).get(at("ledger")).text
    assert ("&lt;b&gt;Signed" in page, "<b>Signed" in page) == (True, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"purpose": "nothing"}, {"purpose": ""}, {"answer": "perhaps"}, {"how": "tracking"}, {"channel": "post"},
        {"day": "2999-01-01"}, {"day": "soon"}, {"reference": "x" * 201},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_noted(news, client_of, anna, wrong):
    client = client_of(anna)

    assert 400 == click(client, **wrong).status_code
    said = {"purpose": "news", "answer": "yes", "how": "phone"} | wrong
    assert 400 == client.post(at("ledger"), said).status_code
    assert not Entry.objects.exists()


def test_fields_that_are_not_asked_change_nothing(news, client_of, anna):
    click(client_of(anna), decision="objected", recorded_by="Somebody", identity_id=str(person("C2").pk))

    (entry,) = Entry.objects.all()
    assert ("given", "Anna Puig", person("C1").pk) == (entry.decision, entry.recorded_by, entry.identity_id)


@pytest.mark.parametrize(
    ("member", "may"), [("ramon", (200, 403)), ("laia", (200, 403)), ("biel", (403, 403)), ("pol", (200, 200))]
)
def test_who_may_see_and_who_may_note(news, cast, client_of, member, may):
    client = client_of(cast.members[member])
    entry = says("C2", Decision.GIVEN, news)

    assert may == (client.get(at("card")).status_code, click(client).status_code)
    if may[1] == 403:
        assert 403 == client.post(reverse("consent:mistaken", args=[entry.pk])).status_code


def test_of_whom_is_restricted_a_no_is_taken_from_anybody(news, client_of, anna):
    mark(person("C1"), PersonMark.Kind.RESTRICTED, actor=COMMAND_LINE, now=NOW)
    client = client_of(anna)

    assert [403, 200] == [click(client, answer=answer).status_code for answer in ("yes", "no")]


def test_a_line_of_a_confidential_person_is_not_there_for_others(news, client_of, anna):
    entry = says("C1", Decision.GIVEN, news)
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)

    assert 404 == client_of(anna).post(reverse("consent:mistaken", args=[entry.pk])).status_code
    assert 404 == client_of(anna).post(reverse("consent:mistaken", args=[999])).status_code


def test_each_figure_opens_the_people_behind_it(news, client_of, ramon):
    says("C1", Decision.GIVEN, news, "email")
    says("C2", Decision.WITHDRAWN, news)
    says("C3", Decision.OBJECTED, None)
    client = client_of(ramon)

    lines = {line.channel: (line.yes, line.no, line.never) for line, _words in client.get("/consent/").context["lines"]}
    assert {"email": (1, 1, 1), "phone": (0, 1, 2)} == lines
    for channel, figures in lines.items():
        for state, figure in zip((report.YES, report.NO, report.NEVER), figures, strict=True):
            page = client.get(reverse("consent:behind", args=["news", channel, state]))
            assert figure == len(page.context["lines"])
    assert ["Pau Vila"] == [each.name for each, _ in client.get("/consent/objecting/").context["lines"]]
    assert 404 == client.get(reverse("consent:behind", args=["news", "fax", "yes"])).status_code
    assert 404 == client.get(reverse("consent:behind", args=["news", "email", "perhaps"])).status_code


def test_confidential_people_are_in_no_figure(news, client_of, ramon, marta):
    says("C1", Decision.GIVEN, news)
    mark(person("C1"), PersonMark.Kind.CONFIDENTIAL, actor=COMMAND_LINE, now=NOW)

    assert [(0, 2), (1, 2)] == [
        (line.yes, line.never)
        for client in (client_of(ramon), client_of(marta))
        for line, words in client.get("/consent/").context["lines"]
        if words == "phone"
    ]
    assert "Mercè" not in client_of(ramon).get(reverse("consent:behind", args=["news", "email", "yes"])).text


def test_leads_decide_what_is_asked(client_of, marta, anna):
    said = {"label_en": "Photos", "label_ca": "Fotos", "text_en": "May we?", "basis": "consent", "channels": ["web"]}
    client = client_of(marta)
    assert 403 == client_of(anna).post("/consent/purposes/new/", said).status_code
    assert 302 == client.post("/consent/purposes/new/", said).status_code
    assert 302 == client.post("/consent/purposes/photos/change/", said | {"text_en": "May we publish?"}).status_code
    for verb in ("retire", "take-up"):
        assert 302 == client.post(f"/consent/purposes/photos/{verb}/").status_code
        assert 403 == client.post(f"/consent/purposes/photos/{verb}/").status_code

    made = Purpose.objects.get()
    assert ({"en": "Photos", "ca": "Fotos"}, ["web"], 2) == (made.labels, made.channels, made.wordings.count())
    assert 200 == client_of(anna).get("/consent/purposes/").status_code


@pytest.mark.parametrize(
    "wrong",
    [
        {"label_en": ""}, {"text_en": ""}, {"channels": []}, {"channels": ["fax"]}, {"basis": "greed"},
        {"label_en": "news"}, {"label_en": "x" * 81},
    ],
)  # fmt: skip
def test_a_purpose_that_cannot_be_is_said(news, client_of, marta, wrong):
    said = {"label_en": "Photos", "text_en": "May we?", "basis": "consent", "channels": ["web"]} | wrong

    assert 400 == client_of(marta).post("/consent/purposes/new/", said).status_code
    assert 1 == Purpose.objects.count()


def test_the_usual_is_there_with_a_click_in_three_languages(client_of, marta):
    client = client_of(marta)
    assert "Begin with the usual" in client.get("/consent/").text
    for _ in range(2):
        client.post("/consent/purposes/begin/")

    letters = Purpose.objects.get(name="newsletter")
    assert ({"en": "Newsletter", "ca": "Butlletí", "es": "Boletín"}, 5) == (letters.labels, Purpose.objects.count())


def test_pages_cost_the_same_questions_for_many(client_of, marta, django_assert_max_num_queries):
    tell(*(happened(f"C{number}", "2026-03-31 22:30") for number in range(30)))
    client = client_of(marta)
    client.post("/consent/purposes/begin/")
    offers = Purpose.objects.get(name="offers")
    for number in range(8):
        says(f"C{number}", Decision.GIVEN, offers)
    behind = reverse("consent:behind", args=["offers", "email", "never"])
    for path in ("/consent/", behind, at("ledger"), at("card")):
        with django_assert_max_num_queries(14):
            assert 200 == client.get(path).status_code
    assert 8 == Entry.objects.count() == len({*Entry.objects.values_list("identity_id", flat=True)})
    assert who("C1").number in Entry.objects.values_list("identity_id", flat=True)
