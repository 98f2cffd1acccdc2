"""JSON that somebody wrote in a box: read so that every database can hold it."""

import json
from typing import Any

from django.utils.translation import gettext as _

from vincle.flow.append.schema import LONGEST
from vincle.kernel.errors import BadInput


def read_json(text: str) -> Any:
    """What `text` says; None when there is only space. Raises `BadInput`, saying where it breaks."""
    if not text.strip():
        return None
    if len(text) > LONGEST:
        raise BadInput(_("This is too long: at most %(count)d characters.") % {"count": LONGEST})
    try:
        found = json.loads(text, parse_constant=_refuse)
        plain = json.dumps(found, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        said = _("This is not JSON: it breaks near line %(line)d.") % {"line": error.lineno}
        raise BadInput(said, _("Look for a comma too many or a quotation mark too few.")) from error
    except (ValueError, RecursionError) as error:
        raise BadInput(
            _("This is not JSON that can be kept."), _("Look for numbers or characters that are none.")
        ) from error
    if b"\\u0000" in plain:
        raise BadInput(_("It holds a character that cannot be kept."))
    return found


def read_object(text: str) -> dict[str, Any]:
    """The JSON object in `text`; an empty one when there is only space."""
    found = read_json(text)
    if found is not None and not isinstance(found, dict):
        raise BadInput(_("This must be a JSON object, between { and }."))
    return found or {}


def read_list(text: str) -> list[Any]:
    """The JSON list in `text`; an empty one when there is only space."""
    found = read_json(text)
    if found is not None and not isinstance(found, list):
        raise BadInput(_("This must be a JSON list, between [ and ]."))
    return found or []


def shown(value: Any) -> str:
    """A value as people read it; nothing for nothing."""
    return json.dumps(value, indent=2, ensure_ascii=False) if value else ""


def _refuse(name: str) -> None:
    raise ValueError(name)
