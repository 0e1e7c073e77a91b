from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ghostly.cli.junit import Result, write_report

STEP = {"index": 0, "action": "goto", "ok": True, "durationMs": 12}
RECORD = {"id": "r1", "status": "pass", "durationMs": 1500, "steps": [STEP], "verdict": "success"}
FAILED = {
    **RECORD,
    "status": "fail",
    "error": "no element",
    "steps": [{**STEP, "ok": False, "error": "no element"}],
}


def written(tmp_path, *results: Result) -> ElementTree.Element:
    path = tmp_path / "deep" / "report.xml"
    write_report(path, results)
    return ElementTree.parse(path).getroot()


def test_each_flow_is_a_test_with_its_time_and_its_steps(tmp_path):
    [test] = written(tmp_path, Result("flows/login.json", RECORD)).iter("testcase")

    assert (test.get("name"), test.get("time"), test.get("file")) == ("flows/login", "1.500", "flows/login.json")
    assert test.findtext("system-out") == "ok     1 goto (12 ms)"


def test_a_flow_that_passed_has_neither_failure_nor_error(tmp_path):
    [test] = written(tmp_path, Result("a.json", RECORD)).iter("testcase")

    assert [child.tag for child in test] == ["properties", "system-out"]


def test_a_flow_that_failed_says_why_and_in_which_step(tmp_path):
    [failure] = written(tmp_path, Result("a.json", FAILED)).iter("failure")

    assert failure.get("message") == "no element"
    assert "FAIL   1 goto" in failure.text


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (Result("a.json", error="no server"), "could-not-run"),
        (Result("a.json", FAILED | {"verdict": "inconclusive-environment"}), "inconclusive"),
        (Result("a.json", FAILED | {"cancelled": {"by": "ana"}}), "cancelled"),
    ],
)
def test_a_flow_that_proved_nothing_is_an_error_and_no_failure(tmp_path, result, kind):
    [suite] = written(tmp_path, result)

    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")
    assert suite.find("testcase/error").get("type") == kind


def test_the_suite_counts_its_tests_and_their_time(tmp_path):
    root = written(tmp_path, Result("a.json", RECORD), Result("b.json", FAILED), Result("c.json", error="x"))

    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "time")}
    assert counts == {"tests": "3", "failures": "1", "errors": "1", "time": "3.000"}


@given(st.text())
def test_a_report_can_be_read_whatever_a_page_said(tmp_path_factory, text):
    failed = FAILED | {"error": text, "steps": [{**STEP, "ok": False, "error": text, "note": text}]}
    root = written(tmp_path_factory.mktemp("report"), Result(text or "a", failed))

    assert re.search(r"FAIL +1 goto", root.findtext(".//failure"))


def test_a_report_that_cannot_be_written_leaves_the_one_before(tmp_path):
    write_report(tmp_path / "report.xml", [Result("a.json", RECORD)])
    (tmp_path / "report.xml.new").mkdir()

    with pytest.raises(OSError, match="directory"):
        write_report(tmp_path / "report.xml", [])
    assert "testcase" in (tmp_path / "report.xml").read_text()
