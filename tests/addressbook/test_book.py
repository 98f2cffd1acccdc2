"""The address book as iOS, Thunderbird and DAVx5 ask for it: found, listed, read, kept up to date."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from addressbook.asking import BOOK, SPACES, Device, changes, find, statuses, texts, two_people
from people.telling import NOW, happened, person, tell
from vincle.apps.accounts.actor import COMMAND_LINE
from vincle.apps.addressbook.dav import xml
from vincle.apps.people import facade as people
from vincle.kernel.errors import BadInput

pytestmark = pytest.mark.django_db
QUICK = settings(max_examples=50, suppress_health_check=list(HealthCheck))


@pytest.fixture
def telephone(anna) -> Device:
    return Device(anna)


def href(who: str) -> str:
    return f"{BOOK}{person(who).uid}.vcf"


def test_a_device_that_knows_the_host_finds_the_book(telephone):
    assert "/dav/" == telephone.client.get("/.well-known/carddav").url
    principal = "d:response/d:propstat/d:prop/d:current-user-principal/d:href"
    (me,) = texts(telephone.told("PROPFIND", "/dav/", find("d:current-user-principal"), Depth="0"), principal)
    homes = "d:response/d:propstat/d:prop/card:addressbook-home-set/d:href"
    (home,) = texts(telephone.told("PROPFIND", me, find("card:addressbook-home-set"), Depth="0"), homes)
    found = telephone.told("PROPFIND", home, find("d:resourcetype", "d:displayname"), Depth="1")
    books = [
        each.findtext("d:href", "", SPACES)
        for each in found.iterfind("d:response", SPACES)
        if each.find(".//card:addressbook", SPACES) is not None
    ]
    assert [BOOK] == books


def test_the_book_says_what_it_can_do(telephone):
    options = telephone.ask("OPTIONS", BOOK)
    assert "addressbook" in options["DAV"]
    assert "PUT" not in options["Allow"]
    found = telephone.told(
        "PROPFIND", BOOK, find("d:supported-report-set", "d:current-user-privilege-set", "d:x"), Depth="0"
    )
    prop = "d:response/d:propstat/d:prop/"
    assert 3 == len(list(found.iterfind(f"{prop}d:supported-report-set/d:supported-report", SPACES)))
    assert found.find(f"{prop}d:current-user-privilege-set/d:privilege/d:read", SPACES) is not None
    assert found.find(f"{prop}d:current-user-privilege-set/d:privilege/d:write", SPACES) is None
    assert ["HTTP/1.1 200 OK", "HTTP/1.1 404 Not Found"] == texts(found, "d:response/d:propstat/d:status")


def test_the_list_has_who_can_be_reached(telephone):
    two_people()
    found = telephone.told("PROPFIND", BOOK, find("d:getetag"), Depth="1")
    assert {BOOK, href("C1"), href("C2")} == set(texts(found, "d:response/d:href"))
    assert 2 == len(list(filter(None, texts(found, "d:response/d:propstat/d:prop/d:getetag"))))


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_cards_are_given_by_their_addresses(telephone, version):
    two_people()
    body = (
        f'<card:addressbook-multiget {{x}}><d:prop><d:getetag/><card:address-data content-type="text/vcard" '
        f'version="{version}"/></d:prop><d:href>{href("C1")}</d:href><d:href>{BOOK}nobody.vcf</d:href>'
        f"<d:href>{href('C3')}</d:href></card:addressbook-multiget>"
    )
    found = telephone.told("REPORT", BOOK, body)
    (text,) = texts(found, "d:response/d:propstat/d:prop/card:address-data")
    assert text.startswith("BEGIN:VCARD")
    assert {f"VERSION:{version}", "FN:Mercè Roca", "EMAIL:merce@example.org"} <= set(text.splitlines())
    assert {f"{BOOK}nobody.vcf": "404", href("C3"): "404"} == statuses(found)


def test_a_card_is_read_once_and_then_only_when_it_has_changed(telephone):
    two_people()
    first = telephone.ask("GET", href("C1"))
    assert (200, "text/vcard; charset=utf-8") == (first.status_code, first["Content-Type"])
    assert 304 == telephone.ask("GET", href("C1"), **{"If-None-Match": first["ETag"]}).status_code
    tell(happened("C1", "2026-06-01 10:00"))  # nothing that a card says
    assert first["ETag"] == telephone.ask("GET", href("C1"))["ETag"]
    tell(happened("C1", "2026-06-02 10:00", name="Mercè Roca Puig"))
    assert first["ETag"] != telephone.ask("GET", href("C1"))["ETag"]
    assert 404 == telephone.ask("GET", href("C3")).status_code


def test_a_device_is_told_what_has_changed_since(telephone):
    two_people()
    first = telephone.told("REPORT", BOOK, changes())
    assert {href("C1"), href("C2")} == set(texts(first, "d:response/d:href"))
    token = first.findtext("d:sync-token", "", SPACES)
    assert [] == texts(telephone.told("REPORT", BOOK, changes(token)), "d:response/d:href")

    tell(happened("C3", "2026-06-01 10:00", links=[("email", "c3@example.org")]))
    people.join(person("C1"), person("C2"), actor=COMMAND_LINE, now=NOW)
    second = telephone.told("REPORT", BOOK, changes(token))
    gone = statuses(second)
    assert ["404"] == list(gone.values())
    assert {href("C1"), href("C3")} == set(texts(second, "d:response/d:href")) - set(gone)
    ctag = "d:response/d:propstat/d:prop/cs:getctag"
    assert [second.findtext("d:sync-token", "", SPACES)] == texts(
        telephone.told("PROPFIND", BOOK, find("cs:getctag"), Depth="0"), ctag
    )


def test_a_long_book_is_given_in_pieces(telephone):
    tell(*(happened(f"C{n}", "2026-03-01 10:00", links=[("email", f"p{n}@example.org")]) for n in range(5)))
    token, seen = "", []
    for _turn in range(3):
        found = telephone.told("REPORT", BOOK, changes(token, 2))
        seen += [each for each in texts(found, "d:response/d:href") if each != BOOK]
        token = found.findtext("d:sync-token", "", SPACES)
        more = statuses(found)
    assert (5, 5, {}) == (len(seen), len(set(seen)), more)


@pytest.mark.parametrize("token", ["urn:vincle:book:99999999", "urn:vincle:book:x", "urn:other:1"])
def test_a_token_of_another_book_makes_the_device_begin_anew(telephone, token):
    response = telephone.ask("REPORT", BOOK, changes(token))
    assert 403 == response.status_code
    assert b"valid-sync-token" in response.content


def where(name: str, words: str, **how: str) -> str:
    """A condition on one property."""
    said = " ".join(f'{key.replace("_", "-")}="{value}"' for key, value in how.items())
    return f'<card:prop-filter name="{name}"><card:text-match {said}>{words}</card:text-match></card:prop-filter>'


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [
        (where("FN", "MERCE", match_type="contains"), ["C1"]),
        (where("TEL", "222", match_type="ends-with"), ["C2"]),
        ('<card:prop-filter name="EMAIL"><card:is-not-defined/></card:prop-filter>', ["C2"]),
        ('<card:prop-filter name="EMAIL"/>', ["C1"]),
        (where("FN", "roca", negate_condition="yes"), ["C2"]),
        (where("FN", "roca") + where("FN", "serra"), ["C1", "C2"]),
        ("", ["C1", "C2"]),
    ],
)
def test_people_are_found_by_what_their_cards_say(telephone, filter_, expected):
    two_people()
    asked = f"<d:prop><d:getetag/></d:prop><card:filter>{filter_}</card:filter>"
    found = telephone.told("REPORT", BOOK, f"<card:addressbook-query {{x}}>{asked}</card:addressbook-query>")
    assert {href(who) for who in expected} == set(texts(found, "d:response/d:href"))


def test_a_search_that_finds_too_many_says_so(telephone):
    two_people()
    body = (
        "<card:addressbook-query {x}><d:prop><d:getetag/></d:prop><card:limit><card:nresults>1</card:nresults>"
        "</card:limit></card:addressbook-query>"
    )
    found = telephone.told("REPORT", BOOK, body)
    assert {BOOK: "507"} == statuses(found)
    assert found.find(".//d:number-of-matches-within-limits", SPACES) is not None


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PROPPATCH", "MKCOL", "POST"])
def test_nothing_can_be_written(telephone, method):
    two_people()
    response = telephone.ask(method, href("C1"), "BEGIN:VCARD")
    assert 403 == response.status_code
    assert b"need-privileges" in response.content


@pytest.mark.parametrize(
    "body",
    [
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><d:propfind xmlns:d="DAV:">&b;</d:propfind>',
        b"<d:propfind",
        b"<a>" * 40 + b"</a>" * 40,
        b'<d:propfind xmlns:d="DAV:"/>' + b" " * xml.MAX_BODY,
    ],
    ids=["entities", "broken", "deep", "large"],
)
def test_a_request_made_to_harm_is_refused(telephone, body):
    assert 400 == telephone.ask("PROPFIND", BOOK, body).status_code


UNKNOWN = f"<card:addressbook-query {{x}}><card:filter>{where('X-A', 'a')}</card:filter></card:addressbook-query>"


@pytest.mark.parametrize("body", ["", "<d:other {x}/>", UNKNOWN], ids=["empty", "other", "property"])
def test_a_report_nobody_knows_is_refused_in_words(telephone, body):
    assert 400 == telephone.ask("REPORT", BOOK, body).status_code


def test_all_there_is_below_is_not_told_at_once(telephone):
    assert 403 == telephone.ask("PROPFIND", "/dav/", Depth="infinity").status_code


def test_a_list_costs_the_same_for_many(telephone, django_assert_max_num_queries):
    tell(*(happened(f"C{n}", "2026-03-01 10:00", links=[("email", f"p{n}@example.org")]) for n in range(60)))
    telephone.told("PROPFIND", BOOK, find("d:getetag"), Depth="0")
    with django_assert_max_num_queries(16):
        assert 61 == len(texts(telephone.told("PROPFIND", BOOK, find("d:getetag"), Depth="1"), "d:response/d:href"))


@QUICK
@given(body=st.binary(max_size=200) | st.text(alphabet='<>/ad:"= {}&;!', max_size=200).map(str.encode))
def test_whatever_is_sent_is_read_or_refused(body):
    try:
        root = xml.read(body)
    except BadInput:
        return
    assert root is None or isinstance(root.tag, str)
