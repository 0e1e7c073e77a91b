from __future__ import annotations

import pytest

from ghostly import __version__


async def test_a_ping_says_what_is_set_up(ana):
    answer = (await ana.get("/v1/ping")).json

    assert (answer["ok"], answer["service"], answer["assistConfigured"]) == (True, "ghostly-api", True)
    assert answer["llm"] == {"provider": "offline", "model": "offline", "available": True, "source": "env"}


async def test_the_version_is_the_latest_that_is_known(ana):
    answer = await ana.get("/v1/version")

    assert answer.json == {"current": __version__, "latest": __version__, "updateAvailable": False}


async def test_nothing_updates_itself(ana):
    answer = await ana.post("/v1/update")

    assert (answer.status, answer.code) == (400, "update_not_supported")


@pytest.mark.parametrize("path", ["/v1/ping", "/v1/version"])
async def test_who_asks_must_be_somebody(ana, path):
    assert (await ana.anonymous().get(path)).status == 401
