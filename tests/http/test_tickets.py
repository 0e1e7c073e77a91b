from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from ghostly.http.app import ROUTES
from ghostly.http.signer import Ticket
from tests.http.shared import *  # noqa: F403 -- the fixtures
from tests.http.test_credentials import OPEN

pytestmark = pytest.mark.asyncio(loop_scope="module")

IN_URL = {"/v1/runs/{id}/events/stream", "/artifacts/{id}/{file}", "/artifacts/{id}/trace"}
OTHERS = [(route.method, route.path) for route in ROUTES if route.path not in OPEN | IN_URL]


async def ticket_for(caller, run):
    return (await caller.post("/v1/auth/stream-ticket", {"runId": run})).json["token"]


async def looks(caller, run, token):
    """How the stream answers whoever comes with this in the URL, and with nothing else."""
    path = f"/v1/runs/{run}/events/stream"
    async with caller.http.get(path, params={"token": token}) as response:
        return response.status


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


async def test_a_ticket_opens_the_stream_of_its_run(ana, finished):
    token = await ticket_for(ana, finished)

    assert (await ana.anonymous().follow(finished, token=token))[-1].event == "end"


async def test_a_ticket_opens_no_other_run_of_its_owner(ana, finished):
    other = await ana.starts()

    assert await looks(ana, other, await ticket_for(ana, finished)) == 401


@pytest.mark.parametrize(("method", "path"), OTHERS)
async def test_a_ticket_is_no_login(ana, finished, method, path):
    token, path = await ticket_for(ana, finished), path.format(id=finished, name="NAME", file="x")
    as_bearer = await ana.bearing(token).ask(method, path)
    in_url = await ana.anonymous().ask(method, path, params={"token": token})

    assert (as_bearer.code, in_url.code) == ("invalid_token", "authentication_required")


async def test_a_ticket_gets_no_ticket(ana, finished):
    token = await ticket_for(ana, finished)
    answer = await ana.bearing(token).post("/v1/auth/stream-ticket", {"runId": finished})

    assert answer.code == "invalid_token"


async def test_a_ticket_of_a_run_that_goes_on_lasts_a_day(ana, queued):
    answer = (await ana.post("/v1/auth/stream-ticket", {"runId": queued})).json
    left = datetime.fromisoformat(answer["expiresAt"]) - datetime.now(UTC)

    assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)
    assert claims(answer["token"])["exp"] == int(datetime.fromisoformat(answer["expiresAt"]).timestamp())


async def test_a_ticket_of_a_run_that_is_over_lasts_ten_minutes(ana, finished):
    answer = (await ana.post("/v1/auth/stream-ticket", {"runId": finished})).json
    left = datetime.fromisoformat(answer["expiresAt"]) - datetime.now(UTC)

    assert timedelta(minutes=9) < left <= timedelta(minutes=10)


@pytest.mark.parametrize(("minutes", "status"), [(9, 200), (11, 401)])
async def test_a_ticket_ends_ten_minutes_after_its_run(ana, driven, driver, service, minutes, status):
    token = await ticket_for(ana, driven)
    await driver.ends(driven)
    sql = "update runs set finished_at = finished_at - make_interval(mins => $1)"
    await service.store.pool.execute(sql, minutes)
    backdated = service.parts.signer.ticket(token)._replace(issued_at=datetime.now(UTC) - timedelta(hours=1))
    token = service.parts.signer.issue_ticket(backdated, datetime.now(UTC) + timedelta(hours=1))

    assert await looks(ana, driven, token) == status


async def test_nobody_gets_a_ticket_for_the_run_of_somebody_else(ana, bo, finished):
    answer = await bo.post("/v1/auth/stream-ticket", {"runId": finished})

    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("run", ["00000000-0000-0000-0000-000000000000", "x", ""])
async def test_there_is_no_ticket_for_no_run(ana, run):
    assert (await ana.post("/v1/auth/stream-ticket", {"runId": run})).code == "not_found"


@pytest.mark.parametrize("body", [{}, {"runId": 7}, {"runId": "x", "more": 1}])
async def test_a_ticket_is_asked_for_by_run(ana, body):
    assert (await ana.post("/v1/auth/stream-ticket", body)).code == "validation_error"


async def test_an_auditors_ticket_opens_the_run_of_somebody_else(auditor, finished):
    assert await looks(auditor, finished, await ticket_for(auditor, finished)) == 200


async def test_a_ticket_that_claims_more_than_its_maker_may_gets_no_more(bo, finished, service):
    user = (await bo.get("/v1/auth/me")).json["user"]["id"]
    claiming = Ticket(user, finished, None, True, datetime.now(UTC))
    token = service.parts.signer.issue_ticket(claiming, datetime.now(UTC) + timedelta(hours=1))

    assert await looks(bo, finished, token) == 404


@pytest.mark.parametrize(
    "change", [{"aud": "other"}, {"run": None}, {"run": 7}, {"iat": None}, {"exp": 1}, {"key": 7}]
)
async def test_a_ticket_that_is_not_whole_opens_nothing(ana, finished, service, change):
    good = claims(await ticket_for(ana, finished)) | change
    token = jwt.encode(
        {name: value for name, value in good.items() if value is not None}, service.parts.signer._secret, "HS256"
    )

    assert await looks(ana, finished, token) == 401
