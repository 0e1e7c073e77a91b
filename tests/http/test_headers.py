from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from tests.http.shared import *  # noqa: F403 -- the fixtures
from tests.http.test_artifacts import PNG

pytestmark = pytest.mark.asyncio(loop_scope="module")

ORIGIN = "https://dashboard.example"
ASKS = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}


# ---- what every answer carries


@pytest.mark.parametrize("path", ["/health", "/v1/runs", "/v1/nothing", "/nothing", "/metrics", "/v1/run"])
async def test_every_answer_is_hardened(ana, path):
    headers = (await ana.get(path)).headers

    assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Request-Id"]


async def test_a_stream_is_hardened_too(ana, finished):
    async with ana.stream(finished) as stream:
        assert stream.response.headers["X-Content-Type-Options"] == "nosniff"
        assert stream.response.headers["X-Request-Id"]


@pytest.mark.parametrize("path", ["/v1/runs", "/v1/api-keys", "/v1/runs/{}", "/v1/nothing", "/v1/ping", "/health"])
async def test_what_does_not_say_how_long_it_is_true_is_kept_by_nobody(ana, queued, path):
    assert (await ana.get(path.format(queued))).headers["Cache-Control"] == "no-store"


NO_REQUESTS = {
    "no method": b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    "no path": b"GET HTTP/1.1\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\n: x\r\n\r\n",
    "a header without an end": b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a length that is none": b"POST /v1/run HTTP/1.1\r\nContent-Length: x\r\n\r\n",
    "a chunk that is none": b"POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("what", NO_REQUESTS)
async def test_what_is_no_request_is_answered_in_json(ana, service, what):
    reader, writer = await asyncio.open_connection(*service.url.removeprefix("http://").split(":"))
    writer.write(NO_REQUESTS[what])
    head, _, body = (await asyncio.wait_for(reader.read(), 20)).partition(b"\r\n\r\n")
    writer.close()

    assert head.split()[1] == b"400"
    assert b'"code":"' in body
    assert b'"requestId":"' in body
    assert b"x-request-id: " in head.lower()
    assert b"x-content-type-options: nosniff" in head.lower()


async def test_an_expectation_that_nobody_meets_is_no_defect(ana):
    answer = await ana.get("/v1/runs", {"Expect": "200-ok"})

    assert (answer.status, answer.places) == (400, ["Expect"])


# ---- other origins


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def abroad(serving, calling, ana):
    """The caller of a node that knows one other origin."""
    return await calling(await serving(origins=frozenset({ORIGIN})), ana.headers["X-Api-Key"])


async def test_without_the_setting_no_other_origin_may_read(ana):
    answer = await ana.get("/v1/runs", {"Origin": ORIGIN})

    assert not [name for name in answer.headers if name.startswith("Access-Control")]
    assert (await ana.ask("OPTIONS", "/v1/runs", {"Origin": ORIGIN, **ASKS})).status == 405


async def test_a_known_origin_may_read(abroad):
    headers = (await abroad.get("/v1/runs", {"Origin": ORIGIN})).headers

    assert headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "ETag" in headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in headers


async def test_a_known_origin_may_read_errors_and_streams(abroad, ana):
    paths = ["/v1/nothing", "/v1/runs/x", f"/v1/runs/{await ana.starts()}/events/stream?after=9"]
    answers = [await abroad.get(path, {"Origin": ORIGIN}) for path in paths]

    assert [answer.headers["Access-Control-Allow-Origin"] for answer in answers] == [ORIGIN] * 3


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "*", "http://dashboard.example", f"{ORIGIN}:8443", ""]
)
async def test_an_unknown_origin_may_not(abroad, origin):
    answer = await abroad.get("/v1/runs", {"Origin": origin})

    assert "Access-Control-Allow-Origin" not in answer.headers
    assert (await abroad.ask("OPTIONS", "/v1/runs", {"Origin": origin, **ASKS})).status == 405


@pytest.mark.parametrize("origin", [ORIGIN, "https://evil.example", None])
async def test_with_the_setting_every_answer_varies_by_origin(abroad, origin):
    answer = await abroad.get("/v1/runs", {"Origin": origin} if origin else {})

    assert "Origin" in answer.headers["Vary"]


async def test_a_record_varies_by_both(abroad, finished):
    answer = await abroad.get(f"/v1/runs/{finished}", {"Origin": ORIGIN})

    assert answer.headers.getall("Vary") == ["Accept, Accept-Encoding", "Origin"]


@pytest.mark.parametrize("path", ["/v1/run", "/v1/runs/x/cancel", "/v1/nothing"])
async def test_a_browser_that_asks_first_is_answered_without_a_credential(abroad, path):
    answer = await abroad.anonymous().ask("OPTIONS", path, {"Origin": ORIGIN, **ASKS})

    assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (204, ORIGIN)
    assert "Idempotency-Key" in answer.headers["Access-Control-Allow-Headers"]
    assert "DELETE" in answer.headers["Access-Control-Allow-Methods"]


async def test_options_that_do_not_ask_for_another_origin_are_no_method_of_ours(abroad):
    assert (await abroad.ask("OPTIONS", "/v1/runs")).status == 405


SHOW = """url => new Promise(shown => {
  const picture = Object.assign(new Image(), {src: url, onload: () => shown(true), onerror: () => shown(false)});
})"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def elsewhere() -> AsyncIterator[str]:
    """The origin of a site that has nothing."""
    runner = web.AppRunner(web.Application(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_page_shows_a_runs_pictures_if_its_origin_is_known(
    ana, queued, settings, serving, tab, elsewhere, is_known
):
    (settings.artifacts_dir / queued).mkdir(parents=True)
    (settings.artifacts_dir / queued / "step-00.png").write_bytes(PNG)
    service = await serving(origins=frozenset({elsewhere} if is_known else {}))
    ticket = (await ana.post("/v1/auth/stream-ticket", {"runId": queued})).json["token"]
    await tab.goto(elsewhere)

    assert await tab.evaluate(SHOW, f"{service.url}/artifacts/{queued}/step-00.png?token={ticket}") == is_known
