"""Downloads are kept with the step that began them, and none fills the disk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web

from ghostly.browser.downloads import MOST_BYTES, MOST_FILES
from ghostly.browser.failures import BrowserGone, StepError
from ghostly.browser.page import Done
from ghostly.domain.flow import Flow
from ghostly.domain.redaction import Redactor
from ghostly.domain.steps import Click, Goto, WaitForSelector

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLICK = Click(selector="a")
BRIEF = Click(selector="a", timeout_ms=1_500)
MANY = f"""onclick = () => {{ for (let i = 0; i < {MOST_FILES + 5}; i++) {{
const link = document.createElement('a'); link.download = i + '.txt'; link.href = 'data:,x'; link.click() }} }}"""


async def endless(request: web.Request) -> web.StreamResponse:
    """As fast as it can, or a drop at a time."""
    name = request.query.get("name", "endless.bin")
    answer = web.StreamResponse(headers={"Content-Disposition": f"attachment; filename={name}"})
    await answer.prepare(request)
    while True:
        await answer.write(b"-" * (4_000_000 if "fast" in request.path else 10))
        await asyncio.sleep(0.001 if "fast" in request.path else 0.05)


async def large(_: web.Request) -> web.Response:
    """A little more than half of what a run may have."""
    attached = {"Content-Disposition": "attachment; filename=large.bin"}
    return web.Response(body=bytes(MOST_BYTES // 2 + 1), headers=attached)


async def report(request: web.Request) -> web.Response:
    name = request.match_info["name"]
    return web.Response(body=b"a,b\n", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def files() -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_get("/endless/{speed}", endless)
    app.router.add_get("/large", large)
    app.router.add_get("/report/{name}", report)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


@pytest.fixture
def offered(visit, files):
    """A page that links to something there."""

    async def offered(path: str, html: str = "", **options):
        return await visit(f"<a href='{files}{path}'>get</a>{html}", **options)

    return offered


async def until_there_are(page, count: int) -> None:
    """The browser tells of a download when it likes."""
    async with asyncio.timeout(30):
        while page._tab.downloads._begun < count:
            await asyncio.sleep(0.05)


async def clicked(page, clean=str, click=CLICK) -> Done:
    """What comes of a click on the link: at once, or with the next step if the browser was slow to tell."""
    before = page._tab.downloads._begun
    done = await page.perform(click, 1, clean)
    if done.note or done.downloads:
        return done
    await until_there_are(page, before + 1)
    return await page.perform(WaitForSelector(selector="a"), 2, clean)


async def test_a_download_comes_with_the_step_that_began_it(offered):
    page = await offered("/report/report.csv")

    [download] = (await clicked(page)).downloads

    assert (download.name, download.size, download.path.read_bytes()) == ("report.csv", 4, b"a,b\n")


async def test_a_step_without_downloads_has_none(offered):
    page = await offered("/report/report.csv")

    assert (await page.perform(Goto(url="/"), 1)).downloads == []


async def test_an_address_that_is_a_download_fails_its_step_and_is_kept_all_the_same(browsers, files, artifacts):
    flow = Flow(base_url=files, steps=[])
    async with browsers.page(flow, artifacts=artifacts, run="run-1") as page:
        with pytest.raises(StepError, match="is a download and not a page"):
            await page.perform(Goto(url="/report/a.csv"), 0)
        await until_there_are(page, 1)  # it begins a moment after the navigation was given up

        assert [download.name for download in await page.last_downloads()] == ["a.csv"]


async def test_a_download_that_is_too_large_is_stopped(offered):
    page = await offered("/endless/fast", default_timeout_ms=30_000)

    done = await clicked(page)

    assert done.downloads == []
    assert f"'endless.bin' brings more than {MOST_BYTES // 1024**2} MiB and was stopped" in done.note


async def test_what_was_kept_counts_against_what_the_run_may_still_bring(offered, tmp_path):
    page = await offered("/large", default_timeout_ms=30_000)
    [kept] = (await clicked(page)).downloads
    kept.path.rename(tmp_path / "kept")
    done = await clicked(page)

    assert done.downloads == []
    assert (
        done.note == "the download of 'large.bin' brings the run's downloads to more than 100 MiB and was stopped"
    )


async def test_a_download_without_end_is_stopped_when_the_time_of_its_step_is_over(offered):
    page = await offered("/endless/slow")

    done = await clicked(page, click=BRIEF)

    assert done.note == "the download of 'endless.bin' did not finish in time and was stopped"


async def test_a_download_that_begins_while_others_are_waited_for_is_watched_too(offered):
    again = "<script>onclick = () => setTimeout(() => document.querySelector('a').click(), 700)</script>"
    page = await offered("/endless/slow", html=again)

    first, second = [(await clicked(page, click=BRIEF)).note for _ in range(2)]

    assert "'endless.bin' did not finish" in first
    assert "'endless.bin' did not finish" in second


async def test_a_secret_in_the_name_of_a_download_is_masked_before_the_name_is_cut(offered):
    page = await offered(f"/endless/slow?name={'-' * 75}the-secret")

    done = await clicked(page, Redactor(["the-secret"]).text, BRIEF)

    assert "-[RED" in done.note


async def test_a_page_that_is_stopped_amid_a_download_is_gone_at_once(offered):
    page = await offered("/endless/slow", default_timeout_ms=60_000)
    doing = [asyncio.create_task(page.perform(CLICK, 1))]
    while not page._tab.downloads._under_way:
        await asyncio.sleep(0.05)
    doing.append(
        asyncio.create_task(page.perform(CLICK, 2))
    )  # if the first was done before the browser told of it
    await asyncio.sleep(0.3)

    async with asyncio.timeout(5):
        await page.stop()
        _, last = await asyncio.gather(*doing, return_exceptions=True)
    assert isinstance(last, BrowserGone)


async def test_only_so_many_files_are_taken(offered):
    page = await offered("/report/x", html=f"<p>all</p><script>{MANY}</script>")

    done = await page.perform(Click(selector="p"), 1)
    rest = await page.last_downloads()

    assert len(done.downloads) + len(rest) <= MOST_FILES


async def test_nothing_is_left_of_a_download_that_nobody_wanted(offered):
    page = await offered("/report/a.csv")
    [download] = (await clicked(page)).downloads

    await page.stop()

    assert not download.path.exists()
