"""Expectations of elements and addresses: what must be so in time, and is seen to be so."""

from __future__ import annotations

import re

import pytest
from failing import SHORT, fails, late, passes, says

from ghostly.assist.goals.expected import selector
from ghostly.assist.goals.instruction import Target
from ghostly.domain.steps import ExpectHidden, ExpectUrl, ExpectVisible, WaitForSelector

pytestmark = pytest.mark.asyncio(loop_scope="module")

# ---- visible, hidden


@pytest.mark.parametrize(
    "html",
    ["<p id=p>x", late("p.hidden = false", "<p id=p hidden>x"), late("p.textContent = 'x'", "<p id=p></p>")],
)
async def test_what_is_visible_in_time_is_expected_rightly(visit, html):
    page = await visit(html)

    assert await passes(page, ExpectVisible(selector="#p"))


@pytest.mark.parametrize(
    "html", ["<p id=p hidden>x", "<p>x", "<p id=p></p>", late("p.remove()"), late("p.style.display = 'none'")]
)
async def test_what_is_hidden_in_time_is_expected_rightly(visit, html):
    page = await visit(html)

    assert await passes(page, ExpectHidden(selector="#p"))


@pytest.mark.parametrize(
    ("step", "html", "why"),
    [
        (ExpectVisible, "<p id=p hidden>x", "'#p' is hidden"),
        (ExpectVisible, "<p id=p style='visibility:hidden'>x", "'#p' is hidden"),
        (ExpectVisible, "<p>x", "no element matched '#p'"),
        (ExpectHidden, "<p id=p>x", "'#p' is still visible"),
    ],
)
async def test_an_expectation_that_never_comes_true_fails_and_says_how_it_stands(visit, step, html, why):
    page = await visit(html)

    assert await fails(page, step(selector="#p", timeout_ms=SHORT)) == f"Timeout 2500 ms: {why}"


@pytest.mark.parametrize(
    ("step", "html", "why"),
    [
        (ExpectVisible, "<p>x", "no element matched what is looked for (reads 'total' beside '5')"),
        (ExpectHidden, "<p>Total 5", "what is looked for (reads 'total' beside '5') is still visible"),
    ],
)
async def test_an_expression_is_told_by_its_label(visit, step, html, why):
    looks = step(selector="text=/total\\s5/i", label="reads 'total' beside '5'", timeout_ms=SHORT)
    page = await visit(html)

    assert (await fails(page, looks)).startswith(f"Timeout 2500 ms: {why}")


@pytest.mark.parametrize("step", [ExpectVisible, ExpectHidden])
async def test_nothing_is_known_of_a_page_that_hangs(hanging, step):
    assert "the page does not answer" in await says(hanging, step(selector="#f", timeout_ms=500))


# ---- the address


@pytest.mark.parametrize(
    "step", [{"url": "/done?x=1"}, {"matches": r"/d\w+e\?x=\d$"}, {"url": "http://127.0.0.1"}]
)
async def test_an_address_that_comes_in_time_is_expected_rightly(visit, step):
    page = await visit("<script>setTimeout(() => history.pushState(0, '', '/done?x=1'), 300)</script>")

    assert await passes(page, ExpectUrl(**step))


async def test_an_address_is_waited_for_while_a_document_loads(visit):
    page = await visit("<script>setTimeout(() => location = '/next', 300)</script>")

    assert await passes(page, ExpectUrl(matches="/next$"))


@pytest.mark.parametrize(
    ("step", "why"),
    [
        ({"url": "/done."}, "the address does not contain '/done.'; it is 'URLdone'"),
        ({"url": "/Done"}, "the address does not contain '/Done'; it is 'URLdone'"),
        ({"matches": "/done.$"}, "the address does not match '/done.$'; it is 'URLdone'"),
    ],
)
async def test_an_address_that_does_not_come_is_told(visit, site, step, why):
    page = await visit("<script>history.pushState(0, '', '/done')</script>")
    await page.perform(WaitForSelector(selector="body", state="attached"), 1)

    told = await fails(page, ExpectUrl(**step, timeout_ms=300))

    assert told == f"Timeout 300 ms: {why.replace('URL', site.url)}"


async def test_an_expression_that_would_try_for_ever_is_given_up(visit):
    page = await visit(f"<script>history.pushState(0, '', '/{'a' * 4000}!')</script>")

    told = await fails(page, ExpectUrl(matches="(?:a|a)*(?:a|aa)+$", timeout_ms=60_000))

    assert re.match("the expression '.*' tries too long", told)  # and not that its time is over


async def test_an_address_on_another_origin_is_left(visit):
    page = await visit("<script>setTimeout(() => location = '/elsewhere', 200)</script>")

    assert "left the origin" in await fails(page, ExpectUrl(url="/nowhere", timeout_ms=2_000))


# ---- a control of which a goal says the name


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Сохранить", "Сохранить"), ("Сохранить", "✔️ Сохранить…"), ("保存", "保存 →"), ("Save", "* Save:")],
)
async def test_a_control_that_is_called_so_is_to_be_seen(visit, name, shown):
    page = await visit(f"<button>{shown}</button>")

    assert await page.shows(selector(Target(name, "button", exact=True)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Сохранить", "Не сохранить"),  # noqa: RUF001
        ("保存", "不保存"),
        ("ID", "Новый ID"),
        ("Save", "Save as"),
        ("Ja", "Järjestä Ja"),
    ],
)
async def test_a_control_that_is_called_otherwise_is_another(visit, name, shown):
    page = await visit(f"<button>{shown}</button>")

    assert not await page.shows(selector(Target(name, "button", exact=True)))
