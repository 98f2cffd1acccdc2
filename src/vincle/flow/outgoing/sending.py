"""One request to the outside and its answer: never elsewhere, never for long, never much."""

import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from vincle.flow.outgoing.address import Address, read_address
from vincle.flow.outgoing.allowing import pinned
from vincle.kernel.errors import VincleError

SECONDS = 10.0
MOST_BYTES = 64 * 1024
AGENT = "Vincle"


class Unreachable(VincleError):
    """No answer came, or none that can be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the beginning of `body`, as much as was wanted. A redirection is an answer like any other."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def send(
    url: str,
    *,
    method: str = "POST",
    headers: Mapping[str, str],
    body: bytes = b"",
    seconds: float = SECONDS,
    most: int = MOST_BYTES,
) -> Answer:
    """Ask `url`, within `seconds` in all, for at most `most` bytes.

    Raises `BadInput` for what is no address, `Refused` for one that may not be spoken to, and `Unreachable`, or
    `Unknown`, when no answer came.
    """
    address = read_address(url)
    connection = _connection(address, pinned(address), seconds)
    given = {"User-Agent": AGENT, "Accept-Encoding": "identity", "Connection": "close"} | dict(headers)
    try:
        with _within(connection, seconds):
            connection.request(method, address.path, body=body or None, headers=given)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read(most))
    except ssl.SSLError as error:
        raise Unreachable(_("Its certificate cannot be trusted.")) from error
    except TimeoutError as error:
        raise Unreachable(_("It did not answer within %(count)d seconds.") % {"count": int(seconds)}) from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(_("It did not answer: %(why)s.") % {"why": _reason(error)}) from error
    finally:
        connection.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to a number that was looked up before, whatever the name stands for by now."""

    def __init__(self, address: Address, number: str, seconds: float) -> None:
        super().__init__(address.host, address.port, timeout=seconds)
        self.number = number

    def connect(self) -> None:
        self.sock = socket.create_connection((self.number, self.port), self.timeout)


class _PinnedSafely(_Pinned):
    """The same, with a certificate that must be of the name."""

    default_port = 443

    def connect(self) -> None:
        super().connect()
        # The handshake comes after, so that the time can run out in the middle of it.
        self.sock = _trusting().wrap_socket(self.sock, server_hostname=self.host, do_handshake_on_connect=False)
        self.sock.do_handshake()


@cache
def _trusting() -> ssl.SSLContext:
    return ssl.create_default_context()


def _connection(address: Address, number: str, seconds: float) -> _Pinned:
    return (_Pinned if address.plain else _PinnedSafely)(address, number, seconds)


@contextmanager
def _within(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """Cut the line when the time is over: each read may wait, but not all of them together."""
    over = threading.Event()

    def cut() -> None:
        over.set()
        if connection.sock is not None:
            try:
                connection.sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                return

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException) as error:
        if over.is_set():
            raise TimeoutError from error
        raise
    else:
        if over.is_set():
            raise TimeoutError
    finally:
        timer.cancel()


def _reason(error: Exception) -> str:
    """What the system says of it, without the numbers of machines."""
    said = getattr(error, "strerror", None) or type(error).__name__
    return str(said).lower()
