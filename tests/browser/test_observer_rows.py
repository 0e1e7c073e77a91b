"""In which row a control lies, whatever the row is made of, and how it is found in that row alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ghostly.browser.anchoring import anchored
from ghostly.browser.failures import NothingMatched
from ghostly.domain.steps import Click

pytestmark = pytest.mark.asyncio(loop_scope="module")

WARES = ["Mug", "Mug, blue", "Plate (large)", "Plate"]
CARDS = "".join(f"<article><h3>{name}</h3><p>In <!-- -->stock</p><button>Add</button></article>" for name in WARES)
DIVS = (
    "<section>" + "".join(f"<div><span>{name}</span><button>Add</button></div>" for name in WARES) + "</section>"
)
SHADOWS = f"""<main id=all></main><script>
customElements.define('a-card', class extends HTMLElement {{ connectedCallback() {{
  this.attachShadow({{mode: 'open'}}).innerHTML = `<p>${{this.title}}</p><button>Add</button>` }} }})
const part = document.createElement('div')
all.attachShadow({{mode: 'open'}}).append(part)
const card = title => Object.assign(document.createElement('a-card'), {{title}})
part.append(...{WARES}.map(card))</script>"""
FRAMED = f'<iframe srcdoc="{CARDS}"></iframe>'
TABLE = "<table>" + "".join(f"<tr><td>{name}<td><button>Add</button>" for name in WARES) + "</table>"
BUILDS = {"cards": CARDS, "plain": DIVS, "shadow roots": SHADOWS, "a frame": FRAMED, "a table": TABLE}
RENAME = """() => { const walk = root => { for (const each of root.querySelectorAll('*')) {
  if (each.shadowRoot) walk(each.shadowRoot)
  for (const node of each.childNodes) if (node.data === 'Plate') node.data = 'Side plate' } }; walk(document) }"""


async def adders(observe, html: str):
    observer = await observe(html)
    return observer, [each for each in (await observer.look(300)).controls if each.name == "Add"]


@pytest.mark.parametrize("build", BUILDS)
async def test_a_row_is_known_by_what_it_says(observe, build):
    _, seen = await adders(observe, BUILDS[build])

    assert [each.row[0] for each in seen] == WARES


@pytest.mark.parametrize("build", BUILDS)
async def test_a_control_is_found_in_its_row(observe, build):
    observer, seen = await adders(observe, BUILDS[build])
    counts = [await observer._page.locator(anchored(each)).count() for each in seen]

    assert counts == [1] * len(WARES)


@pytest.mark.parametrize("build", BUILDS)
async def test_it_is_not_found_once_its_row_says_something_else(observe, build):
    observer, (*_, last) = await adders(observe, BUILDS[build])
    for frame in observer._page.frames:
        await frame.evaluate(RENAME)

    assert await observer._page.locator(anchored(last)).count() == 0


async def test_what_stands_alone_lies_in_no_row(observe):
    _, (alone,) = await adders(observe, "<div><span>Mug</span><button>Add</button></div><div>Plate</div>")

    assert (alone.row, alone.row_selector) == ((), "")


async def test_buttons_without_a_name_lie_in_their_row(observe):
    html = "<ul>" + "".join(f"<li>{name}<button></button><button></button>" for name in WARES) + "</ul>"
    seen = (await (await observe(html)).look(300)).controls

    assert [each.row[0] for each in seen] == [name for name in WARES for _ in range(2)]


async def test_rows_that_say_the_same_tell_nothing(observe):
    _, seen = await adders(observe, "<p>Mug <button>Add</button></p>" * 3)

    assert [each.row for each in seen] == [(), (), ()]


async def test_nothing_is_clicked_that_merely_stands_where_the_right_one_stood(visit):
    page = await visit(CARDS)
    *_, last = (await page.observer().look(300)).controls
    moved = anchored(replace(last, row=("Dinner plate",)))

    with pytest.raises(NothingMatched, match="not in the row where it was chosen"):
        await page.perform(Click(selector=last.selector, timeout_ms=300), 1, anchor=moved)
