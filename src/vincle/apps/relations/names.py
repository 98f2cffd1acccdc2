"""When two organisations have the same name, and what their numbers and addresses look like once they are tidy."""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from vincle.kernel.errors import BadInput
from vincle.kernel.words import fold

_WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
LONGEST_NAME = 200


def tidy(text: str) -> str:
    """Single spaces, and none of the letters that no database keeps."""
    return " ".join(text.replace("\0", "").split())


def match_key(name: str) -> str:
    """“Coop. Ter” and “COOP TER” are the same name: words without accents, capitals or punctuation."""
    return " ".join(_WORD.findall(fold(name)))[:LONGEST_NAME]


def tax_number(text: str) -> str:
    """A fiscal number (VAT, CIF, NIF ...) without the spaces, dots and dashes people write in it."""
    return re.sub(r"[\W_]", "", text).upper()


def website(text: str) -> str:
    """An address of the web, with its scheme; raises `BadInput` for what is none."""
    text = tidy(text)
    if not text:
        return ""
    given = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(given)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or parts.username or port == 0:
        raise BadInput(_("This is no address of a website."), _("It looks like https://www.example.org."))
    return given


def domain(text: str) -> str:
    """A domain as e-mail has it; of a website's or an e-mail's address its own. Raises `BadInput` for what is none."""
    text = tidy(text).lower().rpartition("@")[2]
    if not text:
        return ""
    try:
        host = (urlsplit(text if "://" in text else f"//{text}").hostname or "").encode("idna").decode("ascii")
    except ValueError:
        host = ""
    if not _HOST.fullmatch(host):
        raise BadInput(_("This is no domain."), _("It looks like example.org."))
    return host.removeprefix("www.")
