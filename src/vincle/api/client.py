"""The typed Python client, written from the description of the API: `python -m vincle.api.client`.

Of `clients/python/vincle_client` it writes `models.py` (a dataclass for each shape) and `operations.py` (a method for
each operation); the rest of the client, how it asks and how it converts, is written by hand.
"""

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Described = dict[str, Any]

FOLDER = Path(__file__).resolve().parents[3] / "clients" / "python" / "vincle_client"
HEADING = "# Written by `python -m vincle.api.client` from the description of the API; change that, not this."

_FORMATS = {"uuid": "UUID", "date-time": "datetime", "date": "date"}
_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
_HEADERS = {"Idempotency-Key": "idempotency_key", "If-Match": "if_match", "If-None-Match": "if_none_match"}


def files(told: Described) -> dict[str, str]:
    """The files that are written, by name."""
    return {"models.py": _tidied(_models(told)), "operations.py": _tidied(_operations(told))}


def _models(told: Described) -> str:
    schemas = {name: each for name, each in told["components"]["schemas"].items() if _is_kept(name, each)}
    blocks = [_model(name, schemas[name]) for name in sorted(schemas)]
    head = [
        f'"""The shapes that the API takes and gives."""\n\n{HEADING}\n',
        "from __future__ import annotations\n",
        "from dataclasses import dataclass, field\nfrom datetime import date, datetime",
        "from typing import Any, Literal\nfrom uuid import UUID\n",
        f"__all__ = {_listed(sorted(schemas))}\n",
    ]
    return "\n".join(head) + "\n\n" + "\n\n\n".join(blocks) + "\n"


def _model(name: str, schema: Described) -> str:
    required = set(schema.get("required", ()))
    fields = sorted(schema["properties"].items(), key=lambda each: each[0] not in required)
    lines = [f'    """{_words(schema.get("description", name))}"""', ""]
    lines += [f"    {field}: {_held(each, field in required)}" for field, each in fields]
    return "\n".join(["@dataclass(frozen=True, kw_only=True)", f"class {name}:", *lines])


def _operations(told: Described) -> str:
    methods = [
        _operation(path, method, details) for path, of in told["paths"].items() for method, details in of.items()
    ]
    head = (
        f'"""The operations of the API, a method each."""\n\n{HEADING}\n\n'
        "from __future__ import annotations\n\n"
        "from datetime import date, datetime\nfrom typing import Literal\nfrom uuid import UUID\n\n"
        "from vincle_client import models\nfrom vincle_client.asking import Asking\n\n\n"
        "class Operations(Asking):\n"
        '    """Everything that can be asked. A POST that is not answered is sent again, and done once."""\n\n'
    )
    return head + "\n\n".join(methods) + "\n"


def _operation(path: str, method: str, details: Described) -> str:
    body = details.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    given = {place: [each for each in details["parameters"] if each["in"] == place] for place in ("path", "query")}
    headers = {each["name"]: _HEADERS[each["name"]] for each in details["parameters"] if each["in"] == "header"}
    arguments = [f"{each['name']}: {type_of(each['schema'])}" for each in given["path"]]
    if body:
        arguments.append(f"given: {_named(type_of(body))}")
    options = [f"{each['name']}: {type_of(each['schema'])}{_asked(each)}" for each in given["query"]]
    options += [f"{name}: str | None = None" for name in headers.values()]
    listed = ", ".join(["self", *arguments, *(["*", *options] if options else [])])
    returned = " | ".join(dict.fromkeys(_answers(details)))
    statuses = ", ".join(f"{status}: {shape}" for status, shape in _by_status(details))
    asked = [f'"{method.upper()}"', f'f"{path}"' if given["path"] else f'"{path}"', f"{{{statuses}}}"]
    if given["query"]:
        asked.append("query={" + ", ".join(f'"{each["name"]}": {each["name"]}' for each in given["query"]) + "}")
    if body:
        asked.append("given=given")
    if headers:
        asked.append("headers={" + ", ".join(f'"{header}": {name}' for header, name in headers.items()) + "}")
    words = _words(f"{details['summary']}.\n\n{details.get('description', '')}".strip(), indent=8)
    return (
        f"    def {details['operationId']}({listed}) -> {returned}:\n"
        f'        """{words}"""\n'
        f"        answer: {returned} = self._ask({', '.join(asked)})\n"
        "        return answer"
    )


def _by_status(details: Described) -> Iterator[tuple[str, str]]:
    for status, answer in details["responses"].items():
        content = answer.get("content", {}).get("application/json")
        if content:
            yield status, _named(type_of(content["schema"]))


def _answers(details: Described) -> list[str]:
    return [shape for _status, shape in _by_status(details)]


def type_of(schema: Described) -> str:
    """A JSON Schema as a type of Python."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return "Any" if name == "JsonValue" else name
    if "enum" in schema or "const" in schema:
        return f"Literal{_listed(schema.get('enum') or [schema['const']])}"
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(type_of(each) for each in schema["anyOf"]))
    kind = schema.get("type")
    if kind == "array":
        return f"list[{type_of(schema.get('items', {}))}]"
    if kind == "object":
        of = schema.get("additionalProperties")
        return f"dict[str, {type_of(of) if isinstance(of, dict) else 'Any'}]"
    return _FORMATS.get(schema.get("format", "")) or _PLAIN.get(str(kind), "Any")


def _is_kept(name: str, schema: Described) -> bool:
    """Problems are raised, not given back."""
    return "properties" in schema and name != "Problem"


def _held(schema: Described, required: bool) -> str:
    """A field's type and, when it may be left out, what it is then."""
    shape, value = type_of(schema), schema.get("default")
    if required:
        return shape
    if isinstance(value, list | dict):
        return f"{shape} = field(default_factory={type(value).__name__})"
    return f"{shape} = {value!r}"


def _asked(parameter: Described) -> str:
    return "" if parameter["required"] else f" = {parameter['schema'].get('default')!r}"


def _named(shape: str) -> str:
    return f"models.{shape}" if re.fullmatch(r"[A-Z]\w+", shape) and shape not in _FORMATS.values() else shape


def _listed(values: list[Any]) -> str:
    return "[" + ", ".join(f'"{value}"' if isinstance(value, str) else repr(value) for value in values) + "]"


def _words(text: str, *, indent: int = 4) -> str:
    """The inside of a docstring, in paragraphs that fit."""
    escaped = text.replace("\\", "\\\\").replace('"""', "'''").strip()
    paragraphs = [textwrap.fill(" ".join(each.split()), 110 - indent) for each in escaped.split("\n\n")]
    whole = textwrap.indent("\n\n".join(paragraphs), " " * indent).strip()
    return f"{whole}\n{' ' * indent}" if "\n" in whole else whole


def _tidied(text: str) -> str:
    """The same as the house writes it: sorted imports, none unused, lines that fit."""
    for command in (["check", "--fix", "--quiet", "--select", "F401,I"], ["format", "--quiet"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--line-length", "120", "-"]
        text = subprocess.run(ruff, input=text, capture_output=True, text=True, check=True).stdout
    return text


def main() -> None:
    """Write the files anew."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vincle.site.settings")
    os.environ.setdefault("VINCLE_SECRET_KEY", "the description holds no secret")
    import django

    django.setup()
    from vincle.api.openapi import described
    from vincle.api.rooms import API

    for name, text in files(described(API)).items():
        (FOLDER / name).write_text(text, "utf-8")


if __name__ == "__main__":
    main()
