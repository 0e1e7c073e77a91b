"""The house rules that no linter knows: sizes, rooms, and docs that name everything."""

from __future__ import annotations

import ast
import gc
import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from ghostly.domain.account_events import ACCOUNT_FACTS
from ghostly.domain.annotations import ANNOTATIONS
from ghostly.domain.events import FACTS
from ghostly.http.app import ROUTES
from ghostly.projections.timeline import WIRE
from ghostly.settings import Settings

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "ghostly").rglob("*.py"))
DOCS = ROOT / "docs"

SQL = re.compile(r"\b(select\s.+\sfrom|insert into|update \w+ set|delete from)\b", re.IGNORECASE | re.DOTALL)
MAY_HOLD_SQL = ("event_log", "workers.py", "database", "accounts", "projections")
NOT_HERE = {"utils", "helpers", "common", "base", "core", "services", "managers", "repositories", "handlers"}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_is_too_long_to_be_read_at_once(module: Path):
    declares_only = not any(isinstance(node, ast.FunctionDef) for node in _top(module))

    assert module.read_text().count("\n") <= (600 if declares_only else 300)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_no_module_has_a_name_that_says_nothing(module: Path):
    assert not NOT_HERE & {module.stem, *module.relative_to(ROOT).parts}


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_sql_is_spoken_only_where_it_belongs(module: Path):
    within = str(module.relative_to(ROOT / "ghostly"))

    assert within.startswith(MAY_HOLD_SQL) or not [text for text in _texts(module) if SQL.search(text)]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_the_settings_read_the_environment(module: Path):
    read = re.search(r"os\.environ|getenv", module.read_text())

    assert read is None or module == ROOT / "ghostly" / "settings" / "environment.py"


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_only_the_node_reads_the_clock_on_the_wall(module: Path):
    read = re.search(r"datetime\.(now|utcnow)\(|time\.time\(", module.read_text())

    # cluster.py asks how old a log file is, and only that clock knows.
    assert read is None or module.name in {"node.py", "cluster.py"}


@pytest.mark.parametrize("module", [m for m in MODULES if m.name != "timeline.py"], ids=str)
def test_wire_names_are_spelled_in_the_timeline_only(module: Path):
    within = module.relative_to(ROOT / "ghostly").parts[0]

    assert within == "cli" or not set(WIRE.values()) & set(_texts(module))


@pytest.mark.parametrize("fact", [*FACTS, *ACCOUNT_FACTS, *ANNOTATIONS], ids=lambda fact: fact.__name__)
def test_every_event_is_in_the_catalogue(fact: type):
    assert f"### `{fact.__name__}`" in (DOCS / "events.md").read_text()


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_in_the_http_page(route):
    assert f"### `{route.method} {route.path}`" in (DOCS / "http.md").read_text()


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_every_setting_is_in_the_operations_page(setting):
    name = "GHOSTLY_SECRET_" if setting.name == "secrets" else f"GHOSTLY_{setting.name.upper()}"

    assert f"`{name}" in (DOCS / "operations.md").read_text()


def test_every_local_link_of_the_docs_leads_somewhere():
    pages = [ROOT / "README.md", *DOCS.rglob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text())]

    assert [(str(page), link) for page, link in links if not (page.parent / link).exists()] == []


@cache
def _tree(module: Path) -> ast.Module:
    # Python 3.11 cannot parse while it parses, and garbage that logs its traceback does just that.
    gc.disable()
    try:
        return ast.parse(module.read_text())
    finally:
        gc.enable()


def _top(module: Path) -> list[ast.stmt]:
    return _tree(module).body


def _texts(module: Path) -> Iterator[str]:
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
