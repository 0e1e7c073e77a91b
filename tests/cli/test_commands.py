from __future__ import annotations

import re
import signal

import psutil
import pytest

from tests.node.processes import children, launch, left, postgres, reached, until

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOWHERE = {"action": "click", "selector": "#nowhere", "timeoutMs": 200}
WAITS = {"action": "waitForSelector", "selector": "#nowhere", "timeoutMs": 60_000}


async def test_a_run_that_passes_exits_with_0_and_tells_every_step(begin, flow, shop):
    command = begin("run", flow(), "--base-url", shop.url)

    assert command.ends() == 0
    assert re.search(r"✓ goto '/' \d+ ms", command.output)
    assert re.search(r"status +pass\b", command.output)


async def test_a_run_that_fails_exits_with_1_and_says_why(begin, flow, shop):
    command = begin("run", flow(NOWHERE), "--base-url", shop.url)

    assert command.ends() == 1
    assert "Timeout 200 ms: no element matched '#nowhere'" in command.output


async def test_a_run_that_could_not_be_tried_exits_with_3(begin, flow, deaf_port):
    command = begin("run", flow(), "--base-url", f"http://127.0.0.1:{deaf_port}")

    assert command.ends() == 3


async def test_a_run_that_is_refused_exits_with_2_and_says_where(begin, flow, shop):
    command = begin("run", flow({"action": "dance"}), "--base-url", shop.url)

    assert command.ends() == 2
    assert "steps[1].action" in command.output


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_ctrl_c_cancels_the_run_and_exits_with_130(begin, flow, shop, up, how):
    command = begin("run", flow(WAITS), "--base-url", shop.url)
    await until(lambda: "waitForSelector" in command.output)
    command.process.send_signal(how)

    assert command.ends() == 130
    async with up.client() as client:
        assert (await client.record(command.run))["stopReason"] == "cancelled"


async def test_after_ctrl_c_nothing_is_told_twice(begin, flow, shop):
    command = begin("run", flow(WAITS), "--base-url", shop.url)
    await until(lambda: "waitForSelector" in command.output)
    command.process.send_signal(signal.SIGINT)
    command.ends()
    seqs = re.findall(r"^ +(\d+) [✓✗·]", command.output, re.MULTILINE)

    assert seqs == sorted(set(seqs), key=int)


async def test_ctrl_c_before_there_is_a_run_exits_with_130_too(begin, flow, shop, up):
    up.freeze()  # so that it does not answer
    try:
        command = begin("run", flow(), "--base-url", shop.url, "--url", f"http://127.0.0.1:{up.port}")
        await until(lambda: psutil.Process(command.process.pid).net_connections())
        command.process.send_signal(signal.SIGINT)

        assert command.ends() == 130
    finally:
        up.thaw()


async def test_a_run_that_goes_on_can_be_watched_to_its_end(begin, up, shop):
    async with up.client() as client:
        run = await client.start(shop.flow({"action": "waitForSelector", "selector": "#late"}, path="/late"))
        await reached(client, run, 5)
        command = begin("watch", run)
        await until(lambda: "waitForSelector" in command.output)
        shop.gate.set()

    assert command.ends() == 0
    assert re.search(r"status +pass\b", command.output)


async def test_a_run_that_is_over_can_be_watched_again(begin, flow, shop):
    first = begin("run", flow(), "--base-url", shop.url)
    first.ends()
    again = begin("watch", first.run)

    assert again.ends() == 0
    assert "run_end" in again.output


@pytest.mark.parametrize(("step", "code"), [(NOWHERE, 1), ({"action": "goto", "url": "/"}, 0)])
@pytest.mark.parametrize("words", [(), ("--json",)])
async def test_who_watches_exits_as_the_run_ended(begin, up, shop, step, code, words):
    async with up.client() as client:
        run = await client.start(shop.flow(step))

    assert begin("watch", run, *words).ends() == code


async def test_watching_a_run_that_is_cancelled_exits_with_130(begin, up, shop):
    async with up.client() as client:
        run = await client.start(shop.flow(WAITS))
        await client.cancel(run)

    assert begin("watch", run).ends() == 130


async def test_watching_an_unknown_run_says_that_there_is_none(begin):
    command = begin("watch", "unknown")

    assert command.ends() == 2
    assert "There is no such run" in command.output


async def test_without_a_server_a_run_is_done_in_the_commands_own_process(reachable, flow, shop, deaf_port):
    directory = reachable / "alone"
    file = directory.with_suffix(".output")
    settings = {"data_dir": directory, "port": deaf_port, "workers": 1}
    command = launch(["run", flow(), "--base-url", shop.url], file, **settings)

    assert command.wait(60) == 0
    assert await left(set(), directory) == set()


async def test_the_demo_runs_its_flow_and_leaves_no_process(reachable, deaf_port):
    directory = reachable / "demo"
    file = directory.with_suffix(".output")
    command = launch(["demo"], file, data_dir=directory, port=deaf_port, workers=1)
    await until(lambda: "✓" in file.read_text())
    family = children(psutil.Process(command.pid)) | postgres(directory)

    assert command.wait(60) == 0
    assert re.search(r"steps +12 of 12 passed", file.read_text())
    assert family
    assert await left(family, directory) == set()


async def test_the_demo_that_is_interrupted_exits_as_every_command(reachable, deaf_port):
    directory = reachable / "demo-interrupted"
    file = directory.with_suffix(".output")
    command = launch(["demo"], file, data_dir=directory, port=deaf_port, workers=1)
    await until(lambda: "✓" in file.read_text())
    command.send_signal(signal.SIGINT)

    assert command.wait(60) in {130, 0}  # 0 if all its steps were done first
    assert await left(set(), directory) == set()
