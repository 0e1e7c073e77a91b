from __future__ import annotations

from uuid import UUID

import pytest

NEW = {"email": "cy@example.com", "password": "correct horse battery"}


@pytest.fixture
async def cy(ana):
    """A member, registered by Ana."""
    return (await ana.post("/v1/auth/register", NEW)).json["user"]


async def token_of(ana, body=NEW):
    answer = await ana.anonymous().post("/v1/auth/login", {name: body[name] for name in ("email", "password")})
    return answer.json["token"]


async def test_an_admin_registers_a_member(ana):
    answer = await ana.post("/v1/auth/register", NEW)

    assert (answer.status, answer.json["ok"]) == (201, True)
    assert answer.json["user"] == {"id": answer.json["user"]["id"], "email": NEW["email"], "role": "member"}


async def test_who_was_registered_logs_in_and_has_a_project(ana, cy):
    projects = await ana.bearing(await token_of(ana)).get("/v1/projects")

    assert [project["slug"] for project in projects.json] == ["default"]


async def test_an_admin_registers_an_admin(ana):
    await ana.post("/v1/auth/register", NEW | {"role": "admin"})

    assert (await ana.bearing(await token_of(ana)).get("/v1/users")).status == 200


async def test_a_member_registers_nobody(bo):
    answer = await bo.post("/v1/auth/register", NEW)

    assert (answer.status, answer.code) == (403, "forbidden")


async def test_an_address_that_is_taken_is_said_so(ana, cy):
    answer = await ana.post("/v1/auth/register", NEW | {"email": "CY@example.com"})

    assert (answer.status, answer.code) == (409, "email_taken")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("email", ""),
        ("email", "a@b\n"),
        ("email", "a b@c"),
        ("email", "a@b@c"),
        ("email", "a@" + "b" * 253),
        ("email", 7),
        ("password", "seven.."),
        ("password", "x" * 1025),
        ("password", None),
        ("role", "owner"),
        ("role", None),
    ],
)
async def test_what_makes_no_user_is_named(ana, field, value):
    answer = await ana.post("/v1/auth/register", NEW | {field: value})

    assert (answer.status, answer.places) == (400, [field])


@pytest.mark.parametrize("missing", ["email", "password"])
async def test_what_is_missing_for_a_user_is_named(ana, missing):
    answer = await ana.post("/v1/auth/register", {name: NEW[name] for name in NEW.keys() - {missing}})

    assert (answer.status, answer.places) == (400, [missing])


async def test_the_users_are_listed_for_who_reads_everything(ana, auditor, cy):
    listed = (await auditor.get("/v1/users")).json

    assert (await ana.get("/v1/users")).json == listed
    assert [user["email"] for user in listed] == ["ana@example.com", "di@example.com", "cy@example.com"]


async def test_the_users_are_nobody_elses_business(bo):
    assert (await bo.get("/v1/users")).status == 403


async def test_a_removed_user_is_out_at_once(ana, cy):
    token = await token_of(ana)
    await ana.bearing(token).get("/v1/auth/me")
    answer = await ana.ask("DELETE", f"/v1/users/{cy['id']}")

    assert (answer.status, answer.json) == (200, {"ok": True})
    assert (await ana.bearing(token).get("/v1/auth/me")).code == "invalid_token"


async def test_the_runs_of_a_removed_user_stay(ana, bo, service):
    run, user = await bo.starts(), (await bo.get("/v1/auth/me")).json["user"]["id"]
    await ana.ask("DELETE", f"/v1/users/{user}")

    assert (await ana.record(run))["id"] == run
    assert len(await service.store.log.read(UUID(run))) == 1


async def test_an_auditor_removes_nobody(auditor, cy):
    assert (await auditor.ask("DELETE", f"/v1/users/{cy['id']}")).code == "forbidden"


async def test_the_last_admin_stays(ana):
    user = (await ana.get("/v1/auth/me")).json["user"]["id"]
    answer = await ana.ask("DELETE", f"/v1/users/{user}")

    assert (answer.status, answer.code) == (409, "last_admin")


@pytest.mark.parametrize("user", ["00000000-0000-0000-0000-000000000000", "cy"])
async def test_nobody_cannot_be_removed(ana, user):
    assert (await ana.ask("DELETE", f"/v1/users/{user}")).code == "not_found"


async def test_who_guesses_too_often_is_told_when_to_come_back(ana):
    wrong = {"email": "ana@example.com", "password": "guessed"}
    codes = [(await ana.anonymous().post("/v1/auth/login", wrong)).code for _ in range(10)]
    answer = await ana.anonymous().post("/v1/auth/login", wrong)

    assert codes == ["invalid_credentials"] * 10
    assert (answer.status, answer.code, answer.headers["Retry-After"]) == (429, "rate_limited", "60")


async def test_what_a_proxy_may_have_written_changes_nothing(ana):
    wrong = {"email": "ana@example.com", "password": "guessed"}
    for n in range(11):
        answer = await ana.anonymous().post("/v1/auth/login", wrong, {"X-Forwarded-For": f"10.0.0.{n}"})

    assert answer.code == "rate_limited"
