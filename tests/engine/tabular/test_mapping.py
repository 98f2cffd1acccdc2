"""A mapping is kept as TOML, and says by its key what is wrong with it."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.engine.tabular import Mapping
from vincle.engine.tabular.mapping import Amount, ObjectColumn, Score, What, When, Where, Who
from vincle.kernel.errors import BadInput

WHOLE = Mapping(
    source="shop",
    who=(Who("Customer ID", "customer_id"), Who("E-mail", "email")),
    when=When("Date", date_order="dmy", timezone="Europe/Madrid"),
    what=What("Type", kind="order.placed", label="Sale", kinds={"Compra web": "order.placed", 'with "quotes"': "a.b"}),
    where=Where(channel="shop", place_column="Store"),
    amount=Amount("Total", "EUR", None, ",", "Units"),
    score=Score("Stars", 1, 5),
    text="Comment",
    staff="Agent",
    message_id="Event",
    attributes={"name": "Full name", "favourite colour": "Colour"},
    objects=(ObjectColumn("order", "Invoice"), ObjectColumn("product", "SKU", "line", "Name", "Units", "Line total")),
    objects_column="objects",
    ignore=("Internal",),
    timezone="Europe/Madrid",
    country="ES",
)

TOML = """\
source = "shop"
text = "Comment"
ignore = ["Internal", "Old"]
timezone = "Europe/Madrid"
country = "ES"

[[who]]
column = "Customer ID"
namespace = "customer_id"

[when]
column = "Date"
date_order = "dmy"

[what]
kind = "order.placed"

[what.kinds]
"Compra web" = "order.placed"

[score]
column = "Stars"
scale = [1.0, 5.0]
"""


def test_a_mapping_comes_back_as_it_was_saved() -> None:
    assert WHOLE == Mapping.from_toml(WHOLE.to_toml())


def test_a_mapping_is_written_as_a_person_would() -> None:
    assert TOML == Mapping.from_toml(TOML).to_toml()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(column=TEXTS, words=st.dictionaries(TEXTS, st.just("a.b"), max_size=3), ignore=st.lists(TEXTS, max_size=3))
def test_any_column_name_survives_being_saved(column: str, words: dict[str, str], ignore: list[str]) -> None:
    mapping = Mapping("shop", (Who(column, "id"),), what=What(column, kinds=words), ignore=tuple(ignore), text=column)
    assert mapping == Mapping.from_toml(mapping.to_toml())


@given(text=st.text(max_size=200))
def test_any_text_is_a_mapping_or_bad_input(text: str) -> None:
    with contextlib.suppress(BadInput):
        Mapping.from_toml(text)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("", "“source” is missing"),
        ("source = 5", "“source” must be a text in quotes"),
        ('source = "My shop"', "“source” is “My shop”; it must be a name in lower-case"),
        ('source = "shop"\ncolor = "red"', "a key “color” that means nothing here. Known are amount, "),
        ('source = "shop"\nwho = "x"', "“who” must be a list"),
        ('source = "shop"\n[[who]]\ncolumn = "a"', "“who[1].namespace” is missing"),
        ('source = "shop"\n[[who]]\ncolumn = "a"\nnamespace = "Number!"', "“who[1].namespace” is “Number!”"),
        ('source = "shop"\n[[who]]\ncolumn = "a"\nnamespace = "a"\nx = "y"', "a key “who[1].x” that means nothing"),
        ('source = "shop"\nwhen = "x"', "“when” must be a table"),
        ('source = "shop"\n[when]\ndate_order = "dym"', "“when.date_order” is “dym”; it must be dmy, mdy or ymd"),
        ('source = "shop"\n[when]\nformat = "days"', "“when.start” is “None”; it must be a date"),
        ('source = "shop"\ntimezone = "Mars/Base"', "“timezone” is “Mars/Base”; it must be a time zone"),
        ('source = "shop"\ntimezone = "../../etc/passwd"', "“timezone” is"),
        ('source = "shop"\ncountry = "Spain"', "“country” is “Spain”; it must be a country code like ES"),
        ('source = "shop"\n[what]\nkind = "Order"', "“what.kind” is “Order”; it must be a dotted name"),
        ('source = "shop"\n[what.kinds]\nbuy = "Order"', "“what.kinds.buy” is “Order”"),
        ('source = "shop"\n[what]\nreturned = "Order"', "“what.returned” is “Order”"),
        ('source = "shop"\n[amount]\ncolumn = "a"\ncurrency = "euro"', "“amount.currency” is “euro”"),
        (
            'source = "shop"\n[amount]\ncolumn = "a"\ndecimal = ";"',
            "“amount.decimal” is “;”; it must be a point or a comma",
        ),
        ('source = "shop"\n[score]\ncolumn = "a"\nscale = [5, 1]', "“score.scale” is “5 to 1”"),
        ('source = "shop"\n[score]\ncolumn = "a"\nscale = 5', "“score.scale” must be two numbers"),
        ('source = "shop"\n[attributes]\nname = 3', "“attributes.name” must be a text in quotes"),
        ('source = "shop', "is not valid TOML"),
    ],
)
def test_a_mistake_is_told_by_its_key(line: str, complaint: str) -> None:
    with pytest.raises(BadInput) as caught:
        Mapping.from_toml(line)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"who": ()}, "Nothing says who each row is about"),
        ({"when": When()}, "Nothing says when each row happened"),
        ({"what": What()}, "Nothing says what happened"),
        ({"text": "Remarks"}, "takes “text” from the column “Remarks”, which the file does not have"),
        ({"amount": Amount("who", quantity_column="Units")}, "takes “amount.quantity_column” from the column “Units”"),
        ({"attributes": {"name": "Name"}}, "takes “attributes.name” from the column “Name”"),
        ({"objects": (ObjectColumn("a", "A"),)}, "takes “objects[1].column” from the column “A”"),
    ],
)
def test_what_a_file_lacks_is_told(changes: dict[str, Any], complaint: str) -> None:
    whole: dict[str, Any] = {"who": (Who("who", "id"),), "when": When("when"), "what": What(kind="a.b")}
    with pytest.raises(BadInput) as caught:
        Mapping("shop", **{**whole, **changes}).check(["who", "when"])
    assert complaint in str(caught.value)


def test_ignored_columns_need_not_be_there() -> None:
    Mapping("shop", (Who("who", "id"),), When("when"), What(kind="a.b"), ignore=("gone",)).check(["who", "when"])


def test_what_is_below_nought_is_written_too() -> None:
    mapping = Mapping("shop", what=What(kind="order.placed", returned="order.returned"))
    assert 'returned = "order.returned"' in mapping.to_toml()
    assert mapping == Mapping.from_toml(mapping.to_toml())
