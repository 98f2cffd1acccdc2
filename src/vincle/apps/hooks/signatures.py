"""Whether a request is signed as its program signs: Standard Webhooks 1.0, or HMAC-SHA256 of the body in a header."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from vincle.apps.hooks.models import Hook
from vincle.apps.webhooks.facade import signature

TOLERANCE = timedelta(minutes=5)


def is_signed(hook: Hook, headers: Mapping[str, str], body: bytes, *, now: datetime) -> bool:
    """Whether the signature that the hook asks for is there and right; `body` as it was sent."""
    match hook.signing:
        case Hook.Signing.STANDARD:
            return _standard(hook.signing_secret, headers, body, now=now)
        case Hook.Signing.HMAC:
            return _plain(hook.signing_secret, headers.get(hook.signing_header, ""), body)
    return True


def _standard(secret: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> bool:
    number, second = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not number or not second.isascii() or not second.isdecimal() or len(second) > 11:
        return False
    if abs(int(now.timestamp()) - int(second)) > TOLERANCE.total_seconds():
        return False
    expected = signature(secret, message_id=number, timestamp=int(second), body=body)
    return any(_same(expected, each) for each in headers.get("webhook-signature", "").split()[:10])


def _plain(secret: str, given: str, body: bytes) -> bool:
    written = given.strip()
    written = written[7:] if written[:7].lower() == "sha256=" else written
    made = hmac.digest(secret.encode(), body, hashlib.sha256)
    return _same(made.hex(), written.lower()) or _same(base64.b64encode(made).decode(), written)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "replace"))


def is_key(secret: str) -> bool:
    """Whether Standard Webhooks can sign with it: base64, perhaps after `whsec_`."""
    try:
        return bool(base64.b64decode(secret.removeprefix("whsec_"), validate=True))
    except (binascii.Error, ValueError):
        return False
