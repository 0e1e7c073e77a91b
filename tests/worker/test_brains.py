"""Who thinks for whom, and what a user's endpoint cannot reach."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from ipaddress import ip_network
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.fernet import Fernet
from cuts import away
from models import asking, model, never, says

from ghostly.accounts import People, Vault, people
from ghostly.assist.offline import OfflineBrain
from ghostly.assist.openai import Endpoint, OpenAIBrain
from ghostly.browser.egress import Egress, Policy
from ghostly.browser.failures import BrowserGone
from ghostly.domain.flow import Guardrails
from ghostly.worker.brains import Brains
from ghostly.worker.thinking import Interruptible

OURS = Endpoint(base_url="http://127.0.0.1:9/v1", model="ours")
PLAN = {"steps": [{"action": "click", "selector": "#buy"}]}


@pytest.fixture
def known(pool) -> People:
    vault = Vault(Fernet.generate_key())
    return people(pool, vault, clock=lambda: datetime.now(UTC), new_id=uuid4, monotonic=time.monotonic)


@pytest.fixture
async def bo(pool) -> UUID:
    return await pool.fetchval(
        "insert into users values (gen_random_uuid(), 'bo@example.com', '', 'member') returning id"
    )


@pytest.fixture
async def thinkers(known) -> AsyncIterator[Callable[..., Brains]]:
    async with AsyncExitStack() as stack:

        def made(environment: Endpoint | None = None, egress: Egress | None = None, models: Any = None) -> Brains:
            brains = Brains(
                models or known.models, environment=environment, patience_s=10.0, guardrails=Guardrails(),
                egress=egress, monotonic=time.monotonic,
            )  # fmt: skip
            stack.push_async_callback(brains.close)
            return brains

        yield made


async def test_rules_think_where_nothing_was_given_or_chosen(thinkers, bo):
    assert isinstance(await thinkers().of(bo), OfflineBrain)


async def test_the_servers_model_thinks_for_whoever_chose_none(thinkers, bo):
    assert (await thinkers(OURS).of(bo)).model == "ours"


async def test_what_its_owner_chose_goes_before(thinkers, known, bo):
    await known.models.choose(bo, "custom", "theirs", "http://127.0.0.1:9/v1", None)

    assert (await thinkers(OURS).of(bo)).model == "theirs"


async def test_rules_can_be_chosen_over_the_servers_model(thinkers, known, bo):
    await known.models.choose(bo, "offline", "offline", None, None)

    assert isinstance(await thinkers(OURS).of(bo), OfflineBrain)


async def test_a_key_that_cannot_be_read_here_is_not_sent_and_nobody_else_thinks(
    pool, thinkers, known, bo, caplog
):
    await known.models.choose(bo, "custom", "theirs", "http://127.0.0.1:9/v1", "sk-hush-hush-0123456789")
    other = people(
        pool, Vault(Fernet.generate_key()), clock=lambda: datetime.now(UTC), new_id=uuid4, monotonic=time.monotonic
    )
    line = await thinkers(OURS, models=other.models).line_of(bo)

    assert (line.endpoint.model, line.endpoint.api_key) == ("theirs", None)
    assert "cannot be read here" in caplog.text


async def test_one_endpoint_has_one_line(thinkers, bo):
    brains = thinkers(OURS)

    assert await brains.line_of(bo) is await brains.line_of(bo)


async def test_whoever_asks_while_the_database_is_away_waits_for_it(server, pool, thinkers, bo):
    async with away(server, pool):
        asked = asyncio.create_task(thinkers(OURS).of(bo))
        await asyncio.wait([asked], timeout=0.7)

    assert (await asked).model == "ours"


# ---- guarded


async def proposed(brains: Brains, owner: UUID) -> Any:
    brain = await brains.of(owner)
    assert isinstance(brain, OpenAIBrain)
    return await brain.propose(asking())


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_users_endpoint_is_asked_through_the_egress(thinkers, known, bo, host):
    async with model(says(PLAN)) as server:
        await known.models.choose(bo, "custom", "m", server.url.replace("127.0.0.1", host), None)
        proposal = await proposed(thinkers(egress=Egress(Policy())), bo)

    assert (proposal.steps, server.asked) == ((), [])
    assert proposal.usage["error"]


async def test_a_users_endpoint_that_may_be_reached_is(thinkers, known, bo):
    async with model(says(PLAN)) as server:
        await known.models.choose(bo, "custom", "m", server.url, None)
        allowed = Policy(allowed=(ip_network("127.0.0.1/32"),))

        assert (await proposed(thinkers(egress=Egress(allowed)), bo)).steps


async def test_the_servers_own_endpoint_is_asked_directly(thinkers, bo):
    async with model(says(PLAN)) as server:
        brains = thinkers(Endpoint(base_url=server.url, model="ours"), Egress(Policy()))

        assert (await proposed(brains, bo)).steps


# ---- stopped


async def test_a_thought_is_left_when_its_run_is_stopped(thinkers, bo):
    halting = asyncio.Event()
    async with model(never) as server:
        brain = await thinkers(Endpoint(base_url=server.url, model="ours")).of(bo)
        thought = asyncio.create_task(Interruptible(brain, halting).propose(asking()))
        while not server.asked:
            await asyncio.sleep(0.01)
        halting.set()

        with pytest.raises(BrowserGone, match="stopped while"):
            await thought


async def test_a_brain_that_is_not_stopped_thinks_on(thinkers, bo):
    async with model(says(PLAN)) as server:
        brain = await thinkers(Endpoint(base_url=server.url, model="ours")).of(bo)

        assert (await Interruptible(brain, asyncio.Event()).propose(asking())).steps
