"""What one pursuit learned serves the next, as long as it holds, and is told by the log alone."""

from __future__ import annotations

import asyncio

import pytest

from ghostly.projections.relearning import relearn

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOAL = 'Click "Open". Expect "It is open".'
DOOR = "<button id=door onclick='out.textContent = \"It is open\"'>Open</button><p id=out>"
TABLES = ("memories", "fingerprints")


async def pursues(tester, html: str = DOOR, goal: str = GOAL, mode: str = "adaptive"):
    """The run, once it has ended and taught what it had to teach."""
    assist = {"v2": True, "goal": goal, "memoryMode": mode}
    told = await tester.runs(html=html, assist=assist, defaultTimeoutMs=1_500)
    async with asyncio.timeout(60):
        while any(task.get_name() == f"drive {told.record['id']}" for task in asyncio.all_tasks()):
            await asyncio.sleep(0.01)
    return told


async def remembered(tester) -> list:
    pool = tester.up.store.pool
    return [await pool.fetch(f"select t::text from {table} t order by 1") for table in TABLES]


async def test_a_goal_that_was_reached_once_is_reached_from_memory(tester):
    await pursues(tester)
    told = await pursues(tester)

    assert told.record["verdict"] == "success"
    assert [event["type"] for event in told.record["events"]].count("memory_hit") == 1
    assert {plan["source"] for plan in told.payloads("steps-planned")} == {"memory"}


async def test_what_is_remembered_is_of_one_goal(tester):
    await pursues(tester)
    told = await pursues(tester, goal='Click "Open". Expect "open".')

    assert not told.payloads("memory-recalled")


async def test_memory_that_does_not_hold_any_more_is_forgotten(tester):
    goal = 'Click "Open". Expect "It is open" to be shown.'
    await pursues(tester, goal=goal)
    await pursues(tester, "<p>The door is gone.", goal=goal)
    told = await pursues(tester, goal=goal)

    assert not told.payloads("memory-recalled")


async def test_who_wants_no_memory_leaves_none(tester):
    before = await remembered(tester)
    await pursues(tester, goal='Click "Open". Expect "is open".', mode="off")

    assert await remembered(tester) == before


async def test_all_that_is_remembered_can_be_made_anew_from_the_log(tester):
    await pursues(tester)
    before = await remembered(tester)
    done = await relearn(tester.up.store.pool)

    assert done.runs > 0
    assert all(before)
    assert await remembered(tester) == before


async def test_a_control_is_kept_as_it_looked_just_before_each_step(tester):
    html = "<button id=door onclick=\"textContent = textContent === 'Open' ? 'Close' : 'Shut'\">Open</button>"
    assist = {"v2": True, "goal": "It is shut", "isFullPlan": True, "victory": {"textIncludes": ["Shut"]}}
    told = await tester.runs(html=html, steps=2 * [{"action": "click", "selector": "#door"}], assist=assist)

    assert [step["fingerprint"]["name"] for step in told.payloads("step-passed")] == ["Open", "Close"]


LATE = "<p id=all><script>setTimeout(() => all.innerHTML = '<label>Name <input id=late></label>', 900)</script>"


async def test_a_field_that_came_late_is_known_by_how_it_looked_once_it_was_filled(tester):
    assist = {"v2": True, "goal": "Ana is entered", "victory": {"textIncludes": ["Ana"]}}
    fill = {"action": "fill", "selector": "#late", "value": "Ana"}
    told = await tester.runs(fill, html=LATE, assist=assist, defaultTimeoutMs=3_000)
    (step,) = told.payloads("step-passed")

    assert step["fingerprint"]["name"] == "Name"
    assert not step["fingerprint"].get("value")
