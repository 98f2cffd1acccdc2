"""Addresses as somebody types them: taken apart once, so that nobody reads them another way later."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from vincle.kernel.errors import BadInput

LONGEST = 1_000
_PLAIN = re.compile(r"[!-~]+")  # no space, no control character, nothing beyond ASCII in what is sent
_HOST = re.compile(r"[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_.])?|[0-9a-f:.]+")
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Address:
    """Where a request goes: `host` without brackets, `path` with its query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def plain(self) -> bool:
        """Whether whoever listens on the way can read what is sent."""
        return self.scheme == "http"


def read_address(url: str) -> Address:
    """What `url` means; raises `BadInput` for what is no address of the web, or carries somebody's name or password."""
    text = url.strip()
    try:
        parts = urlsplit(text)
        host = (parts.hostname or "").rstrip(".")
        if not host.isascii():
            host = host.encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError) as error:
        raise _refused(url) from error
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    wrong = len(text) > LONGEST or parts.scheme not in _PORTS or not _HOST.fullmatch(host) or port == 0
    if wrong or any(c.isspace() or not c.isprintable() for c in text) or not _PLAIN.fullmatch(path) or "\\" in text:
        raise _refused(url)
    if "@" in parts.netloc:
        raise BadInput(_("An address does not carry a name or a password."), _("Leave out what stands before the @."))
    return Address(parts.scheme, host, port or _PORTS[parts.scheme], path)


def _refused(url: str) -> BadInput:
    return BadInput(
        _("“%(address)s” is not an address of the web.") % {"address": url[:80]},
        _("It looks like https://www.example.org/path."),
    )
