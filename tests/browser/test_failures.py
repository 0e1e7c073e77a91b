"""What Playwright's own words are turned into, wherever its time runs out."""

from __future__ import annotations

import pytest
from playwright.async_api import TimeoutError as TimeIsOver

from ghostly.browser.failures import (
    LONGEST,
    Sought,
    StepError,
    Unanswered,
    explain,
    nothing_matched,
    plain,
    shorten,
)

FOUND = """Locator.click: Timeout 1500ms exceeded.
Call log:
  - waiting for locator("#b")
    - locator resolved to <button id="b">B</button>
  - attempting click action
"""
COVERED = """    2 \u00d7 waiting for element to be visible, enabled and stable
      - element is visible, enabled and stable
      - <div id="top"></div> intercepts pointer events
    - retrying click action
    - waiting 500ms
"""
AGAIN = "    - waiting for element to be visible, enabled and stable\n"


@pytest.mark.parametrize(
    ("log", "why"),
    [
        (FOUND + COVERED, "'#b' is covered by <div id=\"top\">"),
        (FOUND + COVERED + AGAIN, "'#b' is covered by <div id=\"top\">"),
        (FOUND + AGAIN, "'#b' was found, but did not become ready"),
        (FOUND.partition("    - locator")[0], "no element matched '#b'"),
    ],
)
def test_when_the_time_runs_out_the_last_that_was_seen_is_told(log, why):
    assert str(explain(TimeIsOver(log), Sought("'#b'", 1500))) == f"Timeout 1500 ms: {why}"
    assert nothing_matched(TimeIsOver(log)) == why.startswith("no element")


def test_what_a_terminal_obeys_is_taken_out():
    assert plain("a\x1b[31mb\x07\r\n\u202ec") == "ab    c"


@pytest.mark.parametrize("length", [1, LONGEST, LONGEST + 1, 5 * LONGEST])
def test_a_failure_is_cut_at_its_longest(length):
    assert len(shorten("x" * length)) == min(length, LONGEST)


def test_what_was_begun_is_another_failure_than_what_never_began():
    begun = TimeIsOver(FOUND + "    - performing click action\n")

    assert type(explain(begun, Sought("'#b'", 1500))) is Unanswered
    assert type(explain(TimeIsOver(FOUND + AGAIN), Sought("'#b'", 1500))) is StepError
