from __future__ import annotations

import asyncio
from contextlib import suppress

import psutil
import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOTO = {"action": "goto", "url": "/"}
CLICK = {"action": "click", "selector": "button"}
PROMISED_S = 5
HANGS = {
    "in a click": ("<button onclick='for (;;) {}'>B</button>", [GOTO, CLICK]),
    "while it loads": ("<script>for (;;) {}</script>", [GOTO]),
    "when it is left": (
        "<script>onbeforeunload = onunload = () => { for (;;) {} }</script><button>B",
        [GOTO, CLICK, GOTO],
    ),
}
WAITS = {"action": "waitForSelector", "selector": "#nowhere"}


def worked() -> dict[psutil.Process, float]:
    """For how many seconds each page has kept a core busy so far."""
    seconds = {}
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if "--type=renderer" in process.cmdline():
                seconds[process] = process.cpu_times().user
    return seconds


async def spinning() -> psutil.Process:
    """The page that hangs: the first to work for a second from now on, however long it takes to get one."""
    before = worked()
    async with asyncio.timeout(60):
        while True:
            for process, seconds in (await asyncio.to_thread(worked)).items():
                if seconds - before.get(process, 0) > 1:
                    return process
            await asyncio.sleep(0.2)


async def gone(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):  # it goes between the two questions at times
        while process.is_running() and process.status() != psutil.STATUS_ZOMBIE:
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("hang", ["in a click", "while it loads"])
async def test_a_page_that_hangs_is_gone_within_five_seconds_of_a_cancel(tester, hang):
    html, steps = HANGS[hang]
    run = await tester.starts(*steps, html=html, defaultTimeoutMs=60_000)
    page = await spinning()
    await tester.client.cancel(run)

    async with asyncio.timeout(PROMISED_S):
        await gone(page)
    assert (await tester.ended(run)).record["stopReason"] == "cancelled"


@pytest.mark.parametrize("hang", HANGS)
async def test_a_cancelled_run_ends_within_five_seconds_whatever_its_page_does(tester, hang):
    html, steps = HANGS[hang]
    run = await tester.starts(*steps, html=html, defaultTimeoutMs=60_000)
    await tester.reached(run, 2 * len(steps) + 1)
    await tester.client.cancel(run)

    async with asyncio.timeout(PROMISED_S):
        told = await tester.ended(run)
    assert (told.record["status"], told.record["cancelled"]["stale"]) == ("fail", False)


async def test_the_next_run_knows_nothing_of_a_cancelled_one(tester):
    html, steps = HANGS["in a click"]
    runs = [await tester.starts(*steps, html=html, defaultTimeoutMs=60_000) for _ in range(2)]  # in both slots
    for run in runs:
        await tester.reached(run, 5)
        await tester.client.cancel(run)
    told = await tester.runs(GOTO, html="<p>fine")

    assert told.record["status"] == "pass"


async def test_a_cut_step_has_a_start_and_no_outcome(tester):
    run = await tester.starts(GOTO, WAITS, html="<p>", defaultTimeoutMs=60_000)
    await tester.reached(run, 5)
    await tester.client.cancel(run)
    told = await tester.ended(run)

    assert [event.topic for event in told.events[2:]] == [
        "step-started",
        "step-passed",
        "step-started",
        "cancellation-requested",
        "run-cancelled",
    ]
    assert len(told.record["steps"]) == 1


async def test_a_cancelled_run_ends_its_stream_as_cancelled_by_the_user(tester):
    run = await tester.starts(GOTO, WAITS, html="<p>", defaultTimeoutMs=60_000)
    await tester.reached(run, 5)
    await tester.client.cancel(run)
    [payload] = (await tester.ended(run)).payloads("run-cancelled")

    assert (payload["cancelled"], payload["source"], "staleAfterRestart" in payload) == (True, "user", False)


async def test_a_run_that_waits_for_a_free_slot_is_cancelled_at_once(tester, site):
    runs = [await tester.starts(GOTO, WAITS, html="<p>", defaultTimeoutMs=60_000) for _ in range(2)]
    for run in runs:
        await tester.reached(run, 5)
    queued = await tester.starts({"action": "goto", "url": "/queued"})
    await tester.client.cancel(queued)
    told = await tester.ended(queued)
    for run in runs:
        await tester.client.cancel(run)

    assert [event.topic for event in told.events] == ["run-started", "cancellation-requested", "run-cancelled"]
    assert site.visits["/queued"] == 0
