"""A key in a goal is called as the browser calls it."""

from __future__ import annotations

import pytest

from ghostly.assist.goals import understand

KEYS = [
    ("press Ctrl+Enter in Message", "Control+Enter"),
    ("press Shift+Tab", "Shift+Tab"),
    ("press Ctrl+K", "Control+k"),
    ("press Cmd+Shift+P", "Meta+Shift+p"),
    ("press Alt+F4", "Alt+F4"),
    ("press F5", "F5"),
    ("pulsa Ctrl+Intro", "Control+Enter"),
    ("press Ctrl+Delete", "Control+Delete"),
]


@pytest.mark.parametrize(("goal", "key"), KEYS)
def test_a_key_has_the_name_that_the_browser_knows(goal: str, key: str):
    assert [one.value for one in understand(goal).instructions] == [key]
