"""The right one of many that are alike, on pages whose lists change while a run is at them."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

WARES = ["Ash tray", "Bowl", "Cup", "Mug", "Jug", "Dinner plate", "Teapot", "Side plate", "Vase", "Ewer"]
SEARCHED = (
    'Fill "Search products" with "e". Click "Add to cart" next to "Dinner plate". See "In the cart: Dinner plate".'
)


def shop(late_ms: int, *, draws: str = "innerHTML") -> str:
    """Wares that are filtered so long after one typed; ``reuses``: rows stay, and say something else."""
    return f"""<label>Search products <input id=search></label><main id=list></main><p id=cart></p><script>
const wares = {json.dumps(WARES)}, draws = '{draws}'
const card = name => `<article><h3>${{name}}</h3><p>In stock</p><button>Add to cart</button></article>`
function show() {{
  const fit = wares.filter(name => name.toLowerCase().includes(search.value))
  if (draws === 'innerHTML' || !list.children.length) list.innerHTML = fit.map(card).join('')
  else [...list.children].forEach((one, at) => {{
    one.hidden = at >= fit.length
    one.firstChild.textContent = fit[at] ?? '' }})
}}
let timer
search.oninput = () => {{ clearTimeout(timer); timer = setTimeout(show, {late_ms}) }}
list.onclick = event => {{
  if (event.target.matches('button')) localStorage.cart = event.target.closest('article').firstChild.textContent
  tell()
}}
function tell() {{ cart.textContent = localStorage.cart ? 'In the cart: ' + localStorage.cart : '' }}
show(), tell()</script>"""


def pursuit(goal: str, **options) -> dict:
    return {"assist": {"v2": True, "goal": goal, **options}, "defaultTimeoutMs": 2_000}


@pytest.mark.parametrize("draws", ["innerHTML", "reuses"])
@pytest.mark.parametrize("late_ms", [0, 60, 300, 900])
async def test_what_lies_in_a_row_is_done_in_that_row_however_late_the_list_changes(tester, late_ms, draws):
    told = await tester.runs(html=shop(late_ms, draws=draws), **pursuit(SEARCHED))

    assert told.record["verdict"] == "success"


def members(promoted: str) -> str:
    """Ana and Bo, and a button in the row of each that makes an admin of ``promoted``, whoever that is."""
    return f"""<table><tbody id=list></tbody></table><script>
const roles = JSON.parse(localStorage.roles ?? '{{"Ana": "Viewer", "Bo": "Viewer", "Cy": "Admin"}}')
const row = name => `<tr><td>${{name}}<td>${{roles[name]}}<td><button>Make admin</button>`
const draw = () => {{ list.innerHTML = Object.keys(roles).map(row).join('') }}
list.onclick = () => {{ roles['{promoted}'] = 'Admin'; localStorage.roles = JSON.stringify(roles); draw() }}
draw()</script>"""


PROMOTED = "Click 'Make admin' in the row of 'Ana'. Its row should say Admin."


async def test_what_its_row_should_say_is_a_success_where_it_does(tester):
    told = await tester.runs(html=members("Ana"), **pursuit(PROMOTED))

    assert told.record["verdict"] == "success"


async def test_what_the_row_of_another_says_is_no_success_and_nobodys_fault(tester):
    told = await tester.runs(html=members("Bo"), **pursuit(PROMOTED))

    assert (told.record["verdict"], "row of 'Ana'" in told.record["verdictReason"]) == ("inconclusive", True)


async def test_a_row_whose_name_stands_in_no_element_of_its_own_is_found(tester):
    remove = "<button onclick='this.parentNode.remove()'>Remove</button>"
    html = f"<ul><li>Ana {remove}<li>Bo {remove}</ul>"
    goal = "Click 'Remove' next to 'Ana'. 'Ana' should not be visible and 'Bo' should be visible"

    assert "was there again" in (await tester.runs(html=html, **pursuit(goal))).record["verdictReason"]
