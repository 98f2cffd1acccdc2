"""How a request's JSON is read: as RFC 8259 has it, and nothing that only some programs take for JSON."""

from typing import Any

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from vincle.api.problems import Malformed


class StrictParser(Parser):
    """No NaN, no half letters, no bytes that are no UTF-8, no nesting without end."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body as plain values; raises `Malformed`."""
        try:
            return msgspec.json.decode(request.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Malformed(
                _("The body is not JSON: %(why)s.") % {"why": str(error)[:200]}, _("Send application/json in UTF-8.")
            ) from error
