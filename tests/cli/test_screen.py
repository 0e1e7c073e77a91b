"""What a terminal, a pipe and a CI get to see."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

from ghostly.cli import live
from ghostly.cli.edge import Failure
from ghostly.cli.flows import count_of_steps, read_flow
from ghostly.cli.screen import print_json, safe, screen
from ghostly.http.client import Message

HOSTILE = "\x1b[2J\x9b31m\x07 [red]and[/] \u202emarkup"


def printed(text: str) -> str:
    out = io.StringIO()
    Console(file=out, emoji=False).print(text)
    return out.getvalue()


def failure(error: str) -> Message:
    step = {"action": "click", "selector": error}
    payload = {"step": step, "error": error, "note": error, "durationMs": 1}
    return Message("assist", {"type": "step_failure", "seq": 3, "payload": payload})


def test_what_a_page_says_gives_the_terminal_no_orders():
    shown = printed(live.told(failure(HOSTILE)))

    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(shown)


def test_what_a_page_says_is_no_markup():
    assert "[red]and[/]" in printed(safe(HOSTILE))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0b", "\x85", "\u2028"])
def test_what_a_page_says_begins_no_line(end):
    shown = printed(live.told(failure(f"no{end}::add-mask::yes")))

    assert not [line for line in shown.splitlines() if line.startswith("::")]


def test_what_a_server_says_gives_the_terminal_no_orders(capsys):
    Failure(HOSTILE).show()

    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(capsys.readouterr().err)


def test_json_gives_the_terminal_no_orders_and_means_the_same(capfd):
    print_json({"title": HOSTILE, "name": "ñ"})
    line = capfd.readouterr().out

    assert not {"\x1b", "\x9b", "\x07", "\u202e"} & set(line)
    assert json.loads(line) == {"title": HOSTILE, "name": "ñ"}


def test_a_step_is_announced_only_where_there_is_no_bar_to_show_it():
    start = Message("assist", {"type": "step_start", "seq": 3, "payload": {"step": {"action": "goto"}}})

    assert live.told(start) is not None
    assert live.told(start, briefly=True) is None


def test_a_plain_screen_has_no_colours_and_breaks_no_lines():
    console = screen(plain=True)

    assert (console.color_system, console.is_terminal, console.soft_wrap) == (None, False, True)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        ({"status": "pass"}, 0),
        ({"status": "fail"}, 1),
        ({"status": "fail", "verdict": "fail-app-bug"}, 1),
        ({"status": "fail", "verdict": "inconclusive"}, 3),
        ({"status": "fail", "verdict": "inconclusive-environment"}, 3),
        ({"status": "fail", "cancelled": {"by": "ana"}}, 130),
    ],
)
def test_the_exit_code_tells_how_a_run_ended(record, code):
    assert live.exit_code(record) == code


def test_an_error_that_is_the_reason_of_the_verdict_is_told_once():
    record = {"id": "r", "status": "fail", "steps": [], "durationMs": 1, "seq": 2}
    text = live.summary(record | {"error": "no browser", "verdictReason": "no browser"})

    assert text.count("no browser") == 1


# ---- flows


@pytest.fixture
def flow(tmp_path):
    def flow(body) -> dict:
        path = tmp_path / "flow.json"
        path.write_text(json.dumps(body))
        return path

    return flow


def test_the_project_of_the_command_line_counts_before_the_files(flow):
    path = flow({"project": "mine", "baseUrl": "http://a", "steps": []})

    assert read_flow(path, base_url=None, project="theirs")["project"] == "theirs"
    assert read_flow(path, base_url=None, project=None)["project"] == "mine"


def test_without_any_project_it_is_the_default_one(flow):
    assert read_flow(flow([]), base_url="http://a", project=None)["project"] == "default"


def test_the_base_url_of_the_command_line_counts_before_the_files(flow):
    path = flow({"baseUrl": "http://a", "steps": []})

    assert read_flow(path, base_url="http://b", project=None)["baseUrl"] == "http://b"


def test_a_base_url_within_a_plan_is_enough(flow):
    assert read_flow(flow({"plan": {"baseUrl": "http://a"}}), base_url=None, project=None)["plan"]


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ({"steps": [1, 2]}, 2),
        ({"plan": {"steps": [1]}}, 1),
        ({"steps": "two"}, None),
        ({"plan": 7}, None),
        ({}, None),
    ],
)
def test_steps_are_counted_where_they_are(body, count):
    assert count_of_steps(body) == count
