"""What a person said of a heal is obeyed: approved, it is the selector; rejected, it is not used again."""

from __future__ import annotations

import pytest
from looks import button
from msgspec.structs import replace
from scenes import BROKEN, OTHER, SAVE, Recall, Scene, Script, page, pursued

from ghostly.assist.brain import Proposal, Repair
from ghostly.assist.memory import Remembered, Reviewed
from ghostly.assist.pursuit.approving import as_approved
from ghostly.domain.heals import Repair as Pair
from ghostly.domain.steps import Click, ExpectHidden, ExpectVisible, Fill, Goto

STORE = Click(selector="#store")
APPROVED = Recall(reviews={"#save": Reviewed(approved="#store")})
REJECTED = Recall(reviews={"#save": Reviewed(rejected=("#store",))})


def scene(*failing: str) -> Scene:
    return Scene([page(), page("Done")], failing=set(failing))


class Breaking(Scene):
    """A page that breaks under every step."""

    async def do(self, step, **more):
        tried = await super().do(step, **more)
        self._turn()
        return tried


async def test_an_approved_selector_is_used_at_once():
    there = scene()

    assert (await pursued(there, plan=(SAVE,), memory=APPROVED)).ok
    assert there.done == [STORE]
    assert not there.facts("HealingStarted")


@pytest.mark.parametrize("mode", ["off", "runtime", "adaptive"])
async def test_what_a_person_said_counts_also_for_who_wants_no_memory(mode):
    there = scene()
    await pursued(there, plan=(SAVE,), memory=APPROVED, memory_mode=mode, is_full_plan=True)

    assert there.done == [STORE]


async def test_where_the_approved_one_fails_the_given_one_is_tried():
    there = scene("#store")

    assert (await pursued(there, plan=(SAVE,), memory=APPROVED)).ok
    assert there.done == [STORE, SAVE]


async def test_where_both_fail_the_step_is_healed_as_before():
    there, script = scene("#store", "#save"), Script(repairs=[Repair(step=OTHER, rationale="renamed")])

    assert (await pursued(there, script, plan=(SAVE,), memory=APPROVED)).ok
    assert (there.done, [lost.step for lost in script.lost]) == ([STORE, SAVE, OTHER], [SAVE])


async def test_an_application_that_breaks_under_the_approved_one_is_broken():
    there = Breaking([page(), page("oops", BROKEN)], failing={"#store"})

    assert (await pursued(there, plan=(SAVE,), memory=APPROVED)).verdict == "fail-app-bug"
    assert there.done == [STORE]


async def test_a_healer_is_told_what_was_rejected():
    script = Script()
    await pursued(scene("#save"), script, plan=(SAVE,), memory=REJECTED)

    assert [lost.rejected for lost in script.lost] == [("#store",)]


async def test_a_rejected_heal_is_not_used_whoever_proposes_it():
    there, script = scene("#save"), Script(repairs=[Repair(step=STORE, rationale="renamed")])
    await pursued(there, script, plan=(SAVE,), memory=REJECTED)

    assert there.done == [SAVE]
    assert "rejected" in there.facts("HealingFailed")[0]["reason"]


async def test_who_finds_nothing_else_says_what_was_rejected():
    there = scene("#save")
    await pursued(there, plan=(SAVE,), memory=REJECTED)

    assert "#store" in there.facts("HealingFailed")[0]["reason"]


async def test_each_heal_has_an_id_of_its_own():
    script = Script(repairs=[Repair(step=STORE, rationale="a"), Repair(step=OTHER, rationale="b")])
    there = scene("#save", "#store")
    await pursued(there, script, plan=(SAVE,), max_healing_attempts_per_step=2)

    assert len({fact["heal_id"] for fact in there.facts("HealingAttempted")}) == 2


async def test_what_is_recalled_tells_which_heals_are_in_it():
    there, pair = scene(), Pair("#save", "#store")
    await pursued(there, memory=Recall(Remembered(steps=(STORE,), repairs=(pair,))), memory_mode="adaptive")

    assert there.facts("MemoryRecalled")[0]["repairs"] == [["#save", "#store"]]


async def test_a_heal_that_was_rejected_after_it_was_recalled_is_not_used():
    there, script = scene(), Script([Proposal(steps=(OTHER,))])
    known = Remembered(steps=(STORE,), repairs=(Pair("#save", "#store"),))
    memory = Recall(known, reviews={"#save": Reviewed(rejected=("#store",))})

    assert (await pursued(there, script, memory=memory, memory_mode="adaptive")).ok
    assert there.done == [OTHER]


# ---- which step that is


@pytest.mark.parametrize("step", [ExpectVisible(selector="#save"), ExpectHidden(selector="#save"), Goto(url="/")])
async def test_what_only_looks_stays_as_it_is(step):
    assert await as_approved(step, page(), APPROVED) is None


async def test_all_but_the_selector_stays_as_it_was():
    step = Fill(selector="#save", value="x", label="Name", timeout_ms=7)

    assert await as_approved(step, page(), APPROVED) == replace(step, selector="#store")


async def test_a_secret_stays_one_under_another_selector():
    memory = Recall(reviews={"#password": Reviewed(approved="#pin")})

    assert (await as_approved(Fill(selector="#password", value="x"), page(), memory)).secret


async def test_where_what_was_lost_is_back_and_the_approved_one_is_not_there_it_is_used_again():
    seen = replace(page(), controls=(button("Save", "#save"),))

    assert await as_approved(SAVE, seen, APPROVED) is None
    assert await as_approved(SAVE, replace(seen, controls=(button("Save", "#store"),)), APPROVED) == STORE
