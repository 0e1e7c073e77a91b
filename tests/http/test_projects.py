from __future__ import annotations

import asyncio

import pytest


async def test_a_new_project_has_the_documented_shape(bo):
    answer = await bo.post("/v1/projects", {"label": "My Shop"})
    project = answer.json

    assert (answer.status, project.pop("ok")) == (201, True)
    assert (project["slug"], project["label"], project["color"]) == ("my-shop", "My Shop", "#6366f1")
    assert (await bo.get("/v1/projects")).json[-1] == project


async def test_a_second_of_one_name_gets_another_slug(bo):
    answers = await asyncio.gather(*(bo.post("/v1/projects", {"label": "Shop"}) for _ in range(3)))

    assert sorted(answer.json["slug"] for answer in answers) == ["shop", "shop-2", "shop-3"]


@pytest.mark.parametrize("by", ["id", "slug"])
async def test_a_run_is_started_in_it_by_id_or_slug(bo, by):
    project = (await bo.post("/v1/projects", {"label": "Shop", "color": "#00FF00"})).json
    run = await bo.starts(project=project[by])

    assert (await bo.record(run))["project"] == project["id"]


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "label"),
        ({"label": "\t"}, "label"),
        ({"label": 7}, "label"),
        ({"label": "x", "color": "red"}, "color"),
        ({"label": "x", "color": "#12345g"}, "color"),
        ({"label": "x", "color": "#12345\n"}, "color"),
        ({"label": "x", "color": "#1234567"}, "color"),
        ({"label": "x", "slug": "y"}, "slug"),
    ],
)
async def test_what_makes_no_project_is_named(bo, body, place):
    answer = await bo.post("/v1/projects", body)

    assert (answer.status, answer.places) == (400, [place])


async def test_a_text_that_no_database_holds_makes_no_project(bo):
    assert (await bo.post("/v1/projects", {"label": "a\0b"})).code == "validation_error"


async def test_a_project_goes_and_its_runs_stay(bo):
    project = (await bo.post("/v1/projects", {"label": "Shop"})).json
    run = await bo.starts(project="shop")
    answer = await bo.ask("DELETE", f"/v1/projects/{project['id']}")

    assert (answer.status, answer.json) == (200, {"ok": True})
    assert (await bo.record(run))["projectSlug"] == "shop"
    assert (await bo.get("/v1/runs", project="shop")).json == []


async def test_the_project_of_somebody_else_is_as_unknown_as_none(ana, bo):
    [theirs] = (await bo.get("/v1/projects")).json

    for project in (theirs["id"], "00000000-0000-0000-0000-000000000000", "default"):
        assert (await ana.ask("DELETE", f"/v1/projects/{project}")).code == "not_found"


async def test_a_key_that_may_only_read_makes_no_project(reader):
    assert (await reader.post("/v1/projects", {"label": "x"})).code == "forbidden"
