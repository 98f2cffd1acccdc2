"""The engine speaks English; what it says can be said in the reader's language."""

from pathlib import Path

import pytest
from django.utils import translation

from sources.stories import csv
from vincle.apps.sources import words
from vincle.engine import tabular
from vincle.flow.append.schema import Contract

FILES: dict[str, tuple[str, ...]] = {
    "sales": (
        "Customer ID,Name,Date,Shop,Amount,Currency,Product,Quantity,Rating,Comment,Agent",
        *(
            f"{n},Person {n},2026-05-{n:02},Girona,{n}.50,EUR,P{n % 3},2,{n % 5 + 1},It was a very good {n} indeed,Anna"
            for n in range(1, 20)
        ),
    ),
    "doubts": ("colour,moment,cost", "red,03/04/2026,1.234", "blue,05/04/2026,2.345"),
    "log": (
        "case id,activity,timestamp,resource",
        *(f"c{n // 3},Step {n % 3},2026-05-03T10:{n:02}:00Z,Anna" for n in range(30)),
    ),
    "contacts": ("name,email,photo,updated at", "Anna,a@example.org,x,2026-05-03", "Pau,p@example.org,y,2026-05-04"),
    "members": ("name,email,town", "Anna,a@example.org,Vic", "Pau,p@example.org,Salt"),
    "nothing said": ("colour,size", "red,1", "blue,2"),
    "contact points": (
        "email,phone,date,event",
        *(f"p{n}@example.org,+3460011122{n},2026-05-0{n},Visit" for n in range(1, 9)),
    ),
}

BROKEN = (
    "email,phone,date,what,amount,currency,rating",
    *(f"p{n}@example.org,+3460011122{n},2026-05-0{n},Visit,3.50,EUR,4" for n in range(1, 9)),
    ",,2026-05-03,Visit,3.50,EUR,4",
    "nobody,12,2026-05-03,Visit,3.50,EUR,4",
    "a@example.org,+34600111222,2026-02-31,Visit,3.50,EUR,4",
    "a@example.org,+34600111222,0204-02-11,Visit,3.50,EUR,4",
    "a@example.org,+34600111222,,Visit,3.50,EUR,4",
    "a@example.org,+34600111222,2026-05-03,,3.50,EUR,4",
    "a@example.org,+34600111222,2026-05-03,Visit,three,EUR,4",
    "a@example.org,+34600111222,2026-05-03,Visit,3.50,Euro pounds,4",
    "a@example.org,+34600111222,2026-05-03,Visit,3.50,EUR,99",
    "a@example.org,+34600111222,2026-05-03",
)


@pytest.mark.parametrize("lines", FILES.values(), ids=FILES.keys())
def test_every_reason_and_question_of_a_guess_can_be_translated(tmp_path: Path, lines: tuple[str, ...]) -> None:
    with tabular.open_file(csv(tmp_path, *lines)) as reader:
        guess = tabular.guess(reader, source="shop", country="ES", currency="EUR")
    said = [
        *(reason.why for reason in guess.reasons.values()),
        *(question.text for question in guess.questions),
        *(
            words_
            for question in guess.questions
            if question.key == "when.date_order"
            for _, words_ in question.choices
        ),
        *reader.notes,
    ]
    assert [] == [each for each in said if not words.is_known(each)]


def test_every_reason_for_a_reject_can_be_translated(tmp_path: Path) -> None:
    with tabular.open_file(csv(tmp_path, *BROKEN)) as reader:
        guess = tabular.guess(reader, source="shop", country="ES", currency="EUR")
        chunks = list(tabular.shape(reader, guess.mapping))
    said = [reason for chunk in chunks for reason in chunk.rejects.column("reason").to_pylist()]
    assert 8 <= len(said)
    assert [] == [each for each in said if not words.is_known(each)]


def test_what_is_said_of_people_and_cards_can_be_translated(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("name,email\nAnna,\nAnna,\n,\n", "utf-8")
    bad = ("KIND:group", "NOTE:nobody", "no line", "FN:Pau\nNOTE:" + "x" * 300_000, "FN:Pau\n" + "X-A:1\n" * 2_001)
    book = "".join(f"BEGIN:VCARD\n{each}\nEND:VCARD\n" for each in (*bad, "FN:Pau\nPHOTO:x")) + "BEGIN:VCARD\nFN:Pau\n"
    (tmp_path / "book.vcf").write_text(book, "utf-8")
    said: list[str] = []
    for name in ("people.csv", "book.vcf"):
        with tabular.open_file(tmp_path / name) as reader:
            mapping = tabular.guess(reader, rows="people").mapping
            said += reader.notes
            said += [why for chunk in tabular.shape(reader, mapping) for why in chunk.rejects["reason"].to_pylist()]
    assert 9 <= len(set(said))
    assert [] == [each for each in said if not words.is_known(each)]


def test_every_breach_of_a_usual_contract_can_be_translated() -> None:
    contract = Contract(
        {
            "required": ["place"],
            "properties": {
                "amount": {"minimum": 1, "maximum": 0, "multipleOf": 7},
                "score": {"exclusiveMinimum": 2, "exclusiveMaximum": 0, "type": "integer"},
                "currency": {"enum": ["EUR"]},
                "channel": {"const": "web"},
                "text": {"minLength": 9, "maxLength": 1, "pattern": "^x", "format": "email", "type": "number"},
                "staff": {"type": ["number", "boolean"]},
                "properties": {"additionalProperties": False},
            },
        }
    )
    payload = {
        "amount": 0.5, "score": 0.5, "currency": "USD", "channel": "shop", "text": "abc", "staff": "x",
        "properties": {"size": 1},
    }  # fmt: skip
    said = [breach.message for breach in contract.breaches(payload)]
    assert 14 <= len(said)
    assert [] == [each for each in said if not words.is_known(each)]


def test_values_stand_where_they_stood() -> None:
    assert "“31/02” in “Date” is not a date" == words.in_words("“31/02” in “Date” is not a date")
    assert "amount: it is less than 1" == words.in_words("amount: the value is less than the minimum of 1")
    assert "place is missing" == words.in_words('"place" is a required property')


def test_several_reasons_are_said_one_by_one() -> None:
    said = 'amount: the value is less than the minimum of 1; "place" is a required property'
    assert "amount: it is less than 1; place is missing" == words.in_words(said)


def test_what_is_not_known_is_said_as_it_was() -> None:
    assert "Nobody has written: this" == words.in_words("Nobody has written: this")


def test_a_kind_is_named_in_the_readers_language() -> None:
    with translation.override("ca"):
        assert "Compra" in words.in_words("No column says what happened; every row was taken as “order.placed”.")


def test_a_translation_has_the_places_of_its_sentence() -> None:
    for said, own in words.sentences.OTHERWISE:
        assert set(words.places(own)) <= set(words.places(said)), own
