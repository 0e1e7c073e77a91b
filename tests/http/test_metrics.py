from __future__ import annotations

import re

from ghostly.domain.verdict import step_failed


async def measured(caller) -> dict[str, float]:
    text = (await caller.anonymous().get("/metrics")).text
    return {
        name: float(value) for name, value in re.findall(r"^(ghostly_\S+|process_\S+) (\S+)$", text, re.MULTILINE)
    }


async def grown(caller, before: dict[str, float], *names: str) -> list[float]:
    after = await measured(caller)
    return [after[name] - before.get(name, 0) for name in names]


async def test_runs_steps_and_appends_are_counted(ana, driver):
    before = await measured(ana)
    run = await ana.starts()
    await driver.takes(run)
    await driver.does(run, steps=2)
    await driver.ends(run, step_failed("no"))
    names = [
        "runs_started_total",
        'runs_ended_total{ending="failed"}',
        'steps_total{outcome="passed"}',
        "appends_total",
    ]

    assert await grown(ana, before, *(f"ghostly_{name}" for name in names)) == [1, 1, 2, 5]


async def test_requests_are_counted_by_route_and_status(ana, queued):
    before = await measured(ana)
    await ana.get(f"/v1/runs/{queued}")
    await ana.get("/v1/runs/unknown")
    names = [f'ghostly_requests_total{{method="GET",route="/v1/runs/{{id}}",status="{s}"}}' for s in (200, 404)]

    assert await grown(ana, before, *names) == [1, 1]


async def test_the_queue_and_the_streams_are_measured(ana, queued):
    async with ana.stream(queued) as stream:
        await stream.next()
        now = await measured(ana)

    assert (now["ghostly_runs_queued"], now["ghostly_streams_open"]) == (1, 1)


async def test_memory_is_measured(ana):
    assert (await measured(ana))["process_resident_memory_bytes"] > 10**7


async def test_no_label_is_a_users_or_made_up_by_a_client(ana):
    await ana.get("/v1/made-up-path")
    await ana.ask("MADEUP", "/v1/runs")
    text = (await ana.get("/metrics")).text

    assert "made-up" not in text
    assert "MADEUP" not in text
    assert 'route="unmatched"' in text


async def test_without_a_database_all_else_is_measured(ana, service):
    await service.store.pool.close()
    text = (await ana.get("/metrics")).text

    assert "ghostly_runs_queued NaN" in text
