"""The description as a page for people, made here: nothing is loaded from anywhere else."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from vincle.api import problems
from vincle.api.openapi import BASE, TOKEN, Described, described
from vincle.api.rooms import API
from vincle.web.permissions import open_to_everybody, open_to_signed_in


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is given or got: of a query, a body, an answer."""

    name: str
    shape: str
    required: bool
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One operation. `answers` are statuses and the name of what they hold."""

    id: str
    method: str
    path: str
    scope: str
    summary: str
    words: list[tuple[str, bool]]  # each with whether it is code
    fields: list[Field]
    body: str
    answers: list[tuple[str, str]]
    example: str


@open_to_everybody
def openapi(_request: HttpRequest) -> JsonResponse:
    """The description for programs: it holds nothing of this house, so whoever makes a client may have it."""
    return JsonResponse(described(API))


@open_to_signed_in
def page(request: HttpRequest) -> HttpResponse:
    """The description for people."""
    told = described(API)
    shown = [
        _shown(request, path, method, details)
        for path, methods in told["paths"].items()
        for method, details in methods.items()
    ]
    tags = {details["tags"][0]: None for methods in told["paths"].values() for details in methods.values()}
    by_tag = {tag: [each for each, of in zip(shown, _tags(told), strict=True) if of == tag] for tag in tags}
    context = {
        "tab": "api",
        "rooms": by_tag.items(),
        "shapes": [(name, _said(schema.get("description", "")), _fields(schema)) for name, schema in _schemas(told)],
        "problems": [*problems.KINDS.values(), problems.METHOD, problems.BROKEN],
        "base": request.build_absolute_uri(BASE),
    }
    return render(request, "api/page.html", context)


def _tags(told: Described) -> list[str]:
    return [details["tags"][0] for methods in told["paths"].values() for details in methods.values()]


def _schemas(told: Described) -> list[tuple[str, Described]]:
    schemas: dict[str, Described] = told["components"]["schemas"]
    return [(name, schema) for name, schema in sorted(schemas.items()) if "properties" in schema]


def _shown(request: HttpRequest, path: str, method: str, details: Described) -> Shown:
    body = details.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Shown(
        id=details["operationId"],
        method=method.upper(),
        path=BASE + path,
        scope=details["security"][0][TOKEN][0],
        summary=details["summary"],
        words=_said(details.get("description", "")),
        fields=[
            Field(each["name"], shape_of(each["schema"]), each["required"], each.get("description", ""))
            for each in details["parameters"]
        ],
        body=shape_of(body) if body else "",
        answers=[(status, _answer(answer)) for status, answer in details["responses"].items()],
        example=_example(request, path, method, body=bool(body)),
    )


def _said(text: str) -> list[tuple[str, bool]]:
    """Words taken apart where backticks stand around code."""
    return [(part, bool(place % 2)) for place, part in enumerate(text.split("`")) if part]


def _fields(schema: Described) -> list[Field]:
    required = schema.get("required", [])
    return [
        Field(name, shape_of(each), name in required, each.get("description", ""))
        for name, each in schema["properties"].items()
    ]


def shape_of(schema: Described) -> str:
    """A JSON Schema in a few words: "text", "list of ThingIn", "number or nothing"."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(shape_of(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(json.dumps(each) for each in schema["enum"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"[{shape_of(schema.get('items', {}))}]"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{{…: {shape_of(schema['additionalProperties'])}}}"
    return str(schema.get("format", kind))


def _answer(answer: Described) -> str:
    content: dict[str, Any] = next(iter(answer.get("content", {}).values()), {})
    return shape_of(content["schema"]) if "schema" in content else ""


def _example(request: HttpRequest, path: str, method: str, *, body: bool) -> str:
    lines = [f'curl -H "Authorization: Bearer $TOKEN" {request.build_absolute_uri(BASE + path)}']
    if method == "post":
        lines.insert(0, "curl -X POST")
        lines[1] = lines[1].removeprefix("curl ")
        if body:
            lines.append('-H "Content-Type: application/json" -d @request.json')
    return " \\\n     ".join(lines)
