"""Only documents of http and https are ever shown, whoever asks for others."""

from __future__ import annotations

import asyncio

import pytest

from ghostly.browser.failures import StepError
from ghostly.browser.page import Done
from ghostly.domain.redaction import Redactor
from ghostly.domain.steps import Click, Goto
from tests.browser.egress.conftest import served

pytestmark = pytest.mark.asyncio(loop_scope="module")

PLACES = [
    "file:///etc/passwd",
    "chrome://version",
    "chrome://crash",
    "devtools://devtools/bundled/inspector.html",
    "data:text/html,<h1>x",
    "view-source:http://127.0.0.1/",
    "filesystem:http://127.0.0.1/temporary/x",
    "blob:http://localhost:1/5b8a",
    "ftp://127.0.0.1/x",
]
WAYS = "function go() {{ location = '{0}'; window.open('{0}', '_self'); window.open('{0}') }}"


@pytest.mark.parametrize("place", [*PLACES, "javascript:1", "about:version", "chrome-error://chromewebdata/"])
async def test_a_goto_there_is_not_even_tried(visit, place):
    page = await visit("")

    with pytest.raises(StepError, match="not on the origin"):
        await page.perform(Goto(url=place), 1)


@pytest.mark.parametrize("place", PLACES)
async def test_a_page_that_wants_to_go_there_stays_where_it_is(visit, site, place):
    page = await visit(f"<script>{WAYS.format(place)}</script><a href='{place}' onclick='go()'>go")

    await page.perform(Click(selector="a"), 1)
    await asyncio.sleep(0.3)

    assert page._page.url.startswith(site.url)


async def clicked(page, clean=str) -> list[Done]:
    """A click on a link and the steps behind it, until something is said: the browser tells when it likes."""
    done = [await page.perform(Click(selector="a"), 0, clean)]
    for index in range(1, 10):
        done.append(await page.perform(Click(selector="p"), index, clean))
        if any(each.note for each in done):
            break
        await asyncio.sleep(0.1)
    return done


async def notes(page) -> str:
    return "; ".join(each.note for each in await clicked(page) if each.note)


@pytest.mark.parametrize("place", ["file:///etc/passwd", "data:text/html,x", "chrome://version/"])
async def test_a_step_that_wants_to_go_where_no_page_may_says_so(visit, place):
    page = await visit(f"<a href='{place}'>go</a><p>here")

    assert await notes(page) == f"the browser refused the page '{place}': no page may go there"


async def test_a_secret_in_an_address_that_was_refused_is_masked(visit):
    page = await visit("<a href='file:///the-secret'>go</a><p>here")
    done = await clicked(page, Redactor(["the-secret"]).text)

    assert "the-secret" not in str(done)
    assert "'file:///[REDACTED]'" in str(done)


async def test_a_page_that_asks_for_too_much_at_once_is_listened_to_no_more(visit):
    flood = "for (let n = 0; n < 500; n++) window.open('file:///' + n)"
    page = await visit(f'<a onclick="{flood}">go</a><p>here')
    said = [await notes(page) for _ in range(2)]

    assert "'file:///0' and" in said[0]
    assert said[1] == ""


@pytest.mark.parametrize("place", PLACES)
async def test_a_redirect_there_fails_the_goto_and_shows_nothing(browsers, site, artifacts, place):
    async def redirect(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()

    async with served(redirect) as server:
        flow = site.flow(base_url=f"http://127.0.0.1:{server.port}/")
        async with browsers.page(flow, artifacts=artifacts, run="r") as page:
            with pytest.raises(StepError):
                await page.perform(Goto(url="/"), 0)
            assert page._page.url.startswith(("about:blank", "chrome-error:"))


async def test_a_page_that_goes_to_one_of_the_browsers_own_fails_and_is_left(visit):
    page = await visit("<a href=about:version>go")

    with pytest.raises(StepError, match="the page went to 'about:blank#blocked'"):
        await page.perform(Click(selector="a"), 1)
    assert page._page.url == "about:blank"
