"""A run heals, a person says whether that was right, and the next run does as they said."""

from __future__ import annotations

import asyncio

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

SAVE = {"action": "click", "selector": "#save-order"}


def shop(button: str) -> str:
    """A page whose button has this id."""
    return f"""<button id={button} onclick="out.textContent = 'It is saved'">Save order</button>
               <button id=cancel onclick="out.textContent = 'It is not'">Cancel</button><p id=out>"""


OLD, NEW, NEWEST = shop("save-order"), shop("store"), shop("keep")


@pytest.fixture
def path(request) -> str:
    """A path of the test's own: what is said there is said of no other test."""
    return f"/{request.node.name}"


async def pursues(
    tester, path: str, html: str, *, plan=(SAVE,), goal="An order is kept", mode="runtime", **options
):
    """The run of a plan on a page at this path, once it has ended and taught what it had to teach."""
    tester.site.pages[path] = html
    victory = {"textIncludes": ["It is saved"], "revalidate": False}
    assist = {"v2": True, "goal": goal, "victory": victory, "memoryMode": mode} | options
    where = {"baseUrl": tester.site.url + path, "defaultTimeoutMs": 1_000}
    told = await tester.runs(*plan, assist=assist, **where)
    async with asyncio.timeout(60):
        while any(task.get_name() == f"drive {told.record['id']}" for task in asyncio.all_tasks()):
            await asyncio.sleep(0.01)
    return told


async def heals(tester, path: str, **options) -> str:
    """The id of a heal that worked: the button has another id now."""
    healed = await pursues(tester, path, NEW, **options)
    assert healed.record["healedSteps"] == 1
    return healed.record["steps"][-1]["healId"]


async def says(tester, verdict: str, heal: str):
    return await tester.client.review(heal, verdict)


async def test_an_approved_heal_becomes_the_selector(tester, path):
    await says(tester, "approve", await heals(tester, path))
    told = await pursues(tester, path, NEW)
    [step] = told.record["steps"]

    assert (told.record["verdict"], told.record["healedSteps"], step["ok"]) == ("success", 0, True)
    assert step["insteadOf"] == "#save-order"
    assert not told.payloads("healing-started")


@pytest.mark.parametrize("options", [{"mode": "off"}, {"mode": "adaptive"}, {"isFullPlan": True}], ids=str)
async def test_what_was_approved_counts_however_one_remembers(tester, path, options):
    await says(tester, "approve", await heals(tester, path))
    told = await pursues(tester, path, NEW, **options)

    assert [step["step"]["selector"] for step in told.payloads("step-started")] == ["#store"]


async def test_where_the_approved_selector_is_gone_the_step_is_healed_as_before(tester, path):
    await says(tester, "approve", await heals(tester, path))
    told = await pursues(tester, path, NEWEST)
    first, second = told.record["steps"]

    assert (first["ok"], first["insteadOf"]) == (False, "#save-order")
    assert (second["healed"], told.record["verdict"]) == (True, "success")
    assert [fact["step"]["selector"] for fact in told.payloads("healing-attempted")] == ["#keep"]


async def test_where_the_change_was_taken_back_the_given_selector_is_used(tester, path):
    await says(tester, "approve", await heals(tester, path))
    told = await pursues(tester, path, OLD)

    assert [step["step"]["selector"] for step in told.payloads("step-passed")] == ["#save-order"]


async def test_a_rejected_heal_is_not_used_again(tester, path):
    await says(tester, "reject", await heals(tester, path))
    told = await pursues(tester, path, NEW)

    assert told.record["status"] == "fail"
    assert not told.payloads("healing-attempted")
    assert "#store" in told.payloads("healing-failed")[0]["reason"]


async def test_who_rejects_what_they_approved_is_obeyed(tester, path):
    heal = await heals(tester, path)
    await says(tester, "approve", heal)
    await says(tester, "reject", heal)
    told = await pursues(tester, path, NEW)

    assert (told.record["status"], told.payloads("healing-attempted")) == ("fail", [])


async def test_what_was_learned_with_a_rejected_heal_is_not_recalled(tester, path):
    heal = await heals(tester, path, mode="adaptive")
    recalled = await pursues(tester, path, NEW, plan=(), mode="adaptive")
    await says(tester, "reject", heal)
    after = await pursues(tester, path, NEW, plan=(), mode="adaptive")

    assert [fact["repairs"] for fact in recalled.payloads("memory-recalled")] == [[["#save-order", "#store"]]]
    assert not after.payloads("memory-recalled")


async def test_who_approves_again_has_back_what_was_learned(tester, path):
    heal = await heals(tester, path, mode="adaptive")
    await says(tester, "reject", heal)
    await says(tester, "approve", heal)
    told = await pursues(tester, path, NEW, plan=(), mode="adaptive")

    assert told.payloads("memory-recalled")


async def test_a_manual_run_does_exactly_what_it_was_told(tester, path):
    await says(tester, "approve", await heals(tester, path))
    told = await tester.runs(SAVE, baseUrl=tester.site.url + path, defaultTimeoutMs=1_000)

    assert [step["step"]["selector"] for step in told.payloads("step-failed")] == ["#save-order"]
