"""What a credential opens no more once it, or whose it was, is gone."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import aiohttp
import pytest

from ghostly.http.stream import Streams
from tests.http.conftest import enrol
from tests.http.test_credentials import refusal


async def test_a_token_of_a_deleted_user_opens_nothing(ana, service):
    user = (await ana.get("/v1/auth/me")).json["user"]["id"]
    token = service.parts.signer.issue(user, datetime.now(UTC))
    await service.store.pool.execute("delete from users")

    assert await refusal(ana.bearing(token)) == (401, "invalid_token")


async def test_a_deleted_api_key_stops_working_within_a_second(ana, service):
    await ana.get("/v1/auth/me")
    await service.store.pool.execute("delete from api_keys")
    service.parts.people.keys._fresh._monotonic = lambda: float("inf")

    assert await refusal(ana) == (401, "invalid_api_key")


async def test_a_reader_whose_key_was_deleted_is_cut_from_its_open_stream(serving, calling):
    service = await serving(streams=Streams(ping_every=0.1))
    caller = await calling(service, await enrol(service, "gly_x", "member", "x@example.com"))
    async with caller.stream(await caller.starts()) as stream:
        await stream.next()
        await service.store.pool.execute("delete from api_keys")

        async with asyncio.timeout(20):
            with pytest.raises(aiohttp.ClientPayloadError):
                await stream.rest()


async def test_whose_credential_cannot_be_looked_up_is_cut_and_nothing_else_ends(serving, calling):
    service = await serving(streams=Streams(ping_every=0.1))
    caller = await calling(service, await enrol(service, "gly_x", "member", "x@example.com"))
    async with caller.stream(await caller.starts()) as stream, asyncio.timeout(20):
        await stream.next()
        await service.store.pool.execute("alter table api_keys rename to elsewhere")
        service.parts.people.keys._fresh.forget()
        with pytest.raises(aiohttp.ClientPayloadError):
            await stream.rest()

    assert not [task for task in service.parts.tasks if task.done()]
