"""What each type takes, how it is kept, and how it is said."""

from collections.abc import Iterator

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from vincle.apps.fields.types import TYPES, WITH_OPTIONS, Field, href, read, said
from vincle.kernel.errors import BadInput
from vincle.kernel.house import House


@pytest.fixture(autouse=True, scope="module")
def _in_girona() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("vincle.apps.fields.types.house", House)
        yield


OPTIONS = (("a", "Apple"), ("b", "Bread"))


def of(type_: str) -> Field:
    return Field("field:x", "X", type_, OPTIONS if type_ in WITH_OPTIONS else ())


@pytest.mark.parametrize(
    ("type_", "given_", "kept", "words"),
    [
        ("text", ["  two   words "], "two words", "two words"),
        ("long", [" a\r\nb "], "a\nb", "a\nb"),
        ("number", ["1 234,50"], "1234.50", "1,234.5"),
        ("number", ["-0.001"], "-0.001", "-0.001"),
        ("date", ["1984-02-29"], "1984-02-29", "29 Feb 1984"),
        ("yesno", ["yes"], "yes", "yes"),
        ("one", ["b"], "b", "Bread"),
        ("several", ["b", "a", "b"], "b\na", "Bread, Apple"),
        ("link", ["https://example.org/a?b=c"], "https://example.org/a?b=c", "https://example.org/a?b=c"),
        ("email", ["Merce@example.org"], "Merce@example.org", "Merce@example.org"),
        ("phone", ["612 34 56 78"], "+34612345678", "+34612345678"),
        ("text", ["", " "], "", ""),
        ("several", [], "", ""),
    ],
)
def test_what_is_typed_is_kept_in_one_form_and_said_in_words(type_, given_, kept, words):
    assert (kept, words) == (read(of(type_), given_), said(of(type_), kept) if kept else "")


@pytest.mark.parametrize(
    ("type_", "given_"),
    [
        ("text", ["x" * 501]), ("text", ["a", "b"]), ("long", ["x" * 10_001]),
        ("number", ["many"]), ("number", ["1,2,3"]), ("number", ["NaN"]), ("number", ["1e999999"]),
        ("number", ["9" * 31]),
        ("date", ["29/02/1984"]), ("date", ["1983-02-29"]), ("yesno", ["maybe"]), ("one", ["c"]),
        ("several", ["a", "c"]),
        ("link", ["javascript:alert(1)"]), ("link", ["//x.org"]), ("link", ["ftp://x.org"]),
        ("email", ["merce"]), ("email", ["a@b\nBcc: c@d.org"]), ("phone", ["call me"]), ("phone", ["1"]),
    ],
)  # fmt: skip
def test_what_is_not_of_the_type_is_said_with_the_fields_name(type_, given_):
    with pytest.raises(BadInput, match="X"):
        read(of(type_), given_)


@given(st.sampled_from(sorted(TYPES)), st.lists(st.text(max_size=40), max_size=3))
def test_whatever_is_typed_is_kept_or_refused_and_what_is_kept_stays_as_it_is(type_, typed):
    try:
        kept = read(of(type_), typed)
    except BadInput:
        return
    assert "\0" not in kept
    if kept:
        assert kept == read(of(type_), kept.split("\n") if type_ == "several" else [kept])
        with translation.override("en"):
            assert said(of(type_), kept)


@given(st.sampled_from(sorted(TYPES)), st.text(max_size=40))
def test_what_was_kept_as_another_type_is_said_as_it_stands(type_, value):
    assert isinstance(said(of(type_), value), str)
    assert href(Field("x", "X", "link"), value) == "" or value.lower().startswith("http")
