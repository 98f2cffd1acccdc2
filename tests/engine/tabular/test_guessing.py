"""Which column says what: guessed from names and contents, told with reasons, asked where the file does not tell."""

import json
from pathlib import Path

import pytest

from engine.tabular.files import Write
from engine.tabular.test_ocel import LOG as OCEL_LOG
from engine.tabular.test_xes import LOG as XES_LOG
from vincle.engine.tabular import Guess, Mapping, guess, open_file
from vincle.engine.tabular.mapping import Amount, ObjectColumn, Score, What, When, Where, Who
from vincle.kernel.errors import BadInput


def guessed(path: Path, **known: str) -> Guess:
    return guess(open_file(path), **known)


def asked(found: Guess) -> dict[str, bool]:
    """The questions, and whether they need an answer."""
    return {question.key: question.needed for question in found.questions}


def test_a_shop_in_catalan_is_understood(write: Write) -> None:
    rows = "".join(
        f"C{n % 7};client{n % 7}@example.org;{1 + n % 28:02d}/{1 + n % 12:02d}/2024 10:00;"
        f"{n},50 €;Botiga {n % 2};F-{n};hola\n"
        for n in range(30)
    )
    path = write("vendes.csv", f"Client;Correu electrònic;Data compra;Import;Botiga;Núm. factura;Notes\n{rows}")
    found = guessed(path, timezone="Europe/Madrid", country="ES", currency="USD")
    assert (
        Mapping(
            "vendes",
            (Who("Client", "client"), Who("Correu electrònic", "email")),
            When("Data compra", date_order="dmy"),
            What(kind="order.placed", returned="order.returned"),
            Where(place_column="Botiga"),
            Amount("Import", "EUR", decimal=","),
            objects=(ObjectColumn("order", "Núm. factura"),),
            timezone="Europe/Madrid",
            country="ES",
        )
        == found.mapping
    )
    assert {"what": False} == asked(found)
    assert "property" == found.reasons["Notes"].role


def test_a_survey_in_spanish_is_understood(write: Write) -> None:
    rows = "".join(
        f"{600_000_000 + n},2024-01-{1 + n % 28:02d},{1 + n % 5},El servicio número {n} fue amable,Nuria\n"
        for n in range(30)
    )
    path = write("encuestas.csv", f"Teléfono móvil,Fecha,Valoración,Comentario,Atendido por\n{rows}")
    mapping = guessed(path, country="ES").mapping
    assert (Who("Teléfono móvil", "phone"),) == mapping.who
    assert Score("Valoración", 1, 5) == mapping.score
    assert ("Comentario", "Atendido por") == (mapping.text, mapping.staff)
    assert What(kind="survey.answered") == mapping.what


def test_a_log_of_contacts_is_understood(write: Write) -> None:
    kinds = ["Email", "Phone call", "Purchase", "Visit"]
    rows = "".join(
        f"e-{n},u{n % 5},2024-01-05T10:00:{n:02d}Z,{kinds[n % 4]},{['Web', 'Store'][n % 2]},Agent {n % 3}\n"
        for n in range(40)
    )
    path = write("contacts.csv", f"event_id,user_id,timestamp,event_type,channel,agent\n{rows}")
    found = guessed(path)
    assert (Who("user_id", "user_id"),) == found.mapping.who
    assert ("event_id", "agent") == (found.mapping.message_id, found.mapping.staff)
    assert (What("event_type"), Where(channel_column="channel")) == (found.mapping.what, found.mapping.where)
    assert not any(asked(found).values())


def test_lines_of_orders_multiply_price_by_quantity_and_say_so(write: Write) -> None:
    rows = "".join(f"{500 + n // 3},S{n},Pen number {n},2,2024-01-05 10:00,2.55,{17_000 + n // 3}\n" for n in range(30))
    found = guessed(
        write("retail.csv", f"InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID\n{rows}")
    )
    assert Amount("UnitPrice", None, quantity_column="Quantity") == found.mapping.amount
    assert (
        ObjectColumn("order", "InvoiceNo"),
        ObjectColumn("product", "StockCode", "", "Description", "Quantity"),
    ) == found.mapping.objects
    assert any("an order of three lines counts as three" in question.text for question in found.questions)


