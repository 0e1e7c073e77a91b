from __future__ import annotations

import json
from pathlib import Path

import aiohttp
import pytest

import ghostly.demo
from ghostly.demo.serve import serve_shop
from ghostly.demo.shop import REMEMBERED, VISITS


@pytest.mark.parametrize("post", ["/cart", "/cart/tea-lights", "/cart/tea-lights/remove", "/checkout", "/logout"])
async def test_every_post_that_changes_something_answers_with_a_redirect(anyone, post):
    typed = {**anyone.ANSWERS, "product": "tea-lights", "quantity": "2"}
    await anyone.take("tea-lights")
    response = await anyone.client.post(post, data=typed, allow_redirects=False)

    assert response.status == 303


@pytest.mark.parametrize("path", ["/", "/products/tea-lights", "/cart", "/checkout", "/login"])
async def test_a_page_asks_only_its_own_host_for_anything(anyone, path):
    await anyone.take("tea-lights")
    await anyone.open(path)

    assert "//" not in anyone.page


@pytest.mark.parametrize("name", ["shop.css", "goods.svg", "icon.svg"])
async def test_what_a_page_refers_to_is_served(anyone, name):
    await anyone.open(f"/static/{name}")

    assert anyone.status == 200


async def test_the_shop_forgets_the_longest_absent_before_it_remembers_too_many(anyone):
    await anyone.take("tea-lights")
    visits = anyone.client.app[VISITS]
    first = next(iter(visits))
    for _ in range(REMEMBERED):
        anyone.client.session.cookie_jar.clear()
        await anyone.open("/static/icon.svg")

    assert len(visits) == REMEMBERED
    assert first not in visits


async def test_a_served_shop_is_there_and_then_gone():
    async with serve_shop() as url, aiohttp.ClientSession() as session:
        assert (await session.get(url)).status == 200

        assert url.startswith("http://127.0.0.1:")
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientConnectionError):
            await session.get(url)


def test_the_bundled_flow_is_eight_to_twelve_labelled_steps_with_relative_urls():
    flow = json.loads((Path(ghostly.demo.__file__).parent / "flow.json").read_text("utf-8"))

    assert 8 <= len(flow["steps"]) <= 12
    assert all(step["label"] for step in flow["steps"])
    assert all(step.get("url", "/").startswith("/") for step in flow["steps"])
