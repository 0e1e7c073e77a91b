"""What a goal says of a field: what it holds, how it is, or what is typed there."""

from __future__ import annotations

import pytest

from ghostly.assist.goals import implies_deleting, implies_saving, understand

UNCLEAR = [
    "verify the Name field is ''",
    "verify the Name field is empty",
    "the Name field is required",
    "el campo Nombre está vacío",
]
TYPED = [
    ("type text message into Notes", "text message"),
    ("set Note to file taxes", "file taxes"),
    ("fill Subject with text me later", "text me later"),
    ("fill Amount with the value 5", "5"),
    ("type text 'Ana' into Name", "Ana"),
]
ONLY_TYPED = [
    "type 'delete' into Search, press Enter, see 'Foo'",
    "search for 'how to save'",
    "fill Note with erase it",
]


@pytest.mark.parametrize("goal", UNCLEAR)
def test_how_a_field_is_is_not_taken_for_what_it_holds(goal: str):
    assert understand(goal).unclear


def test_a_field_can_be_expected_to_be_seen():
    assert [one.verb for one in understand("verify that the Name field is visible").instructions] == ["see"]


@pytest.mark.parametrize(("goal", "value"), TYPED)
def test_what_is_typed_is_what_the_goal_says(goal: str, value: str):
    assert [one.value for one in understand(goal).instructions] == [value]


@pytest.mark.parametrize("goal", ONLY_TYPED)
def test_what_is_typed_says_nothing_of_what_is_done(goal: str):
    assert not implies_saving(goal)
    assert not implies_deleting(goal)


def test_a_field_that_is_changed_is_saved():
    assert implies_saving("Change the name to 'Bo'")
