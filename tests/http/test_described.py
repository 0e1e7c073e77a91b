"""What the server says of itself is true: every route, every example, every scope."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

import jsonschema_rs
import msgspec
import pytest

from ghostly import http
from ghostly.accounts.scopes import ALL
from ghostly.http.app import ROUTES
from ghostly.http.docs import Described
from ghostly.http.openapi import operation_of
from ghostly.http.openapi.operation import ANY
from ghostly.http.record_shape import Record
from ghostly.projections.timeline import WIRE
from tests.http.conftest import enrol
from tests.http.shared import *  # noqa: F403 -- the fixtures

on_the_shared_node = pytest.mark.asyncio(loop_scope="module")

DESCRIBED = Described(ROUTES)
DOCUMENT = DESCRIBED.document
OPERATIONS = [
    (method, path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
each_operation = pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
each_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")


def test_every_route_is_described_and_nothing_else():
    described = {(method.upper(), path) for method, path, _ in OPERATIONS}

    assert described == {(route.method, route.path) for route in ROUTES}


def test_no_two_operations_have_one_name():
    names = [operation["operationId"] for *_, operation in OPERATIONS]

    assert sorted(set(names)) == sorted(names)


def contents(operation):
    bodies = [operation["requestBody"]] if "requestBody" in operation else []
    for part in [*bodies, *operation["responses"].values()]:
        yield from part.get("content", {}).values()


def examples(content):
    named = [each["value"] for each in content.get("examples", {}).values()]
    return [*named, *([content["example"]] if "example" in content else [])]


def events(stream):
    """What is described of a stream is each of its events."""
    messages = (message for message in stream.split("\n\n") if "event: " in message)
    return [dict(line.split(": ", 1) for line in message.splitlines()) for message in messages]


def flaws(schema, value):
    whole = {**schema, "components": DOCUMENT["components"]}
    checker = jsonschema_rs.Draft202012Validator(whole, validate_formats=True)
    return [str(error.message) for error in checker.iter_errors(value)]


@each_operation
def test_every_example_is_what_is_described(method, path, operation):
    found = [
        (content["schema"], value)
        for content in contents(operation)
        if "schema" in content
        for example in examples(content)
        for value in (events(example) if isinstance(example, str) else [example])
    ]

    assert [flaw for schema, value in found for flaw in flaws(schema, value)] == []


@each_operation
def test_every_body_and_every_answer_in_json_has_an_example(method, path, operation):
    wanting = [
        status
        for status, answer in operation["responses"].items()
        if status in {"201", "202"} or (status == "200" and "202" not in operation["responses"])
        for media, content in answer.get("content", {}).items()
        if media == "application/json" and path != "/openapi.json" and not examples(content)
    ]

    assert wanting == []
    assert operation.get("requestBody") is None or all(map(examples, operation["requestBody"]["content"].values()))


@each_operation
def test_every_word_of_the_path_is_described(method, path, operation):
    described = {each["name"] for each in operation.get("parameters", ()) if each["in"] == "path"}

    assert described == set(re.findall(r"{(\w+)}", path))


def test_only_parameters_that_are_described_are_read():
    modules = Path(http.__path__[0]).rglob("*.py")
    readers = {module.name for module in modules if re.search(r"request\.query\b", module.read_text())}

    assert readers == {"query.py"}


@each_route
@on_the_shared_node
async def test_who_has_no_credential_is_refused_where_one_is_needed(ana, route):
    path = route.path.format(id=uuid4(), name="NAME", file="x.png")
    answer = await ana.anonymous().ask(route.method, path, allow_redirects=False)

    assert (answer.status == 401) == (operation_of(route).scope is not None)


@each_route
@on_the_shared_node
async def test_a_key_that_has_every_other_scope_is_refused(service, calling, route):
    scope = operation_of(route).scope
    caller = await calling(
        service, await enrol(service, f"gly_{uuid4().hex}", "admin", f"{uuid4().hex}@x.x", scopes=all_but(scope))
    )
    path = route.path.format(id=uuid4(), name="NAME", file="x.png")
    answer = await caller.ask(route.method, path, allow_redirects=False)

    assert (answer.status == 403) == (scope not in {None, ANY})


def all_but(scope):
    # Who may read everything may read what is its own, too.
    return ALL - {scope} - ({"audit:read"} if scope == "runs:read" else set())


@on_the_shared_node
async def test_nothing_stands_in_a_record_that_is_not_described(ana, finished):
    await ana.cancel(await ana.starts(tags=["a"], metadata={"a": 1}, contextId="c", trigger="ci", batchId="b"))
    records = [await ana.record(finished), *(await ana.get("/v1/runs")).json]

    assert {name for record in records for name in record} <= set(Record.__struct_encode_fields__)
    assert len(records) == 3


@on_the_shared_node
async def test_the_document_is_given_to_everybody(ana):
    answer = await ana.anonymous().get("/openapi.json")

    assert (answer.status, answer.json["openapi"]) == (200, "3.1.0")
    assert msgspec.json.encode(DOCUMENT) == answer.text.encode()


def test_every_type_of_the_stream_can_be_chosen():
    [types] = [each for each in stream_parameters() if each["name"] == "types"]

    assert set(types["schema"]["items"]["enum"]) == set(WIRE.values())


def stream_parameters():
    return DOCUMENT["paths"]["/v1/runs/{id}/events/stream"]["get"]["parameters"]
