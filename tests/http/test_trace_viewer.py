"""The official viewer in a real browser; the traces are made by Playwright of pages served here."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit
from uuid import uuid4

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, Error, Page, async_playwright

from ghostly.browser import chromium, trace_viewer
from ghostly.http.trace_viewer import files
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

# Each of these runs on the page itself, when it is loaded or clicked.
HOSTILE = """<!doctype html><title>hostile</title><h1>Shop</h1>
<script>function own(how) { top.owned = how } own("script")</script>
<button onclick="own('click')" onmouseover="own('over')">Save</button>
<img src="x:y" onerror="own('error')"><svg width=9 height=9 onload="own('svg')"></svg>
<details open ontoggle="own('toggle')"><p>more</details>
<p><a href="javascript:own('link')">link</a>
<p><svg height=20><a xlink:href="javascript:own('svg link')"><text y=15>drawn</text></a></svg>
<p><map name=m><area href="javascript:own('area')" shape=rect coords=0,0,9,9></map>
<img usemap="#m" width=9 height=9>
<form action="javascript:own('form')"><input type=submit value=Send></form>
<iframe srcdoc="<script>top.owned = 'srcdoc'</script>inner"></iframe>
<iframe src="javascript:top.owned = 'frame'"></iframe>
<object data="javascript:top.owned = 'object'"></object><embed src="javascript:top.owned = 'embed'">
<meta http-equiv=refresh content="3600;url=javascript:top.owned = 'refresh'">
<template><script>top.owned = "template"</script></template>
"""
VIEWER = files(trace_viewer.directory())
SCRIPT = "<script>window.owned = 'file'</script>"
# Again and again, because the viewer hears nothing until some time after it was loaded.
HAND_OVER = """bytes => {
  const message = { method: "load", params: { trace: new Blob([new Uint8Array(bytes)]) } }
  setInterval(() => document.body.innerText.includes("Could not") || window.postMessage(message, "*"), 200)
}"""


class Site:
    """A site on another origin: a shop, and whatever else is put there; it knows what it was asked for."""

    def __init__(self) -> None:
        self.url = ""
        self.html = "<!doctype html><h1>Shop</h1><button>Save</button>"
        self.trace: Path | None = None
        self.asked: list[str] = []

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        if request.path == "/trace.zip" and self.trace is not None:
            return web.FileResponse(self.trace, headers={"Access-Control-Allow-Origin": "*"})
        return web.Response(text=self.html, content_type="text/html")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium.find(None, headless=True))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def tab(browser: Browser) -> AsyncIterator[Page]:
    """A tab of a context that has seen nothing yet, and has no service worker either."""
    context = await browser.new_context()
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site():
    site, app = Site(), web.Application()
    app.router.add_get("/{path:.*}", site.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield site
    await runner.cleanup()


@pytest_asyncio.fixture(loop_scope="module")
async def token(service, ana) -> str:
    user = (await ana.get("/v1/auth/me")).json["user"]["id"]
    return service.parts.signer.issue(user, datetime.now(UTC))


@pytest.fixture
def kept(settings, queued) -> Path:
    """Where the run's trace is kept."""
    path = settings.artifacts_dir / queued / "trace.zip"
    path.parent.mkdir(parents=True)
    return path


async def record(tab: Page, url: str, path: Path) -> None:
    context = await tab.context.browser.new_context()
    await context.tracing.start(screenshots=True, snapshots=True)
    page = await context.new_page()
    await page.goto(url)
    await page.click("button")
    await context.tracing.stop(path=path)
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def opened(tab, site, kept, queued, token, service):
    """Opens the one link that shows the run's trace, and the click in it."""

    async def opened(**smuggled: str) -> Page:
        await record(tab, site.url, kept)
        with zipfile.ZipFile(kept, "a") as archive:
            for name, text in smuggled.items():
                archive.writestr(name, text)
        await tab.goto(f"{service.url}/artifacts/{queued}/trace?token={token}")
        await tab.get_by_title("Click", exact=True).click()
        await snapshot(tab).locator("h1").wait_for()
        return tab

    return opened


def snapshot(tab: Page):
    return tab.frame_locator("iframe.snapshot-visible")


async def test_one_link_shows_what_the_run_did(opened):
    tab = await opened()

    assert {"Navigate", "Click"} <= set(await tab.locator(".action-title-method").all_inner_texts())
    assert await snapshot(tab).locator("button").inner_text() == "Save"


