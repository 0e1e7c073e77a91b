"""What is heard of a page's errors, and which of them keep the application from working."""

from __future__ import annotations

import pytest

from ghostly.browser.observer import Observer
from ghostly.browser.observer.errors import MOST, is_same_site
from ghostly.domain.steps import Goto

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEARD = {
    "console.error('boo')": ("console", "warning", "boo", None),
    "setTimeout(() => { throw new Error('boo') })": ("exception", "blocking", "Error: boo", None),
    "Promise.reject(new TypeError('boo'))": ("exception", "blocking", "TypeError: boo", None),
    "fetch('/broken')": ("response", "blocking", "GET fetch answered 500 Internal Server Error", 500),
    "fetch('/missing', {method: 'PUT'})": (
        "response",
        "warning",
        "PUT fetch answered 405 Method Not Allowed",
        405,
    ),
    "fetch('/missing')": ("response", "warning", "GET fetch answered 404 Not Found", 404),
    "new Image().src = '/broken'": ("response", "warning", "GET image answered 500 Internal Server Error", 500),
    "document.body.innerHTML = '<p role=alert>Wrong'": ("alert", "warning", "Wrong", None),
    "document.body.innerHTML = '<p aria-live=assertive>Wrong'": ("alert", "warning", "Wrong", None),
}


async def errors(observe, script: str):
    observer = await observe(f"<body><script>{script}</script>")
    await observer._page.wait_for_timeout(200)
    return (await observer.look(50)).errors


@pytest.mark.parametrize("script", HEARD)
async def test_an_error_is_heard_with_what_it_means(observe, script):
    (error,) = await errors(observe, script)

    assert (error.kind, error.severity, error.text, error.status) == HEARD[script]


@pytest.mark.parametrize("script", ["console.warn('boo')", "console.log('Error')", "fetch('/')"])
async def test_what_is_no_error_is_not_heard(observe, script):
    assert await errors(observe, script) == ()


async def test_a_document_that_is_broken_blocks(observe):
    observer = await observe("")
    await observer._page.goto(f"{observer._page.url}broken")

    assert (await observer.look(50)).blocking.status == 500


async def test_what_another_site_breaks_does_not_block(observe, site):
    other = site.url.replace("127.0.0.1", "localhost")
    seen = await errors(observe, f"fetch('{other}broken', {{mode: 'no-cors'}})")

    assert [(error.kind, error.severity) for error in seen if error.kind == "response"] == [
        ("response", "warning")
    ]


async def test_what_was_told_is_not_told_again(observe):
    observer = await observe("<script>console.error('boo')</script>")
    await observer.look(50)

    assert (await observer.look(50)).errors == ()


async def test_an_alert_is_told_as_long_as_it_is_to_be_seen(observe):
    observer = await observe("<p role=alert hidden>Not yet</p><p role=alert>Wrong</p><p role=alert></p>")
    looks = [await observer.look(50) for _ in range(2)]

    assert [[error.text for error in seen.errors] for seen in looks] == [["Wrong"], ["Wrong"]]


async def test_of_many_errors_the_blocking_ones_are_kept(observe):
    seen = await errors(observe, "for (let i = 0; i < 200; i++) console.error(i); setTimeout(() => { throw 1 })")

    assert len(seen) == MOST
    assert seen[-1].severity == "blocking"


async def test_a_page_that_never_stops_complaining_is_heard_again_after_a_look(observe):
    observer = await observe("<script>for (let i = 0; i < 3000; i++) console.error('again')</script>")
    await observer._page.wait_for_timeout(500)
    first = await observer.look(50)
    await observer._page.evaluate("console.error('new')")

    assert [error.text for error in first.errors] == ["again"]
    assert "new" in [error.text for error in (await observer.look(50)).errors]


async def test_secrets_are_taken_out_before_an_error_is_cut(visit, site):
    page = await visit("")
    observer = Observer(page._tab.page, lambda text: text.replace("geheim", "[REDACTED]"))
    site.html = f"<script>console.error('{'x' * 495}geheim')</script>"
    await page.perform(Goto(url="/"), 1)
    (error,) = (await observer.look(50)).errors

    assert error.text == "x" * 495 + "[RED…"


@pytest.mark.parametrize(
    ("url", "other", "same"),
    [
        ("http://shop.test/", "https://api.shop.test:8443/x", True),
        ("http://a.co.uk/", "http://b.co.uk/", False),
        ("http://a.b.co.uk/", "http://b.co.uk/", True),
        ("http://127.0.0.1:1/", "http://127.0.0.1:2/", True),
        ("http://127.0.0.1/", "http://10.0.0.1/", False),
        ("http://[::1]:1/", "http://[::1]/", True),
        ("about:blank", "about:blank", False),
        ("http://[", "http://[", False),
    ],
)
async def test_a_site_is_known_by_its_name(url, other, same):
    assert is_same_site(url, other) == same


@pytest.mark.parametrize(("host", "severity"), [("127.0.0.1", "blocking"), ("localhost", "warning")])
async def test_an_exception_in_the_script_of_another_site_does_not_block(observe, site, host, severity):
    source = site.url.replace("127.0.0.1", host)
    observer = await observe(f"<script src={source}thrower></script>")
    (error,) = (await observer.look(50)).errors

    assert (error.severity, error.text) == (severity, "Error: boo")


async def test_a_loop_of_resize_observers_is_the_browsers_own_complaint(observe):
    thrown = "new Error('ResizeObserver loop completed with undelivered notifications.')"
    (error,) = await errors(observe, f"setTimeout(() => {{ throw {thrown} }})")

    assert error.severity == "warning"
