from __future__ import annotations

from uuid import UUID

import pytest

from ghostly.domain.events import StepFailed, StepStarted
from ghostly.domain.run import say
from ghostly.domain.verdict import step_failed
from tests.http.callers import STEP


async def test_a_queued_record_says_that_it_runs(ana, queued):
    record = await ana.record(queued)

    assert (record["status"], record["phase"], record["finished"], record["seq"]) == (
        "running",
        "queued",
        False,
        1,
    )
    assert (record["durationMs"], record["steps"], record["events"]) == (0, [], [])


async def test_a_driven_record_grows_with_its_steps(ana, driven, driver):
    before = await ana.record(driven)
    await driver.does(driven, steps=1, first=2)
    after = await ana.record(driven)

    assert [len(record["steps"]) for record in (before, after)] == [2, 3]
    assert (after["phase"], after["seq"]) == ("running", before["seq"] + 2)


async def test_a_finished_record_has_a_verdict_and_a_duration(ana, finished):
    record = await ana.record(finished)

    assert (record["status"], record["phase"], record["finished"]) == ("pass", "finished", True)
    assert (record["verdict"], record["verdictSource"]) == ("success", "check")
    assert record["durationMs"] >= 0 < len(record["finishedAt"])


async def test_a_failed_record_says_why_in_one_sentence(ana, driven, driver):
    error = "Timeout 300 ms: no element matched '#save'"
    failed = say(StepFailed, index=2, step=STEP, duration_ms=300, error=error, final=True)
    await driver.says(driven, say(StepStarted, index=2, step=STEP), failed)
    await driver.ends(driven, step_failed(error))
    record = await ana.record(driven)

    assert (record["status"], record["error"], record["stopReason"]) == ("fail", error, "step-failed")
    assert record["steps"][2]["error"] == error


async def test_a_step_that_was_cut_is_not_listed(ana, driven, driver):
    await driver.says(driven, say(StepStarted, index=2, step=STEP))
    await driver.ends(driven, step_failed("cut"))

    assert [step["index"] for step in (await ana.record(driven))["steps"]] == [0, 1]


async def test_every_node_shows_the_same_record(ana, driven, driver, serving, calling):
    other = await calling(await serving(), ana.headers["X-Api-Key"])
    early = await other.record(driven)
    await driver.ends(driven)

    assert early["phase"] == "running"
    assert await other.record(driven) == await ana.record(driven)


# ---- as it was


async def test_a_record_can_be_seen_as_it_was_after_every_event(ana, driven, driver):
    seen = [await ana.record(driven)]
    await driver.does(driven, steps=1, first=2)
    seen.append(await ana.record(driven))
    await driver.ends(driven)
    seen.append(await ana.record(driven))

    assert [await ana.record(driven, atSeq=record["seq"]) for record in seen] == seen


async def test_every_seq_has_its_record(ana, finished):
    records = [await ana.record(finished, atSeq=seq) for seq in range(1, 8)]

    assert [record["seq"] for record in records] == [1, 2, 3, 4, 5, 6, 7]
    assert [len(record["steps"]) for record in records] == [0, 0, 0, 1, 1, 2, 2]
    assert [record["phase"] for record in records] == ["queued", *["running"] * 5, "finished"]


@pytest.mark.parametrize("seq", ["0", "8", "-1", "1.0", "x", "²", " 1", "9" * 5000])
async def test_there_is_no_record_before_the_first_or_beyond_the_last_event(ana, finished, seq):
    answer = await ana.get(f"/v1/runs/{finished}", atSeq=seq)

    assert (answer.status, answer.places) == (400, ["atSeq"])


async def test_someone_elses_past_is_as_unknown_as_their_present(bo, finished):
    assert (await bo.get(f"/v1/runs/{finished}", atSeq="nonsense")).status == 404


# ---- the list


async def test_the_list_is_newest_first(ana):
    runs = [await ana.starts() for _ in range(5)]

    assert [run["id"] for run in (await ana.get("/v1/runs")).json] == runs[::-1]


async def test_the_list_shows_steps_and_no_events(ana, finished):
    [run] = (await ana.get("/v1/runs")).json

    assert [step["ok"] for step in run["steps"]] == [True, True]
    assert "events" not in run


async def test_the_list_is_of_one_project_by_id_or_slug(ana, finished, service):
    [project] = (await ana.get("/v1/projects")).json
    copy = "insert into projects select gen_random_uuid(), owner, 'other', 'Other' from projects where id = $1"
    await service.store.pool.execute(copy, UUID(project["id"]))
    run = await ana.starts(project="other")

    assert [each["id"] for each in (await ana.get("/v1/runs", project="other")).json] == [run]
    assert [each["id"] for each in (await ana.get("/v1/runs", project=project["id"])).json] == [finished]


@pytest.mark.parametrize("project", ["unknown", "00000000-0000-4000-8000-000000000000", "' or 1=1 --", "ñ"])
async def test_the_list_of_an_unknown_project_is_empty(ana, finished, project):
    assert (await ana.get("/v1/runs", project=project)).json == []


async def test_the_list_shows_nobody_the_runs_of_others(bo, finished):
    assert (await bo.get("/v1/runs")).json == []


async def test_a_query_that_nobody_knows_is_ignored(ana, finished):
    assert len((await ana.get("/v1/runs", surprise="1")).json) == 1
