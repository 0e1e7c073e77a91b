"""Runs on a node whose browsers are guarded; only 127.0.0.1, where the site is, is allowed of this machine."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
import pytest_asyncio

from ghostly import node
from ghostly.http.client import Client
from ghostly.settings import Settings
from tests.conftest import database
from tests.flows import conftest

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOTO = {"action": "goto", "url": "/"}
SHOWN = {"action": "waitForSelector", "selector": "h1"}
ALLOWED = (ip_network("127.0.0.1"),)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def guarded(server, template, tmp_path_factory, site):
    directory = tmp_path_factory.mktemp("guarded")
    async with database(server, template) as dsn:
        settings = Settings(
            database_url=dsn, data_dir=directory, port=0, workers=1, egress="guarded", egress_allow=ALLOWED
        )
        async with node.up(settings) as up, Client(up.url, up.credentials.api_key) as client:
            yield conftest.Tester(client, up, site, settings.artifacts_dir)


async def test_a_run_passes_where_it_may_go(guarded):
    told = await guarded.runs(GOTO, SHOWN, html="<h1>Shop")

    assert [step.get("note") for step in told.record["steps"]] == [None, None]
    assert told.record["status"] == "pass"


async def test_a_run_that_was_refused_failed_its_step(guarded):
    told = await guarded.runs(GOTO, baseUrl="http://169.254.169.254/")

    assert "169.254.169.254 is a link-local address, which egress refuses" in told.record["error"]
    assert (told.record["stopReason"], told.record.get("verdict")) == ("step-failed", None)


async def test_what_its_page_was_refused_stands_in_the_record(guarded):
    told = await guarded.runs(GOTO, SHOWN, html="<img src=http://[::1]:8009/><h1>Shop")

    assert told.record["steps"][0]["note"] == "egress refused a request: [::1]:8009 (loopback)"
    assert told.record["status"] == "pass"


@pytest.mark.parametrize(
    "base", ["http://127.0.0.1:{port}/", "https://127.0.0.1:{port}/", "http://nobody.invalid/"]
)
async def test_a_target_that_is_away_is_so_in_guarded_mode_too(guarded, base, deaf_port):
    told = await guarded.runs(GOTO, baseUrl=base.format(port=deaf_port))

    assert (told.record["verdict"], told.record["stopReason"]) == (
        "inconclusive-environment",
        "target-unreachable",
    )