def test_a_list_of_people_is_understood(write: Write) -> None:
    rows = "".join(
        f"{n},Anna {n},Roca,anna{n}@example.org,1970-01-{1 + n % 28:02d},Vic,0850{n % 10}\n" for n in range(20)
    )
    found = guessed(write("members.csv", f"member_id,First name,Surname,Email,Date of birth,Town,Postcode\n{rows}"))
    assert (Who("member_id", "member_id"), Who("Email", "email")) == found.mapping.who
    expected = {
        "given_name": "First name", "family_name": "Surname", "birthday": "Date of birth", "town": "Town",
        "postcode": "Postcode",
    }  # fmt: skip
    assert expected == found.mapping.attributes
    assert found.mapping.when.column is None
    assert found.mapping.when.moment is not None
    assert False is asked(found)["when"]


def test_steps_of_a_case_are_dated_by_the_date_that_moves(write: Write) -> None:
    rows = "".join(
        f"INC{n // 4},{['New', 'Active', 'Resolved', 'Closed'][n % 4]},Caller {n % 9},{1 + n // 4 % 28}/2/2016 01:16,"
        f"{1 + n // 4 % 28}/2/2016 0{2 + n % 4}:{n % 60:02d},Phone\n"
        for n in range(200)
    )
    found = guessed(write("desk.csv", f"number,incident_state,caller_id,opened_at,sys_updated_at,contact_type\n{rows}"))
    assert When("sys_updated_at", date_order="dmy") == found.mapping.when
    assert What("incident_state") == found.mapping.what
    assert (ObjectColumn("case", "number", "case"),) == found.mapping.objects
    assert False is asked(found)["when"]


def test_day_or_month_first_is_asked_when_the_file_does_not_tell(write: Write) -> None:
    path = write("a.csv", "client,date\n" + "".join(f"A{n},0{1 + n % 9}/0{9 - n % 9}/2024\n" for n in range(20)))
    found = guessed(path)
    assert True is asked(found)["when.date_order"]
    assert found.mapping.when.date_order is None
    assert "mdy" == found.answered({"when.date_order": "mdy"}).when.date_order


@pytest.mark.parametrize(("last", "order"), [("31/01/2024", "dmy"), ("01/31/2024", "mdy")])
def test_one_telling_date_settles_the_order(write: Write, last: str, order: str) -> None:
    path = write(
        "a.csv", "client,date\n" + "".join(f"A{n},0{1 + n % 9}/0{9 - n % 9}/2024\n" for n in range(20)) + f"B,{last}\n"
    )
    found = guessed(path)
    assert order == found.mapping.when.date_order
    assert "when.date_order" not in asked(found)


def test_telling_dates_settle_the_order_of_those_below_the_sample(write: Write) -> None:
    path = write(
        "a.csv", "client,date\n" + "".join(f"A{n},{13 + n % 15}/01/2024\n" for n in range(50)) + "B,01/02/2024\n"
    )
    assert "dmy" == guessed(path).mapping.when.date_order


def test_mixed_orders_are_told(write: Write) -> None:
    rows = ["31/01/2024", "30/01/2024", "01/29/2024", "05/06/2024"]
    path = write("a.csv", "client,date\n" + "".join(f"A{n},{rows[n % 4]}\n" for n in range(40)))
    [question] = [one for one in guessed(path).questions if one.key == "when.date_order"]
    assert "Most dates in “date” have the day first, but not all" in question.text


def test_thousands_or_decimals_are_asked_when_the_file_does_not_tell(write: Write) -> None:
    path = write("a.csv", "client;date;total\n" + "".join(f"A{n};2024-01-05;{1 + n}.500\n" for n in range(20)))
    found = guessed(path)
    assert True is asked(found)["amount.decimal"]
    answered = found.answered({"amount.decimal": ","}).amount
    assert answered is not None
    assert "," == answered.decimal


