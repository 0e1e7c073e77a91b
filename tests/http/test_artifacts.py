from __future__ import annotations

import asyncio
import gzip
import logging
from datetime import UTC, datetime
from uuid import uuid4

import aiohttp
import pytest
import pytest_asyncio
from yarl import URL

from ghostly.browser import ffmpeg
from tests.http.conftest import enrol
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)
HTML = "<script>document.title = 'run'</script>"


@pytest.fixture
def directory(settings, queued):
    """The directory of ana's run, with files of every kind."""
    directory = settings.artifacts_dir / queued
    directory.mkdir(parents=True)
    (directory / "step-0.png").write_bytes(PNG)
    (directory / "numbers.txt").write_bytes(b"0123456789")
    (directory / "trace.zip").write_bytes(b"PK")
    for name in ("page.html", "drawing.svg", "app.js", "page.xhtml", "noend", "page.html.txt.HTML"):
        (directory / name).write_text(HTML)
    return directory


@pytest_asyncio.fixture(loop_scope="module")
async def token(service, ana) -> str:
    user = (await ana.get("/v1/auth/me")).json["user"]["id"]
    return service.parts.signer.issue(user, datetime.now(UTC))


@pytest_asyncio.fixture(loop_scope="module")
async def numbers(ana, directory, queued):
    """Asks for a file of ten bytes, with headers."""

    async def ask(method="GET", **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await ana.ask(method, f"/artifacts/{queued}/numbers.txt", named)

    return ask


async def fetch(caller, run, file):
    async with caller.http.get(f"/artifacts/{run}/{file}", headers=caller.headers) as response:
        return response.status, response.headers, await response.read()


async def test_a_file_is_served_as_it_lies_there(ana, directory, queued):
    assert (await fetch(ana, queued, "step-0.png"))[2] == PNG


async def test_the_path_in_the_record_is_the_path_of_the_file(ana, directory, queued):
    path = f"./artifacts/{queued}/step-0.png"

    assert (await ana.ask("HEAD", path.removeprefix("."))).status == 200


async def test_a_token_in_the_url_opens_a_file(ana, directory, queued, token):
    assert (await ana.anonymous().get(f"/artifacts/{queued}/numbers.txt", token=token)).text == "0123456789"


async def test_an_api_key_in_the_url_opens_no_file(ana, directory, queued):
    answer = await ana.anonymous().get(f"/artifacts/{queued}/numbers.txt", token=ana.headers["X-Api-Key"])

    assert (answer.status, answer.code) == (401, "invalid_token")


async def test_who_is_nobody_is_told_nothing_of_what_there_is(ana, directory, queued):
    known, unknown = [await ana.anonymous().get(f"/artifacts/{run}/numbers.txt") for run in (queued, uuid4())]

    assert known.status == unknown.status == 401


async def test_a_credential_that_may_not_read_opens_no_file(service, calling, directory, queued):
    writer = await calling(service, await enrol(service, "gly_w", "member", "w@x.example", scopes={"runs:write"}))

    assert (await writer.get(f"/artifacts/{queued}/numbers.txt")).status == 403
    assert (await writer.get(f"/artifacts/{uuid4()}/numbers.txt")).status == 403


async def test_an_auditor_reads_the_files_of_others(auditor, directory, queued):
    assert (await auditor.get(f"/artifacts/{queued}/numbers.txt")).status == 200


async def test_a_file_of_another_user_is_one_that_is_not_there(bo, directory, queued):
    foreign, unknown = [
        await bo.get(f"/artifacts/{run}/numbers.txt", {"X-Request-Id": "same"}) for run in (queued, uuid4())
    ]

    assert foreign.status == 404
    assert foreign.text == unknown.text


OUTSIDE = [
    "../secret.txt",
    "..%2Fsecret.txt",
    "%2e%2e%2fsecret.txt",
    "%2e%2e/secret.txt",
    "..%5Csecret.txt",
    "..%252Fsecret.txt",
    "numbers.txt%00.png",
    "%00",
    "..",
    "%2e%2e",
    ".",
    ".hidden",
    "",
    "deeper/secret.txt",
    "deeper%2Fsecret.txt",
    "deeper",
    "%2Fetc%2Fpasswd",
    "/etc/passwd",
    "numbers.txt/",
    "numbers.txt%0A",
    "%C3%B1.txt",
    "link.txt",
    "nothing.txt",
    "a" * 300,
]


@pytest.mark.parametrize("file", OUTSIDE)
async def test_nothing_is_served_but_a_file_of_the_run(ana, directory, queued, file):
    for place in (directory / "deeper", directory.parent):
        place.mkdir(exist_ok=True)
        (place / "secret.txt").write_text("secret")
    (directory / ".hidden").write_text("secret")
    (directory / "link.txt").symlink_to(directory.parent / "secret.txt")
    url = URL(f"{ana.url}/artifacts/{queued}/{file}", encoded=True)

    async with aiohttp.ClientSession() as http, http.get(url, headers=ana.headers) as response:
        assert (response.status, (await response.json())["code"]) == (404, "not_found")


async def test_a_directory_that_is_a_link_is_not_entered(ana, settings, queued, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "numbers.txt").write_text("secret")
    settings.artifacts_dir.mkdir(exist_ok=True)
    (settings.artifacts_dir / queued).symlink_to(tmp_path / "elsewhere")

    assert (await ana.get(f"/artifacts/{queued}/numbers.txt")).status == 404


@pytest.mark.parametrize(
    "path", ["/artifacts", "/artifacts/", "/artifacts/x", "/artifacts/x/y", "/artifacts/x/y/z"]
)
async def test_whatever_is_unknown_is_told_in_json(ana, path):
    answer = await ana.get(path)

    assert (answer.status, answer.code) == (404, "not_found")


async def test_a_run_that_left_nothing_has_no_files(ana, queued):
    assert (await ana.get(f"/artifacts/{queued}/step-0.png")).code == "not_found"


async def test_a_malformed_id_is_an_unknown_run(ana, directory, queued):
    assert (await ana.get("/artifacts/not-an-id/numbers.txt")).code == "not_found"


RANGES = {
    "bytes=2-4": (206, "234", "bytes 2-4/10"),
    "bytes=7-": (206, "789", "bytes 7-9/10"),
    "bytes=-3": (206, "789", "bytes 7-9/10"),
    "bytes=8-99": (206, "89", "bytes 8-9/10"),
    "bytes=-99": (206, "0123456789", "bytes 0-9/10"),
}


@pytest.mark.parametrize("wanted", RANGES)
async def test_a_part_can_be_had(numbers, wanted):
    answer = await numbers(Range=wanted)

    assert (answer.status, answer.text, answer.headers["Content-Range"]) == RANGES[wanted]


@pytest.mark.parametrize(
    "wanted", ["bytes=10-", "bytes=99-100", "bytes=5-2", "bytes=-", "lines=1-2", "bytes=0-1,3-4"]
)
async def test_a_part_that_is_not_there_is_refused_with_the_size(numbers, wanted):
    answer = await numbers(Range=wanted)

    assert (answer.status, answer.code) == (416, "range_not_satisfiable")
    assert answer.headers["Content-Range"] == "bytes */10"


async def test_a_file_is_not_sent_again_to_who_has_it(numbers):
    tag = (await numbers()).headers["ETag"]
    again = await numbers(If_None_Match=tag)

    assert (again.status, again.text) == (304, "")


async def test_a_file_that_changed_is_sent_again(numbers, directory):
    tag = (await numbers()).headers["ETag"]
    (directory / "numbers.txt").write_text("new")

    assert (await numbers(If_None_Match=tag)).text == "new"


async def test_head_tells_of_the_file_and_sends_nothing(numbers):
    answer = await numbers("HEAD")

    assert (answer.status, answer.headers["Content-Length"], answer.text) == (200, "10", "")
    assert not [name for name in ("ETag", "Last-Modified", "Accept-Ranges") if name not in answer.headers]


async def test_a_compressed_neighbour_is_another_file(numbers, directory):
    (directory / "numbers.txt.gz").write_bytes(gzip.compress(b"something else"))

    assert (await numbers(Accept_Encoding="gzip")).text == "0123456789"


SHOWN = {"step-0.png": "image/png", "numbers.txt": "text/plain; charset=utf-8"}


@pytest.mark.parametrize("file", SHOWN)
async def test_what_is_harmless_is_shown(ana, directory, queued, file):
    _, headers, _ = await fetch(ana, queued, file)

    assert headers["Content-Disposition"] == f'inline; filename="{file}"'
    assert headers["Content-Type"] == SHOWN[file]


@pytest.mark.parametrize(
    "file", ["trace.zip", "page.html", "drawing.svg", "app.js", "page.xhtml", "noend", "page.html.txt.HTML"]
)
async def test_all_else_is_saved_and_never_shown(ana, directory, queued, file):
    _, headers, _ = await fetch(ana, queued, file)

    assert headers["Content-Disposition"] == f'attachment; filename="{file}"'
    assert headers["Content-Type"] in {"application/octet-stream", "application/zip"}


async def test_a_file_may_do_nothing_and_go_nowhere(numbers):
    headers = (await numbers()).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"].startswith("private")


async def test_the_token_is_in_no_log(ana, directory, queued, token, caplog):
    caplog.set_level(logging.DEBUG)
    for file in ("numbers.txt", "nothing.txt", "trace"):
        await ana.anonymous().get(f"/artifacts/{queued}/{file}", token=token)

    assert token not in caplog.text


async def test_pictures_and_videos_can_be_looked_at_in_a_tab(ana, directory, queued, token, tab):
    await asyncio.to_thread(ffmpeg.provide)
    await record(tab.context.browser, directory / "video.webm")
    await tab.goto(f"{ana.url}/artifacts/{queued}/step-0.png?token={token}")
    assert await tab.evaluate("document.images[0].naturalWidth") == 1
    await tab.goto(f"{ana.url}/artifacts/{queued}/video.webm?token={token}")

    assert await plays(tab)


async def plays(tab) -> bool:
    async with asyncio.timeout(20):  # asked again and again, because the page may not run scripts, timers included
        while not await tab.evaluate("document.querySelector('video').videoWidth"):
            await asyncio.sleep(0.05)
    return True


async def record(browser, path):
    context = await browser.new_context(record_video_dir=path.parent)
    page = await context.new_page()
    await page.set_content("<h1>seen</h1>")
    await page.wait_for_timeout(300)
    await context.close()
    await page.video.save_as(path)
