from __future__ import annotations

import json
import socket

import pytest

from ghostly.cli import checks
from ghostly.cli.checks import CHECKS
from ghostly.settings import Settings
from tests.node.processes import launch


@pytest.fixture
def given(reachable):
    return Settings(data_dir=reachable / "doctor", port=0)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_where_the_tests_run_nothing_that_is_needed_is_missing(check, given):
    finding = await check(given)

    assert finding.state != "missing", finding


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
async def test_what_is_not_good_comes_with_what_mends_it(check, given):
    finding = await check(given)

    assert finding.state == "good" or finding.mend


async def test_looking_at_the_database_leaves_none_behind(given):
    await checks.database(given)

    assert not given.data_dir.exists()


async def test_a_database_that_does_not_answer_is_missing(deaf_port):
    given = Settings(database_url=f"postgresql://127.0.0.1:{deaf_port}/x")
    finding = await checks.database(given)

    assert finding.state == "missing"
    assert "GHOSTLY_DATABASE_URL" in finding.mend


async def test_a_port_that_is_taken_is_missing():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        finding = await checks.port(Settings(port=taken.getsockname()[1]))

    assert finding.state == "missing"
    assert "--port 0" in finding.mend


async def test_a_chromium_that_is_none_is_missing(given):
    finding = await checks.headless(Settings(data_dir=given.data_dir, chromium="/nowhere/chromium"))

    assert finding.state == "missing"
    assert finding.mend


@pytest.mark.parametrize("scheme", ["ws", "http"])
async def test_a_browser_elsewhere_that_does_not_answer_is_missing(scheme, deaf_port):
    url = f"{scheme}://ana:hush@127.0.0.1:{deaf_port}/?token=hush"
    finding = await checks.headless(Settings(browser_ws=url))

    assert (finding.state, "GHOSTLY_BROWSER_WS" in finding.mend) == ("missing", True)
    assert f"({scheme}://127.0.0.1:{deaf_port})" in finding.said


async def test_a_browser_elsewhere_cannot_be_guarded():
    finding = await checks.headless(Settings(browser_ws="ws://127.0.0.1:1/", egress="guarded"))

    assert (finding.state, finding.mend.partition(",")[0]) == ("missing", "set GHOSTLY_EGRESS=open")


async def test_a_place_for_files_that_is_none_is_missing(tmp_path):
    (tmp_path / "file").touch()
    finding = await checks.artifacts(Settings(data_dir=tmp_path, artifacts_url=tmp_path / "file" / "runs"))

    assert finding.state == "missing"
    assert "GHOSTLY_ARTIFACTS_URL" in finding.mend


async def test_keys_that_others_may_read_are_told(tmp_path):
    (tmp_path / "vault.key").touch()
    (tmp_path / "vault.key").chmod(0o644)
    finding = await checks.data_directory(Settings(data_dir=tmp_path))

    assert finding.state == "limited"
    assert finding.mend == f"chmod 600 {tmp_path / 'vault.key'}"


@pytest.mark.parametrize("code", [0, 1])
def test_the_command_exits_with_1_only_if_something_is_missing(reachable, code):
    file = reachable / f"doctor-{code}"
    settings = {"data_dir": reachable / "doctor", "host": "127.0.0.1" if not code else "192.0.2.1", "port": 0}

    assert launch(["doctor", "--json"], file, **settings).wait(90) == code
    assert {"what", "state", "said", "mend"} == set(json.loads(file.read_text())[0])
