"""What is told of the page as a whole, however large it is and whatever it does meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from ghostly.browser.failures import BrowserGone
from tests.browser.conftest import HANG

pytestmark = pytest.mark.asyncio(loop_scope="module")

PAGE = """<h1>Pedidos</h1><nav aria-label=Principal><a href=/>Inicio</a></nav>
<p>Hola <b>Ada</b></p><ul><li>uno<li>dos</ul><label>Nombre <input value=Ada></label>
<input type=checkbox checked aria-label=Acepto><button disabled>Guardar</button>"""
TREE = """- heading "Pedidos" [level=1]
- navigation "Principal"
  - link "Inicio"
- paragraph: Hola Ada
- list
  - listitem: uno
  - listitem: dos
- textbox "Nombre": Ada
- checkbox "Acepto" [checked]
- button "Guardar" [disabled]"""
BREAKING = [
    "JSON.stringify = () => 1",
    "Map = null",
    "Array.prototype.map = () => 1",
    "window.getComputedStyle = null",
]
HANGS = f"<p>x<script>console.error('before'); onload = () => setTimeout(hang, 200)</script>{HANG}"
OVERLAY = "<div style='position:fixed;inset:0;background:#fff'><p>Accept all? <button>Yes</button></div>"


async def look(observe, html: str, nodes: int = 300):
    return await (await observe(html)).look(nodes)


async def test_the_tree_tells_roles_names_and_states(observe):
    seen = await look(observe, PAGE)

    assert (seen.tree, seen.node_count, seen.title) == (TREE, 10, "t")


async def test_the_text_is_what_the_page_shows(observe):
    seen = await look(observe, PAGE + "<p hidden>nicht</p>")

    assert seen.text.splitlines() == ["Pedidos", "Inicio", "Hola Ada", "uno", "dos", "Nombre", "Guardar"]


async def test_what_a_frame_and_a_shadow_show_stands_where_they_stand(observe):
    shadow = "<x-a id=h></x-a><script>h.attachShadow({mode: 'open'}).innerHTML = '<h2>Dark</h2>'</script>"
    seen = await look(observe, f"<main><iframe src=/framed title=F></iframe>{shadow}</main>")

    assert seen.tree.splitlines() == [
        "- main", '  - iframe "F"', '    - button "Pay"', "    - paragraph: card", '  - heading "Dark" [level=2]',
    ]  # fmt: skip
    assert seen.text.splitlines() == ["Dark", "Pay", "card"]


ROWS = "document.body.innerHTML = '<p>line <a href=/>go</a>'.repeat({}); document.body.offsetHeight"


async def test_a_large_page_is_told_as_far_as_was_asked(observe):
    observer = await observe("")
    await observer._page.evaluate(ROWS.format(100))
    seen = await observer.look(50)

    assert (seen.node_count, seen.tree.count("\n"), len(seen.controls)) == (50, 49, 100)


async def test_a_look_at_a_huge_page_ends_in_time_and_tells_no_more_than_may_be_told(observe):
    observer = await observe("")
    await observer._page.evaluate(ROWS.format(50_000))
    async with asyncio.timeout(10):
        seen = await observer.look(50)

    assert (seen.node_count <= 50, len(seen.text) <= 20_000, len(seen.controls) <= 1_000) == (True, True, True)


@pytest.mark.parametrize(
    "html",
    ["<dialog open>Sure? <button>Yes</button></dialog>", "<div role=alertdialog>Sure? <button>Yes</button></div>"],
)
async def test_a_dialog_is_told_and_comes_first(observe, html):
    seen = await look(observe, f"<button>No</button>{html}")

    assert seen.dialogs == ("Sure? Yes",)
    assert [(each.name, each.in_dialog) for each in seen.controls] == [("Yes", True), ("No", False)]


async def test_what_lies_over_the_page_is_a_dialog(observe):
    seen = await look(observe, "<p>line" * 40 + OVERLAY)

    assert [each.in_dialog for each in seen.controls] == [True]
    assert seen.dialogs[0].startswith("Accept all?")


@pytest.mark.parametrize("html", [OVERLAY, "<dialog>Sure?</dialog>", "<div role=dialog hidden>Sure?</div>"])
async def test_what_covers_nothing_or_is_hidden_is_no_dialog(observe, html):
    assert (await look(observe, html)).dialogs == ()


@pytest.mark.parametrize("script", BREAKING)
async def test_a_page_that_overwrites_what_scripts_need_is_told_in_outline(observe, script):
    seen = await look(observe, f"<button>Save</button><script>{script}</script>")

    assert 'button "Save"' in seen.tree


async def test_an_old_library_that_changes_json_does_no_harm(observe):
    seen = await look(observe, "<button>Save</button><script>Array.prototype.toJSON = () => 'no'</script>")

    assert [each.name for each in seen.controls] == ["Save"]


async def test_a_page_that_is_replaced_all_the_time_ends_no_look_with_an_error(observe):
    observer = await observe("<button>Save</button><script>setTimeout(() => location.reload(), 5)</script>")

    assert {(await observer.look(50)).title for _ in range(5)} <= {"t", ""}


async def test_of_a_page_that_hangs_the_address_and_the_errors_are_told(observe, site):
    site.hung.clear()
    observer = await observe(HANGS)
    await site.hung.wait()
    async with asyncio.timeout(10):
        seen = await observer.look(50)

    assert (seen.url, seen.tree, seen.controls) == (site.url, "", ())
    assert [error.text for error in seen.errors] == ["before"]


async def test_a_frame_that_is_gone_or_silent_hides_nothing_else(observe):
    seen = await look(observe, "<button>Save</button><iframe src=/cut></iframe><iframe src=javascript:1></iframe>")

    assert [each.name for each in seen.controls] == ["Save"]


async def test_of_a_page_that_is_closed_it_is_told_that_it_is_gone(observe):
    observer = await observe("<p>x")
    await observer._page.close()

    with pytest.raises(BrowserGone):
        await observer.look(50)


async def test_a_fingerprint_is_how_a_look_tells_the_same_control(observe):
    observer = await observe("<p>a</p><button>Save</button><p>b</p><button>Save</button>")
    first, second = (await observer.look(50)).controls

    assert await observer.fingerprint("button >> nth=1", 10_000) == second
    assert await observer.fingerprint("text=Save", 10_000) == first


async def test_a_fingerprint_in_a_frame_tells_the_way_there(observe):
    observer = await observe("<iframe id=f src=/framed></iframe>")
    control = await observer.fingerprint("#f >> internal:control=enter-frame >> button", 10_000)

    assert control.selector == "#f >> internal:control=enter-frame >> body > button:nth-of-type(1)"


async def test_of_what_is_not_there_no_fingerprint_is_taken(observe):
    observer = await observe("<p>x")

    assert await observer.fingerprint("#gone", 100) is None
    assert await observer.fingerprint(">> nonsense [", 100) is None


async def test_an_element_of_a_busy_page_is_known_all_the_same(visit):
    page = await visit(
        "<button>Save</button><script>function busy() { for (const end = Date.now() + 600;"
        " Date.now() < end;); }</script>"
    )
    await page._tab.page.evaluate("() => { setTimeout(busy) }")

    assert (await page.observer().fingerprint("text=Save", 50)).name == "Save"
