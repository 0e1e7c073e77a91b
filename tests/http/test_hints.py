from __future__ import annotations

from uuid import UUID

import msgspec
import pytest

from ghostly.accounts.requests import Requests
from tests.http.callers import FLOW, STEP
from tests.http.test_idempotency import TOO_LARGE

HINTS = {"files": [{"path": "Login.tsx", "code": "<button>Save</button>"}]}
PLAN = {"project": "default", "plan": {"baseUrl": FLOW["baseUrl"], "steps": [STEP], "codeHints": HINTS}}


async def hints(service, run: str):
    stored = await Requests(service.store.pool).hints(UUID(run))
    return stored and msgspec.json.decode(stored)


async def count(service) -> int:
    return await service.store.pool.fetchval("select count(*) from run_hints")


async def test_code_hints_are_kept_beside_the_event_and_not_in_it(ana, service):
    run = await ana.starts(codeHints=HINTS)
    [started] = await service.store.log.read(UUID(run))

    assert await hints(service, run) == HINTS
    assert "Login.tsx" not in started.data


async def test_equal_hints_of_the_request_and_its_plan_are_kept_once(ana, service):
    answer = await ana.post("/v1/run", {**PLAN, "codeHints": HINTS})

    assert await hints(service, answer.json["id"]) == HINTS
    assert await count(service) == 1


@pytest.mark.parametrize("top", [{}, {"codeHints": None}])
async def test_hints_of_the_plan_are_those_of_the_run(ana, service, top):
    answer = await ana.post("/v1/run", {**PLAN, **top})

    assert await hints(service, answer.json["id"]) == HINTS


async def test_a_run_without_hints_has_none(ana, service):
    assert await hints(service, await ana.starts()) is None


async def test_hints_of_a_run_that_never_began_are_not_kept(ana, service):
    assert (await ana.post("/v1/run", {**TOO_LARGE, "codeHints": HINTS})).status == 400
    assert await count(service) == 0
