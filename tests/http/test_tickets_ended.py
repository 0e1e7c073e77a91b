"""A ticket opens nothing any more once its maker, or what its maker may, is gone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import aiohttp
import pytest

from ghostly.http.stream import Streams
from tests.http.conftest import enrol
from tests.http.test_tickets import looks, ticket_for


async def test_an_auditors_ticket_is_no_more_than_its_maker_now(auditor, finished, service):
    token = await ticket_for(auditor, finished)
    await service.store.pool.execute("update users set role = 'member'")
    service.parts.people.users._fresh.forget()

    assert await looks(auditor, finished, token) == 404


async def test_a_ticket_ends_with_the_key_that_made_it(ana, finished, service):
    token = await ticket_for(ana, finished)
    [key] = (await ana.get("/v1/api-keys")).json
    await ana.ask("DELETE", f"/v1/api-keys/{key['id']}")

    assert await looks(ana, finished, token) == 401


async def test_a_ticket_that_a_login_made_ends_with_its_user(ana, bo, service):
    run = await bo.starts()
    user = (await bo.get("/v1/auth/me")).json["user"]["id"]
    login = bo.bearing(service.parts.signer.issue(user, datetime.now(UTC)))
    token = await ticket_for(login, run)
    await ana.ask("DELETE", f"/v1/users/{user}")

    assert await looks(ana, run, token) == 401


async def test_a_reader_whose_ticket_has_run_out_is_cut_from_its_open_stream(serving, calling):
    service = await serving(streams=Streams(ping_every=0.1))
    caller = await calling(service, await enrol(service, "gly_x", "member", "x@example.com"))
    run = await caller.starts()
    token = await ticket_for(caller, run)
    async with caller.anonymous().stream(run, token=token) as stream:
        await stream.next()
        await service.store.pool.execute("delete from api_keys")

        async with asyncio.timeout(20):
            with pytest.raises(aiohttp.ClientPayloadError):
                await stream.rest()
