"""Addresses as somebody types them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.flow.outgoing import Address, read_address
from vincle.kernel.errors import BadInput


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", Address("https", "example.org", 443, "/")),
        (" https://Example.ORG:8443/a?b=1#c ", Address("https", "example.org", 8443, "/a?b=1")),
        ("http://[::1]/x", Address("http", "::1", 80, "/x")),
        ("https://example.org./", Address("https", "example.org", 443, "/")),
        ("https://exàmple.cat/", Address("https", "xn--exmple-jta.cat", 443, "/")),
        ("https://１２７.0.0.1/", Address("https", "127.0.0.1", 443, "/")),
    ],
)
def test_an_address_is_read(url, expected):
    assert expected == read_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "ftp://example.org",
        "file:///etc/passwd",
        "gopher://example.org",
        "https://",
        "https:///path",
        "https://exa mple.org",
        "https://example.org/a b",
        "https://example.org/\r\nHost: x",
        "https://example.org\\@127.0.0.1/",
        "https://name:password@example.org",
        "https://example.org@127.0.0.1",
        "https://example.org:99999",
        "https://example.org:0",
        "https://example.org:x",
        "https://[::1",
        "https://[fe80::1%25eth0]/",
        "https://example.org/" + "a" * 1000,
        "https://example.org/é",
    ],
)
def test_what_is_no_address_is_refused(url):
    with pytest.raises(BadInput):
        read_address(url)


@given(st.text() | st.text().map(lambda rest: f"https://{rest}"))
def test_whatever_is_typed_is_an_address_or_refused(url):
    try:
        address = read_address(url)
    except BadInput:
        return
    assert address.scheme in {"http", "https"}
    assert 0 < address.port < 65_536
    assert address.path.isascii()
    assert address.path.isprintable()
