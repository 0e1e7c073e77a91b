"""A person's word on a heal: taken, shown on every node at once, and nobody else's business."""

from __future__ import annotations

import asyncio

import pytest

from ghostly.domain.events import HealingFailed
from ghostly.domain.run import say
from tests.http.callers import STEP, STORE, Caller, repaired
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

UNKNOWN = "01980000-0000-7000-8000-000000000009"


async def says(caller: Caller, heal: str, verdict: str = "approve", body=None):
    return await caller.post(f"/v1/heals/{heal}/{verdict}", body)


# ---- looking


async def test_a_heal_tells_what_was_lost_and_what_took_its_place(ana, healed, heal):
    shown = (await ana.get(f"/v1/heals/{heal}")).json["heal"]

    assert (shown["id"], shown["runId"], shown["stepIndex"], shown["outcome"]) == (heal, healed, 0, "succeeded")
    assert (shown["lost"], shown["step"]) == (STEP, STORE)
    assert (shown["rationale"], shown["score"], "review" in shown) == ("It was renamed.", 0.9, False)


async def test_a_heal_is_there_while_its_run_is_at_it(ana, healing, heal):
    assert (await ana.get(f"/v1/heals/{heal}")).json["heal"]["outcome"] == "pending"


async def test_a_healed_step_leads_to_its_heal(ana, healed, heal):
    [step] = (await ana.record(healed))["steps"]

    assert (step["healed"], step["healId"], "review" in step) == (True, heal, False)


@pytest.mark.parametrize("unknown", [UNKNOWN, "d41d8cd98f00b204", "x", "%00"])
async def test_a_heal_that_is_not_there_is_unknown(ana, healed, unknown):
    answers = [await ana.get(f"/v1/heals/{unknown}"), await says(ana, unknown)]

    assert [(answer.status, answer.code) for answer in answers] == [(404, "not_found")] * 2


# ---- saying


@pytest.mark.parametrize(("verb", "verdict"), [("approve", "approved"), ("reject", "rejected")])
async def test_who_reviews_a_heal_is_answered_with_it(ana, healed, heal, verb, verdict):
    me = (await ana.get("/v1/auth/me")).json["user"]["id"]
    review = (await says(ana, heal, verb, {"note": "as I see it"})).json["heal"]["review"]

    assert (review["verdict"], review["by"], review["note"]) == (verdict, me, "as I see it")
    assert (await ana.get(f"/v1/heals/{heal}")).json["heal"]["review"] == review


async def test_the_record_shows_the_last_word_on_its_heals(ana, healed, heal):
    await says(ana, heal, "approve", {"note": "yes"})
    await says(ana, heal, "reject")
    records = [await ana.record(healed, **view) for view in ({}, {"summary": "true"}, {"steps": "0"})]

    assert [record["steps"][0]["review"]["verdict"] for record in records] == ["rejected"] * 3
    assert "note" not in records[0]["steps"][0]["review"]


async def test_the_same_said_twice_is_said_once(ana, healed, heal):
    first = await says(ana, heal)

    assert (await says(ana, heal)).json == first.json
    assert (await ana.get(f"/v1/runs/{healed}")).headers["ETag"] == '"8.1.full"'


@pytest.mark.parametrize("verb", ["approve", "reject"])
async def test_a_heal_that_is_under_way_is_not_reviewed(ana, healing, heal, verb):
    answer = await says(ana, heal, verb)

    assert (answer.status, answer.code) == (409, "heal_not_reviewable")


async def test_a_heal_that_failed_is_not_reviewed(ana, healing, heal, driver):
    await driver.says(healing, say(HealingFailed, index=0, error="gone too"))

    assert (await says(ana, heal)).code == "heal_not_reviewable"


async def test_a_heal_can_be_reviewed_while_its_run_goes_on(ana, healing, heal, driver):
    await driver.says(healing, *repaired(heal))

    assert (await says(ana, heal)).status == 200
    assert (await ana.record(healing))["steps"][0]["review"]["verdict"] == "approved"


@pytest.mark.parametrize("body", [{"note": "x" * 257}, {"note": 1}, {"why": "x"}, []])
async def test_a_review_is_a_note_of_at_most_256_characters(ana, healed, heal, body):
    assert (await says(ana, heal, body=body)).code == "validation_error"


# ---- who may


@pytest.mark.parametrize("verb", ["approve", "reject"])
async def test_nobody_reviews_somebody_elses_heal(bo, healed, heal, verb):
    assert (await bo.get(f"/v1/heals/{heal}")).code == "not_found"
    assert (await says(bo, heal, verb)).code == "not_found"


async def test_an_auditor_looks_and_says_nothing(auditor, healed, heal):
    assert (await auditor.get(f"/v1/heals/{heal}")).status == 200
    assert (await says(auditor, heal)).code == "forbidden"


async def test_a_key_that_only_reads_says_nothing(reader, healed, heal):
    assert (await says(reader, heal)).code == "forbidden"


# ---- what others see


async def test_a_review_is_another_state_of_the_record(ana, healed, heal):
    before = (await ana.get(f"/v1/runs/{healed}")).headers["ETag"]
    await says(ana, heal)
    again = await ana.get(f"/v1/runs/{healed}", {"If-None-Match": before})

    assert (again.status, again.headers["ETag"]) == (200, before.replace(".0.", ".1."))
    assert (await ana.get(f"/v1/runs/{healed}", {"If-None-Match": again.headers["ETag"]})).status == 304


async def test_every_node_shows_a_review_at_once(ana, healed, heal, serving, calling):
    other = await calling(await serving(), ana.headers["X-Api-Key"])
    before = await other.record(healed)
    await says(ana, heal)

    assert "review" not in before["steps"][0]
    assert (await other.record(healed))["steps"][0]["review"]["verdict"] == "approved"


async def test_of_a_run_that_has_ended_only_what_was_said_is_asked(ana, healed, heal, service):
    await ana.get(f"/v1/runs/{healed}")
    await ana.post(f"/v1/heals/{heal}/approve")
    await ana.get(f"/v1/runs/{healed}")
    async with service.store.pool.acquire() as other, other.transaction():
        await other.execute("lock table runs in access exclusive mode")
        answer = await ana.get(f"/v1/runs/{healed}")

    assert answer.json["steps"][0]["review"]["verdict"] == "approved"


async def test_how_a_run_was_holds_nothing_that_was_said_later(ana, healed, heal):
    last = (await ana.record(healed))["seq"]
    await says(ana, heal)
    past = await ana.get(f"/v1/runs/{healed}", atSeq=last)

    assert "review" not in past.json["steps"][0]
    assert past.headers["ETag"] == f'"{last}.0.full"'


async def test_of_two_who_review_at_once_both_are_heard(ana, healed, heal):
    verbs = ["approve", "reject"] * 10
    answers = await asyncio.gather(*(says(ana, heal, verb, {"note": str(n)}) for n, verb in enumerate(verbs)))

    assert {answer.status for answer in answers} == {200}
    assert (await ana.get(f"/v1/runs/{healed}")).headers["ETag"].split(".")[1] == "20"
