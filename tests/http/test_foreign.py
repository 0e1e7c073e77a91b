"""Whatever belongs to somebody else is as unknown as what is not there, on every route."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ghostly.http.app import ROUTES
from ghostly.http.openapi import operation_of
from ghostly.http.owners import OWNER

NAMED = [(route.method, route.path) for route in ROUTES if "{id}" in route.path or "/v1/secrets/{" in route.path]
FOR_ADMINS = {"/v1/users/{id}"}
OF_AN_OWNER = [route.path for route in ROUTES if OWNER in operation_of(route).parameters]
BODIES = {"PUT": {"value": "x"}}


async def foreign(healed, heal, ana):
    """Ids of everything that is Ana's."""
    key = (await ana.post("/v1/api-keys", {"label": "x"})).json["id"]
    [project] = (await ana.get("/v1/projects")).json
    await ana.ask("PUT", "/v1/secrets/NAME", json={"value": "x"})
    return [healed, heal, key, project["id"], (await ana.get("/v1/auth/me")).json["user"]["id"]]


@pytest.mark.parametrize(("method", "path"), [route for route in NAMED if route[0] != "PUT"])
async def test_what_is_somebody_elses_is_as_unknown_as_none(ana, bo, healed, heal, method, path):
    answers = {
        (answer.status, answer.code)
        for each in [*await foreign(healed, heal, ana), uuid4(), "x"]
        for answer in [await bo.ask(method, path.format(id=each, name="NAME", file="x.png"))]
    }

    assert answers == {(403, "forbidden") if path in FOR_ADMINS else (404, "not_found")}


async def test_nothing_of_ana_has_changed_after_all_that(ana, bo, healed, heal):
    ids = await foreign(healed, heal, ana)
    for method, path in NAMED:
        for each in ids:
            await bo.ask(method, path.format(id=each, name="NAME", file="x"), json=BODIES.get(method))

    assert len((await ana.get("/v1/api-keys")).json) == 2
    assert [secret["name"] for secret in (await ana.get("/v1/secrets")).json] == ["NAME"]
    assert "review" not in (await ana.get(f"/v1/heals/{heal}")).json["heal"]


def test_files_traces_streams_and_heals_of_runs_are_walked_too():
    suffixes = {path.partition("{id}")[2] for _, path in NAMED}

    assert {"", "/approve", "/cancel", "/events/stream", "/reject", "/trace", "/{file}"} <= suffixes


@pytest.mark.parametrize("path", OF_AN_OWNER)
async def test_nobody_lists_what_is_somebody_elses(ana, bo, finished, path):
    user = (await ana.get("/v1/auth/me")).json["user"]["id"]
    answers = [await bo.get(path, owner=owner) for owner in (user, str(uuid4()), "x")]

    assert [(answer.status, answer.code) for answer in answers] == [(404, "not_found")] * 3


async def test_no_filter_finds_somebody_elses_run(ana, bo, finished):
    [project] = (await ana.get("/v1/projects")).json

    assert (await bo.get("/v1/runs", project=project["id"])).json == []
    assert (await bo.get("/v1/runs", q="127.0.0.1")).json == []
