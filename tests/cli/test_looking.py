"""Looking at runs, and cancelling them, with a server and without."""

from __future__ import annotations

import json
import re
from uuid import UUID

import pytest

from tests.node.processes import launch, left, reached, told

pytestmark = pytest.mark.asyncio(loop_scope="module")

WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}


async def finished(up, shop, **more) -> str:
    async with up.client() as client:
        run = await client.start(shop.flow() | more)
        await told(client, run)
        return run


async def test_runs_are_listed_newest_first(answer, up, shop):
    first, second = await finished(up, shop), await finished(up, shop)
    ids = re.findall(r"^([0-9a-f-]{36})  pass +1/1", answer("runs", "list"), re.MULTILINE)

    assert ids[:2] == [second, first]


async def test_the_list_says_no_more_than_it_was_asked_for(answer, up, shop):
    run = await finished(up, shop, tags=["mine"])
    found = json.loads(answer("runs", "list", "--tag", "mine", "--limit", "5", "--json"))

    assert [record["id"] for record in found] == [run]


async def test_a_list_of_nothing_says_so(answer):
    assert answer("runs", "list", "--tag", "nobody") == "no runs\n"


async def test_a_filter_that_is_none_is_named(complaint):
    assert "verdict" in complaint("runs", "list", "--verdict", "splendid")


async def test_a_record_is_shown_with_its_steps(answer, up, shop):
    shown = answer("runs", "show", await finished(up, shop))

    assert re.search(r"^status +pass$", shown, re.MULTILINE)
    assert re.search(r"^ +1 ✓ goto \d+ ms$", shown, re.MULTILINE)


async def test_a_record_is_shown_as_it_was(answer, up, shop):
    record = json.loads(answer("runs", "show", await finished(up, shop), "--at-seq", "3", "--json"))

    assert (record["seq"], record["status"]) == (3, "running")


async def test_a_moment_that_never_was_is_said_so(complaint, up, shop):
    assert "atSeq" in complaint("runs", "show", await finished(up, shop), "--at-seq", "99")


@pytest.mark.parametrize("words", [("runs", "show"), ("cancel",), ("watch",), ("trace",)])
async def test_a_run_that_is_none_is_said_so(complaint, words):
    assert complaint(*words, "../health") == "Error: There is no such run, or it is not yours.\n"


async def test_a_run_is_cancelled_for_a_reason(answer, up, shop):
    async with up.client() as client:
        run = await client.start(shop.flow(WAITS))
        await reached(client, run, 5)
        said = answer("cancel", run, "--reason", "the wrong commit")
        await told(client, run)

    assert said == f"run {run} is cancelling\n"
    assert "the wrong commit" in answer("log", run)


async def test_a_run_that_is_over_cannot_be_cancelled(complaint, up, shop):
    assert complaint("cancel", await finished(up, shop)) == "Error: The run has already finished.\n"


async def test_the_trace_of_a_run_is_a_link_that_opens_the_viewer(answer, up, shop):
    link = answer("trace", await finished(up, shop, recordTrace=True)).strip()
    async with up.client() as client, client._http.get(link, headers={"X-Api-Key": ""}) as page:
        assert (page.status, page.url.path) == (200, "/trace-viewer/index.html")


async def test_a_run_without_a_trace_says_how_to_have_one(complaint, up, shop):
    assert 'start it with "recordTrace": true.' in complaint("trace", await finished(up, shop))


async def test_each_message_of_a_run_is_a_line_of_json(answer, up, shop):
    lines = answer("watch", await finished(up, shop), "--json").splitlines()

    assert [json.loads(line)["kind"] for line in lines][-1] == "end"


async def test_a_key_that_opens_nothing_says_which_setting_to_set(up, tmp_path):
    file = tmp_path / "output"
    process = launch(["runs", "list"], file, data_dir=up.directory, port=up.port, api_key="gly_wrong")

    assert process.wait(60) == 2
    assert "set GHOSTLY_API_KEY" in file.read_text()


async def test_without_a_server_runs_are_looked_at_all_the_same(reachable, flow, shop, deaf_port):
    directory, settings = reachable / "offline", {"port": deaf_port, "workers": 1}
    for n, words in enumerate((["run", flow(), "--base-url", shop.url], ["runs", "list"])):
        file = reachable / f"offline-{n}"
        assert launch(words, file, data_dir=directory, **settings).wait(60) == 0

    assert re.search(r"[0-9a-f-]{36}  pass", file.read_text())
    assert await left(set(), directory) == set()


@pytest.mark.parametrize("words", [("runs", "list"), ("log", str(UUID(int=1))), ("verify",), ("rebuild",)])
async def test_where_nothing_was_ever_run_nothing_is_made_by_looking(reachable, deaf_port, words):
    directory, file = reachable / "untouched", reachable / "untouched-output"
    process = launch(list(words), file, data_dir=directory, port=deaf_port, api_key="gly_given")

    assert process.wait(60) == 2
    assert f"There is no database in {directory}: " in file.read_text()
    assert not directory.exists()


async def test_who_looks_where_nothing_ever_ran_is_told_how_to_begin(reachable, deaf_port):
    directory, file = reachable / "untouched", reachable / "untouched-output"
    process = launch(["runs", "list"], file, data_dir=directory, port=deaf_port)

    assert process.wait(60) == 2
    assert "`ghostly up` first" in file.read_text()
