"""Who: the same person's address is the same key however it is written."""

import phonenumbers
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from vincle.engine.tabular.identities import e164, email, emails, ids, phones


def one(pair: tuple[pa.Array, pa.Array]) -> tuple[str | None, str | None]:
    return pair[0][0].as_py(), pair[1][0].as_py()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("Anna@Example.ORG", "anna@example.org"),
        ("anna.roca+news@mail.example.co.uk", "anna.roca+news@mail.example.co.uk"),
        ("josé@mañana.es", "josé@mañana.es"),
        ("o'brien@example.org", "o'brien@example.org"),
    ],
)
def test_an_address_is_compared_in_lower_case(written: str, address: str) -> None:
    assert (address, None) == one(emails(pa.array([written])))


@pytest.mark.parametrize(
    "written",
    ["anna", "anna@", "@example.org", "anna@example", "a b@example.org", "a@b@c.org", "anna@example..org", "a@-b.org",
     "anna@example.c0m", "Anna <anna@example.org>", "anna@exa_mple.org", "a@" + "b" * 260 + ".org"],
)  # fmt: skip
def test_what_is_no_address_is_told(written: str) -> None:
    assert (None, "is not an e-mail address") == one(emails(pa.array([written])))


@pytest.mark.parametrize(
    "written",
    ["null", "NULL", "None", "undefined", "N/A", "nan", "0", "000", "0.0", "00000000-0000-0000-0000-000000000000", "-1",
     "-",
     "?", "Unknown", "ANONYMOUS", "test", "desconegut", "Anónimo", "walk-in"],
)  # fmt: skip
def test_a_placeholder_is_nobody(written: str) -> None:
    assert (None, "does not say who it is") == one(ids(pa.array([written])))


@pytest.mark.parametrize("written", ["test@shop.example", "Test@example.org", "none@none.com", "noemail@example.org"])
def test_a_placeholder_may_look_like_an_address(written: str) -> None:
    assert (None, "does not say who it is") == one(emails(pa.array([written])))


@pytest.mark.parametrize("written", ["00042", "10", "Anna Roca", "a0", "0a", "C-0001", "testa"])
def test_an_id_of_a_source_stays_as_it_is(written: str) -> None:
    assert (written, None) == one(ids(pa.array([written])))


def test_an_id_that_no_column_holds_is_told() -> None:
    assert (None, "is longer than the 255 characters of an identity") == one(ids(pa.array(["x" * 256])))


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        ("600 11 22 33", "ES", "+34600112233"),
        ("93 123 45 67", "ES", "+34931234567"),
        ("+34 600-111-222", None, "+34600111222"),
        ("0034 600 111 222", None, "+34600111222"),
        ("(020) 7946 0958", "GB", "+442079460958"),
        ("+44 (0)20 7946 0958", None, "+442079460958"),
        ("+4402079460958", None, "+442079460958"),
        ("202-555-0143", "US", "+12025550143"),
        ("06.12.34.56.78", "FR", "+33612345678"),
        ("+39 06 123 4567", None, "+39061234567"),
    ],
)
def test_a_number_is_written_in_one_way(written: str, country: str | None, number: str) -> None:
    assert number == e164(written, country)


@pytest.mark.parametrize(("written", "country"), [("12", "ES"), ("abc", "ES"), ("+999 123", None), ("600112233", None)])
def test_what_is_no_number_is_told(written: str, country: str | None) -> None:
    value, problem = one(phones(pa.array([written]), country))
    assert value is None
    assert problem is not None
    assert problem.startswith("is not a telephone number")


def test_a_number_without_prefix_asks_for_the_country() -> None:
    _, problem = one(phones(pa.array(["600112233"]), None))
    assert "is not a telephone number (a number without its country's prefix needs the mapping's country)" == problem


@pytest.mark.parametrize("form", [0, 1, 2], ids=["e164", "international", "national"])
def test_the_short_cuts_give_what_the_library_gives(form: int) -> None:
    wrong = []
    for region in phonenumbers.SUPPORTED_REGIONS:
        for kind in (phonenumbers.PhoneNumberType.FIXED_LINE, phonenumbers.PhoneNumberType.MOBILE):
            example = phonenumbers.example_number_for_type(region, kind)
            if example is not None:
                expected = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)
                written = phonenumbers.format_number(example, form)
                wrong += [(region, written)] if expected != e164(written, region) else []
    assert [] == wrong


@settings(max_examples=300)
@given(text=st.text(min_size=1, max_size=40) | st.from_regex(r"\+?[\d ()./-]{1,30}", fullmatch=True))
def test_any_text_is_an_identity_or_a_problem(text: str) -> None:
    for values, problems in (emails(pa.array([text])), ids(pa.array([text])), phones(pa.array([text]), "ES")):
        assert values[0].is_valid != problems[0].is_valid


LETTERS = st.text(st.sampled_from('aB.@-_ 1,\t\v\n\u00a0ñİ"()testNULL'), max_size=12)


@given(st.text() | LETTERS | st.builds("{}@{}.{}".format, LETTERS, LETTERS, st.sampled_from(["com", "org", "x1"])))
@example("no@no.com")
@example("Test@example.org")
@example("a@example.org\n")
@example("a\v@example.org")
@example(f"{'a' * 64}@{'b' * 200}.org")
def test_one_address_alone_is_read_as_in_a_column(text: str) -> None:
    assert one(emails(pa.array([text], pa.string())))[0] == email(text)
