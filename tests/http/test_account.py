from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from ghostly.http.signer import Signer
from tests.http.conftest import EMAIL, PASSWORD


async def log_in(caller, email=EMAIL, password=PASSWORD):
    return await caller.anonymous().post("/v1/auth/login", {"email": email, "password": password})


async def test_a_login_tells_who_one_is(ana):
    answer = await log_in(ana)

    assert (answer.status, answer.json["ok"]) == (200, True)
    assert answer.json["user"] == (await ana.get("/v1/auth/me")).json["user"]


async def test_a_login_gives_a_token_that_opens_the_rest(ana):
    token = (await log_in(ana)).json["token"]

    assert (await ana.bearing(token).get("/v1/runs")).json == []


async def test_an_email_may_be_written_in_capitals(ana):
    assert (await log_in(ana, EMAIL.upper())).status == 200


async def test_a_wrong_password_and_an_unknown_email_are_told_apart_by_nothing(ana):
    wrong, unknown = await log_in(ana, password="guessed"), await log_in(ana, "nobody@example.com")
    sentences = {(answer.status, answer.code, answer.json["error"]) for answer in (wrong, unknown)}

    assert sentences == {(401, "invalid_credentials", "E-mail or password is wrong.")}


async def test_a_login_without_a_password_is_told_what_is_missing(ana):
    answer = await ana.anonymous().post("/v1/auth/login", {"email": EMAIL})

    assert (answer.status, answer.code) == (400, "validation_error")


async def test_me_is_id_email_and_role(ana):
    me = (await ana.get("/v1/auth/me")).json

    assert me == {"ok": True, "user": {"id": me["user"]["id"], "email": EMAIL, "role": "admin"}}


async def test_the_first_admin_has_a_project_of_the_documented_shape(ana):
    [project] = (await ana.get("/v1/projects")).json

    assert (project["slug"], project["label"], project["color"]) == ("default", "Default", "#6366f1")
    assert project.keys() == {"id", "slug", "label", "color", "createdAt"}


async def test_nobody_sees_the_projects_of_others(ana, bo):
    [theirs] = (await bo.get("/v1/projects")).json

    assert theirs not in (await ana.get("/v1/projects")).json


def test_a_login_lasts_as_long_as_it_was_set():
    token = Signer(b"s" * 32, timedelta(days=2)).issue(UUID(int=1), datetime(2026, 4, 20, tzinfo=UTC))
    claims = jwt.decode(token, options={"verify_signature": False})

    assert claims["exp"] - claims["iat"] == 2 * 24 * 3600
