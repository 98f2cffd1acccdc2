"""settings.toml in an archive: without secrets, and without the database, which a restored home has its own of."""

import json
import re
from typing import Any

SECRET = re.compile(r"secret|password|token|key$", re.IGNORECASE)
OF_THE_PLACE = {"database_url"}


def without_secrets(settings: dict[str, Any]) -> dict[str, Any]:
    """The settings that may leave the house."""
    kept = {name: value for name, value in settings.items() if name not in OF_THE_PLACE and not SECRET.search(name)}
    return {name: without_secrets(value) if isinstance(value, dict) else value for name, value in kept.items()}


def to_toml(settings: dict[str, Any], *, heading: tuple[str, ...] = ()) -> str:
    """The settings as TOML: plain values, then one section for each table."""
    plain = {name: value for name, value in settings.items() if not isinstance(value, dict)}
    lines = [f"[{'.'.join(map(json.dumps, heading))}]"] if heading and plain else []
    lines += [f"{json.dumps(name)} = {_value(value)}" for name, value in plain.items()]
    for name, value in settings.items():
        if isinstance(value, dict):
            lines.append(to_toml(value, heading=(*heading, name)).rstrip("\n"))
    return "".join(f"{line}\n" for line in lines)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    # TOML's strings, numbers and truth values are written as JSON's.
    return json.dumps(value if isinstance(value, str | int | float) else str(value), ensure_ascii=False)
