"""From a file to the five tables."""

import json
from datetime import UTC, datetime

import pytest

from engine.tabular.files import Write, shaped, visits
from vincle.engine.shaped import INTERACTIONS, LINKS, OBJECTS, OBSERVATIONS, REJECTS
from vincle.engine.tabular.mapping import Amount, ObjectColumn, Score, What, When, Where, Who
from vincle.kernel.errors import BadInput

SALES = """\
who,mail,when,type,shop,units,price,stars,said,served,name,town,invoice,sku,product,internal,colour
A1,anna@example.org,31/12/2024 10:30,Compra,Vic,2,"1,50",5,Molt bé,Núria,Anna,Vic,F-1,S1,Pen,x,blue
A2,,1/2/2024 09:00,Taller,,1,10,3,,,Berta,,F-2,S2,Yoga,x,
"""
MAPPING = visits(
    who=(Who("who", "customer_id"), Who("mail", "email")),
    when=When("when", date_order="dmy"),
    what=What("type"),
    where=Where(channel="shop", place_column="shop"),
    amount=Amount("price", "EUR", decimal=",", quantity_column="units"),
    score=Score("stars", 1, 5),
    text="said",
    staff="served",
    attributes={"name": "name", "town": "town"},
    objects=(ObjectColumn("order", "invoice"), ObjectColumn("product", "sku", "line", "product", "units", "price")),
    ignore=("internal",),
    timezone="Europe/Madrid",
)


def test_a_row_becomes_an_interaction_with_all_it_says(write: Write) -> None:
    tables = shaped(write("sales.csv", SALES), MAPPING)
    first, second = tables.rows
    first_id, second_id = first.pop("message_id"), second.pop("message_id")
    assert 32 == len(first_id) == len(second_id)
    assert {
        "row": 2, "occurred_at": datetime(2024, 12, 31, 9, 30, tzinfo=UTC), "kind": "order.placed",
        "kind_label": "Compra",
        "channel": "shop", "place": "Vic", "namespace": "customer_id@shop", "identity": "A1", "staff": "Núria",
        "amount": 30_000, "currency": "EUR", "score": 1.0, "text": "Molt bé", "properties": '{"colour":"blue"}',
    } == first  # fmt: skip
    assert {
        "row": 3, "occurred_at": datetime(2024, 2, 1, 8, 0, tzinfo=UTC), "kind": "shop.taller", "kind_label": "Taller",
        "channel": "shop", "place": None, "namespace": "customer_id@shop", "identity": "A2", "staff": None,
        "amount": 100_000, "currency": "EUR", "score": 0.0, "text": None, "properties": None,
    } == second  # fmt: skip
    assert [{"row": 2, "namespace": "email", "identity": "anna@example.org"}] == tables.links.to_pylist()
    assert [
        {"row": 2, "name": "name", "value": "Anna"},
        {"row": 3, "name": "name", "value": "Berta"},
        {"row": 2, "name": "town", "value": "Vic"},
    ] == tables.observations.to_pylist()
    nothing = {"label": None, "quantity": None, "amount": None, "properties": None}
    assert [
        {"row": 2, "type": "order", "key": "F-1", "qualifier": ""} | nothing,
        {"row": 3, "type": "order", "key": "F-2", "qualifier": ""} | nothing,
        {"row": 2, "type": "product", "key": "S1", "qualifier": "line"}
        | {"label": "Pen", "quantity": 2.0, "amount": 15_000, "properties": None},
        {"row": 3, "type": "product", "key": "S2", "qualifier": "line"}
        | {"label": "Yoga", "quantity": 1.0, "amount": 100_000, "properties": None},
    ] == tables.objects.to_pylist()
    assert [] == tables.rejects.to_pylist()


def test_every_table_has_its_schema_even_when_it_is_empty(write: Write) -> None:
    for mapping, text in ((MAPPING, SALES), (visits(), "who,when\nA1,2024-01-05\n"), (visits(), "who,when\n,never\n")):
        tables = shaped(write("a.csv", text), mapping)
        found = (tables.interactions, tables.links, tables.observations, tables.objects, tables.rejects)
        assert [INTERACTIONS, LINKS, OBSERVATIONS, OBJECTS, REJECTS] == [table.schema for table in found]


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_how_a_file_is_cut_changes_nothing(write: Write, size: int) -> None:
    rows = [f"A{n % 5},2024-01-0{1 + n % 7},{n % 3}" if n % 4 else f",2024-01-05,{n}" for n in range(60)]
    path = write("a.csv", "who,when,n\n" + "\n".join(rows) + "\n")
    pieces, whole = shaped(path, visits(), chunk_rows=size), shaped(path, visits())
    for name in ("interactions", "links", "observations", "objects", "rejects"):
        assert getattr(whole, name).to_pylist() == getattr(pieces, name).to_pylist()


