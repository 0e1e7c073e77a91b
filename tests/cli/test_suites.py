"""Several flows at once, and what programs read of them."""

from __future__ import annotations

import json
import re
import signal
from xml.etree import ElementTree

import pytest

from tests.node.processes import launch, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOWHERE = {"action": "click", "selector": "#nowhere", "timeoutMs": 200}
WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}


@pytest.fixture
def report(tmp_path):
    """Where a report is written; read it with ``kinds``."""
    return tmp_path / "out" / "report.xml"


def kinds(report) -> list[str]:
    """How each flow ended: ok, or what is said of it."""
    tests = ElementTree.parse(report).getroot().iter("testcase")
    bad = [next((child for child in test if child.tag in {"failure", "error"}), None) for test in tests]
    return ["ok" if child is None else child.get("type") for child in bad]


async def test_all_flows_are_run_and_the_worst_is_the_exit_code(begin, flow, shop, report):
    names = [flow(), flow(NOWHERE), flow({"action": "dance"}), flow()]
    command = begin("run", *names, "--base-url", shop.url, "--ci", "--junit", str(report))

    assert command.ends() == 2
    assert kinds(report) == ["ok", "failed", "could-not-run", "ok"]


async def test_a_flow_that_fails_among_others_makes_it_1(begin, flow, shop):
    assert begin("run", flow(), flow(NOWHERE), flow(), "--base-url", shop.url).ends() == 1


async def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_run(begin, flow, shop, tmp_path):
    (tmp_path / "broken.json").write_text("{")
    command = begin("run", str(tmp_path / "broken.json"), flow(), "--base-url", shop.url)

    assert command.ends() == 2
    assert "broken.json is not valid JSON" in command.output
    assert re.search(r"status +pass", command.output)


async def test_ctrl_c_ends_the_flow_under_way_and_leaves_the_others(begin, flow, shop, report):
    command = begin("run", flow(WAITS), flow(), "--base-url", shop.url, "--junit", str(report))
    await until(lambda: "waitForSelector" in command.output)
    command.process.send_signal(signal.SIGINT)

    assert command.ends() == 130
    assert kinds(report) == ["cancelled", "could-not-run"]


async def test_a_report_is_written_also_if_there_is_nobody_to_ask(begin, flow, deaf_port, report):
    url = f"http://127.0.0.1:{deaf_port}"
    command = begin("run", flow(), "--base-url", url, "--url", url, "--junit", str(report))

    assert command.ends() == 2
    assert f"No Ghostly answers at {url}." in report.read_text()


async def test_a_report_of_an_earlier_time_is_not_taken_for_this_one(begin, flow, shop, report, answer):
    begin("run", flow(), "--base-url", shop.url, "--junit", str(report)).ends()
    command = begin("run", flow(WAITS), "--base-url", shop.url, "--junit", str(report))
    await until(lambda: "waitForSelector" in command.output)
    command.process.kill()

    assert kinds(report) == ["could-not-run"]
    answer("cancel", command.run)  # it goes on, and keeps the only worker


async def test_a_report_that_cannot_be_written_is_said_before_anything_is_run(begin, flow, shop, tmp_path):
    (tmp_path / "file").touch()
    command = begin("run", flow(), "--base-url", shop.url, "--junit", str(tmp_path / "file" / "report.xml"))

    assert command.ends() == 2
    assert re.fullmatch(r"Error: The report cannot be written to \S+: .+\.\n", command.output)


async def test_a_run_that_takes_too_long_is_cancelled(begin, flow, shop, up):
    command = begin("run", flow(WAITS), "--base-url", shop.url, "--timeout", "1")

    assert command.ends() == 130
    assert "it takes longer than 1 seconds, and is cancelled" in command.output


async def test_json_is_all_that_a_program_reads(up, flow, shop, tmp_path):
    out, words = tmp_path / "records", ["run", flow(), flow({"action": "dance"}), "--base-url", shop.url, "--json"]
    process = launch(words, out, separately=True, data_dir=up.directory, port=up.port)
    process.wait(60)
    passed, refused = map(json.loads, out.read_text().splitlines())

    assert (passed["status"], passed["trigger"], len(passed["steps"])) == ("pass", "cli", 1)
    assert refused["ok"] is False
    assert "steps[1].action" in refused["error"]
