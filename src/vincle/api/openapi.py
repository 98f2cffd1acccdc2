"""The description of the API (OpenAPI 3.1): what ninja derives from the operations, and what holds for all of them."""

import json
from functools import cache
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from vincle.api.problems import MEDIA_TYPE
from vincle.web.rest.router import Needs
from vincle.web.scopes import SCOPES

Described = dict[str, Any]

BASE = "/api/v1"
TOKEN = "token"  # noqa: S105 - the name of a security scheme

PROBLEM: Described = {
    "title": "Problem",
    "type": "object",
    "description": "What went wrong (RFC 9457): `detail` in a sentence, `hint` what to do, `errors` where it lies.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["at", "detail"],
                "properties": {"at": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
IDEMPOTENCY_KEY: Described = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,255}$"},
    "description": "Of your making, one for each thing that is to be done: sent again within a day, it is done once.",
}
IF_NONE_MATCH: Described = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string", "pattern": '^(\\*|"[0-9a-f]{32}")$'},
    "description": "The ETag of what you have: while it is what would be read, the answer is 304, without it.",
}
ETAG: Described = {
    "ETag": {
        "description": "The version of what is read, for If-None-Match and If-Match.",
        "schema": {"type": "string", "pattern": '^"[0-9a-f]{32}"$'},
        "required": True,
    }
}
_FAILURES = {
    "4XX": "Nothing was done; the problem says why.",
    "503": "Not now: try again after `Retry-After` seconds.",
}


def scope_of(operation: Operation) -> str:
    """The scope that an operation declares; raises LookupError for one that declares none."""
    for each in operation.auth_callbacks:
        if isinstance(each, Needs):
            return each.scope
    raise LookupError(f"{operation.view_func.__name__} does not say which scope it needs")


def operations(api: NinjaAPI) -> list[tuple[str, Operation]]:
    """Every operation, with its path below the API's address."""
    return [
        (path, operation)
        for router in api._get_bound_routers()  # noqa: SLF001 - there is no public way to them
        for path, view in router.path_operations.items()
        for operation in view.operations
    ]


@cache
def described(api: NinjaAPI) -> Described:
    """The whole description, as plain values."""
    made: Described = dict(api.get_openapi_schema(path_prefix=""))
    by_path = {(path, method.lower()): each for path, each in operations(api) for method in each.methods}
    for path, methods in made["paths"].items():
        for method, details in methods.items():
            _finish(details, method, by_path[path, method])
    made["servers"] = [{"url": BASE}]
    components = made["components"]
    components["schemas"] = _referred_to(made) | {"Problem": PROBLEM}
    components["securitySchemes"] = {
        TOKEN: {
            "type": "http",
            "scheme": "bearer",
            "description": "A token with the scope that the operation names: "
            + ", ".join(f"`{name}`" for name in SCOPES),
        }
    }
    return {name: value if name == "info" else _plain(value) for name, value in made.items()}


def _finish(details: Described, method: str, operation: Operation) -> None:
    details["security"] = [{TOKEN: [scope_of(operation)]}]
    details["responses"] = {str(status): answer for status, answer in details["responses"].items()} | {
        status: {
            "description": words,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, words in _FAILURES.items()
    }
    if method == "get":
        details["parameters"] = [*details["parameters"], IF_NONE_MATCH]
        details["responses"]["200"] = details["responses"]["200"] | {"headers": ETAG}
        details["responses"]["304"] = {"description": "It is what you have.", "headers": ETAG}
    if method == "post":
        details["parameters"] = [*details["parameters"], IDEMPOTENCY_KEY]


def _referred_to(made: Described) -> Described:
    """The shapes that something speaks of; ninja lists those of queries too, which are taken apart already."""
    text = json.dumps(made, default=str)
    schemas: Described = made["components"]["schemas"]
    return {name: each for name, each in sorted(schemas.items()) if f'"#/components/schemas/{name}"' in text}


def _plain(value: Any) -> Any:
    """Without the titles that are made of fields' names and say nothing more."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items() if name != "title" or not isinstance(each, str)}
    return [_plain(each) for each in value] if isinstance(value, list) else value
