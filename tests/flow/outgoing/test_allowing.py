"""No request reaches a machine inside, in whatever notation its address is written, however often its name changes."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from vincle.flow.outgoing import read_address
from vincle.flow.outgoing.allowing import SETTING, Unknown, is_public, pinned
from vincle.kernel.errors import Refused, VincleError

PUBLIC = "93.184.215.14"


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Have each look-up give the next of `answers`; returns the names that were looked up."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, *_args: Any, **_more: Any) -> list[Any]:
        asked.append(host)
        numbers = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@pytest.fixture(autouse=True)
def _nothing_allowed(monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0177.0.0.1",
        "017700000001",
        "0x7f.0.0.1",
        "0x7f000001",
        "2130706433",
        "127.0.0.1.",
        "１２７.0.0.1",
        "localhost",
        "0.0.0.0",  # noqa: S104 - refused, not listened at
        "0",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0xa9fea9fe",
        "2852039166",
        "100.64.0.1",
        "192.0.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:a9fe:a9fe]",
        "[::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::a9fe:a9fe]",
        "[2002:7f00:1::]",
        "[2001:0:53aa:64c:0:0:80ff:fffe]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "[100::1]",
        "[2001:db8::1]",
    ],
)
def test_a_machine_inside_is_refused_in_every_notation(host):
    with pytest.raises(VincleError) as caught:
        pinned(read_address(f"https://{host}/"))
    assert isinstance(caught.value, Refused | Unknown), caught.value


@pytest.mark.parametrize("host", ["127.1", "0177.0.0.1", "0x7f000001", "2130706433"])
def test_those_notations_do_mean_this_machine(host):
    assert "127.0.0.1" == socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM)[0][4][0]


@pytest.mark.parametrize("number", [PUBLIC, "2606:4700::1111", "64:ff9b::5db8:d70e", "::ffff:93.184.215.14"])
def test_what_is_public_is_let_through(number):
    assert is_public(ip_address(number))


def test_a_name_is_judged_by_what_it_stands_for(monkeypatch):
    answering(monkeypatch, ["10.0.0.7"])
    with pytest.raises(Refused, match="not a machine on the public internet"):
        pinned(read_address("https://example.org/"))


def test_a_name_with_one_machine_inside_among_several_is_refused(monkeypatch):
    answering(monkeypatch, [PUBLIC, "169.254.169.254"])
    with pytest.raises(Refused):
        pinned(read_address("https://example.org/"))


def test_a_name_is_looked_up_once(monkeypatch):
    asked = answering(monkeypatch, [PUBLIC], ["127.0.0.1"])
    assert (PUBLIC, ["example.org"]) == (pinned(read_address("https://example.org/")), asked)


def test_a_name_that_nobody_knows_is_said_to_be_unknown(monkeypatch):
    def unknown(*_args: Any, **_more: Any) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(Unknown):
        pinned(read_address("https://example.org/"))


def test_nothing_is_sent_in_the_clear_to_the_outside(monkeypatch):
    answering(monkeypatch, [PUBLIC])
    with pytest.raises(Refused, match="https"):
        pinned(read_address("http://example.org/"))


@pytest.mark.parametrize(
    "setting", ["127.0.0.1", "127.0.0.0/8", "10.0.0.0/8, 127.0.0.1/32", "localhost", "other.example,LOCALHOST."]
)
def test_the_installation_may_allow_a_machine_inside(monkeypatch, setting):
    monkeypatch.setenv(SETTING, setting)
    answering(monkeypatch, ["127.0.0.1"])
    assert "127.0.0.1" == pinned(read_address("http://localhost/"))


@pytest.mark.parametrize("setting", ["10.0.0.0/8", "example.org", "::1", "host"])
def test_allowing_one_allows_no_other(monkeypatch, setting):
    monkeypatch.setenv(SETTING, setting)
    answering(monkeypatch, ["127.0.0.1"])
    with pytest.raises(Refused):
        pinned(read_address("http://localhost/"))