@pytest.mark.parametrize(
    ("values", "format_"),
    [("1704448800", "epoch"), ("1704448800123", "epoch_ms"), ("1704448800123456", "epoch_us"), ("45296.5", "excel")],
)
def test_counted_dates_are_recognised_by_their_size_and_name(write: Write, values: str, format_: str) -> None:
    path = write("a.csv", "client,timestamp\n" + f"A1,{values}\nA2,{values}\n" * 10)
    assert When("timestamp", format=format_) == guessed(path).mapping.when


def test_days_since_something_are_asked(write: Write) -> None:
    found = guessed(write("a.csv", "student,date\n" + "".join(f"A{n},{n - 10}\n" for n in range(30))))
    assert True is asked(found)["when"]


def test_a_file_that_names_nobody_asks_who(write: Write) -> None:
    found = guessed(write("a.csv", "date,colour\n" + "2024-01-05,blue\n2024-01-06,red\n" * 10))
    assert True is asked(found)["who"]
    assert () == found.mapping.who
    answered = found.answered({"who": "colour"})
    assert (Who("colour", "colour"),) == answered.who


def test_a_single_row_is_understood_by_what_its_columns_are_called(write: Write) -> None:
    found = guessed(write("one.csv", "date,customer,amount\n2025-03-13,c1,12.50\n"))
    assert (Who("customer", "customer"),) == found.mapping.who
    assert not any(asked(found).values())


def test_the_person_may_only_have_a_name(write: Write) -> None:
    found = guessed(write("a.csv", "date,full name\n" + "".join(f"2024-01-0{1 + n % 9},Anna {n}\n" for n in range(20))))
    assert (Who("full name", "full_name"),) == found.mapping.who
    assert False is asked(found)["who"]


@pytest.mark.parametrize("name", ["id", "transaction_id"])
def test_an_id_that_repeats_is_not_taken_for_the_events(write: Write, name: str) -> None:
    path = write("a.csv", f"{name},client,date\n" + "".join(f"{n // 2},A{n},2024-01-05\n" for n in range(20)))
    assert guessed(path).mapping.message_id is None


def test_a_unique_column_of_another_name_is_not_taken_for_the_events_id(write: Write) -> None:
    path = write("a.csv", "order,client,date\n" + "".join(f"F-{n},A{n % 3},2024-01-05\n" for n in range(20)))
    assert guessed(path).mapping.message_id is None


def test_an_answer_that_was_not_offered_is_refused(write: Write) -> None:
    found = guessed(write("a.csv", "date,colour\n2024-01-05,blue\n2024-01-06,red\n"))
    with pytest.raises(BadInput, match="“green” is no answer to “who”"):
        found.answered({"who": "green"})
    with pytest.raises(BadInput, match="no answer to “weather”"):
        found.answered({"weather": "fine"})


def test_every_column_has_a_role_and_a_reason(write: Write) -> None:
    found = guessed(write("a.csv", "client,date,total,x\nA1,2024-01-05,5.50,1\nA2,2024-01-06,6.50,1\n"))
    assert ["who", "when", "amount", "property"] == [reason.role for reason in found.reasons.values()]
    assert all(reason.why for reason in found.reasons.values())


def test_a_guess_can_be_saved_and_read_again(write: Write) -> None:
    mapping = guessed(write("a.csv", "client,date,total\nA1,2024-01-05,5.50\nA2,2024-01-06,6.50\n")).mapping
    assert mapping == Mapping.from_toml(mapping.to_toml())


def test_an_event_log_is_about_its_cases(write: Write) -> None:
    found = guessed(write("log.xes", XES_LOG))
    assert (Who("case:concept:name", "case"),) == found.mapping.who
    assert (What("concept:name"), "time:timestamp") == (found.mapping.what, found.mapping.when.column)
    assert False is asked(found)["who"]


def test_an_object_centric_log_says_itself_what_is_what(write: Write) -> None:
    mapping = guessed(write("log.json", json.dumps(OCEL_LOG))).mapping
    assert (Who("object: Customer", "customer"),) == mapping.who
    assert ("event id", "objects", ("object: Order",)) == (mapping.message_id, mapping.objects_column, mapping.ignore)
    assert (When("event time"), What("event type")) == (mapping.when, mapping.what)
