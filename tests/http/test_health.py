from __future__ import annotations

import asyncio


async def test_a_node_that_answers_lives(ana):
    answer = await ana.anonymous().get("/health")

    assert (answer.status, answer.json) == (200, {"status": "ok"})


async def test_a_node_is_ready_once_a_worker_was_seen(ana, driver):
    answer = await ana.anonymous().get("/ready")

    assert (answer.status, answer.json) == (200, {"status": "ready"})


async def test_a_node_without_any_worker_says_that_one_is_missing(ana):
    answer = await ana.anonymous().get("/ready")

    assert (answer.status, answer.json["missing"], answer.headers["Retry-After"]) == (503, ["worker"], "2")


async def test_a_node_without_its_database_lives_but_is_not_ready(ana, service):
    await service.store.pool.close()

    assert (await ana.get("/health")).status == 200
    assert (await ana.get("/ready")).json["missing"] == ["database"]


async def test_a_node_whose_database_hangs_is_not_ready(ana, service):
    async with service.store.pool.acquire() as connection, connection.transaction():
        await connection.execute("lock table workers in access exclusive mode")
        async with asyncio.timeout(9):
            answer = await ana.get("/ready")

    assert (answer.status, answer.json["missing"]) == (503, ["database"])


async def test_a_request_that_needs_the_database_is_told_to_come_back(ana, service):
    await service.store.pool.close()
    answer = await ana.get("/v1/projects")

    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (503, "database_unavailable", "2")
