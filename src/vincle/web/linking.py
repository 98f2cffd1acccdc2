"""What people wrote, as it may stand on a page: plain text whose addresses lead somewhere, line by line."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

_ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x20]+", re.IGNORECASE)
_AFTER = ".,;:!?'’”»…*"


def linked(text: str) -> SafeString:
    """`text` escaped, with links where it names an address of the web, and a `<br>` at the end of each line.

    Only http and https lead anywhere; the page they lead to is not told where the reader came from.
    """
    parts: list[str] = []
    at = 0
    for found in _ADDRESS.finditer(text):
        url = _without_what_follows(found.group())
        parts += [_escaped(text[at : found.start()]), _link(url)]
        at = found.start() + len(url)
    parts.append(_escaped(text[at:]))
    return mark_safe("".join(parts))  # noqa: S308 - every part has been escaped


def _without_what_follows(url: str) -> str:
    """The address without the full stop of its sentence, or the bracket that was opened before it."""
    while url:
        if url[-1] in _AFTER or (url[-1] == ")" and url.count(")") > url.count("(")):
            url = url[:-1]
        else:
            break
    return url


def _link(url: str) -> str:
    return format_html('<a href="{}" rel="noopener noreferrer nofollow">{}</a>', url, url)


def _escaped(text: str) -> str:
    return str(conditional_escape(text)).replace("\n", "<br>")
