"""Secrets that users stored, typed by a real browser."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest

from tests.flows.test_secrets import EVERYTHING, GOTO, traces

pytestmark = pytest.mark.asyncio(loop_scope="module")

TYPED = "stored & typed"
BO = {"email": "bo@example.com", "password": "correct horse battery"}


def types(name: str) -> dict[str, Any]:
    return {"action": "fill", "selector": "#box", "value": f"$secret:{name}"}


def shows(text: str) -> dict[str, Any]:
    return {"action": "waitForSelector", "selector": f"text={text}", "timeoutMs": 2_000}


async def asks(tester, method: str, path: str, body: Any, **headers: str) -> Any:
    headers = headers or {"X-Api-Key": tester.up.credentials.api_key}
    async with aiohttp.ClientSession(tester.up.url, headers=headers) as http:
        response = await http.request(method, path, json=body)
        return await response.json()


async def test_a_stored_secret_is_typed_and_is_in_no_stored_byte(tester):
    await asks(tester, "PUT", "/v1/secrets/SHOP", {"value": TYPED})
    told = await tester.runs(GOTO, types("SHOP"), **EVERYTHING)

    assert told.record["status"] == "pass"
    assert await traces(tester, TYPED) == []


async def test_what_its_owner_stored_counts_before_what_the_worker_was_given(tester):
    await asks(tester, "PUT", "/v1/secrets/PLAIN", {"value": TYPED})
    told = await tester.runs(GOTO, types("PLAIN"), shows(TYPED), **EVERYTHING)

    assert told.record["status"] == "pass"


async def test_a_secret_of_somebody_else_is_no_secret(tester):
    await asks(tester, "POST", "/v1/auth/register", BO)
    token = (await asks(tester, "POST", "/v1/auth/login", BO))["token"]
    await asks(tester, "PUT", "/v1/secrets/BOS", {"value": TYPED}, Authorization=f"Bearer {token}")
    told = await tester.runs(GOTO, types("BOS"), **EVERYTHING)

    assert told.record["error"] == "no secret is named BOS"
