"""Whatever nonsense comes in, the answer is a 4xx in the contract's shape, and little memory is spent on it."""

from __future__ import annotations

import asyncio
import json

import psutil
import pytest
from yarl import URL

from ghostly.http.app import ROUTES
from ghostly.http.openapi import operation_of
from tests.http.callers import FLOW
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

MIB = 1024 * 1024
WITH_BODY = [route for route in ROUTES if operation_of(route).body is not None]
each_with_body = pytest.mark.parametrize("route", WITH_BODY, ids=lambda route: f"{route.method} {route.path}")
JSON = {"Content-Type": "application/json"}


def path_of(route, run):
    return route.path.format(id=run, name="NAME")


def is_refused(answer):
    shape = {"ok", "error", "code", "requestId"}
    return 400 <= answer.status < 500 and shape <= set(answer.json) and answer.json["ok"] is False


NONSENSE = {
    "cut": b'{"a',
    "a list": b"[]",
    "a number": b"7",
    "too large a number": b'{"label": 1e999}',
    "a number of 5,000 digits": b'{"label": ' + b"9" * 5000 + b"}",
    "deep": b'{"label":' + b"[" * 50_000 + b"]" * 50_000 + b"}",
    "a lone surrogate": b'{"label": "\\ud800"}',
    "a NUL": b'{"label": "\\u0000", "email": "\\u0000@x", "password": "\\u0000", "runId": "\\u0000"}',
    "a raw NUL": b'{"label": "\0"}',
    "not UTF-8": b'{"label": "\xff\xfe"}',
    "a byte order mark": b'\xef\xbb\xbf{"label": "x"}',
    "the same name twice": b'{"goal": "a", "goal": "b", "label": 1, "label": {}, "reason": 1, "reason": 2}',
    "a name of a mebibyte less a few": b'{"' + b"a" * (MIB - 100) + b'": 1}',
}


@pytest.mark.parametrize("nonsense", NONSENSE)
@each_with_body
async def test_nonsense_is_refused(ana, queued, route, nonsense):
    answer = await ana.ask(route.method, path_of(route, queued), JSON, data=NONSENSE[nonsense])

    assert is_refused(answer)


# Of a heal that is not there a 404 comes before what was sent.
READING = [route for route in WITH_BODY if not route.path.startswith("/v1/heals/")]
TOO_LARGE = [(route, mib) for route in READING for mib in (2, 20) if mib > 8 or route.path != "/v1/run"]


@pytest.mark.parametrize(("route", "mib"), TOO_LARGE)
async def test_a_body_that_is_too_large_is_refused_before_it_is_read(ana, queued, route, mib):
    answer = await ana.ask(route.method, path_of(route, queued), JSON, data=b" " * mib * MIB)

    assert (answer.status, answer.code) == (413, "body_too_large")


@pytest.mark.parametrize("route", READING, ids=lambda route: f"{route.method} {route.path}")
async def test_a_body_that_does_not_tell_its_size_costs_little_memory(ana, queued, route):
    async def endless():
        for _ in range(64):
            yield b" " * MIB

    before = psutil.Process().memory_info().rss
    answer = await ana.ask(route.method, path_of(route, queued), JSON, data=endless())

    assert (answer.status, answer.code) == (413, "body_too_large")
    assert psutil.Process().memory_info().rss - before < 40 * MIB


WRONG = [None, True, 0, -1, 1.5, 2**63, 10**400, "", "x" * 100_000, "\0", [], [[]], {}, {"a": 1}, ["x"] * 1000]
FIELDS = ["project", "baseUrl", "steps", "headless", "defaultTimeoutMs", "contextId", "artifactsDir", "assisted"]
FIELDS += ["assist", "tags", "metadata", "trigger", "batchId", "labels", "plan", "recordTrace"]


@pytest.mark.parametrize("field", FIELDS)
async def test_no_value_of_a_field_breaks_a_start(ana, field):
    answers = [await ana.asks_for(**{field: value}) for value in WRONG]

    assert all(answer.status == 202 or is_refused(answer) for answer in answers)


ACTIONS = [
    "goto",
    "click",
    "fill",
    "press",
    "selectOption",
    "setInputFiles",
    "scroll",
    "expectText",
    "expectUrl",
    7,
]


@pytest.mark.parametrize("action", ACTIONS)
async def test_no_value_of_a_step_breaks_a_start(ana, action):
    steps = [{"action": action, "url": value, "selector": value, "value": value} for value in WRONG]
    steps += [
        {"action": action, "selector": "a", field: value} for value in WRONG for field in ("timeoutMs", "key")
    ]
    answers = [await ana.asks_for(steps=[step]) for step in steps]

    assert all(answer.status == 202 or is_refused(answer) for answer in answers)


async def test_ten_thousand_parameters_are_ignored_or_refused(ana):
    many = "&".join(f"p{n}" for n in range(1_500))
    known = await ana.get(URL(f"/v1/runs?{many}&limit=1", encoded=True))
    too_many = await ana.get(URL(f"/v1/runs?{'&'.join(f'p{n}=1' for n in range(10_000))}", encoded=True))

    assert known.json["items"] == (await ana.get("/v1/runs", limit="1")).json["items"]
    assert is_refused(too_many)


@pytest.mark.parametrize(
    "name", ["X-Api-Key", "Authorization", "X-Request-Id", "Accept-Language", "Cookie", "Accept"]
)
async def test_a_huge_header_is_refused(ana, name):
    assert is_refused(await ana.get("/v1/runs", {name: "x" * 100_000}))


@pytest.mark.parametrize(
    "value", ["q=é", ",;=;,", "es;q=", "es;q=nan,en;q=inf", "x" * 5000, "es;q=-1", "a-" * 900]
)
async def test_no_wish_for_a_language_breaks_an_answer(ana, value):
    assert is_refused(await ana.get("/v1/runs/x", {"Accept-Language": value}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Last-Event-ID", "9" * 4000),
        ("Last-Event-ID", "-1"),
        ("Last-Event-ID", "٣"),
        ("Idempotency-Key", "x" * 129),
    ],
)
async def test_a_header_that_cannot_be_meant_is_refused(ana, finished, name, value):
    path, method = (f"/v1/runs/{finished}/events/stream", "GET") if name[0] == "L" else ("/v1/run", "POST")

    assert is_refused(await ana.ask(method, path, {name: value}, json=FLOW if method == "POST" else None))


@pytest.mark.parametrize(
    "path", ["/v1/runs/%00", "/v1/runs/%FF", "/v1/runs/..%2f..", "/v1/secrets/%00", "/v1/%ED%A0%80"]
)
@pytest.mark.parametrize("method", ["GET", "DELETE", "PATCH", "PROPFIND", "TRACE"])
async def test_no_path_breaks_an_answer(ana, method, path):
    assert is_refused(await ana.ask(method, URL(path, encoded=True)))


async def test_half_a_request_is_answered_or_cut(ana):
    reader, writer = await asyncio.open_connection(ana.url.host, ana.url.port)
    body = json.dumps(FLOW).encode()
    writer.write(
        b"POST /v1/run HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n" + body
    )
    writer.write_eof()
    answer = await asyncio.wait_for(reader.read(), 30)
    writer.close()

    assert b" 500 " not in answer
