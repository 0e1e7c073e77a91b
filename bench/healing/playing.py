"""Plays the cases in Chromium: looks, changes the page, looks again, and asks each method where the control is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from playwright.async_api import Page, async_playwright

from bench.healing import similo
from bench.healing.cases import Case, Seen, cases, edits, label, selectors, step
from ghostly.assist.brain import Lost
from ghostly.assist.healing import repair
from ghostly.assist.healing.kinds import target
from ghostly.browser import chromium
from ghostly.browser.observer import Observer
from ghostly.domain.observation import Control, Observation

HERE = Path(__file__).parent
EDITS = (HERE / "edits.js").read_text("utf-8")

_EDIT = "([seed, names, most]) => bench.edit(seed, names, most)"
_NODES = 1000


class Outcome(Struct, frozen=True, kw_only=True):
    """How one case went: what could be asked, and what each method answered: found, refused or wrong."""

    page: str
    number: int
    folder: str
    label: str
    edits: list[str]
    ours: str
    without: str
    plain: str
    similo: str
    told: str = ""


async def play(browser: str | None, each: int) -> list[Outcome]:
    """All cases, so many of each page."""
    async with _page(browser) as page:
        observer = Observer(page)
        return [await _played(page, observer, case) for case in cases(each)]


@asynccontextmanager
async def _page(browser: str | None) -> AsyncIterator[Page]:
    async with async_playwright() as playwright:
        launched = await chromium.launch(playwright, browser, headless=True)
        try:
            yield await launched.new_page()
        finally:
            await launched.close()


async def _played(page: Page, observer: Observer, case: Case) -> Outcome:
    dice = case.dice
    await page.set_content(case.page.read_text("utf-8"))
    await page.evaluate(EDITS)
    controls = list((await _look(observer)).controls)
    was = dice.choice([each for each in controls if each.enabled and each.visible])
    await page.locator(was.selector).evaluate("element => bench.hold(element)")
    around = await _around(page, was)
    before = Seen(controls, was, set(await page.evaluate(around)))
    selector = await _selector(page, was, selectors(was, dice))
    seen = await page.evaluate(similo.LOOK)
    done = [name for each in edits(dice) for name in await page.evaluate(_EDIT, [dice.getrandbits(31), *each])]
    observation = await _look(observer)
    after = await _after(page, was, observation, around)
    lost = Lost(step=step(was, selector), error="", goal="")
    return Outcome(
        page=case.page.stem,
        number=case.number,
        folder=case.folder,
        edits=done,
        label=label(before, after),
        ours=await _healed(page, replace(lost, fingerprint=was), observation),
        without=await _healed(page, lost, observation),
        plain=await _judged(page, selector),
        similo=await _similo(page, seen),
        told=f"{selector} {was.role} {was.name!r}",
    )


async def _look(observer: Observer) -> Observation:
    """On a busy machine a look may take longer than it is given; then it shows no control."""
    for _ in range(10):
        seen = await observer.look(_NODES)
        if seen.controls:
            return seen
    raise RuntimeError("the page cannot be looked at")


async def _around(page: Page, was: Control) -> str:
    """How to ask what stands around it: of one of many its row, if it has one."""
    return "bench.row()" if was.alike and await page.evaluate("bench.row()") else "bench.near()"


async def _after(page: Page, was: Control, observation: Observation, around: str) -> Seen:
    usable = await page.evaluate("bench.usable()")
    controls = list(observation.controls)
    texts = set(await page.evaluate(around))
    return Seen(controls, await _found(page, was, controls) if usable else None, texts)


async def _selector(page: Page, control: Control, ways: list[str]) -> str:
    """The first of these ways that matches this one and no other."""
    for way in ways:
        if await page.locator(way).evaluate_all("all => all.length === 1 && bench.is(all[0])"):
            return way
    raise RuntimeError(f"no selector for {control}")


async def _found(page: Page, was: Control, controls: list[Control]) -> Control | None:
    def same(control: Control) -> int:
        return sum(getattr(was, name) == getattr(control, name) for name in Control.__struct_fields__)

    for each in sorted(controls, key=same, reverse=True):
        if await page.locator(each.selector).evaluate_all("all => all.length === 1 && bench.is(all[0])"):
            return each
    return None


async def _healed(page: Page, lost: Lost, observation: Observation) -> str:
    healed = repair(lost, observation)
    return "refused" if healed is None else await _judged(page, target(healed.step) or "")


async def _judged(page: Page, selector: str) -> str:
    """As a run does it: the first match counts, if it can be used."""
    first = await page.locator(selector).evaluate_all(
        "all => all.length ? bench.is(all[0]) && bench.usable() : null"
    )
    return "refused" if first is None else "found" if first else "wrong"


async def _similo(page: Page, seen: dict[str, Any]) -> str:
    now = await page.evaluate(similo.LOOK)
    best = similo.best(seen["told"][seen["truth"]], now["told"])
    return "found" if best == now["truth"] and await page.evaluate("bench.usable()") else "wrong"
