"""Names, numbers and addresses of organisations as people type them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vincle.apps.relations.names import domain, match_key, tax_number, website
from vincle.kernel.errors import BadInput


@pytest.mark.parametrize("name", ["Coop. Ter", "COOP TER", " coop  ter ", "Coop-Ter", "Cóop, Ter!"])
def test_one_name_however_it_is_written(name):
    assert "coop ter" == match_key(name)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("www.Example.org/shop", "https://www.Example.org/shop"),
        ("http://example.org:8080", "http://example.org:8080"),
        ("https://café.example.org", "https://café.example.org"),
    ],
)
def test_a_website_is_kept_with_its_scheme(text, kept):
    assert kept == website(text)


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "//", "http://", "https://[", "a b", "https://x@y.org"]
)
def test_what_is_no_website_is_refused(text):
    with pytest.raises(BadInput):
        website(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        ("Example.ORG", "example.org"),
        ("maria@coop.example.org", "coop.example.org"),
        ("https://www.example.org/x", "example.org"),
    ],
)
def test_a_domain_is_kept_bare(text, kept):
    assert kept == domain(text)


@given(st.text(max_size=300))
@example("ᴬ")
def test_whatever_is_typed_is_kept_or_refused(text):
    for read in (website, domain):
        try:
            kept = read(text)
        except BadInput:
            continue
        assert kept == read(kept)
        assert "\0" not in kept
    assert tax_number(text) == tax_number(tax_number(text))
    assert match_key(text) == match_key(match_key(text))
