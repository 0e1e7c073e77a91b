"""Files for a page: those of the uploads directory, and no others."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from failing import SHORT, fails, passes

from ghostly.browser.failures import StepError
from ghostly.browser.pool import Browsers
from ghostly.browser.uploads import Uploads
from ghostly.domain.steps import ExpectText, Goto, SetInputFiles

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIELD = "<input id=f type=file multiple>"
ECHO = """<p id=o></p><script>f.onchange = async () => { for (const file of f.files)
o.textContent += `${file.name} (${file.type}) ${await file.text()}; ` }</script>"""


@pytest.fixture(scope="module")
def directory(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("uploads")
    (root / "cv.txt").write_text("my life")
    (root / "deep").mkdir()
    (root / "deep" / "a.pdf").write_bytes(b"%PDF")
    (root.parent / "outside.txt").write_text("not yours")
    (root / "out").symlink_to(root.parent / "outside.txt")
    (root / "up").symlink_to(root.parent)
    (root / "in").symlink_to(root / "cv.txt")
    (root / "loop").symlink_to(root / "loop")
    os.mkfifo(root / "pipe")
    return root


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def generous(directory: Path) -> AsyncIterator[Browsers]:
    browsers = Browsers(executable=None, slots=1, uploads=directory)
    yield browsers
    await browsers.close()


@pytest_asyncio.fixture(loop_scope="module")
async def form(generous, site, artifacts):
    async with AsyncExitStack() as stack:

        async def open_form(html: str):
            site.html = html
            page = await stack.enter_async_context(generous.page(site.flow(), artifacts=artifacts, run="r"))
            await page.perform(Goto(url="/"), 0)
            return page

        yield open_form


def upload(*files: str, selector: str = "#f", timeout_ms: int = SHORT) -> SetInputFiles:
    return SetInputFiles(selector=selector, files=list(files), timeout_ms=timeout_ms)


async def test_the_page_reads_what_the_files_hold(form):
    page = await form(FIELD + ECHO)

    await page.perform(upload("cv.txt", "deep/a.pdf", "in"), 1)

    told = "cv.txt (text/plain) my life; a.pdf (application/pdf) %PDF; in (application/octet-stream) my life;"
    assert await passes(page, ExpectText(selector="#o", text=told))


@pytest.mark.parametrize(
    "html", [f"<label id=l>CV {FIELD}</label>{ECHO}", f"<div id=l hidden></div>{FIELD}{ECHO}"]
)
async def test_a_field_is_found_by_its_label_and_though_it_is_hidden(form, html):
    page = await form(html.replace("type=file", "type=file style='display:none'"))

    await page.perform(upload("cv.txt", selector="label" if "<label" in html else "#f"), 1)

    assert await passes(page, ExpectText(selector="#o", text="my life"))


@pytest.mark.parametrize(
    "name", ["../outside.txt", "deep/../../outside.txt", "out", "up/outside.txt", "/etc/passwd"]
)
async def test_what_is_outside_is_not_given_away(form, name):
    page = await form(FIELD)

    assert await fails(page, upload(name)) == f"the file '{name}' is not in the uploads directory"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none.txt", "no such file or directory"),
        ("deep", "not a file"),
        ("pipe", "not a file"),
        (".", "not a file"),
    ],
)
async def test_what_is_no_file_is_not_given_away(form, name, why):
    page = await form(FIELD)

    assert await fails(page, upload(name)) == f"the file '{name}' cannot be uploaded: {why}"


async def test_a_link_to_itself_and_a_name_that_is_none_are_refused(directory):
    for name in ["loop", "a\0b", "x" * 1000]:
        with pytest.raises(StepError, match="cannot be uploaded"):
            await Uploads(directory).read([name])


async def test_a_link_that_is_put_in_place_of_a_file_is_not_followed(directory, tmp_path):
    inner = directory / "swapped"
    inner.mkdir()
    (inner / "x").write_text("mine")
    assert (await Uploads(directory).read(["swapped/x"]))[0]["buffer"] == b"mine"

    (inner / "x").unlink()
    (inner / "x").symlink_to("/etc/passwd")

    with pytest.raises(StepError, match="is not in the uploads directory"):
        await Uploads(directory).read(["swapped/x"])


async def test_no_more_than_50_mib_are_given_at_once(directory):
    for name in ("large", "larger"):
        (directory / name).touch()
        os.truncate(directory / name, 30 * 1024 * 1024)

    with pytest.raises(StepError, match="more than 50 MiB"):
        await Uploads(directory).read(["large", "larger"])


async def test_without_a_directory_nothing_is_given_away(visit):
    page = await visit(FIELD)

    assert await fails(page, upload("cv.txt")) == "no file can be uploaded: this worker has no uploads directory"


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<input id=f>", "'#f' is not a field for files"),
        ("<p id=f>x", "'#f' is not a field for files"),
        ("<p>x", "Timeout 2500 ms: no element matched '#f'"),
        ("<input id=f type=file disabled>", "Timeout 2500 ms: '#f' is not enabled"),
        ("<fieldset disabled><input id=f type=file>", "Timeout 2500 ms: '#f' is not enabled"),
    ],
)
async def test_where_no_file_can_be_chosen_the_step_says_why(form, html, why):
    page = await form(html)

    assert await fails(page, upload("cv.txt")) == why


async def test_two_files_where_one_is_taken_fail(form):
    page = await form("<input id=f type=file>")

    assert "can only accept single file" in await fails(page, upload("cv.txt", "deep/a.pdf"))


async def test_the_first_of_several_fields_is_used_and_the_note_says_so(form):
    page = await form(FIELD + FIELD)

    done = await page.perform(upload("cv.txt", selector="input"), 1)

    assert done.note == "selector matched 2 elements; used the first"