def test_the_first_usable_identity_is_the_one_and_the_others_are_links(write: Write) -> None:
    path = write(
        "a.csv",
        "id,mail,tel,when\n"
        "A1,Anna@Example.org,600 11 22 33,2024-01-05\n"
        "n/a,berta@example.org,,2024-01-05\n"
        ",nobody,+34 600 11 22 44,2024-01-05\n",
    )
    mapping = visits(who=(Who("id", "customer_id"), Who("mail", "email"), Who("tel", "phone")), country="ES")
    tables = shaped(path, mapping)
    assert [("customer_id@shop", "A1"), ("email", "berta@example.org"), ("phone", "+34600112244")] == [
        (row["namespace"], row["identity"]) for row in tables.rows
    ]
    assert [(2, "email", "anna@example.org"), (2, "phone", "+34600112233")] == [
        tuple(link.values()) for link in tables.links.to_pylist()
    ]


def test_what_identifies_nobody_is_kept_in_the_properties(write: Write) -> None:
    path = write("a.csv", "who,mail,when\nA1,not an address,2024-01-05\n")
    [row] = shaped(path, visits(who=(Who("who", "customer_id"), Who("mail", "email")))).rows
    assert {"mail": "not an address"} == json.loads(row["properties"])


def test_the_same_address_twice_is_no_link(write: Write) -> None:
    path = write("a.csv", "mail,again,when\nanna@example.org,ANNA@example.org,2024-01-05\n")
    tables = shaped(path, visits(who=(Who("mail", "email"), Who("again", "email"))))
    assert [] == tables.links.to_pylist()


def test_a_namespace_may_name_its_source_itself(write: Write) -> None:
    path = write("a.csv", "who,when\nA1,2024-01-05\n")
    [row] = shaped(path, visits(who=(Who("who", "member@club"),))).rows
    assert "member@club" == row["namespace"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        (",2024-01-05,5,EUR,1", "“who” is empty, so it names nobody"),
        ("n/a,2024-01-05,5,EUR,1", "“n/a” in “who” does not say who it is"),
        ("A1,31/02/2024,5,EUR,1", "“31/02/2024” in “when” is not a date"),
        ("A1,,5,EUR,1", "“when” is empty, so it says no date"),
        (
            "A1,03/04/2024,5,EUR,1",
            "“03/04/2024” in “when” could have the day or the month first: say which (date_order)",
        ),
        ("A1,1815-06-18,5,EUR,1", "“1815-06-18” in “when” lies outside the years 1900 to 9999"),
        ("A1,2024-01-05,five,EUR,1", "“five” in “amount” is not an amount written with a decimal point"),
        ("A1,2024-01-05,1e25,EUR,1", "“1e25” in “amount” is larger than any sum of money we can hold"),
        ("A1,2024-01-05,5,Euros of gold,1", "“Euros of gold” in “currency” is not the code of a currency"),
        ("A1,2024-01-05,5,EUR,9", "“9” in “stars” lies outside 1 to 5"),
        (",never,5,EUR,1", "“never” in “when” is not a date"),
    ],
)
def test_a_row_that_cannot_enter_says_why(write: Write, cells: str, reason: str) -> None:
    path = write("a.csv", f"who,when,amount,currency,stars\nA0,2024-01-05,1,EUR,1\n{cells}\n")
    mapping = visits(amount=Amount("amount", currency_column="currency"), score=Score("stars", 1, 5))
    tables = shaped(path, mapping)
    assert ["A0"] == [row["identity"] for row in tables.rows]
    [reject] = tables.rejects.to_pylist()
    assert 3 == reject["row"]
    assert reason in reject["reason"]
    assert cells.split(",") == json.loads(reject["raw"])


def test_all_that_is_wrong_with_a_row_is_said_at_once(write: Write) -> None:
    path = write("a.csv", "who,when,amount\nnull,never,much\n")
    reasons = shaped(path, visits(amount=Amount("amount", "EUR"))).reasons
    assert [
        (
            "“null” in “who” does not say who it is; “much” in “amount” is not an amount written with a decimal point; "
            "“never” in “when” is not a date"
        )
    ] == reasons


def test_a_long_cell_is_cut_in_its_reason(write: Write) -> None:
    [reason] = shaped(write("a.csv", f"who,when\nA1,{'x' * 500}\n"), visits()).reasons
    assert f"“{'x' * 60}…” in “when” is not a date" == reason


