from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest

from ghostly.domain.verdict import environment_failed, step_failed
from tests.http.callers import passed

GOAL = {"goal": "Buy a red Lamp"}


async def ids(caller, **query) -> list[str]:
    return [run["id"] for run in (await caller.get("/v1/runs", **query)).json]


async def page(caller, **query) -> tuple[list[str], str | None]:
    shown = (await caller.get("/v1/runs", **query)).json
    return [run["id"] for run in shown["items"]], shown["nextCursor"]


async def pages(caller, **query) -> list[str]:
    found, cursor = await page(caller, **query)
    while cursor:
        more, cursor = await page(caller, **{**query, "cursor": cursor})
        found += more
    return found


async def aged(service, run: str, at: str) -> None:
    await service.store.pool.execute(f"update runs set started_at = '{at}' where id = $1", UUID(run))


@pytest.fixture
async def runs(ana) -> list[str]:
    """Five runs, the newest first."""
    return [await ana.starts() for _ in range(5)][::-1]


# ---- pages


async def test_without_a_limit_the_list_is_a_bare_array(ana, runs):
    answer = await ana.get("/v1/runs")

    assert [run["id"] for run in answer.json] == runs
    assert "Link" not in answer.headers


async def test_with_a_limit_the_list_comes_in_pages(ana, runs):
    first, cursor = await page(ana, limit=3)

    assert first == runs[:3]
    assert await page(ana, limit=3, cursor=cursor) == (runs[3:], None)


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 6, 200])
async def test_every_run_is_on_one_page(ana, runs, limit):
    assert await pages(ana, limit=limit) == runs


async def test_a_page_that_ends_the_list_says_so(ana, runs):
    assert await page(ana, limit=5) == (runs, None)


async def test_runs_that_begin_meanwhile_disturb_no_page(ana, runs):
    first, cursor = await page(ana, limit=2)
    await asyncio.gather(*(ana.starts() for _ in range(5)))

    assert first + await pages(ana, limit=2, cursor=cursor) == runs


async def test_runs_of_the_same_moment_are_told_apart_by_their_ids(ana, runs, service):
    await service.store.pool.execute("update runs set started_at = '2026-01-01T00:00:00Z'")

    assert await pages(ana, limit=2) == sorted(runs, reverse=True)


async def test_an_array_that_is_cut_links_to_the_rest(ana, runs, service):
    copy = """insert into runs (id, seq, hash, owner, project, phase, status, started_at, about, summary, state,
                                projection_version)
              select gen_random_uuid(), seq, hash, owner, project, phase, status, '2020-01-01', about, summary,
                     state, projection_version from runs, generate_series(1, 996) where id = $1"""
    await service.store.pool.execute(copy, UUID(runs[0]))
    answer = await ana.get("/v1/runs", status="running")
    link = answer.headers["Link"].removeprefix("<").removesuffix('>; rel="next"')

    assert len(answer.json) == 1000
    assert len((await ana.get(link)).json["items"]) == 1
    assert "status=running" in link


@pytest.mark.parametrize("limit", ["0", "201", "-1", "x", "1.5", "1e2", "9" * 50])
async def test_a_limit_is_a_number_of_1_to_200(ana, limit):
    assert (await ana.get("/v1/runs", limit=limit)).places == ["limit"]


@pytest.mark.parametrize("cursor", ["x", "AAAA", "=" * 32, "ñ", "\0", "A" * 31 + "!", "A" * 3000, "_" * 32])
async def test_a_cursor_that_we_never_gave_is_refused(ana, cursor):
    assert (await ana.get("/v1/runs", cursor=cursor)).places == ["cursor"]


# ---- filters


async def test_runs_are_found_by_their_status(ana, finished, runs):
    assert await ids(ana, status="pass") == [finished]
    assert await ids(ana, status="running") == runs


async def test_runs_are_found_by_their_verdict(ana, driven, driver):
    await driver.ends(driven, environment_failed("no browser"))

    assert await ids(ana, verdict="inconclusive-environment") == [driven]
    assert await ids(ana, verdict="success") == []


async def test_runs_are_found_by_their_context(ana, runs):
    run = await ana.starts(contextId="4f2c1e9")

    assert await ids(ana, contextId="4f2c1e9") == [run]


async def test_runs_are_found_by_each_of_their_tags(ana, runs):
    one, two = await ana.starts(tags=["nightly", "ñ"]), await ana.starts(tags=["nightly"])

    assert [await ids(ana, tag=tag) for tag in ("nightly", "ñ", "none")] == [[two, one], [one], []]


