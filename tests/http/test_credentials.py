from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import pytest
import pytest_asyncio
from cryptography.hazmat.primitives.asymmetric import rsa

from ghostly.http.app import ROUTES
from tests.http.conftest import KEY
from tests.http.shared import *  # noqa: F403 -- the fixtures

pytestmark = pytest.mark.asyncio(loop_scope="module")

OPEN = {
    "/health",
    "/ready",
    "/metrics",
    "/openapi.json",
    "/docs",
    "/docs/style.css",
    "/v1/auth/login",
    "/trace-viewer/{file}",
    "/trace-viewer/assets/{file}",
}
UNKNOWN = "0192f0c1-7a3e-7000-8000-000000000000"
GUARDED = [
    (route.method, route.path.format(id=UNKNOWN, name="NAME", file="x.png"))
    for route in ROUTES
    if route.path not in OPEN
]
FUTURE = datetime.now(UTC) + timedelta(hours=1)
PAIR = rsa.generate_private_key(65537, 2048)


@pytest_asyncio.fixture(loop_scope="module")
async def user(ana) -> str:
    return (await ana.get("/v1/auth/me")).json["user"]["id"]


@pytest.fixture
def token(service, user) -> str:
    return service.parts.signer.issue(user, datetime.now(UTC))


@pytest.fixture
def signed(service, user):
    """Makes tokens that are good, but for what is said here."""

    def sign(secret=None, algorithm="HS256", **claims):
        good = {"sub": user, "iss": "ghostly", "exp": FUTURE}
        wanted = {name: value for name, value in (good | claims).items() if value is not None}
        return jwt.encode(wanted, secret or service.parts.signer._secret, algorithm)

    return sign


def unsigned(token: str, algorithm: str) -> str:
    head = base64.urlsafe_b64encode(json.dumps({"alg": algorithm, "typ": "JWT"}).encode()).decode().rstrip("=")
    return f"{head}.{token.split('.')[1]}."


async def refusal(caller, path="/v1/auth/me", **options):
    answer = await caller.get(path, **options)
    return answer.status, answer.code


@pytest.mark.parametrize(("method", "path"), GUARDED)
async def test_nobody_enters_without_a_credential(ana, method, path):
    answer = await ana.anonymous().ask(method, path)

    assert (answer.status, answer.code) == (401, "authentication_required")


async def test_an_api_key_is_good_in_its_own_header_and_as_a_bearer(ana):
    bearing = ana.bearing(KEY)

    assert (await ana.get("/v1/auth/me")).json == (await bearing.get("/v1/auth/me")).json


@pytest.mark.parametrize("headers", [{"X-Api-Key": "gly_guessed"}, {"Authorization": "Bearer gly_guessed"}])
async def test_a_guessed_api_key_opens_nothing(ana, headers):
    assert await refusal(ana.anonymous(), headers=headers) == (401, "invalid_api_key")


async def test_a_good_authorization_wins_over_a_bad_api_key(ana, token):
    assert (await ana.bearing(token).get("/v1/auth/me", {"X-Api-Key": "gly_guessed"})).status == 200


@pytest.mark.parametrize("authorization", ["Bearer guessed", "Bearer", "Basic YW5hOmFuYQ==", "gly_guessed"])
async def test_a_bad_authorization_wins_over_a_good_api_key(ana, authorization):
    assert (await ana.get("/v1/auth/me", {"Authorization": authorization})).status == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
async def test_the_scheme_is_read_whatever_its_case(ana, token, scheme):
    answer = await ana.anonymous().get("/v1/auth/me", {"Authorization": f"{scheme} {token}"})

    assert answer.status == 200


ATTACKS = {
    "signed with another secret": lambda sign: sign(secret="x" * 32),
    "signed with an empty secret": lambda sign: unsigned(sign(), "HS256"),
    "not signed": lambda sign: unsigned(sign(), "none"),
    "not signed, in capitals": lambda sign: unsigned(sign(), "NONE"),
    "signed with another algorithm": lambda sign: sign(algorithm="HS512"),
    "signed with a key pair of one's own": lambda sign: sign(secret=PAIR, algorithm="RS256"),
    "a ticket": lambda sign: sign(aud="ghostly/run", run=str(uuid4())),
    "for somebody else": lambda sign: sign(aud="elsewhere"),
    "expired": lambda sign: sign(exp=datetime.now(UTC) - timedelta(seconds=5)),
    "without an expiry": lambda sign: sign(exp=None),
    "of another issuer": lambda sign: sign(iss="somebody"),
    "without an issuer": lambda sign: sign(iss=None),
    "of nobody": lambda sign: sign(sub=None),
    "of an unknown user": lambda sign: sign(sub=str(uuid4())),
    "of a user who is no id": lambda sign: sign(sub="admin"),
    "not valid yet": lambda sign: sign(nbf=FUTURE),
    "cut": lambda sign: sign()[:-1],
    "garbage": lambda _: "a.b.c",
    "not even ASCII": lambda _: "ñ",
}


@pytest.mark.parametrize("attack", ATTACKS)
async def test_a_token_opens_nothing_if_it_is(ana, signed, attack):
    assert await refusal(ana.bearing(ATTACKS[attack](signed))) == (401, "invalid_token")


async def test_a_token_in_the_url_opens_the_stream(ana, token, finished):
    assert (await ana.anonymous().follow(finished, token=token))[-1].event == "end"


@pytest.mark.parametrize("path", ["/v1/runs/{id}", "/v1/runs", "/v1/auth/me", "/v1/projects"])
async def test_a_token_in_the_url_opens_nothing_else(ana, token, finished, path):
    assert await refusal(ana.anonymous(), path.format(id=finished), token=token) == (
        401,
        "authentication_required",
    )


async def test_an_api_key_in_the_url_opens_nothing(ana, finished):
    path = f"/v1/runs/{finished}/events/stream"

    assert await refusal(ana.anonymous(), path, token=KEY) == (401, "invalid_token")


async def test_a_key_that_may_only_read_reads(reader):
    assert (await reader.get("/v1/runs")).json == []


async def test_a_key_that_may_only_read_starts_nothing(reader):
    answer = await reader.asks_for()

    assert (answer.status, answer.code) == (403, "forbidden")


async def test_a_key_that_may_only_read_cancels_nothing(reader, queued):
    assert (await reader.cancel(queued)).status == 403


async def test_an_auditor_reads_the_runs_of_others(auditor, finished):
    assert (await auditor.record(finished))["status"] == "pass"
    assert (await auditor.follow(finished))[-1].event == "end"


async def test_an_auditor_cancels_no_run_of_others(auditor, ana, driven):
    assert (await auditor.cancel(driven)).code == "forbidden"
    assert (await ana.record(driven))["phase"] == "running"


async def test_an_auditor_cancels_a_run_of_its_own(auditor):
    assert (await auditor.cancel(await auditor.starts())).status == 200
