from __future__ import annotations

import asyncio
import json
import zlib

import pytest
from yarl import URL

from tests.http.callers import FLOW
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

MIB = 1024 * 1024
LOGIN = "/v1/auth/login"


def flow(**changes) -> bytes:
    return json.dumps({**FLOW, **changes}).encode()


NOT_JSON = {
    "cut": b'{"project": "default"',
    "single quotes": b"{'project': 1}",
    "a number that is none": b'{"metadata": {"a": NaN}}',
    "two values": b"{} {}",
    "not UTF-8": b'{"project": "\xff"}',
    "UTF-16": '{"project": "x"}'.encode("utf-16"),
    "a lone surrogate": b'{"project": "\\ud800"}',
    "nested without end": b"[" * 100_000,
    "objects nested without end": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("body", NOT_JSON)
async def test_a_body_is_not_json_if_it_is(ana, body):
    answer = await ana.post("/v1/run", NOT_JSON[body])

    assert (answer.status, answer.code) == (400, "invalid_json")


@pytest.mark.parametrize("body", [b"[]", b"null", b"7", b'"text"'])
async def test_json_that_is_no_object_is_not_what_a_run_needs(ana, body):
    answer = await ana.post("/v1/run", body)

    assert (answer.status, answer.code, answer.places) == (400, "validation_error", ["body"])


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "nonsense"]
)
async def test_a_body_of_another_kind_is_refused(ana, kind):
    answer = await ana.post("/v1/run", flow(), {"Content-Type": kind})

    assert (answer.status, answer.code) == (415, "unsupported_media_type")


async def test_json_may_name_its_encoding(ana):
    assert (await ana.post("/v1/run", flow(), {"Content-Type": "application/json; charset=utf-8"})).status == 202


async def test_a_packed_body_is_unpacked(ana):
    assert (await ana.post("/v1/run", zlib.compress(flow()), {"Content-Encoding": "deflate"})).status == 202


async def test_a_body_that_says_it_is_packed_and_is_not_is_refused(ana):
    assert (await ana.post("/v1/run", flow(), {"Content-Encoding": "gzip"})).status == 400


async def test_a_body_that_is_small_only_while_packed_is_too_large(ana):
    bomb = zlib.compress(b" " * 100 * MIB)

    assert (await ana.post("/v1/run", bomb, {"Content-Encoding": "deflate"})).status == 413


async def test_a_login_of_more_than_a_mebibyte_is_refused(ana):
    answer = await ana.post(LOGIN, b" " * (MIB + 1))

    assert (answer.status, answer.code) == (413, "body_too_large")


async def test_a_login_that_does_not_tell_its_size_is_refused_as_well(ana):
    async def endless():
        for _ in range(3):
            yield b" " * MIB

    assert (
        await ana.ask("POST", LOGIN, data=endless(), headers={"Content-Type": "application/json"})
    ).status == 413


async def test_a_login_that_goes_on_is_refused_as_soon_as_it_is_too_large(ana):
    async def endless():
        yield b" " * (MIB + 1)
        await asyncio.Event().wait()

    json_ = {"Content-Type": "application/json"}

    assert (await asyncio.wait_for(ana.ask("POST", LOGIN, json_, data=endless()), 20)).status == 413


async def test_a_run_of_more_than_eight_mebibytes_is_refused(ana):
    assert (await ana.post("/v1/run", b" " * (8 * MIB + 1))).status == 413


async def test_a_run_may_bring_large_code_hints(ana):
    assert (await ana.asks_for(codeHints={"files": "x" * 7 * MIB})).status == 202


async def test_a_body_that_is_too_large_is_refused_before_it_came(ana, service):
    reader, writer = await asyncio.open_connection(*service.url.removeprefix("http://").split(":"))
    writer.write(f"POST {LOGIN} HTTP/1.1\r\nHost: x\r\nContent-Length: {99 * MIB}\r\n\r\n".encode())
    answer = await asyncio.wait_for(reader.readline(), 20)
    writer.close()

    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("leaf", ["", "\0"])
@pytest.mark.parametrize(("depth", "status"), [(64, 202), (65, 400), (900, 400)])
async def test_metadata_may_be_64_deep(ana, depth, status, leaf):
    nested = '{"a":' * depth + json.dumps(leaf) + "}" * depth

    assert (
        await ana.post("/v1/run", flow().replace(b"{", f'{{"metadata":{nested},'.encode(), 1))
    ).status == status


@pytest.mark.parametrize("name", ["metadata", "codeHints", "assist", "surprise", "steps", "project"])
async def test_no_depth_whatever_breaks_us(ana, name):
    for depth in range(850, 1000, 3):
        deep = f'{{"{name}":{"[" * depth + "]" * depth},'.encode()

        key = {"Idempotency-Key": f"{name} {depth}"}

        assert (await ana.post("/v1/run", flow().replace(b"{", deep, 1), key)).status < 500


NUL_PLACES = {
    "the project": {"project": "a\0b"},
    "the base URL": {"baseUrl": "http://127.0.0.1/\0"},
    "a selector": {"steps": [{"action": "click", "selector": "#a\0b"}]},
    "a value": {"steps": [{"action": "fill", "selector": "#a", "value": "a\0b"}]},
    "an address": {"steps": [{"action": "goto", "url": "/\0"}]},
    "the metadata": {"metadata": {"a\0": "\0"}},
    "a tag": {"tags": ["\0"]},
    "the context": {"contextId": "\0"},
}


@pytest.mark.parametrize("place", NUL_PLACES)
async def test_a_nul_is_accepted_or_refused_in(ana, place):
    answer = await ana.asks_for(**NUL_PLACES[place])

    assert answer.status in {202, 400}
    assert answer.status == 400 or (await ana.get("/v1/runs")).json[0]["id"] == answer.json["id"]


async def test_a_login_with_a_nul_is_refused(ana):
    assert (await ana.post(LOGIN, {"email": "\0", "password": "\0"})).status == 400


@pytest.mark.parametrize("query", ["project=%00", "project=%ED%A0%80", "project=%FF", "project=\ud800", "%00=1"])
async def test_a_query_that_is_no_text_breaks_nothing(ana, query):
    assert (await ana.get(URL(f"/v1/runs?{query}", encoded=True))).status in {200, 400}


async def test_a_reason_with_a_nul_is_kept_without_it(ana, driven):
    await ana.cancel(driven, {"reason": "a\0b"})

    assert (await ana.record(driven))["phase"] == "cancelling"
