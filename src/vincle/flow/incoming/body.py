"""The bytes of a request, unpacked, never more of them than `LONGEST_BODY`, whatever they claim."""

import codecs
import zlib
from typing import Protocol

from django.http import HttpRequest

from vincle.flow.incoming.refusals import TooLarge, Unreadable

LONGEST_BODY = 4 * 1024 * 1024  # bytes of a request, unpacked; RudderStack's libraries stop here, Segment's at 500 KB
_GZIP = b"\x1f\x8b"
_MOST_MEMBERS = 100  # a file of gzip may be several, one after the other
_AUTOMATIC = 16 + zlib.MAX_WBITS  # with gzip's header


class Readable(Protocol):
    """Where a body comes from."""

    def read(self, size: int = ..., /) -> bytes: ...


def read(stream: Readable, encoding: str) -> bytes:
    """The whole body, unpacked; raises as `whole` and `plain` do."""
    return plain(whole(stream), encoding)


def stream_of(request: HttpRequest) -> Readable:
    """Where the body comes from; Django reads none where the length was not told beforehand."""
    chunked = "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    if chunked and not request.META.get("CONTENT_LENGTH"):
        return request.META["wsgi.input"]  # type: ignore[no-any-return]
    return request


def whole(stream: Readable) -> bytes:
    """The body as it was sent; raises `TooLarge` beyond the limit."""
    parts: list[bytes] = []
    room = LONGEST_BODY + 1
    while room and (part := stream.read(room)):  # a stream may give less than asked at a time
        parts.append(part)
        room -= len(part)
    if not room:
        raise TooLarge
    return b"".join(parts)


def plain(sent: bytes, encoding: str) -> bytes:
    """The body unpacked; `encoding` is the Content-Encoding header.

    Raises `TooLarge` beyond the limit, and `Unreadable` for an encoding that is not spoken here.
    """
    named = encoding.strip().lower()
    if named not in {"", "identity", "gzip", "x-gzip"}:
        raise Unreadable("unsupported_encoding", f"The content encoding “{named[:40]}” is not understood; gzip is.")
    body = unpack(sent) if "gzip" in named or sent.startswith(_GZIP) else sent
    return body.removeprefix(codecs.BOM_UTF8)


def unpack(packed: bytes) -> bytes:
    """What gzip packed, in one member or several; a bomb goes off no further than the limit."""
    unpacked = bytearray()
    rest, members = packed, 0
    while rest and members < _MOST_MEMBERS:
        members += 1
        member = zlib.decompressobj(_AUTOMATIC)
        try:
            unpacked += member.decompress(rest, LONGEST_BODY + 1 - len(unpacked))
        except zlib.error as error:
            raise Unreadable("invalid_gzip", "The body says it is gzip and cannot be unpacked.") from error
        if len(unpacked) > LONGEST_BODY:
            raise TooLarge
        if not member.eof:
            raise Unreadable("invalid_gzip", "The body ends in the middle of its gzip.")
        rest = member.unused_data.lstrip(b"\0")  # padding is allowed between and after members
    if rest:
        raise Unreadable("invalid_gzip", "The body is packed in too many parts.")
    return bytes(unpacked)
