"""Runs on browsers that were started elsewhere: a Playwright server, and a Chromium that answers CDP."""

from __future__ import annotations

import asyncio

import psutil
import pytest
import pytest_asyncio
from ports import lasting_port

from ghostly.browser.processes import is_running
from ghostly.cli import checks
from ghostly.settings import Settings, load
from tests.conftest import database
from tests.flows import elsewhere
from tests.flows.conftest import asking
from tests.flows.test_cancel import CLICK, GOTO, HANGS, PROMISED_S, WAITS, gone, spinning
from tests.flows.test_recordings import NOWHERE, on_disk, unpacked

pytestmark = [
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not elsewhere.SHELL, reason="no headless shell on the PATH"),
]

KINDS = {"Playwright server": elsewhere.playwright_server, "CDP endpoint": elsewhere.cdp_endpoint}
GIVES = """<a href="data:text/plain,hello" download="hello.txt">give</a>"""
TAKES = [GOTO, {"action": "click", "selector": "a"}, GOTO]


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=KINDS, ids=lambda kind: kind)
async def there(request, tmp_path_factory):
    there = KINDS[request.param](tmp_path_factory.mktemp("elsewhere"), lasting_port())
    yield there
    there.kill()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tester(server, template, tmp_path_factory, site, there):
    env = {"GHOSTLY_BROWSER_WS": there.url, "GHOSTLY_DATA_DIR": str(tmp_path_factory.mktemp("data"))}
    await there.start()
    async with (
        database(server, template) as dsn,
        asking(load(env, database_url=dsn, port=0, workers=1), site) as tester,
    ):
        yield tester


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def running(there):
    """It is there when a test begins, whatever the one before did."""
    if not there.family():
        await there.start()


def own_browsers(there) -> set[psutil.Process]:
    """Those here that stay, and are not there: tabs come and go between two looks."""
    return (browsers() - set(there.family())) & browsers()


def browsers() -> set[psutil.Process]:
    return {process for process in psutil.Process().children(recursive=True) if is_browser(process)}


def is_browser(process: psutil.Process) -> bool:
    try:
        return "--headless" in " ".join(process.cmdline()) or "chrom" in process.name()
    except psutil.Error:
        return False


async def test_a_run_passes_there_and_no_browser_is_started_here(tester, there):
    told = await tester.runs(GOTO, CLICK, html="<button>B</button>")

    assert told.record["status"] == "pass"
    assert own_browsers(there) == set()


async def test_runs_there_see_nothing_of_each_other(tester):
    html = "<script>if (document.cookie) document.write('<p id=seen>'); document.cookie = 'a=b'</script>"
    seen = {"action": "waitForSelector", "selector": "#seen", "state": "detached"}
    told = [await tester.runs(GOTO, seen, html=html) for _ in range(3)]

    assert [each.record["status"] for each in told] == ["pass"] * 3


@pytest.mark.parametrize("hang", HANGS)
async def test_a_cancelled_run_there_ends_within_five_seconds_whatever_its_page_does(tester, hang):
    html, steps = HANGS[hang]
    run = await tester.starts(*steps, html=html, defaultTimeoutMs=60_000)
    await tester.reached(run, 2 * len(steps) + 1)
    await tester.client.cancel(run)

    async with asyncio.timeout(PROMISED_S):
        assert (await tester.ended(run)).record["stopReason"] == "cancelled"
    assert (await tester.runs(GOTO, html="<p>fine")).record["status"] == "pass"


async def test_a_page_there_that_hangs_is_gone_within_five_seconds_of_a_cancel(tester):
    html, steps = HANGS["in a click"]
    run = await tester.starts(*steps, html=html, defaultTimeoutMs=60_000)
    page = await spinning()
    await tester.client.cancel(run)

    async with asyncio.timeout(PROMISED_S):
        await gone(page)
    assert not is_running(page)


async def test_a_cancel_does_not_wait_for_one_that_does_not_answer(tester, there):
    run = await tester.starts(GOTO, WAITS, html="<p>", defaultTimeoutMs=60_000)
    await tester.reached(run, 5)
    there.freeze()
    await tester.client.cancel(run)
    try:
        async with asyncio.timeout(PROMISED_S):
            assert (await tester.ended(run)).record["stopReason"] == "cancelled"
    finally:
        there.kill()


async def test_a_run_whose_browser_there_is_killed_proves_nothing_and_the_next_one_does(tester, there):
    run = await tester.starts(GOTO, WAITS, html="<p>", defaultTimeoutMs=60_000)
    await tester.reached(run, 5)
    there.kill()
    cut = await tester.ended(run)
    await there.start()

    assert (cut.record["status"], cut.record["verdict"]) == ("fail", "inconclusive-environment")
    assert (await tester.runs(GOTO, html="<p>fine")).record["status"] == "pass"


async def test_runs_prove_nothing_while_it_is_away_and_are_driven_when_it_is_back(tester, there):
    there.kill()
    away = await tester.runs(GOTO, html="<p>fine")
    await there.start()

    assert away.record["verdict"] == "inconclusive-environment"
    assert "GHOSTLY_BROWSER_WS" in away.record["error"]
    assert (await tester.runs(GOTO, html="<p>fine")).record["status"] == "pass"


async def test_the_doctor_reaches_it(there):
    finding = await checks.headless(Settings(browser_ws=there.url))

    assert finding.state == "good", finding


async def test_video_and_trace_of_a_run_there_are_kept_here(tester):
    told = await tester.runs(GOTO, NOWHERE, html="<p>film", recordVideoOnFailure=True, recordTrace=True)

    assert on_disk(tester, told.record["videoPath"]).startswith(b"\x1a\x45\xdf\xa3")
    assert unpacked(on_disk(tester, told.record["tracePath"]))


async def test_a_download_there_is_fetched_or_told_to_be_left_out(tester, there):
    told = await tester.runs(*TAKES, html=GIVES)
    passed = told.payloads("step-passed")
    kept = [on_disk(tester, one["path"]) for each in passed for one in each.get("artifacts") or ()]

    assert told.record["status"] == "pass"
    if there.url.startswith("ws"):
        assert kept == [b"hello"]
    else:
        assert any("cannot be fetched" in (each.get("note") or "") for each in passed)
