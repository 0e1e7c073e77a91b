"""The programs that exist already, row by row: each sends what it sends, and reads what it reads."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.http.callers import STEP, Caller
from tests.http.conftest import EMAIL, PASSWORD

ROUND_TRIP = {"goal": "Save it", "model": "gpt-4.1", "generatedAt": "2026-04-20T17:34:10Z", "promptVersion": "v2"}


class Dashboard:
    """A page that logs in, and from then on sends its token and its language with everything."""

    def __init__(self, caller: Caller) -> None:
        self.anonymous = caller.anonymous()
        self.caller = self.anonymous

    async def logs_in(self) -> Any:
        answer = (await self.anonymous.post("/v1/auth/login", {"email": EMAIL, "password": PASSWORD})).json
        self.token = answer["token"]
        self.caller = Caller(
            self.anonymous.http, **{"Authorization": f"Bearer {self.token}", "Accept-Language": "en"}
        )
        return answer

    async def reads(self, path: str, **query: str) -> Any:
        answer = await self.caller.get(path, **query)
        assert answer.status == 200, answer.text
        return answer.json

    async def starts(self, **more: Any) -> Any:
        [project] = await self.reads("/v1/projects")
        body = {
            "baseUrl": "http://127.0.0.1:9/",
            "steps": [{"action": "goto", "url": "/"}, STEP],
            "project": project["id"],
            "headless": True,
            "captureScreenshotAfterEachStep": True,
            "recordVideoOnFailure": False,
        }
        return (await self.caller.post("/v1/run", body | more)).json


@pytest.fixture
async def dashboard(ana: Caller) -> Dashboard:
    made = Dashboard(ana)
    await made.logs_in()
    return made


def has(value: Any, *names: str) -> bool:
    return set(names) <= set(value)


# ---- the dashboard


async def test_it_logs_in_and_knows_who_it_is(ana):
    made = Dashboard(ana)
    answer = await made.logs_in()

    assert has(answer["user"], "id", "email", "role")
    assert (await made.reads("/v1/auth/me"))["user"] == answer["user"]


async def test_a_token_that_is_no_good_logs_it_out(ana):
    answer = await ana.anonymous().bearing("x.y.z").get("/v1/auth/me")

    assert answer.status == 401
    assert isinstance(answer.json["error"], str)


async def test_projects_are_a_bare_array_to_which_one_is_added(dashboard):
    made = await dashboard.caller.post("/v1/projects", {"label": "Shop", "color": "#00aa55"})
    projects = await dashboard.reads("/v1/projects")

    assert made.status == 201
    assert [project["label"] for project in projects] == ["Default", "Shop"]
    assert all(has(project, "id", "label", "color", "createdAt") for project in projects)


async def test_the_list_of_runs_is_a_bare_array_newest_first(dashboard):
    first, second = (await dashboard.starts())["id"], (await dashboard.starts())["id"]
    [project] = await dashboard.reads("/v1/projects")
    runs = await dashboard.reads("/v1/runs", project=project["id"])

    assert [run["id"] for run in runs] == [second, first]
    assert all(has(run, "id", "status", "project", "baseUrl", "startedAt", "durationMs", "steps") for run in runs)


async def test_a_start_is_answered_with_an_id_and_a_status(dashboard):
    answer = await dashboard.starts()

    assert (answer["ok"], answer["status"]) == (True, "running")
    assert re.fullmatch(r"[0-9a-f-]{36}", answer["id"])


async def test_a_start_that_is_refused_says_why(dashboard):
    answer = await dashboard.starts(steps=[{"action": "fly"}])

    assert answer["ok"] is False
    assert "steps[0]" in answer["error"]


async def test_what_was_planned_is_found_again_and_can_be_posted_back(dashboard):
    run = (await dashboard.starts(assisted=ROUND_TRIP | {"assistConfig": {"maxHorizons": 3}}))["id"]
    record = await dashboard.reads(f"/v1/runs/{run}")

    assert ROUND_TRIP.items() <= record["assisted"].items()
    assert (await dashboard.starts(assisted=record["assisted"]))["ok"] is True


async def test_the_record_is_polled_until_it_is_not_running(dashboard, driver):
    run = (await dashboard.starts(assisted=ROUND_TRIP))["id"]
    before = await dashboard.reads(f"/v1/runs/{run}")
    await driver.takes(run)
    await driver.does(run, steps=2)
    await driver.ends(run)
    after = await dashboard.reads(f"/v1/runs/{run}")

    assert (before["status"], after["status"]) == ("running", "pass")
    assert [step["ok"] for step in after["steps"]] == [True, True]
    assert has(after["events"][0], "seq", "type", "at", "stepIndex", "payload")


async def test_a_stream_opens_by_its_url_and_ends(dashboard, driver):
    run = (await dashboard.starts())["id"]
    await driver.takes(run)
    async with dashboard.anonymous.stream(run, token=dashboard.token) as stream:
        opening = await stream.next()
        await driver.does(run, steps=1)
        await driver.ends(run)
        messages = await stream.rest()

    assert opening.data["status"] == "running"
    assert [m.type for m in messages] == ["step_start", "step_success", "run_end", "status", "end"]
    assert all(has(m.data, "seq", "type", "at", "payload") for m in messages if m.event == "assist")


async def test_a_file_is_fetched_by_the_part_of_its_path_behind_artifacts(dashboard, service, finished):
    folder = service.parts.artifacts / finished
    folder.mkdir(parents=True)
    (folder / "step-0.png").write_bytes(b"png")
    shown = f"./artifacts/{finished}/step-0.png".partition("/artifacts/")[2]

    assert (await dashboard.anonymous.get(f"/artifacts/{shown}", token=dashboard.token)).text == "png"


async def test_a_cancel_has_no_body_and_a_second_one_says_why_not(dashboard):
    run = (await dashboard.starts())["id"]
    first, second = await dashboard.caller.cancel(run), await dashboard.caller.cancel(run)

    assert (first.status, second.status) == (200, 409)
    assert isinstance(second.json["error"], str)


async def test_it_asks_what_there_is_and_cannot_update(dashboard):
    version = await dashboard.reads("/v1/version")
    update = await dashboard.caller.post("/v1/update")

    assert isinstance((await dashboard.reads("/v1/ping"))["assistConfigured"], bool)
    assert has(version, "current", "latest", "updateAvailable")
    assert (update.status, update.code) == (400, "update_not_supported")


async def test_its_panel_of_models_is_told_how_they_stand(dashboard):
    settings = await dashboard.reads("/v1/settings/llm")

    assert (settings["settings"], settings["envFallback"]) == (None, False)
    assert has(settings["status"], "available", "providerId", "model", "source")


PROVIDER = ["id", "label", "kind", "description", "needsApiKey", "needsBaseUrl", "defaultBaseUrl", "defaultModel"]
PROVIDER += ["supportsAutoModel", "supportsLiveModels", "modelOptions"]


async def test_its_panel_of_models_can_list_whose_there_are(dashboard):
    providers = (await dashboard.reads("/v1/settings/llm/providers"))["providers"]
    models = (await dashboard.reads("/v1/settings/llm/models", providerId="openai"))["models"]

    assert all(has(provider, *PROVIDER) for provider in providers)
    assert all(has(model, "id", "label") for model in models)


async def test_a_model_that_it_chooses_is_kept_or_refused_in_words(dashboard):
    chosen = {"providerId": "openai", "model": "gpt-4.1", "apiKey": "sk-x", "baseUrl": "https://x.example/v1"}
    answer = await dashboard.caller.ask("PUT", "/v1/settings/llm", json=chosen)

    assert answer.status in {200, 409}
    assert isinstance(answer.json.get("error"), str) == (answer.status == 409)
    assert "sk-x" not in (await dashboard.caller.get("/v1/settings/llm")).text


async def test_a_plan_is_drafted_or_refused_in_words(dashboard):
    wanted = {"project": "default", "baseUrl": "http://127.0.0.1:9/", "goal": "Save it", "mode": "v2"}
    answer = (await dashboard.caller.post("/v1/plan", wanted)).json

    assert has(answer, "draft", "meta") if answer["ok"] else isinstance(answer["error"], str)


# ---- the TypeScript client: a key in a header, and everything above


async def test_the_client_starts_waits_and_reads(ana, driver):
    run = (await ana.asks_for(contextId="4f2c1e9", headless=True)).json["id"]
    await driver.takes(run)
    await driver.ends(run)
    record = await ana.record(run)

    assert (record["status"], record["contextId"], record["events"]) == ("pass", "4f2c1e9", [])


async def test_the_client_reads_errors_as_the_seeds_spell_them(ana, reader, finished):
    missing, over = await ana.get("/v1/runs/none"), await ana.cancel(finished)

    assert missing.json["error"] == "not found"
    assert over.json["error"] == "run ya finalizó"
    assert (await reader.asks_for()).json["error"] == "forbidden"


# ---- the IDE agent's MCP server: everything twice, in plan too


def as_the_agent_sends_it(**more):
    plan = {
        "contextId": "pr-7",
        "baseUrl": "http://127.0.0.1:9/",
        "steps": [STEP],
        "headless": True,
        "captureScreenshotAfterEachStep": True,
        "captureA11yAfterEachStep": True,
        "recordVideoOnFailure": True,
        "artifactsDir": ".ghostly/runs",
        "defaultTimeoutMs": 10_000,
        "codeHints": [{"file": "a.tsx", "testIds": ["save"]}],
    }
    return {"project": "default", "plan": plan, "codeHints": plan["codeHints"], **more}


async def test_the_agents_plan_is_what_is_done(ana):
    answer = await ana.post("/v1/run", as_the_agent_sends_it())
    record = await ana.record(answer.json["id"])

    assert (answer.status, answer.json["status"]) == (202, "running")
    assert (record["contextId"], record["artifactsDir"]) == ("pr-7", ".ghostly/runs")


async def test_the_agents_hints_are_kept_once_and_stand_in_no_event(ana, service):
    run = (await ana.post("/v1/run", as_the_agent_sends_it())).json["id"]
    told = await service.store.pool.fetch("select data::text from events where stream = $1", run)

    assert all("testIds" not in row["data"] for row in told)
    assert "testIds" not in (await ana.get(f"/v1/runs/{run}")).text


async def test_the_agent_may_add_what_was_planned(ana):
    answer = await ana.post("/v1/run", as_the_agent_sends_it(assisted=ROUND_TRIP, contextId="pr-8"))
    record = await ana.record(answer.json["id"])

    assert (record["contextId"], record["assisted"]["goal"]) == ("pr-8", "Save it")


# ---- what is nobody's


@pytest.mark.parametrize("path", ["/v1/none", "/api/v1/none", "/api/v1/runs/none", "/api"])
async def test_a_path_that_is_not_there_is_a_404_in_json(ana, path):
    assert [(each.status, each.code) for each in (await ana.get(path), await ana.anonymous().get(path))] == [
        (404, "not_found")
    ] * 2
