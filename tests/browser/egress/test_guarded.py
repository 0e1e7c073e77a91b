from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest
import pytest_asyncio

from ghostly.browser.egress import Egress
from ghostly.browser.failures import StepError, TargetUnreachable
from ghostly.browser.pool import Browsers
from ghostly.domain.flow import Flow, Goto
from tests.browser.egress.conftest import HERE, served
from tests.browser.egress.pages import REFUSED, WAYS, forbidden, site

pytestmark = pytest.mark.asyncio(loop_scope="module")

LEADS = {"refused.test": [REFUSED], "mixed.test": [REFUSED, "127.0.0.1"], "metadata.test": ["169.254.169.254"]}


async def resolve(name: str) -> list[str]:
    return LEADS.get(name, [])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world():
    """What must not be reached, a site, and browsers that are open and guarded."""
    async with AsyncExitStack() as stack:
        target = await stack.enter_async_context(forbidden())
        url = await stack.enter_async_context(site(target))
        openly = Browsers(executable=None, slots=1)
        guarded = Browsers(executable=None, slots=1, egress=Egress(HERE, resolve))
        stack.push_async_callback(openly.close)
        stack.push_async_callback(guarded.close)
        yield target, url, openly, guarded


def page_of(browsers: Browsers, base: str):
    flow = Flow(base_url=base, steps=[], default_timeout_ms=30_000)
    return browsers.page(flow, artifacts=Path("nowhere"), run="r")


async def opened(browsers: Browsers, base: str, path: str = "/") -> list[str | None]:
    """The notes of a goto, and of another one a little later."""
    async with page_of(browsers, base) as page:
        told = [(await page.perform(Goto(url=path), 0)).note]
        await asyncio.sleep(0.3)
        return [*told, (await page.perform(Goto(url="/"), 1)).note]


async def visits(world, browsers: Browsers, way: str, patience: float) -> int:
    """How often the page of this way has reached what must not be reached, after so many seconds at most."""
    target, url, *_ = world
    before = target.visits
    async with page_of(browsers, url) as page:
        with suppress(StepError):  # of tabs that were opened elsewhere
            await page.perform(Goto(url=f"/{way}"), 0)
        for _ in range(int(patience * 10)):
            if target.visits == before:
                await asyncio.sleep(0.1)
    return target.visits - before


async def fails(browsers: Browsers, base: str, path: str = "/") -> StepError:
    with pytest.raises(StepError) as failure:
        await opened(browsers, base, path)
    return failure.value


@pytest.mark.parametrize("way", WAYS)
async def test_nothing_that_a_page_can_do_reaches_what_is_refused(world, way):
    _, _, _, guarded = world

    assert await visits(world, guarded, way, patience=1.0) == 0


@pytest.mark.parametrize("way", WAYS)
async def test_all_of_it_would_be_reached_in_open_mode(world, way):
    _, _, openly, _ = world

    assert await visits(world, openly, way, patience=30.0) > 0


async def test_what_a_page_was_refused_stands_in_the_note(world):
    target, url, _, guarded = world

    notes = await opened(guarded, url, "/image")

    assert f"egress refused a request: {REFUSED}:{target.port} (loopback)" in notes


@pytest.mark.parametrize(
    ("base", "why"),
    {
        "http://169.254.169.254": "169.254.169.254 is a link-local address",
        "https://169.254.169.254": "169.254.169.254 is a link-local address",
        "http://2852039166": "169.254.169.254 is a link-local address",
        "http://0xa9.254.0251.0xfe": "169.254.169.254 is a link-local address",
        "http://[::ffff:169.254.169.254]": "::ffff:a9fe:a9fe is a link-local address",
        "http://[fd00:ec2::254]": "fd00:ec2::254 is a metadata address",
        "http://metadata.test": "metadata.test leads to 169.254.169.254, a link-local address",
        "https://metadata.test": "metadata.test leads to 169.254.169.254, a link-local address",
    }.items(),
)
async def test_a_goto_that_is_refused_says_why(world, base, why):
    failure = await fails(world[3], base)

    assert type(failure) is StepError
    assert str(failure) == f"'{base}/' was not opened: {why}, which egress refuses"


async def test_a_redirect_to_what_is_refused_fails_the_goto(world):
    target, url, _, guarded = world
    before = target.visits

    assert "127.0.0.2 is a loopback address, which egress refuses" in str(await fails(guarded, url, "/away"))
    assert target.visits == before


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_what_cannot_be_reached_reads_as_in_open_mode(world, scheme, deaf_port):
    base = f"{scheme}://127.0.0.1:{deaf_port}"
    failures = [await fails(browsers, base) for browsers in world[2:]]

    assert str(failures[0]) == str(failures[1])
    assert type(failures[1]) is TargetUnreachable


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_name_that_is_not_known_reads_as_in_open_mode(world, scheme):
    failures = [await fails(browsers, f"{scheme}://nobody.invalid") for browsers in world[2:]]

    assert str(failures[0]) == str(failures[1])
    assert type(failures[1]) is TargetUnreachable


async def test_a_server_without_an_answer_reads_as_in_open_mode(world):
    async def silent(reader, writer):
        await reader.readline()

    async with served(silent) as server:
        failures = [await fails(browsers, f"http://127.0.0.1:{server.port}") for browsers in world[2:]]

    assert str(failures[0]) == str(failures[1])


async def test_a_run_hears_nothing_of_what_the_one_before_was_refused(world):
    _, url, _, guarded = world
    await fails(guarded, "http://169.254.169.254")

    assert await opened(guarded, url) == [None, None]


async def test_nothing_listens_when_the_browsers_are_closed(world):
    egress = Egress(HERE, resolve)
    browsers = Browsers(executable=None, slots=1, egress=egress)
    await opened(browsers, world[1])
    assert len(egress._ports) == 1

    await browsers.close()

    assert egress._ports == set()


async def test_a_browser_that_cannot_be_started_leaves_no_listener(world):
    egress = Egress(HERE, resolve)
    browsers = Browsers(executable="/bin/false", slots=1, egress=egress)
    with pytest.raises(Exception, match="run it by hand"):
        await opened(browsers, world[1])
    await browsers.close()

    assert egress._ports == set()
