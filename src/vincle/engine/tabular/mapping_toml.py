"""Mappings as TOML: read with the key named in every complaint, written as a person would."""

import json
import tomllib
from collections.abc import Mapping as Dict
from dataclasses import MISSING, Field, fields
from typing import Any, TypeVar

from vincle.engine.tabular.mapping import Amount, Mapping, ObjectColumn, Score, What, When, Where, Who
from vincle.kernel.errors import BadInput

_M = TypeVar("_M", bound=Mapping)
_TABLES: dict[str, Any] = {"when": When, "what": What, "where": Where, "amount": Amount}
_LISTS: dict[str, Any] = {"who": Who, "objects": ObjectColumn}


def read(kind: type[_M], text: str) -> _M:
    """A mapping from TOML text. Raises `BadInput`."""
    try:
        found = tomllib.loads(text.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as problem:
        raise BadInput(
            f"The mapping is not valid TOML: {problem}.", "Mend that line, or save a new guess."
        ) from problem
    _refuse_unknown(found, {one.name for one in fields(Mapping)}, "")
    if "source" not in found:
        raise BadInput("The mapping's “source” is missing.", 'Add a line like: source = "shop".')
    return kind(**{key: _value(key, value) for key, value in found.items()})


def write(mapping: Mapping) -> str:
    """TOML text: plain keys first, then tables, in the order of the fields; what has its default is left out."""
    plain: list[str] = []
    tables: list[str] = []
    for one in fields(mapping):
        value = getattr(mapping, one.name)
        if value == _default(one):
            continue
        if one.name in _LISTS:
            tables.extend(f"[[{one.name}]]\n{_body(_changed(item))}" for item in value)
        elif one.name in _TABLES or one.name == "attributes":
            tables.extend(_table(one.name, value if isinstance(value, dict) else _changed(value)))
        elif isinstance(value, Score):
            tables.append(f"[score]\n{_body({'column': value.column, 'scale': [value.low, value.high]})}")
        else:
            plain.append(f"{one.name} = {_literal(value)}")
    return "\n\n".join(["\n".join(plain), *(table.rstrip("\n") for table in tables)]) + "\n"


def _value(key: str, value: Any) -> Any:
    if key in _TABLES:
        return _built(_TABLES[key], key, value)
    if key in _LISTS:
        return tuple(
            _built(_LISTS[key], f"{key}[{place}]", item) for place, item in enumerate(_list(key, value), start=1)
        )
    if key == "score":
        return _score(value)
    if key == "attributes":
        return _texts(key, value)
    if key == "ignore":
        return tuple(_text(f"ignore[{place}]", item) for place, item in enumerate(_list(key, value), start=1))
    return _text(key, value)


def _built(kind: Any, path: str, value: Any) -> Any:
    if not isinstance(value, dict):
        raise _wrong(path, "a table")
    known = {one.name: one for one in fields(kind)}
    _refuse_unknown(value, set(known), f"{path}.")
    for name, one in known.items():
        if name not in value and _default(one) is MISSING:
            raise BadInput(f"The mapping's “{path}.{name}” is missing.")
    return kind(
        **{name: (_texts if name == "kinds" else _text)(f"{path}.{name}", item) for name, item in value.items()}
    )


def _score(value: Any) -> Score:
    if not isinstance(value, dict):
        raise _wrong("score", "a table")
    _refuse_unknown(value, {"column", "scale"}, "score.")
    scale = value.get("scale")
    numbers = isinstance(scale, list) and len(scale) == 2 and all(type(end) in {int, float} for end in scale)
    if not numbers or scale is None:
        raise _wrong("score.scale", "two numbers like [1, 5]")
    return Score(_text("score.column", value.get("column")), float(scale[0]), float(scale[1]))


def _text(path: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise _wrong(path, "a text in quotes")
    return value


def _texts(path: str, value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise _wrong(path, "a table")
    return {name: _text(f"{path}.{name}", item) for name, item in value.items()}


def _list(path: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong(path, "a list")
    return value


def _wrong(path: str, wanted: str) -> BadInput:
    return BadInput(f"The mapping's “{path}” must be {wanted}.")


def _refuse_unknown(found: Dict[str, Any], known: set[str], prefix: str) -> None:
    for key in found:
        if key not in known:
            raise BadInput(
                f"The mapping has a key “{prefix}{key}” that means nothing here.",
                f"Known are {', '.join(sorted(known))}.",
            )


def _default(one: Field[Any]) -> Any:
    return one.default_factory() if one.default_factory is not MISSING else one.default


def _changed(part: Any) -> dict[str, Any]:
    values = {one.name: (getattr(part, one.name), _default(one)) for one in fields(part)}
    return {name: value for name, (value, usual) in values.items() if value != usual}


def _table(name: str, values: Dict[str, Any]) -> list[str]:
    plain = {key: value for key, value in values.items() if not isinstance(value, dict)}
    nested = {key: value for key, value in values.items() if isinstance(value, dict)}
    told = [f"[{name}]\n{_body(plain)}"] if plain or not nested else []
    return told + [f"[{name}.{key}]\n{_body(value)}" for key, value in nested.items()]


def _body(values: Dict[str, Any]) -> str:
    return "".join(f"{_key(key)} = {_literal(value)}\n" for key, value in values.items())


def _key(name: str) -> str:
    return name if name.isascii() and name.replace("_", "").isalnum() else _literal(name)


def _literal(value: Any) -> str:
    if isinstance(value, str):
        # JSON's escapes are TOML's, but for DEL, which JSON leaves bare.
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_literal(item) for item in value) + "]"
    return repr(value)
