"""A run is filmed and traced if it asked for that, and not while it types a secret."""

from __future__ import annotations

import hashlib
import zipfile

import pytest

from ghostly.browser.failures import StepError
from ghostly.domain.steps import Click, Fill, Goto

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORM = "<input id=name><input id=pin type=password><button>B</button>"
EVERYTHING = {"record_video_on_failure": True, "record_trace": True}


def in_zip(path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


async def test_a_trace_holds_what_was_done(visit, artifacts):
    page = await visit(FORM, record_trace=True)
    await page.perform(Fill(selector="#name", value="Ada Lovelace"), 1)

    recorded = await page.leave(failed=False)

    assert "Ada Lovelace" in in_zip(artifacts / "trace.zip")
    assert recorded.trace.path == "./artifacts/run-1/trace.zip"
    assert recorded.trace.sha256 == hashlib.sha256((artifacts / "trace.zip").read_bytes()).hexdigest()


async def test_a_failed_run_leaves_its_video(visit, artifacts):
    page = await visit(FORM, record_video_on_failure=True)
    await page.perform(Click(selector="button"), 1)

    recorded = await page.leave(failed=True)

    assert (artifacts / "video.webm").read_bytes().startswith(b"\x1a\x45\xdf\xa3")  # how a WebM begins
    assert recorded.video.size == (artifacts / "video.webm").stat().st_size > 1_000


async def test_a_run_that_passed_leaves_no_video(visit, artifacts):
    page = await visit(FORM, record_video_on_failure=True)

    assert (await page.leave(failed=False)).video is None
    assert not artifacts.exists()


async def test_who_asks_for_nothing_gets_nothing(visit, artifacts):
    page = await visit(FORM)

    assert await page.leave(failed=True) == (None, None)
    assert not artifacts.exists()


async def test_nothing_is_recorded_of_a_run_that_is_known_to_type_a_secret(visit, artifacts):
    secret = Fill(selector="#name", value="hush", secret=True)
    page = await visit(FORM, steps=[secret], **EVERYTHING)
    await page.hide("#name")
    done = await page.perform(secret, 1)

    assert done.note == "video and trace were left out, because a secret is typed"
    assert await page.leave(failed=True) == (None, None)
    assert not artifacts.exists()


async def test_what_was_recorded_is_dropped_when_a_secret_turns_up(visit, artifacts):
    page = await visit(FORM, **EVERYTHING)
    await page.hide("#pin")
    await page.perform(Fill(selector="#pin", value="hush"), 1)

    assert await page.leave(failed=True) == (None, None)
    assert not artifacts.exists()


async def filling(page, selector: str, timeout: int) -> str | None:
    """Do with the page what is done when nothing says beforehand that a secret is typed; the note or the error."""
    step = Fill(selector=selector, value="hush", timeout_ms=timeout)
    try:
        if await page.is_secret_field(selector, timeout):
            await page.hide(selector)
        return (await page.perform(step, 1)).note
    except StepError as failure:
        return str(failure)


async def test_a_field_that_is_not_there_costs_no_recording(visit, artifacts):
    page = await visit(FORM, **EVERYTHING)
    told = await filling(page, "#nowhere", 500)
    recorded = await page.leave(failed=True)

    assert "no element matched '#nowhere'" in told
    assert "left out" not in told
    assert None not in recorded
    assert "hush" not in in_zip(artifacts / "trace.zip")


async def test_a_field_of_which_nobody_could_say_what_it_is_costs_the_recordings_once_it_is_there(
    visit, artifacts
):
    page = await visit(FORM, **EVERYTHING)
    page._in_doubt = True  # as after a look at a page that was just going elsewhere
    await page.hide("#name")
    done = await page.perform(Fill(selector="#name", value="hush"), 1)

    assert done.note == "video and trace were left out, because a secret is typed"
    assert await page.leave(failed=True) == (None, None)


async def test_who_wants_secrets_recorded_gets_them(visit, artifacts):
    page = await visit(FORM, steps=[Fill(selector="#pin", value="hush")], record_secrets=True, **EVERYTHING)
    await page.hide("#pin")
    await page.perform(Fill(selector="#pin", value="hush"), 1)
    recorded = await page.leave(failed=True)

    assert None not in recorded
    assert "hush" in in_zip(artifacts / "trace.zip")


async def test_a_page_that_was_stopped_leaves_nothing(visit, artifacts):
    page = await visit(FORM, **EVERYTHING)
    await page.stop()

    assert await page.leave(failed=True) == (None, None)
    assert not artifacts.exists()


async def test_a_video_of_a_page_that_hangs_is_kept(visit, artifacts):
    page = await visit("<button onclick='for (;;) {}'>B</button>", **EVERYTHING)
    with pytest.raises(Exception, match=r"does not answer|begun"):
        await page.perform(Click(selector="button", timeout_ms=1_000), 1)

    recorded = await page.leave(failed=True)

    assert recorded.video.size > 1_000


async def test_the_next_run_is_not_filmed(visit, artifacts):
    filmed = await visit(FORM, **EVERYTHING)
    await filmed.leave(failed=False)
    page = await visit(FORM)

    assert page._page.video is None
    assert (await page.perform(Goto(url="/"), 1)).note is None


async def test_a_run_that_records_nothing_makes_no_directory(visit):
    page = await visit(FORM)

    assert not page._tab.scratch.exists()
