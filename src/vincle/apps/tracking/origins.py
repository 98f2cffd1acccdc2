"""Origins: where a web page is from, as browsers write it (RFC 6454): scheme, host and, unless it is usual, port."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from vincle.kernel.errors import BadInput

_USUAL = {"http": 80, "https": 443}
_HOST = re.compile(r"[a-z0-9._-]{1,253}|\[[0-9a-f:.]+\]")


def normalised(origin: str) -> str:
    """`https://Shop.example.org/` as browsers write it: 'https://shop.example.org'. Raises `BadInput`."""
    text = origin.strip().lower().rstrip("/")
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (
            (parts.hostname or "").encode("idna").decode("ascii") if "[" not in parts.netloc else f"[{parts.hostname}]"
        )
    except (ValueError, UnicodeError) as error:
        raise _refused(origin) from error
    bare = f"{parts.scheme}://{parts.netloc}"
    if parts.scheme not in _USUAL or text != bare or "@" in parts.netloc or not _HOST.fullmatch(host):
        raise _refused(origin)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != _USUAL[parts.scheme] else "")


def _refused(origin: str) -> BadInput:
    return BadInput(
        _("“%(origin)s” is not the origin of a web page.") % {"origin": origin[:80]},
        _("It looks like https://www.example.org, without a path."),
    )
