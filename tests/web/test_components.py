"""Components as they come out."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from vincle.web.pagination import Page


def render(source: str, path: str = "/", **context: object) -> str:
    template = engines["django"].from_string(CottonCompiler().process(source))
    return " ".join(template.render(context, RequestFactory().get(path)).split())


def test_what_people_wrote_is_never_markup():
    written = "<script>alert(1)</script>"
    source = """
      <c-card title="{{ x }}"></c-card><c-chip>{{ x }}</c-chip><c-avatar name="{{ x }}" /><c-toast>{{ x }}</c-toast>
      <c-figure label="{{ x }}" value="{{ x }}" /><c-timeline-item title="{{ x }}" meta="{{ x }}" />
      <c-page-header title="{{ x }}" subtitle="{{ x }}" />
      <c-button href="{{ x }}" data-x="{{ x }}">{{ x }}</c-button>
    """
    assert "<script" not in render(source, x=written)


def test_an_attribute_cannot_be_broken_out_of():
    assert 'onload="' not in render(
        '<c-card title="t" data-x="{{ x }}"></c-card><c-icon name="{{ x }}" />', x='" onload="y'
    )


def test_a_component_sees_nothing_of_the_page_around_it():
    assert "secret" not in render("<c-card></c-card>", title="secret")


def test_a_card_has_its_heading_and_actions():
    out = render('<c-card title="Where she is" level="3"><c-slot name="actions">X</c-slot>Y</c-card>')
    assert '<h3 class="card-name">Where she is</h3>' in out
    assert '<div class="card-actions">X</div>' in out


def test_a_figure_leads_to_the_people_behind_it():
    out = render(
        '<c-figure label="Worth" value="1,240 €" interval="870 to 1,660" people="412 people" href="/people/" />'
    )
    assert '<a href="/people/">1,240 €</a> <span class="stat-interval">870 to 1,660</span>' in out
    assert "412 people" in out


@pytest.mark.parametrize(("attributes", "expected"), [('href="/x/"', "<a "), ("", "<button ")])
def test_a_button_with_an_address_is_a_link(attributes, expected):
    assert render(f"<c-button {attributes}>Go</c-button>").startswith(expected)


def test_an_action_posts_with_its_token():
    out = render('<c-action to="/undo/">Undo</c-action>')
    assert 'method="post" action="/undo/"' in out
    assert "csrfmiddlewaretoken" in out


def test_a_pager_keeps_the_rest_of_the_address():
    out = render('<c-pager :page="page" />', "/people/?q=roca&page=old", page=Page([1], next="there"))
    assert 'href="?q=roca&amp;page=there"' in out
    assert 'aria-disabled="true"' in out


def test_a_pager_of_one_page_is_not_there():
    assert "" == render('<c-pager :page="page" />', page=Page([1]))


def test_progress_without_a_value_moves_without_saying_how_far():
    assert 'value="' not in render('<c-progress label="Bringing in" />')


def test_an_unknown_icon_from_data_is_a_circle():
    assert "#circle" in render('<c-icon name="{{ kind }}" />', kind="no-such-icon")


def test_what_is_to_be_copied_stands_beside_its_button():
    out = render('<c-copy-line id="key" label="Key" value="{{ x }}" />', x='a" onload="b')
    assert '<label class="visually-hidden" for="key">Key</label>' in out
    assert 'id="key" value="a&quot; onload=&quot;b" readonly>' in out
    assert 'data-copy="#key"' in out


def test_a_moment_that_never_was_says_so():
    assert ">not yet</span>" in render('<c-moment :at="at" otherwise="not yet" />', at=None)
    assert ">–</span>" in render('<c-moment :at="at" />', at=None)
