"""A step is for the control that was meant, and for nothing that took its place by the time that it is done."""

from __future__ import annotations

import pytest
from looks import button
from looks import page as showing
from scenes import DONE, SAVE, Recall, Scene, Script, page, pursued

from ghostly.assist.brain import Proposal
from ghostly.assist.memory import Remembered
from ghostly.assist.pursuit.aiming import aimed, is_another
from ghostly.assist.pursuit.patience import FILTERS_MS
from ghostly.domain.redaction import MASK
from ghostly.domain.steps import Click, Fill

PLACE = "main > p:nth-of-type(2) > button"
NAME = Fill(selector="#name", value="Ada")
ADD = Click(selector=PLACE)


def shelf(*rows: tuple[str, ...]):
    places = (f"main > p:nth-of-type({at}) > button" for at in range(1, len(rows) + 1))
    return showing(*(button("Add", place, row=row) for place, row in zip(places, rows, strict=True)))


def test_a_control_is_known_by_what_no_other_row_says():
    meant = aimed(ADD, shelf(("Cup", "In stock", "Add"), ("Plate", "In stock", "Add")))

    assert meant is not None
    assert meant.row == ("Plate",)


@pytest.mark.parametrize("step", [SAVE, Click(selector="#elsewhere")])
def test_what_its_selector_tells_apart_needs_no_row(step):
    assert aimed(step, showing(button("Save", "#save"))) is None


def test_of_rows_that_say_the_same_all_that_they_say_counts():
    meant = aimed(ADD, shelf(("Plate",), ("Plate",)))

    assert meant is not None
    assert meant.row == ("Plate",)


def test_of_two_alike_in_one_row_each_is_known_by_what_no_other_row_says():
    cup, plate = {"row": ("In stock", "Cup"), "row_selector": "#cup"}, {"row": ("In stock", "Plate")}
    seen = showing(button("Add", "#a", **cup), button("Add", "#b", **cup), button("Add", PLACE, **plate))
    meant = aimed(Click(selector="#b"), seen)

    assert meant is not None
    assert meant.row == ("Cup",)


def test_what_is_secret_tells_no_row_and_leaves_what_is_not():
    meant = aimed(ADD, shelf((f"Card {MASK}", "Visa", "Add"), (f"Card {MASK}5", "Visa", "Add")))

    assert meant is not None
    assert meant.row == ("Visa", "Add")


def test_what_is_called_otherwise_by_now_is_another():
    meant = button("Add", PLACE)

    assert is_another(meant, showing(button("Remove", PLACE)))
    assert not is_another(meant, showing(button("Add", PLACE)))
    assert not is_another(meant, showing())


TWO = shelf(("Cup",), ("Plate",))


async def test_what_has_moved_is_planned_for_anew():
    scene = Scene([TWO, page("Done")], moved={PLACE})
    await pursued(scene, Script([Proposal(steps=(ADD,)), Proposal(steps=(SAVE,))]))

    assert scene.done == [SAVE]


async def test_what_is_where_it_was_is_used_without_another_question():
    scene, script = Scene([TWO, page("Done")]), Script([Proposal(steps=(ADD,))])
    await pursued(scene, script)

    assert (scene.done, len(script.asked)) == ([ADD], 1)


async def test_what_moves_for_ever_is_lost_and_not_asked_for_for_ever():
    scene, script = Scene([TWO], moved={PLACE}, failing={PLACE}), Script([Proposal(steps=(ADD,))] * 9)
    await pursued(scene, script)

    assert ADD in scene.done
    assert script.lost[0].fingerprint.row == ("Plate",)


async def test_a_list_has_time_to_show_what_fits_after_something_was_entered():
    scene = Scene([TWO, TWO, TWO, page("Done")])
    await pursued(scene, Script([Proposal(steps=(NAME, ADD))]))

    assert scene.passed_ms >= FILTERS_MS


async def test_what_is_remembered_of_another_row_is_planned_for_anew():
    known = Remembered(steps=(ADD,), victory=DONE)
    memory = Recall(remembered=known, looked=button("Add", PLACE, row=("Jug",)))
    scene = Scene([TWO, page("Done")], moved={PLACE})
    await pursued(scene, Script([Proposal(steps=(SAVE,))]), memory=memory, memory_mode="adaptive")

    assert scene.done == [SAVE]
