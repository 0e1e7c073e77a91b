"""A goal as long as may be is read with so much work as it is long, and not so much as it is long twice over."""

from __future__ import annotations

import sys
from collections import Counter

import pytest

from ghostly.assist.goals.language import understand

UNITS = ["a and ", "x as y, ", "type a into b, "]


def calls(goal: str) -> int:
    """How many functions are called to read it: that is the same on every machine."""
    counted: Counter[str] = Counter()
    before = sys.getprofile()
    sys.setprofile(lambda _, event, __: counted.update([event]))
    try:
        understand.__wrapped__(goal)
    finally:
        sys.setprofile(before)
    return counted["call"] + counted["c_call"]


@pytest.mark.parametrize("again", [", and", " to be", " should be", " and", " be able to", ", with", " the", " a"])
@pytest.mark.parametrize("before", ["see 'A'", "see x", "x", "the url", "log in as a", "mueve el raton", "fill a"])
def test_words_said_again_and_again_are_read_to_an_end(before: str, again: str):
    """Where a pattern can take the same words in two ways, thirty of them would take a day."""
    found = understand.__wrapped__(f"{before}{again * 30} zz")

    assert found.unclear or found.instructions


@pytest.mark.parametrize("before", ["", "click 'A' and "])
@pytest.mark.parametrize("unit", UNITS)
def test_twice_as_much_to_read_is_no_more_than_thrice_the_work(unit: str, before: str):
    short, long = ((before + unit * 400)[:length] for length in (400, 800))

    assert calls(long) <= 3 * calls(short) + 1000


ENTANGLED = ["enter a in b, fill a:b,", "c=d,rellena e=f,"]


@pytest.mark.parametrize("unit", [*UNITS, *ENTANGLED])
def test_the_longest_goal_is_read_with_no_more_than_a_hundred_calls_for_each_letter(unit: str):
    goal = ("click 'A', fill a with b, " + unit * 1000)[:2000]

    assert calls(goal) <= 100 * len(goal)


def test_a_sentence_that_would_be_read_too_often_is_not_understood():
    goal = "fill a with b, " + "c=d,rellena e=f," * 100

    assert understand(goal).unclear is not None


def test_a_long_sentence_of_plain_instructions_is_understood():
    goal = ", ".join(f"fill 'Field {n}' with 'value {n}' and click 'Save {n}'" for n in range(40))

    assert len(understand(goal).instructions) == 80
