"""Two on one data directory: the first, which started PostgreSQL, is killed; then the second is told to stop."""

from __future__ import annotations

from dataclasses import dataclass

import psutil
import pytest
import pytest_asyncio

from tests.node.processes import Up, left, postgres, told
from tests.node.shops import Shop, open_shop

pytestmark = pytest.mark.asyncio(loop_scope="module")


@dataclass(frozen=True)
class Aftermath:
    """How runs ended that were asked for on each, and what was left at last."""

    on_both: list[str]
    on_the_second: str
    code: int
    left: set[psutil.Process]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def aftermath(reachable) -> Aftermath:
    first, second = await Up(reachable / "shared").start(), await Up(reachable / "shared").start()
    with open_shop() as shop:
        on_both = [await status(up, shop) for up in (first, second)]
        await first.kill()
        on_the_second = await status(second, shop)
    running = postgres(second.directory)
    code = await second.stop()
    return Aftermath(on_both, on_the_second, code, await left(running, second.directory))


async def status(up: Up, shop: Shop) -> str:
    async with up.client() as client:
        return (await told(client, await client.start(shop.flow())))[-1]["payload"]["status"]


async def test_both_serve(aftermath):
    assert aftermath.on_both == ["pass", "pass"]


async def test_the_second_goes_on_when_the_one_that_started_postgresql_is_killed(aftermath):
    assert aftermath.on_the_second == "pass"


async def test_the_last_one_out_stops_postgresql(aftermath):
    assert (aftermath.code, aftermath.left) == (0, set())
