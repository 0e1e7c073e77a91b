from __future__ import annotations

import pytest

DEFAULT = ["runs:read", "runs:write"]


async def made(caller, **wanted):
    return (await caller.post("/v1/api-keys", {"label": "ci", **wanted})).json


async def with_key(caller, calling, service, **wanted):
    return await calling(service, (await made(caller, **wanted))["key"])


async def test_a_key_is_shown_once(bo):
    answer = await bo.post("/v1/api-keys", {"label": "ci"})
    [_, listed] = (await bo.get("/v1/api-keys")).json

    assert (answer.status, answer.json["scopes"]) == (201, DEFAULT)
    assert listed["key"] == f"{answer.json['key'][:8]}••••"
    assert answer.json == {"ok": True, **listed, "key": answer.json["key"]}


async def test_a_new_key_opens_what_its_scopes_allow(bo, calling, service):
    caller = await with_key(bo, calling, service, scopes=["runs:read"])

    assert (await caller.get("/v1/runs")).status == 200
    assert (await caller.asks_for()).status == 403


async def test_a_deleted_key_is_out_at_once(bo, calling, service):
    key = await made(bo)
    caller = await calling(service, key["key"])
    await caller.get("/v1/auth/me")
    answer = await bo.ask("DELETE", f"/v1/api-keys/{key['id']}")

    assert answer.json == {"ok": True}
    assert (await caller.get("/v1/auth/me")).code == "invalid_api_key"


@pytest.mark.parametrize("scope", ["audit:read", "admin"])
async def test_a_member_makes_no_key_that_may_more_than_a_member(bo, scope):
    answer = await bo.post("/v1/api-keys", {"label": "x", "scopes": [scope]})

    assert (answer.status, answer.code) == (403, "forbidden")


async def test_a_key_makes_no_key_that_may_more_than_itself(ana, calling, service):
    weak = await with_key(ana, calling, service, scopes=["runs:write"])

    assert (await weak.post("/v1/api-keys", {"label": "x"})).code == "forbidden"
    assert (await weak.post("/v1/api-keys", {"label": "x", "scopes": ["runs:write"]})).status == 201


async def test_a_key_that_may_only_read_makes_and_takes_no_key(reader):
    [own] = (await reader.get("/v1/api-keys")).json

    assert (await reader.post("/v1/api-keys", {"label": "x"})).code == "forbidden"
    assert (await reader.ask("DELETE", f"/v1/api-keys/{own['id']}")).code == "forbidden"


async def test_a_key_without_the_scope_to_read_still_knows_who_it_is(ana, calling, service):
    writer = await with_key(ana, calling, service, scopes=["runs:write"])

    assert (await writer.get("/v1/auth/me")).status == 200
    assert (await writer.get("/v1/runs")).code == "forbidden"


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({}, "label"),
        ({"label": ""}, "label"),
        ({"label": " "}, "label"),
        ({"label": "x" * 101}, "label"),
        ({"label": "x", "scopes": []}, "scopes"),
        ({"label": "x", "scopes": ["root"]}, "scopes[0]"),
        ({"label": "x", "scopes": None}, "scopes"),
        ({"label": "x", "owner": "me"}, "owner"),
    ],
)
async def test_what_makes_no_key_is_named(bo, body, place):
    answer = await bo.post("/v1/api-keys", body)

    assert (answer.status, answer.places) == (400, [place])


async def test_a_user_may_have_a_hundred_keys(bo, service):
    insert = "insert into api_keys select gen_random_uuid(), id, 'k', decode(md5(n::text), 'hex'), '', '{}'"
    await service.store.pool.execute(f"{insert} from users, generate_series(1, 100) n")
    answer = await bo.post("/v1/api-keys", {"label": "one more"})

    assert (answer.status, answer.code, answer.places) == (409, "limit_reached", ["api keys"])


async def test_the_key_of_somebody_else_is_as_unknown_as_none(bo, reader):
    [theirs] = (await reader.get("/v1/api-keys")).json

    for key in (theirs["id"], "00000000-0000-0000-0000-000000000000", "ci"):
        assert (await bo.ask("DELETE", f"/v1/api-keys/{key}")).code == "not_found"


async def test_an_admin_takes_away_the_key_of_anybody(ana, bo):
    key = await made(bo)

    assert (await ana.ask("DELETE", f"/v1/api-keys/{key['id']}")).status == 200


async def test_who_reads_everything_sees_the_keys_of_others_by_their_beginnings(auditor, bo):
    key = await made(bo)
    owner = (await bo.get("/v1/auth/me")).json["user"]["id"]
    listed = (await auditor.get("/v1/api-keys", owner=owner)).json

    assert [each["id"] for each in listed][1:] == [key["id"]]
    assert key["key"] not in str(listed)


@pytest.mark.parametrize("path", ["/v1/api-keys", "/v1/projects", "/v1/secrets"])
async def test_a_member_sees_nothing_of_others(ana, bo, path):
    owner = (await ana.get("/v1/auth/me")).json["user"]["id"]

    assert (await bo.get(path, owner=owner)).code == "not_found"
    assert (await bo.get(path, owner="ana")).code == "not_found"


# ---- the auditor


@pytest.fixture
async def eye(ana, calling, service):
    """A key that an admin made for an auditor."""
    return await with_key(ana, calling, service, scopes=["audit:read"])


async def test_an_auditors_key_reads_everything_of_everybody(eye, bo):
    run = await bo.starts()
    owner = (await bo.get("/v1/auth/me")).json["user"]["id"]

    assert (await eye.record(run))["id"] == run
    assert len((await eye.get("/v1/projects", owner=owner)).json) == 1


WRITES = [
    ("POST", "/v1/run"),
    ("POST", "/v1/runs/{run}/cancel"),
    ("POST", "/v1/auth/register"),
    ("DELETE", "/v1/users/{run}"),
    ("POST", "/v1/api-keys"),
    ("DELETE", "/v1/api-keys/{run}"),
    ("POST", "/v1/projects"),
    ("DELETE", "/v1/projects/{run}"),
    ("PUT", "/v1/secrets/NAME"),
    ("DELETE", "/v1/secrets/NAME"),
]


@pytest.mark.parametrize(("method", "path"), WRITES)
async def test_an_auditors_key_writes_nothing(eye, bo, method, path):
    answer = await eye.ask(method, path.format(run=await bo.starts()))

    assert (answer.status, answer.code) == (403, "forbidden")


async def test_an_admins_login_reads_everything(ana, bo):
    run = await bo.starts()
    login = {"email": "ana@example.com", "password": "correct horse battery"}
    token = (await ana.anonymous().post("/v1/auth/login", login)).json["token"]

    assert (await ana.bearing(token).record(run))["id"] == run
