from __future__ import annotations

import pytest
from yarl import URL

VALUE = "hunter-two"


async def put(caller, name="SHOP", value=VALUE):
    return await caller.ask("PUT", f"/v1/secrets/{name}", json={"value": value})


async def test_a_secret_is_listed_without_its_value(bo):
    answer = await put(bo)
    [listed] = (await bo.get("/v1/secrets")).json

    assert answer.json == {"ok": True, **listed}
    assert listed.keys() == {"name", "createdAt", "updatedAt"}


async def test_no_answer_holds_the_value(bo):
    texts = [(await put(bo)).text, (await put(bo)).text, (await bo.get("/v1/secrets")).text]

    assert not [text for text in texts if VALUE in text]


async def test_a_secret_that_is_put_twice_is_one(bo):
    first = (await put(bo)).json
    second = (await put(bo, value="other")).json

    assert (second["createdAt"], len((await bo.get("/v1/secrets")).json)) == (first["createdAt"], 1)


async def test_a_removed_secret_is_gone(bo):
    await put(bo)
    answer = await bo.ask("DELETE", "/v1/secrets/SHOP")

    assert answer.json == {"ok": True}
    assert (await bo.get("/v1/secrets")).json == []


async def test_the_secret_of_somebody_else_is_as_unknown_as_none(ana, bo):
    await put(bo)

    assert (await ana.ask("DELETE", "/v1/secrets/SHOP")).code == "not_found"
    assert (await ana.get("/v1/secrets")).json == []


@pytest.mark.parametrize("name", ["1ST", "A-B", "Ñ", "A" * 129, "A%0A"])
async def test_what_is_no_name_is_said_so(bo, name):
    answer = await put(bo, name)

    assert (answer.status, answer.places) == (400, ["name"])


@pytest.mark.parametrize("value", ["", "x" * 65_537, "ñ" * 40_000, 7, None])
async def test_what_is_no_value_is_said_so(bo, value):
    answer = await put(bo, value=value)

    assert (answer.status, answer.places) == (400, ["value"])


async def test_the_largest_value_is_taken(bo):
    assert (await put(bo, value="x" * 65_536)).status == 200


@pytest.mark.parametrize("name", ["1ST", "%00", "%FF"])
async def test_what_can_be_no_name_is_as_unknown_as_any(bo, name):
    answer = await bo.ask("DELETE", URL(f"/v1/secrets/{name}", encoded=True))

    assert (answer.status, answer.code) == (404, "not_found")


async def test_a_key_that_may_only_read_stores_nothing(reader):
    assert (await put(reader)).code == "forbidden"


async def test_a_user_may_have_a_thousand_secrets(bo, service):
    insert = "insert into secrets select id, 'N' || n, '' from users, generate_series(1, 1000) n"
    await service.store.pool.execute(insert)

    assert (await put(bo)).code == "limit_reached"
