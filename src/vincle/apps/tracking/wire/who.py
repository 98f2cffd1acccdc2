"""Who: ids that say something, in the namespaces of their source, and contact points that reach beyond it."""

import re
from functools import lru_cache
from typing import Any

from vincle.apps.tracking.wire.limits import LONGEST_ID
from vincle.engine.tabular.identities import PLACEHOLDERS, e164

USER, ANONYMOUS, EMAIL, PHONE = "user_id", "anonymous_id", "email", "phone"
_ZEROS = re.compile(r"[0\-.:\s]+")


def identity(value: Any) -> str | None:
    """An id that names somebody; None for nothing, for what systems write when they do not know, and for what is too
    long."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    if not text or len(text) > LONGEST_ID or text.lower() in PLACEHOLDERS or _ZEROS.fullmatch(text):
        return None
    return text


@lru_cache(maxsize=4096)
def phone(value: str, country: str) -> str | None:
    """A telephone number as E.164; None when it is none."""
    return None if len(value) > 40 or _ZEROS.fullmatch(value) else e164(value.strip(), country or None)
