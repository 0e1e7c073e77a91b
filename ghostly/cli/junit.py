"""What a CI reads: a JUnit report with one test for each flow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree as Xml

from ghostly.cli.live import exit_code

Json = dict[str, Any]

# What XML 1.0 cannot hold, not even escaped.
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PROPERTIES = ("id", "verdict", "stopReason", "baseUrl", "projectSlug", "contextId", "tracePath", "videoPath")


class Result(NamedTuple):
    """What came of a flow: its run's record, or why there is none."""

    flow: str
    record: Json | None = None
    error: str | None = None

    @property
    def code(self) -> int:
        """The exit code that this alone would have."""
        return 2 if self.record is None else exit_code(self.record)


def write_report(path: Path, results: Sequence[Result]) -> None:
    """Write the report, whole or not at all. Raises ``OSError``."""
    suites = Xml.Element("testsuites", _counts(results))
    suite = Xml.SubElement(suites, "testsuite", {"name": "ghostly", **_counts(results)})
    for result in results:
        _add_test(suite, result)
    Xml.indent(suites)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.new")
    Xml.ElementTree(suites).write(draft, "utf-8", xml_declaration=True)
    draft.replace(path)


def _counts(results: Sequence[Result]) -> dict[str, str]:
    codes = [result.code for result in results]
    seconds = sum(result.record["durationMs"] for result in results if result.record) / 1000
    failures = codes.count(1)
    return {
        "tests": str(len(codes)),
        "failures": str(failures),
        "errors": str(len(codes) - failures - codes.count(0)),
        "skipped": "0",
        "time": f"{seconds:.3f}",
    }


def _add_test(suite: Xml.Element, result: Result) -> None:
    record = result.record or {}
    where = {"name": _fit(result.flow.removesuffix(".json")), "classname": "ghostly"}
    seconds = f"{record.get('durationMs', 0) / 1000:.3f}"
    test = Xml.SubElement(suite, "testcase", {**where, "file": _fit(result.flow), "time": seconds})
    known = {name: record[name] for name in _PROPERTIES if record.get(name)}
    properties = Xml.SubElement(test, "properties") if known else test
    for name, value in known.items():
        Xml.SubElement(properties, "property", {"name": name, "value": _fit(value)})
    if result.code:
        _add_failure(test, result)
    if record:
        Xml.SubElement(test, "system-out").text = _fit("\n".join(map(_line, record["steps"])))


def _add_failure(test: Xml.Element, result: Result) -> None:
    """A failure is the app's or the test's; an error says that nothing was proved."""
    record = result.record or {}
    kind = {1: "failed", 2: "could-not-run", 3: "inconclusive"}.get(result.code, "cancelled")
    said = record.get("error") or record.get("verdictReason") or result.error or kind
    element = Xml.SubElement(test, "failure" if result.code == 1 else "error")
    element.attrib = {"type": kind, "message": _fit(said)}
    failed = [step for step in record.get("steps", []) if not step["ok"]]
    element.text = _fit("\n".join([said, *map(_line, failed)]))


def _line(step: Json) -> str:
    mark = "ok  " if step["ok"] else "FAIL"
    more = " - ".join(step[name] for name in ("note", "error") if step.get(name))
    return f"{mark} {step['index'] + 1:>3} {step['action']} ({step['durationMs']} ms)" + (
        f": {more}" if more else ""
    )


def _fit(text: Any) -> str:
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", str(text))
