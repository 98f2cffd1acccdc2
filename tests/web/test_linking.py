"""What people write stands on the page as they wrote it, with links that are safe."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vincle.web.linking import linked

_LINK = re.compile(r'<a href="([^"]*)" rel="noopener noreferrer nofollow">([^<]*)</a>')


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("see https://example.org/a?b=1&c=2.", ["https://example.org/a?b=1&c=2"]),
        ("(https://example.org/x_(y))", ["https://example.org/x_(y)"]),
        ("HTTP://EXAMPLE.ORG, and more", ["HTTP://EXAMPLE.ORG"]),
        ("javascript:alert(1) data:text/html,x ftp://x.org //x.org", []),
        ('https://x.org/"onmouseover="alert(1)', ["https://x.org/"]),
        ("https://x.org/<script>", ["https://x.org/"]),
    ],
)
def test_only_addresses_of_the_web_lead_somewhere(text, urls):
    assert urls == [unescape(url) for url, _words in _LINK.findall(linked(text))]


def test_lines_stay_lines_and_marks_are_only_marks():
    assert "a &lt;b&gt;<br>&amp;" == linked("a <b>\n&")


@given(st.text())
def test_whatever_is_written_can_be_read_again_and_holds_no_other_marks(text):
    page = linked(text)
    bare = _LINK.sub(lambda found: found.group(2), page).replace("<br>", "\n")

    assert text == unescape(bare)
    assert not re.search(r"[<>\"]", bare)


@given(
    st.lists(st.sampled_from(["https://", "http://", ")", "(", ".", "x.org/", '"', "'", "<", ">", " ", "\n", "&amp;"]))
)
def test_no_mixture_of_brackets_and_quotes_leaves_its_link(parts):
    bare = _LINK.sub("", linked("".join(parts))).replace("<br>", "")

    assert not re.search(r"[<>\"]", bare)
