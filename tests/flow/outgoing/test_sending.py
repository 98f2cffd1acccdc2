"""One request and its answer, over a real connection: never elsewhere, never for long, never much."""

import socket
import threading
from typing import Any

import pytest

from flow.outgoing.listener import listening
from vincle.flow.outgoing import Unreachable, send
from vincle.flow.outgoing.allowing import SETTING
from vincle.kernel.errors import Refused


@pytest.fixture(autouse=True)
def _this_machine_allowed(monkeypatch):
    monkeypatch.setenv(SETTING, "127.0.0.1/32")


@pytest.fixture
def listener():
    with listening() as this:
        yield this


def test_what_is_sent_arrives(listener):
    answer = send(listener.url, headers={"X-A": "b"}, body=b"hello")
    (heard,) = listener.heard
    assert (200, b"ok") == (answer.status, answer.body)
    assert ("POST", "/hook", b"hello", "b") == (heard.method, heard.path, heard.body, heard.headers["x-a"])
    assert listener.url.removeprefix("http://").removesuffix("/hook") == heard.headers["host"]


def test_nobody_is_followed_elsewhere(listener):
    listener.statuses, listener.headers = [302], {"Location": "http://169.254.169.254/"}
    assert 302 == send(listener.url, headers={}).status
    assert 1 == len(listener.heard)


def test_the_answer_is_read_no_further_than_wanted(listener):
    listener.body = b"x" * 1_000_000
    assert 100 == len(send(listener.url, headers={}, most=100).body)


def test_what_is_not_allowed_is_not_connected_to(listener, monkeypatch):
    monkeypatch.delenv(SETTING)
    with pytest.raises(Refused):
        send(listener.url, headers={})
    assert [] == listener.heard


def test_the_connection_goes_where_the_name_stood_when_it_was_judged(listener, monkeypatch):
    """A name that stands for one machine when it is judged and for another when it is connected to (DNS rebinding)."""
    port = listener.url.rpartition(":")[2].removesuffix("/hook")
    connected: list[Any] = []
    answers = iter(["93.184.215.14", "127.0.0.1"])
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **more: Any) -> Any:
        return real(next(answers) if host == "rebinding.example" else host, *args, **more)

    def create_connection(address: Any, *_args: Any, **_more: Any) -> None:
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "create_connection", create_connection)
    with pytest.raises(Unreachable):
        send(f"https://rebinding.example:{port}/", headers={})
    assert [("93.184.215.14", int(port))] == connected


def test_who_does_not_listen_is_said_to_be_away():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Unreachable, match="connection refused"):
        send(f"http://127.0.0.1:{port}/", headers={})


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(listener):
    with pytest.raises(Unreachable):
        send(listener.url.replace("http:", "https:"), headers={})


def test_who_answers_a_letter_at_a_time_is_cut_short():
    """Each read comes in time, all of them together do not."""
    stop = threading.Event()

    def drip(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while not stop.wait(0.05):
                try:
                    connection.sendall(b"X")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip, args=(server,), daemon=True)
        thread.start()
        with pytest.raises(Unreachable, match="did not answer within"):
            send(f"http://127.0.0.1:{server.getsockname()[1]}/", headers={}, seconds=0.5)
        stop.set()
        thread.join()


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 banana OK\r\n\r\n", b"\x00" * 100])
def test_an_answer_that_is_none_is_said_to_be_none(said):
    def answer(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            connection.recv(10_000)
            connection.sendall(said)

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=answer, args=(server,), daemon=True)
        thread.start()
        with pytest.raises(Unreachable):
            send(f"http://127.0.0.1:{server.getsockname()[1]}/", headers={}, seconds=5)
        thread.join()
