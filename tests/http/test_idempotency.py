from __future__ import annotations

import asyncio
from hashlib import sha256
from uuid import UUID

import msgspec
import pytest
from cryptography.fernet import Fernet

from ghostly.accounts import Vault
from tests.http.callers import FLOW, Answer

KEY = "build-7 / checkout"
TOO_LARGE = {**FLOW, "steps": [{"action": "selectOption", "selector": "#a", "value": ["x" * 4096] * 100}]}


async def post(caller, body=FLOW, key: str = KEY) -> Answer:
    return await caller.post("/v1/run", body, {"Idempotency-Key": key})


async def count(caller) -> int:
    return len((await caller.get("/v1/runs")).json)


async def test_the_same_again_is_the_same_run(ana):
    first, again = await post(ana), await post(ana)

    assert (first.status, again.status) == (202, 200)
    assert again.json == first.json
    assert ("Idempotent-Replay" in first.headers, again.headers["Idempotent-Replay"]) == (False, "true")


async def test_a_replay_tells_how_the_run_stands_now(ana, driver):
    run = (await post(ana)).json["id"]
    await driver.takes(run)
    await driver.ends(run)

    assert (await post(ana)).json == {"ok": True, "id": run, "status": "pass"}


async def test_a_replay_needs_nothing_that_the_start_needed(ana):
    run = (await post(ana)).json["id"]
    [project] = (await ana.get("/v1/projects")).json
    await ana.ask("DELETE", f"/v1/projects/{project['id']}")
    again = await post(ana)

    assert (again.status, again.json["id"]) == (200, run)


async def test_the_body_counts_as_json(ana):
    first = await post(ana, b'{"project":"default","baseUrl":"http://a.example","steps":[{"action":"snapshot"}]}')
    again = await post(
        ana, b'{ "steps": [{"action": "snapshot"}], "baseUrl": "http:\\/\\/a.example", "project": "default"}'
    )

    assert (again.status, again.json["id"]) == (200, first.json["id"])


async def test_another_body_is_a_conflict(ana):
    await post(ana)
    answer = await post(ana, {**FLOW, "contextId": "other"})

    assert (answer.status, answer.code, await count(ana)) == (409, "idempotency_conflict", 1)


async def test_another_key_is_another_run(ana):
    assert (await post(ana)).json["id"] != (await post(ana, key="other")).json["id"]


async def test_the_key_of_another_user_is_another_key(ana, bo):
    assert [(await post(caller)).status for caller in (ana, bo)] == [202, 202]


async def test_without_a_key_the_same_again_is_another_run(ana):
    assert [(await post(ana, key="")).status for _ in range(2)] == [202, 202]
    assert await count(ana) == 2


async def test_after_a_day_a_key_is_as_good_as_new(ana, service):
    first = await post(ana)
    await service.store.pool.execute("update idempotency_keys set at = at - interval '24 hours'")
    again = await post(ana, {**FLOW, "contextId": "other"})

    assert (again.status, first.json["id"] != again.json["id"]) == (202, True)


async def test_keys_that_are_too_old_are_forgotten(ana, service):
    for number in range(5):
        await post(ana, key=str(number))
    await service.store.pool.execute("update idempotency_keys set at = at - interval '25 hours'")
    await post(ana, key="new")

    assert await service.store.pool.fetchval("select count(*) from idempotency_keys") == 1


async def test_racing_on_two_nodes_begins_one_run(ana, serving, calling):
    other = await calling(await serving(), ana.headers["X-Api-Key"])
    answers = await asyncio.gather(*(post(caller) for _ in range(10) for caller in (ana, other)))

    assert sorted(answer.status for answer in answers) == [200] * 19 + [202]
    assert len({answer.json["id"] for answer in answers}) == 1
    assert await count(ana) == 1


async def test_racing_with_other_bodies_begins_one_run(ana):
    bodies = [{**FLOW, "contextId": str(number)} for number in range(10)]
    answers = await asyncio.gather(*(post(ana, body) for body in bodies))

    assert sorted(answer.status for answer in answers) == [202] + [409] * 9
    assert await count(ana) == 1


@pytest.mark.parametrize("bad", [{**FLOW, "baseUrl": "nowhere"}, {**FLOW, "project": "unknown"}, {}, TOO_LARGE])
async def test_a_start_that_was_refused_does_not_use_the_key_up(ana, bad):
    assert (await post(ana, bad)).status == 400
    assert (await post(ana)).status == 202


async def test_a_key_that_was_taken_by_who_died_still_begins_its_run(ana, service):
    first = await post(ana)
    pool, run = service.store.pool, UUID(first.json["id"])
    await pool.execute("update idempotency_keys set run = gen_random_uuid()")  # its node died before it began it
    again = await post(ana)

    assert (again.status, UUID(again.json["id"]) != run) == (202, True)
    assert (await post(ana)).json["id"] == again.json["id"]


async def test_what_is_kept_of_a_body_cannot_be_guessed_without_the_vaults_key(ana, service):
    await post(ana)
    [kept] = await service.store.pool.fetch("select digest from idempotency_keys")
    body = msgspec.json.encode(FLOW, order="sorted")

    assert kept["digest"] == service.parts.vault.digest(body)
    assert kept["digest"] not in {sha256(body).digest(), Vault(Fernet.generate_key()).digest(body)}


@pytest.mark.parametrize("key", ["x" * 129, "a\tb"])
async def test_a_key_has_at_most_128_printable_characters(ana, key):
    assert (await post(ana, key=key)).places == ["Idempotency-Key"]


async def test_a_key_may_have_128_characters(ana):
    assert (await post(ana, key="é" * 128)).status == 202