async def test_the_link_goes_to_the_viewer_with_the_trace_and_the_token(ana, kept, queued, token):
    kept.write_bytes(b"PK")
    link = f"/artifacts/{queued}/trace?token={token}"
    answer = await ana.anonymous().ask("GET", link, allow_redirects=False)
    location = urlsplit(answer.headers["Location"])

    assert (answer.status, location.path) == (302, "/trace-viewer/index.html")
    assert parse_qs(location.query) == {"trace": [f"/artifacts/{queued}/trace.zip?token={token}"]}


async def test_without_a_token_in_the_link_none_is_in_its_answer(ana, kept, queued):
    kept.write_bytes(b"PK")
    answer = await ana.ask("GET", f"/artifacts/{queued}/trace", allow_redirects=False)

    assert answer.headers["Location"].endswith("%2Ftrace.zip")


async def test_a_run_without_a_trace_has_no_such_link(ana, queued):
    assert (await ana.get(f"/artifacts/{queued}/trace")).code == "not_found"


async def test_the_trace_of_another_user_is_one_that_is_not_there(bo, kept, queued):
    kept.write_bytes(b"PK")

    assert (await bo.get(f"/artifacts/{queued}/trace")).status == 404
    assert (await bo.get(f"/artifacts/{uuid4()}/trace")).status == 404


async def test_no_script_of_the_traced_page_runs_in_the_viewer(opened, site):
    site.html = HOSTILE
    tab = await opened()
    for frame in tab.frames[1:]:
        for target in ("button", "a", "svg a text", "area", "input", "summary"):
            await attempt(frame, target)
    await tab.wait_for_timeout(300)

    assert await owned(tab) == set()


async def attempt(frame, target: str) -> None:
    try:
        await frame.dispatch_event(target, "mouseover", timeout=200)
        await frame.dispatch_event(target, "click", timeout=200)
    except Error:
        pass  # not in this frame


async def owned(tab: Page) -> set[str]:
    return {await frame.evaluate("window.owned") for frame in tab.frames} - {None}


async def test_a_hostile_page_would_be_noticed_here(tab, site):
    site.html = HOSTILE
    await tab.goto(site.url)

    assert await tab.evaluate("window.owned")


async def test_a_file_of_a_trace_is_never_a_page_of_ours(opened):
    tab = await opened(smuggled=SCRIPT)
    page = f"/trace-viewer/file/smuggled?{urlsplit(tab.url).query}"
    assert SCRIPT in await tab.evaluate("async page => (await fetch(page)).text()", page)

    async with tab.expect_navigation() as navigation:
        await tab.evaluate("page => { location.href = page }", page)
    assert (await navigation.value).status == 404


async def test_the_viewer_loads_no_trace_from_elsewhere(tab, site, service, tmp_path):
    site.trace = tmp_path / "trace.zip"
    await record(tab, site.url, site.trace)
    await tab.goto(f"{service.url}/trace-viewer/index.html?trace={quote(site.url + 'trace.zip', safe='')}")
    await tab.get_by_text("Could not load trace").wait_for()

    assert "/trace.zip" not in site.asked


async def test_the_viewer_shows_no_trace_that_another_window_hands_over(tab, site, service, tmp_path):
    await record(tab, site.url, tmp_path / "trace.zip")
    await tab.goto(f"{service.url}/trace-viewer/index.html")
    await tab.evaluate(HAND_OVER, list((tmp_path / "trace.zip").read_bytes()))
    await (said := tab.get_by_text("Could not load trace")).wait_for()

    assert await said.is_visible()


async def test_the_viewer_is_public_and_may_speak_to_this_server_only(ana):
    answer = await ana.anonymous().get("/trace-viewer/index.html")

    assert answer.status == 200
    assert "default-src 'none'; script-src 'self';" in answer.headers["Content-Security-Policy"]
    assert "connect-src 'self';" in answer.headers["Content-Security-Policy"]


async def test_every_file_of_the_viewer_is_served_as_what_it_is(ana):
    answers = {name: await ana.anonymous().ask("HEAD", f"/trace-viewer/{name}") for name in VIEWER}

    assert {answer.status for answer in answers.values()} == {200}
    assert not [name for name in VIEWER if "octet-stream" in answers[name].headers["Content-Type"]]


@pytest.mark.parametrize("path", ["x.js", "assets/x.js", "assets/%2e%2e%2findex.html", "..%2f..%2findex.js", ""])
async def test_nothing_but_the_viewer_lies_beside_it(ana, path):
    assert (await ana.get(f"/trace-viewer/{path}")).code == "not_found"


async def test_a_viewer_without_its_service_worker_is_none(tmp_path):
    (tmp_path / "index.html").write_text("<title>viewer</title>")

    assert files(tmp_path) == {}