async def test_runs_that_were_healed_are_found(ana, driven, driver, runs):
    await driver.says(driven, passed(2, healed=True))

    assert await ids(ana, healed="true") == [driven]


async def test_runs_are_found_by_a_part_of_their_base_url_in_any_case(ana, runs):
    run = await ana.starts(baseUrl="http://127.0.0.1:9/Checkout")

    assert await ids(ana, q="checkOUT") == [run]


async def test_runs_are_found_by_a_part_of_their_goal(ana, runs):
    run = await ana.starts(assisted=GOAL)

    assert await ids(ana, q="red lamp") == [run]


@pytest.mark.parametrize("q", ["%", "_", "\\", "'", "$1", "{0}"])
async def test_what_is_looked_for_is_meant_as_it_is_written(ana, runs, q):
    run = await ana.starts(assisted={"goal": f"a {q} b"})

    assert await ids(ana, q=f"a {q} b") == [run]


async def test_since_includes_its_moment_and_until_does_not(ana, runs, service):
    for day, run in enumerate(runs, 1):
        await aged(service, run, f"2026-01-0{day}T00:00:00Z")
    between = {"since": "2026-01-02T00:00:00Z", "until": "2026-01-04T00:00:00.000Z"}

    assert await ids(ana, **between) == [runs[2], runs[1]]


async def test_times_may_be_of_any_zone(ana, runs, service):
    await aged(service, runs[0], "2026-01-01T12:00:00Z")

    assert await ids(ana, until="2026-01-01T14:00:00.001+02:00") == [runs[0]]


async def test_filters_are_all_true_at_once(ana, driven, driver, runs):
    run = await ana.starts(tags=["a"], contextId="c", assisted=GOAL)
    await ana.starts(tags=["a"], contextId="d")
    await ana.starts(tags=["b"], contextId="c")
    wanted = {"tag": "a", "contextId": "c", "q": "lamp", "status": "running", "project": "default"}

    assert await pages(ana, **wanted, limit=1) == [run]
    assert await ids(ana, **wanted, verdict="success") == []


async def test_an_empty_filter_is_absent(ana, runs):
    names = "status verdict contextId tag healed since until q cursor limit project owner"

    assert await ids(ana, **dict.fromkeys(names.split(), "")) == runs


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "passed"),
        ("verdict", "maybe"),
        ("healed", "yes"),
        ("since", "yesterday"),
        ("until", "2026-01-01T00:00:00"),
        ("since", "0001-01-01T00:00:00+23:59"),
        ("q", "\0"),
        ("tag", "x" * 3000),
        ("contextId", "a\0"),
    ],
)
async def test_a_filter_that_cannot_be_meant_is_refused(ana, name, value):
    assert (await ana.get("/v1/runs", **{name: value})).places == [name]


async def test_no_filter_finds_what_belongs_to_others(ana, bo):
    run = await ana.starts(tags=["a"], contextId="c", assisted=GOAL)
    filters = [{}, {"tag": "a"}, {"contextId": "c"}, {"q": "lamp"}, {"status": "running"}, {"project": "default"}]

    assert [await ids(bo, **each) for each in filters] == [[]] * 6
    assert [await ids(ana, **each) for each in filters] == [[run]] * 6


async def test_tags_follow_a_run_that_is_written_anew(ana, service):
    run = await ana.starts(tags=["a"])
    await service.store.pool.execute("""update runs set about = '{"tags": ["b"]}'""")

    assert (await ids(ana, tag="a"), await ids(ana, tag="b")) == ([], [run])


async def test_a_failed_run_is_found_among_those_that_failed(ana, driven, driver):
    await driver.ends(driven, step_failed("no"))

    assert await ids(ana, status="fail", project="default") == [driven]


async def test_an_auditor_lists_what_belongs_to_others(ana, auditor, runs):
    owner = (await ana.get("/v1/auth/me")).json["user"]["id"]

    assert await ids(auditor, owner=owner) == runs
    assert await ids(auditor) == []


async def test_nobody_else_lists_what_belongs_to_others(ana, bo, runs):
    owner = (await ana.get("/v1/auth/me")).json["user"]["id"]

    assert (await bo.get("/v1/runs", owner=owner)).status == 404
    assert (await bo.get("/v1/runs", owner=str(uuid4()))).status == 404
