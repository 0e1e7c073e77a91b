from __future__ import annotations

from uuid import uuid4

import pytest

from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOWHERE = f"/v1/runs/{uuid4()}"


async def test_an_error_has_the_documented_shape(ana):
    answer = await ana.get(NOWHERE)

    assert answer.json == {
        "ok": False,
        "error": "not found",
        "code": "not_found",
        "requestId": answer.headers["X-Request-Id"],
    }


async def test_a_sane_request_id_comes_back(ana):
    answer = await ana.get(NOWHERE, {"X-Request-Id": "build-7.step_3"})

    assert answer.json["requestId"] == answer.headers["X-Request-Id"] == "build-7.step_3"


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "ñandú", '"><script>', "a\tb"])
async def test_a_request_id_that_is_not_sane_is_replaced(ana, given):
    answer = await ana.get(NOWHERE, {"X-Request-Id": given})

    assert answer.json["requestId"] == answer.headers["X-Request-Id"] not in {"", given}


async def test_what_went_well_has_a_request_id_too(ana):
    assert (await ana.get("/health")).headers["X-Request-Id"]


async def test_a_stream_has_a_request_id_too(ana, finished):
    async with ana.stream(finished) as stream:
        assert stream.response.headers["X-Request-Id"]


@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/api/v1/nothing", "/v1", "/nothing", "/v1/runs/x/y", "/v1/run%73/x"]
)
async def test_an_unknown_path_is_a_404_in_json(ana, path):
    answer = await ana.get(path)

    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("run", ["x", "1", "%00", "..%2f..", "ñ", "0" * 32, "9" * 5000])
async def test_a_malformed_id_is_a_404_like_an_unknown_one(ana, run):
    answer = await ana.get(f"/v1/runs/{run}")

    assert (answer.status, answer.json["error"]) == (404, "not found")


async def test_a_method_that_is_not_for_the_path_is_a_405_in_json(ana):
    answer = await ana.ask("DELETE", "/v1/runs")

    assert (answer.status, answer.code) == (405, "method_not_allowed")


async def test_someone_elses_run_is_as_unknown_as_none(bo, finished):
    theirs, none = await bo.get(f"/v1/runs/{finished}"), await bo.get(NOWHERE)
    common = {"X-Request-Id": "r"}

    assert theirs.status == none.status == 404
    assert (await bo.get(f"/v1/runs/{finished}", common)).text == (await bo.get(NOWHERE, common)).text


# ---- languages


async def test_without_a_wish_the_texts_are_those_of_the_seed(ana, reader, finished):
    refusals = [await ana.get(NOWHERE), await reader.asks_for(), await ana.cancel(finished)]

    assert [answer.json["error"] for answer in refusals] == ["not found", "forbidden", "run ya finalizó"]


@pytest.mark.parametrize(
    ("wish", "text"),
    [("es", "Aquí no existe tal cosa."), ("en", "There is no such thing here."), ("*", "not found")],
)
async def test_a_text_comes_in_the_language_that_was_asked_for(ana, wish, text):
    assert (await ana.get(NOWHERE, {"Accept-Language": wish})).json["error"] == text


async def test_the_code_is_the_same_in_every_language(ana):
    assert (await ana.get(NOWHERE, {"Accept-Language": "es"})).code == "not_found"


# ---- the order of checks


async def test_who_one_is_comes_before_everything(ana):
    assert (await ana.anonymous().post(f"{NOWHERE}/cancel", b"{")).status == 401


async def test_what_one_may_do_comes_before_what_there_is(reader):
    assert (await reader.post(f"{NOWHERE}/cancel", b"{")).status == 403


async def test_what_there_is_comes_before_what_was_sent(ana):
    assert (await ana.post(f"{NOWHERE}/cancel", b"{")).status == 404


async def test_whose_things_are_meant_comes_before_which_of_them(bo):
    assert (await bo.get("/v1/runs", owner=str(uuid4()), limit="x")).status == 404


async def test_what_was_sent_comes_before_how_things_are(ana, finished):
    assert (await ana.post(f"/v1/runs/{finished}/cancel", b"{")).status == 400


async def test_what_was_sent_comes_before_what_is_not_set_up(ana):
    assert (await ana.asks_for(assist={"v2": True, "goal": "Buy"}, baseUrl="nowhere")).status == 400


async def test_a_defect_of_ours_tells_nothing_of_itself(ana, service, caplog):
    service.parts.people.logins._accounts = None
    answer = await ana.anonymous().post("/v1/auth/login", {"email": "a", "password": "b"})

    assert (answer.status, answer.code) == (500, "internal_error")
    assert "NoneType" not in answer.text
    assert f"request {answer.json['requestId']} failed" in caplog.text
