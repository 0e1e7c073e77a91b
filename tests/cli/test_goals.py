"""Goals in plain language, pursued from the command line."""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOAL = 'Wait for "here". Expect "here".'


async def test_a_goal_is_pursued_and_its_verdict_shown_with_what_it_rests_on(begin, shop):
    command = begin("run", "--goal", GOAL, "--base-url", shop.url, "--ci")

    assert command.ends() == 0, command.output
    assert re.search(r"verdict +success", command.output)
    assert re.search(r"rests on +events \d+", command.output)


async def test_a_flow_is_a_first_plan_of_the_goal(begin, flow, shop):
    command = begin("run", flow(), "--goal", "Look around", "--base-url", shop.url, "--ci")

    assert command.ends() in {0, 1, 3}
    assert "plan_chunk input: 1 step\n" in command.output


async def test_a_goal_that_nobody_understands_fails_and_is_named(begin, shop):
    command = begin("run", "--goal", "Frobnicate the gizmo", "--base-url", shop.url, "--ci")

    assert command.ends() == 1
    assert "Frobnicate the gizmo" in command.output


async def test_a_goal_needs_to_know_where_the_app_is(begin):
    command = begin("run", "--goal", GOAL)

    assert command.ends() == 2
    assert "Give --base-url" in command.output


async def test_who_names_neither_flow_nor_goal_is_told_so(begin):
    command = begin("run")

    assert command.ends() == 2
    assert "--goal" in command.output