def test_links_observations_and_objects_of_rejected_rows_do_not_enter(write: Write) -> None:
    path = write("a.csv", "who,mail,when,name,order\nA1,anna@example.org,never,Anna,F-1\n")
    mapping = visits(
        who=(Who("who", "customer_id"), Who("mail", "email")),
        attributes={"name": "name"},
        objects=(ObjectColumn("order", "order"),),
    )
    tables = shaped(path, mapping)
    assert [0, 0, 0, 0, 1] == [
        table.num_rows
        for table in (tables.interactions, tables.links, tables.observations, tables.objects, tables.rejects)
    ]


def test_rows_that_could_not_be_read_are_among_the_rejects(write: Write) -> None:
    tables = shaped(write("a.csv", "who,when\nA1,never\nA2\nA3,2024-01-05\n"), visits())
    assert [2, 3] == tables.rejects["row"].to_pylist()
    assert ["A3"] == [row["identity"] for row in tables.rows]


def test_a_field_of_ten_megabytes_has_its_row_rejected_and_kept_whole(write: Write) -> None:
    path = write("a.csv", f"who,when,note\nA1,2024-01-05,{'x' * 10_485_760}\nA2,2024-01-05,short\n")
    tables = shaped(path, visits())
    assert ["A2"] == [row["identity"] for row in tables.rows]
    assert ["“note” holds a text of more than 1.0 MiB, the most that fits"] == tables.reasons
    assert 10_485_760 == len(json.loads(tables.rejects["raw"][0].as_py())[2])


def test_names_longer_than_the_log_holds_are_rejected(write: Write) -> None:
    path = write("a.csv", f"who,when,where,order\nA1,2024-01-05,{'x' * 201},{'y' * 256}\n")
    mapping = visits(where=Where(place_column="where"), objects=(ObjectColumn("order", "order"),))
    [reason] = shaped(path, mapping).reasons
    assert "in “where” is longer than the 200 characters that fit" in reason
    assert "in “order” is longer than the 255 characters that fit" in reason


def test_one_date_for_all_rows_fills_what_a_column_leaves_empty(write: Write) -> None:
    path = write("a.csv", "who,when\nA1,2024-03-05\nA2,\n")
    rows = shaped(path, visits(when=When("when", moment="2024-01-05"))).rows
    assert [datetime(2024, 3, 5, tzinfo=UTC), datetime(2024, 1, 5, tzinfo=UTC)] == [row["occurred_at"] for row in rows]


def test_a_moment_for_all_rows_must_be_one(write: Write) -> None:
    with pytest.raises(BadInput, match=r"“when.moment” is “someday”"):
        shaped(write("a.csv", "who,n\nA1,2\n"), visits(when=When(moment="someday")))


def test_one_kind_fills_what_a_column_leaves_empty(write: Write) -> None:
    path = write("a.csv", "who,when,what\nA1,2024-01-05,Visita\nA2,2024-01-05,\n")
    rows = shaped(path, visits(what=What("what", kind="order.placed", label="Venda"))).rows
    assert [("page.viewed", "Visita"), ("order.placed", "Venda")] == [(row["kind"], row["kind_label"]) for row in rows]


def test_a_row_without_a_kind_is_rejected(write: Write) -> None:
    path = write("a.csv", "who,when,what\nA1,2024-01-05,\n")
    assert ["“what” is empty, so it says not what happened"] == shaped(path, visits(what=What("what"))).reasons


def test_words_are_translated_by_the_mapping_then_by_the_catalogue(write: Write) -> None:
    path = write(
        "a.csv", "who,when,what\nA1,2024-01-05,Compra\nA1,2024-01-05,Classe de Ioga\nA1,2024-01-05,yoga.ended\n"
    )
    mapping = visits(what=What("what", kinds={"COMPRA": "shop.sold"}))
    rows = shaped(path, mapping, known={"Classe de ioga": "lesson.taken"}).rows
    assert [("shop.sold", "Compra"), ("lesson.taken", "Classe de Ioga"), ("yoga.ended", None)] == [
        (row["kind"], row["kind_label"]) for row in rows
    ]


def test_a_column_of_endless_different_words_says_not_what_happened(write: Write) -> None:
    path = write("a.csv", "who,when,what\n" + "".join(f"A1,2024-01-05,word {n}\n" for n in range(3000)))
    with pytest.raises(BadInput, match=r"“what” has more than 2,000 different values"):
        shaped(path, visits(what=What("what")))


