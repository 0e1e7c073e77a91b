"""The page for people: whole, linked, quiet, and safe to look at."""

from __future__ import annotations

import re

import pytest

from ghostly.http.app import ROUTES
from ghostly.http.docs import Described
from ghostly.http.docs.markup import Html, prose, tag

PAGE = Described(ROUTES).page


def test_every_link_inside_the_page_leads_somewhere():
    links, targets = re.findall(r'href="#([^"]+)"', PAGE), set(re.findall(r'id="([^"]+)"', PAGE))

    assert set(links) <= targets
    assert len(links) > len(ROUTES)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_is_on_the_page(route):
    assert f"<code>{route.path}</code>" in PAGE


@pytest.mark.parametrize("forbidden", ["<script", "style=", "src=", 'href="http', "onclick", "javascript:"])
def test_the_page_runs_nothing_and_loads_nothing_from_elsewhere(forbidden):
    assert forbidden not in PAGE


async def test_the_page_may_load_its_own_style_and_nothing_else(ana):
    answer = await ana.anonymous().get("/docs")

    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


async def test_the_style_is_a_style(ana):
    answer = await ana.anonymous().get("/docs/style.css")

    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/css; charset=utf-8")


@pytest.mark.parametrize("width", [400, 1280])
async def test_a_browser_shows_the_page_without_complaint_and_without_scrolling_sideways(ana, tab, width):
    complaints = []
    tab.on("console", lambda message: complaints.append(message.text))
    await tab.set_viewport_size({"width": width, "height": 900})
    await tab.goto(str(ana.url / "docs"))

    assert await tab.evaluate("document.documentElement.scrollWidth") == width
    assert complaints == []
    assert await tab.locator("section").count() > len(ROUTES)


def test_what_is_not_markup_is_escaped():
    assert tag("p", "<b>", Html("<i>"), class_='"') == '<p class="&quot;">&lt;b&gt;<i></p>'
    assert prose("a `<b>` c") == "a <code>&lt;b&gt;</code> c"
