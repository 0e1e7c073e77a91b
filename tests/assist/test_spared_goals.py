"""Which ones, and how many, is never taken for one of a name; what no page writes is never looked for in vain."""

from __future__ import annotations

import pytest

from ghostly.assist.goals import understand

SPARED = [
    "Delete every row but 'Ana'",
    "Borra todos los usuarios menos 'Ana'",
    "Elimina a todos excepto 'Ana'",
    "Archive all invoices other than 'Ana'",
    "Delete the row above 'Ana'",
    "Click 'Delete' for all but 'Ana'",
    "Click Delete on the row below 'Ana'",
    "In the last row, click Delete",
]
NEVER_WRITTEN = [
    "Verify there are no more than 3 items",
    "no hay más de 3 tareas",
    "Verify no duplicates are shown",
    "Click 'Clear' and check that the list is gone",
    "Click 'Clear' and check that all items are gone",
    "Verify Ana and Bo are gone",
    'Verify "Ana" and "Bo" are gone',
    "the total is less than 10",
    "every row contains 'Ana'",
]
ALL_OF_IT = [
    ("Fill name with 'Ana' so that people find me and click Save", ["fill", "click"]),
    ("Click Save so that I see 'Saved'", ["click", "see"]),
    ("Click Save so that I can see the total is 5", ["click", "see"]),
    ("Accept all cookies", ["do"]),
    ("Delete 'Every day but Sunday'", ["do"]),
]


@pytest.mark.parametrize("goal", SPARED)
def test_what_shall_be_spared_is_not_what_is_meant(goal: str) -> None:
    assert understand(goal).unclear is not None


@pytest.mark.parametrize("goal", NEVER_WRITTEN)
def test_what_proves_nothing_is_not_expected(goal: str) -> None:
    assert understand(goal).unclear is not None


@pytest.mark.parametrize(("goal", "verbs"), ALL_OF_IT)
def test_a_reason_takes_nothing_else_with_it(goal: str, verbs: list[str]) -> None:
    assert [one.verb for one in understand(goal).instructions] == verbs