def test_the_currency_comes_from_the_cell_then_the_column_then_the_mapping(write: Write) -> None:
    path = write(
        "a.csv", "who,when,sum,cur\nA1,2024-01-05,$5,\nA1,2024-01-05,5,gbp\nA1,2024-01-05,5,\nA1,2024-01-05,,gbp\n"
    )
    in_cell = shaped(path, visits(amount=Amount("sum", "EUR"))).rows
    assert ["USD", "EUR", "EUR", None] == [row["currency"] for row in in_cell]
    in_column = shaped(path, visits(amount=Amount("sum", "EUR", "cur"))).rows
    assert ["EUR", "GBP", "EUR", None] == [row["currency"] for row in in_column]


def test_negative_and_large_amounts_enter(write: Write) -> None:
    path = write("a.csv", "who,when,sum\nA1,2024-01-05,-12.50\nA1,2024-01-05,922337203685477.5807\n")
    assert [-125_000, 2**63 - 1] == [row["amount"] for row in shaped(path, visits(amount=Amount("sum", "EUR"))).rows]


def test_a_price_and_its_quantity_are_kept_where_no_object_holds_them(write: Write) -> None:
    path = write("a.csv", "who,when,price,units\nA1,2024-01-05,2.55,6\n")
    [row] = shaped(path, visits(amount=Amount("price", "EUR", quantity_column="units"))).rows
    assert 153_000 == row["amount"]
    assert {"price": "2.55", "units": "6"} == json.loads(row["properties"])


def test_properties_are_all_other_columns_that_hold_something(write: Write) -> None:
    path = write("a.csv", 'who,when,"a ""b""",empty,è\nA1,2024-01-05," x ",," tab\t"\n')
    [row] = shaped(path, visits()).rows
    assert {'a "b"': "x", "è": "tab\t"} == json.loads(row["properties"])


def test_hostile_column_names_and_cells_are_only_text(write: Write) -> None:
    name = "'; DROP TABLE given; --"
    path = write("a.csv", f'who,when,"{name}","x""); SELECT 1"\nA1,2024-01-05,"{name}",\'\n')
    [row] = shaped(path, visits()).rows
    assert name == json.loads(row["properties"])[name]


def test_objects_may_come_as_json(write: Write) -> None:
    things = [
        {"type": "order", "key": "F-1", "qualifier": "main", "label": "Order", "quantity": 2, "properties": {"a": 1}}
    ]
    lines = [
        json.dumps({"who": "A1", "when": "2024-01-05", "about": things}),
        json.dumps({"who": "A2", "when": "2024-01-05", "about": "nothing"}),
        json.dumps({"who": "A3", "when": "2024-01-05", "about": [{"type": "order"}]}),
        json.dumps({"who": "A4", "when": "2024-01-05"}),
    ]
    tables = shaped(write("a.jsonl", "\n".join(lines)), visits(objects_column="about"))
    assert ["A1", "A4"] == [row["identity"] for row in tables.rows]
    assert [
        {"row": 1, "type": "order", "key": "F-1", "qualifier": "main", "label": "Order", "quantity": 2.0,
         "amount": None,
         "properties": '{"a":1}'}
    ] == tables.objects.to_pylist()  # fmt: skip
    assert ["“nothing” in “about” is not a JSON array of objects that have a type and a key"] == tables.reasons[:1]
    assert [2, 3] == tables.rejects["row"].to_pylist()


def test_a_mapping_that_does_not_fit_is_refused_before_anything_is_read(write: Write) -> None:
    with pytest.raises(BadInput, match="takes “text” from the column “said”"):
        shaped(write("a.csv", "who,when\nA1,2024-01-05\n"), visits(text="said"))


def test_what_is_below_nought_is_a_return_and_a_price_is_multiplied(write: Write) -> None:
    lines = "who,day,price,units\na,2024-01-02,4.255,-2\na,2024-01-02,0.001,3\na,2024-01-02,0,5\na,2024-01-02,,5\n"
    amount = Amount("price", "EUR", quantity_column="units")
    what = What(kind="order.placed", label="Invoice", returned="order.returned")
    rows = shaped(write("lines.csv", lines), visits(when=When("day"), what=what, amount=amount)).rows
    assert [
        ("order.returned", None, -85_100), ("order.placed", "Invoice", 30), ("order.placed", "Invoice", 0),
        ("order.placed", "Invoice", None),
    ] == [(row["kind"], row["kind_label"], row["amount"]) for row in rows]  # fmt: skip


def test_only_the_constant_kind_has_returns(write: Write) -> None:
    lines = "who,day,type,paid\na,2024-01-02,breakage,-1\na,2024-01-02,,-1\n"
    what = What(column="type", kind="order.placed", returned="order.returned")
    rows = shaped(write("x.csv", lines), visits(when=When("day"), what=what, amount=Amount("paid", "EUR"))).rows
    assert ["shop.breakage", "order.returned"] == [row["kind"] for row in rows]
