"""Files of runs in a directory of their own: written there, and served from there."""

from __future__ import annotations

import aiohttp
import pytest

from ghostly.settings import load
from tests.conftest import database
from tests.flows.conftest import asking

pytestmark = pytest.mark.asyncio(loop_scope="module")

SHOT = {"captureScreenshotAfterEachStep": True, "html": "<p>seen"}


async def test_files_are_written_to_and_served_from_where_the_setting_says(server, template, tmp_path, site):
    env = {"GHOSTLY_ARTIFACTS_URL": (tmp_path / "the files").as_uri(), "GHOSTLY_DATA_DIR": str(tmp_path / "data")}
    async with database(server, template) as dsn, asking(load(env, database_url=dsn, port=0), site) as tester:
        told = await tester.runs({"action": "goto", "url": "/"}, **SHOT)
        path = told.record["steps"][0]["screenshotPath"].removeprefix(".")
        key = {"Authorization": f"Bearer {tester.up.credentials.api_key}"}
        async with aiohttp.ClientSession() as http, http.get(tester.up.url + path, headers=key) as answer:
            served = await answer.read()

    assert served == (tmp_path / "the files" / path.removeprefix("/artifacts/")).read_bytes()
