"""The OpenAPI 3.1 document: made of the routes, and of the types that check requests and make answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from importlib.resources import files
from typing import Any

import msgspec
from aiohttp import web
from msgspec import Struct

import ghostly
from ghostly.http.auth import TOKEN
from ghostly.http.messages import PAYLOADS
from ghostly.http.openapi.errors import errors_of
from ghostly.http.openapi.examples import Example, example_of
from ghostly.http.openapi.operation import ANY, EVENTS, JSON, Answer, Group, Operation, Parameter, operation_of
from ghostly.http.openapi.shapes import REF, RETRY_AFTER
from ghostly.http.problem_texts import STATUS
from ghostly.http.problems import REQUEST_ID, Error, Problem, told

Json = dict[str, Any]

SAMPLE_ID = "071fd62e2960dae0"

SECURITY: Json = {
    "apiKey": {"type": "apiKey", "in": "header", "name": "X-Api-Key", "description": "`gly_…`"},
    "bearer": {"type": "http", "scheme": "bearer", "description": "A login's token, or an API key."},
    "token": {"type": "apiKey", "in": "query", "name": TOKEN.name, "description": TOKEN.says},
}
IDS = {
    "runs": "run",
    "heals": "heal",
    "artifacts": "run",
    "users": "user",
    "api-keys": "key",
    "projects": "project",
}
_LITTLE = {"a", "an", "the", "of", "its", "for", "to", "am", "whether"}


class Route(Struct, frozen=True):
    """A route, what it takes and gives, and an example of both."""

    method: str
    path: str
    operation: Operation
    example: Example

    @property
    def id(self) -> str:
        """What the operation is called in programs: ``startRun`` for *Start a run*."""
        first, *rest = (word for word in re.findall(r"\w+", self.operation.title) if word.lower() not in _LITTLE)
        return str(first.lower()) + "".join(word[0].upper() + word[1:] for word in rest)


def read(routes: Iterable[web.RouteDef]) -> list[Route]:
    """What the routes take and give; raises ``KeyError`` for one of which nobody told."""
    return [Route(each.method, each.path, operation_of(each), example_of(each)) for each in routes]


def document(routes: Sequence[Route]) -> Json:
    """The document."""
    kinds = [kind for route in routes for kind in _kinds(route.operation)] + [Error, *PAYLOADS.values()]
    found, components = msgspec.json.schema_components(kinds, ref_template=REF)
    schemas = {_key(kind): schema for kind, schema in zip(kinds, found, strict=True)}
    paths: dict[str, Json] = {}
    for route in routes:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "servers": [{"url": "/"}],
        "tags": [{"name": group.value} for group in Group],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": SECURITY},
    }


def _info() -> Json:
    description = (files(__package__) / "introduction.md").read_text(encoding="utf-8")
    version, summary = ghostly.__version__, ghostly.__doc__
    return {"title": "Ghostly", "version": version, "summary": summary, "description": description}


def _kinds(operation: Operation) -> list[Any]:
    told_of = (*_bodies(operation.body), *(answer.kind for answer in operation.answers.values()))
    return [kind for kind in told_of if kind is not None]


def _bodies(body: Any) -> tuple[Any, ...]:
    return body if isinstance(body, tuple) else (body,)


def _key(kind: Any) -> str:
    return f"{kind!r}"


def _operation(route: Route, schemas: Json) -> Json:
    operation = route.operation
    described: Json = {
        "operationId": route.id,
        "tags": [operation.group.value],
        "summary": operation.title,
        "description": operation.says,
        "security": _security(operation),
    }
    if parameters := [*_of_path(route), *map(_parameter, operation.parameters)]:
        described["parameters"] = parameters
    if operation.body is not None:
        described["requestBody"] = _body(operation.body, schemas, route.example)
    answers = {
        str(status): _answer(str(status), answer, schemas, route) for status, answer in operation.answers.items()
    }
    failures = {str(status): _failure(codes) for status, codes in errors_of(route.path, operation).items()}
    described["responses"] = answers | failures | answers  # answers first; a 503 of its own is no failure
    return described


def _security(operation: Operation) -> list[Json]:
    if operation.scope is None:
        return []
    scopes = [] if operation.scope == ANY else [operation.scope]
    schemes = ("apiKey", "bearer", "token") if operation.in_url else ("apiKey", "bearer")
    return [{scheme: scopes} for scheme in schemes]


def _of_path(route: Route) -> list[Json]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": _says(route.path, name),
            "schema": {"type": "string", "format": "uuid"} if name == "id" else {"type": "string", "minLength": 1},
            **({"example": route.example.path[name]} if name in route.example.path else {}),
        }
        for name in re.findall(r"{(\w+)}", route.path)
    ]


def _says(path: str, name: str) -> str:
    if name != "id":
        return "Its name."
    return f"The {IDS[path.partition('/{')[0].rpartition('/')[2]]}'s id."


def _parameter(parameter: Parameter) -> Json:
    described: Json = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.says,
        "schema": parameter.schema,
    }
    if parameter.schema.get("type") == "array":
        described |= {"style": "form", "explode": False}
    return described


def _body(kind: Any, schemas: Json, example: Example) -> Json:
    may_be = [schemas[_key(each)] for each in _bodies(kind)]
    schema = may_be[0] if len(may_be) == 1 else {"anyOf": may_be}
    return {
        "required": not any(map(_may_be_absent, _bodies(kind))),
        "content": {JSON: {"schema": schema, "example": example.body}},
    }


def _may_be_absent(kind: Any) -> bool:
    """Whether ``{}``, which is what an absent body counts as, is one of these."""
    try:
        msgspec.convert({}, kind)
    except msgspec.ValidationError:
        return False
    return True


def _answer(status: str, answer: Answer, schemas: Json, route: Route) -> Json:
    described: Json = {"description": answer.says, "headers": _headers(*answer.headers)}
    shown = {"example": route.example.answers[status]} if status in route.example.answers else {}
    if answer.media:
        described["content"] = {media: _of_kind(answer.kind, media, schemas) for media in answer.media}
        described["content"][answer.media[0]] |= shown
    return described


def _of_kind(kind: Any, media: str, schemas: Json) -> Json:
    if kind is None:
        return {}
    schema = schemas[_key(kind)]
    return {"schema": _event(schema) if media == EVENTS else schema}


def _event(message: Json) -> Json:
    """One server-sent event, as its fields; a ping's data is a number and no object."""
    data = {"anyOf": [message, {"type": "integer"}]}
    return {
        "type": "object",
        "required": ["event", "data"],
        "properties": {
            "event": {"enum": list(message["discriminator"]["mapping"])},
            "id": {"type": "string", "description": "the seq"},
            "data": {"type": "string", "contentMediaType": JSON, "contentSchema": data},
        },
    }


def _failure(codes: Sequence[str]) -> Json:
    examples = {code: {"value": msgspec.to_builtins(told(Problem(code), SAMPLE_ID, None))} for code in codes}
    of_these = {"properties": {"code": {"enum": list(codes)}}}
    waits = {429, 503}.intersection(STATUS[code] for code in codes)
    return {
        "description": " or ".join(f"`{code}`" for code in codes),
        "headers": _headers(*([RETRY_AFTER] if waits else [])),
        "content": {
            JSON: {"schema": {"allOf": [{"$ref": REF.format(name="Error")}, of_these]}, "examples": examples}
        },
    }


def _headers(*headers: Any) -> Json:
    told_of = {header.name: {"description": header.says, "schema": {"type": "string"}} for header in headers}
    of_request = {"description": "The request's id.", "schema": {"type": "string"}}
    return {**told_of, REQUEST_ID: of_request}
