"""A step of somebody else's plan counts for a part of the goal only if it does, or looks for, just that."""

from __future__ import annotations

import pytest
from looks import SHOP

from ghostly.assist.brain import Done
from ghostly.assist.goals.language import understand
from ghostly.assist.offline.planning.standing import Standing, stands
from ghostly.domain.steps import (
    AnyStep,
    Click,
    ExpectHidden,
    ExpectText,
    ExpectUrl,
    ExpectVisible,
    Goto,
    SelectOption,
    SetInputFiles,
    WaitForSelector,
)


def is_settled(goal: str, step: AnyStep) -> bool:
    return not stands(understand(goal).instructions, (Done(step=step, seq=2),)).ahead


@pytest.mark.parametrize(
    ("goal", "step"),
    [
        ("see 'Error'", ExpectText(text="Welcome")),
        ("see 'Error'", ExpectText(text="Error", selector="#name")),
        ("see 'Error'", ExpectVisible(selector="text=Welcome")),
        ("see 'Error'", ExpectVisible(selector="text=Error")),  # so is "No errors"
        ("see 'Error'", WaitForSelector(selector="text=Error", state="hidden")),
        ("see 'Error'", ExpectText(text="Welcome", label="see 'Error'")),
        ("'Error' is not shown", ExpectHidden(selector="text=Welcome")),
        ("the url contains /cart", ExpectUrl(url="/done")),
        ("the url contains /cart", ExpectUrl(matches="^(?!.*/cart)")),
        ("the Save button is disabled", ExpectVisible(selector="text=Save")),
        ("the Name field contains 'Ana'", ExpectText(text="Bo", selector="#name")),
        ("the Name field contains 'Ana'", ExpectText(text="Ana")),
        ("go to /cart", Goto(url=f"{SHOP}about")),
        ("upload 'a.pdf'", SetInputFiles(selector="#file", files=["b.pdf"])),
    ],
)  # fmt: skip
def test_another_step_of_the_same_kind_settles_nothing(goal: str, step: AnyStep):
    assert not is_settled(goal, step)


@pytest.mark.parametrize(
    ("goal", "step"),
    [
        ("see 'Error'", ExpectText(text="Error")),
        ("see 'Error'", WaitForSelector(selector='text="Error"')),
        ("the url contains /cart", ExpectUrl(url="/cart")),
        ("the Name field contains 'Ana'", ExpectText(text="Ana", selector="#name")),
        ("go to /cart", Goto(url=f"{SHOP}cart")),
        ("go to /cart", Goto(url="/cart")),
        ("click Save", Click(selector="#save")),
        ("select 'Spain' in Country", SelectOption(selector="#country", value="es")),
        ("upload 'a.pdf'", SetInputFiles(selector="#file", files=["a.pdf"])),
    ],
)  # fmt: skip
def test_what_does_just_that_settles_it(goal: str, step: AnyStep):
    assert is_settled(goal, step)


WAY = "click 'A', see 'Bread', click 'C'"
A, C, BREAD = Click(selector="#a"), Click(selector="#c"), ExpectText(text="Bread")


def standing(*steps: AnyStep) -> Standing:
    return stands(understand(WAY).instructions, tuple(Done(step=step, seq=2) for step in steps))


def test_who_went_on_without_a_look_does_nothing_twice():
    came = standing(A, ExpectText(text="Butter"), C)

    assert came.ahead == ()
    assert [one.sentence for one in came.unseen] == ["see 'Bread'"]


def test_who_took_one_step_more_before_the_look_has_looked():
    came = standing(A, A, BREAD, C)

    assert (came.ahead, came.unseen) == ((), ())
