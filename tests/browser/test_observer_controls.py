"""What is told of each control: what it is, what it is called, how it stands, and where it is found again."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count

import pytest
import pytest_asyncio

from ghostly.browser.observer import Observer
from ghostly.browser.page import Page
from ghostly.browser.pool import Browsers
from ghostly.domain.steps import Goto
from tests.browser.conftest import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

NUMBERS = count()

NAMED = {
    "<button>Save</button>": ("button", "Save"),
    "<button><i></i> Save  <b>all</b></button>": ("button", "Save all"),
    "<button aria-label='Close window'>x</button>": ("button", "Close window"),
    "<span id=a>Delete</span><span id=b>Ada</span><button aria-labelledby='a b'>x</button>": (
        "button",
        "Delete Ada",
    ),
    "<button><img src=x alt=Search></button>": ("button", "Search"),
    "<button title=Help></button>": ("button", "Help"),
    "<button>Save<span hidden> not this</span></button>": ("button", "Save"),
    "<button><svg><title>Edit</title></svg></button>": ("button", "Edit"),
    "<input type=submit value=Send>": ("button", "Send"),
    "<input type=submit>": ("button", "Submit"),
    "<input type=image alt=Go src=x>": ("button", "Go"),
    "<label>E-mail <input type=email></label>": ("textbox", "E-mail"),
    "<label for=f>E-mail</label><input id=f>": ("textbox", "E-mail"),
    "<input placeholder=Phone>": ("textbox", "Phone"),
    "<input type=search aria-label=Find>": ("searchbox", "Find"),
    "<label>Age <input type=number></label>": ("spinbutton", "Age"),
    "<label>Country <select><option>Spain</select></label>": ("combobox", "Country"),
    "<select multiple aria-label=Tags><option>a</select>": ("listbox", "Tags"),
    "<label><input type=checkbox> I agree</label>": ("checkbox", "I agree"),
    "<label>Text <textarea>Dear</textarea></label>": ("textbox", "Text"),
    "<a href=/x>Log in</a>": ("link", "Log in"),
    "<div role=tab>Details</div>": ("tab", "Details"),
    "<div role='menuitem'>Copy</div>": ("menuitem", "Copy"),
    "<div role=switch aria-checked=true aria-label=Dark></div>": ("switch", "Dark"),
    "<details><summary>More</summary>text</details>": ("button", "More"),
    "<div onclick=1>Card</div>": ("generic", "Card"),
    "<div tabindex=0>Focus</div>": ("generic", "Focus"),
    "<div style='cursor:pointer'><span>Click</span></div>": ("generic", "Click"),
    "<div contenteditable aria-label=Note>text</div>": ("textbox", "Note"),
    "<button>Añadir a la cesta</button>": ("button", "Añadir a la cesta"),
    "<label>Contraseña <input></label>": ("textbox", "Contraseña"),
}

TWINS = """<x-a id=h><button>light</button></x-a><script>h.attachShadow({mode: 'open'}).innerHTML =
'<button>dark</button><slot></slot><p><button>dark</button></p>'</script>"""
LIKE = [
    f"<a href=/x><h3>Card</h3>{'long ' * 60}</a><a href=/y>Card</a>",
    f"<a href=/x><h3>Card</h3>{'long ' * 60}</a>",
    "<button id=a>Save</button><button id=a>Save</button>",
    "<button>Save</button><button>save</button><button>Save all</button>",
    "<button data-testid=x>1</button><button data-test=x>2</button><button data-testid=x>3</button>",
    "<button id='a.b:c'>1</button><button id='1'>2</button><button id='a >> b'>3</button>",
    '<button>Say "hi"</button><button>It\'s \\ so</button><button>a >> b</button><button>[x]</button>',
    "<style>i::before{content:'Big '}</style><button><i>Save</i></button><button><b>Save</b> it</button>",
    "<table>" + "<tr><td>x<td><button>Delete</button>" * 5 + "</table>",
    TWINS,
    "<iframe srcdoc='<button>A</button><button>A</button>'></iframe><iframe srcdoc='<button>A</button>'></iframe>",
    "<form><input name=id><input name=children><input name=title><button>Go</button></form>",
    "<div role=button><a href=/x>Go</a></div><a href=/y>Go</a><a>Go</a><button aria-hidden=true>Go</button>",
    "<label>Name <input></label><label>Name <input title=Name></label><input aria-label=Name>",
    "<svg width=9 height=9><a href=/x><rect width=9 height=9 /></a></svg><button>\u00a0No\u00a0 break</button>",
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def watched(browsers: Browsers, site: Site, tmp_path_factory) -> AsyncIterator[tuple[Page, Observer]]:
    """One page and who looks at it, for all that is loaded here: a page of its own takes most of such a test."""
    artifacts = tmp_path_factory.mktemp("artifacts")
    async with browsers.page(site.flow(), artifacts=artifacts, run="run-1") as page:
        yield page, Observer(page._tab.page)


@pytest.fixture
def observe(watched: tuple[Page, Observer], site: Site) -> Callable[[str], Awaitable[Observer]]:
    """Loads the given HTML, each time from an address of which the browser can remember nothing."""
    page, observer = watched

    async def observe(html: str) -> Observer:
        site.html = html
        await page.perform(Goto(url=f"/page-{next(NUMBERS)}", timeout_ms=30_000), 0)
        return observer

    return observe


async def controls(observe, html: str):
    return (await (await observe(html)).look(300)).controls


async def only(observe, html: str):
    (control,) = await controls(observe, html)
    return control


@pytest.mark.parametrize("html", NAMED)
async def test_a_control_is_known_by_its_role_and_name(observe, html):
    control = await only(observe, html)

    assert (control.role, control.name) == NAMED[html]


@pytest.mark.parametrize("html", LIKE)
async def test_each_selector_matches_just_its_control(observe, html):
    observer = await observe(html)
    seen = (await observer.look(300)).controls
    boxes = [await observer._page.locator(control.selector).bounding_box() for control in seen]

    assert seen
    assert [(box["x"], box["y"]) for box in boxes] == [pytest.approx((c.box.x, c.box.y), abs=0.1) for c in seen]


@pytest.mark.parametrize(
    ("html", "selector"),
    [
        ("<button id=save data-testid=x>Save</button>", "#save"),
        ("<button id=':r7:' data-testid=x>Save</button>", '[data-testid="x"]'),
        ("<button id=':r7:'>Save</button>", 'role=button[name="Save"]'),
        ("<button id=':r7:'></button>", "#\\:r7\\:"),
        ("<div id=bar><button></button></div>", "#bar > button:nth-of-type(1)"),
    ],
)
async def test_a_selector_goes_by_what_lasts_longest(observe, html, selector):
    assert (await only(observe, html)).selector == selector


async def test_a_control_in_a_frame_is_found_through_the_frame(observe, site):
    other = site.url.replace("127.0.0.1", "localhost")
    observer = await observe(f"<iframe src=/framed></iframe><iframe id=far src={other}framed></iframe>")
    near, far = (await observer.look(300)).controls
    await observer._page.locator(far.selector).click()

    assert (
        near.selector == 'body > iframe:nth-of-type(1) >> internal:control=enter-frame >> role=button[name="Pay"]'
    )
    assert far.selector == '#far >> internal:control=enter-frame >> role=button[name="Pay"]'


@pytest.mark.parametrize(
    "html",
    [
        "<button hidden>A</button>",
        "<button style='visibility:hidden'>A</button>",
        "<div style='display:none'><a href=/>A</a></div>",
        "<details><summary hidden></summary><button>A</button></details>",
        "<input type=hidden name=csrf value=1>",
        "<label style='cursor:pointer'>A</label>",
        "<a>A</a>",
        "<p tabindex=-1>A</p>",
    ],
)
async def test_what_nobody_can_use_is_no_control(observe, html):
    assert await controls(observe, html) == ()


async def test_a_field_behind_its_label_is_told_and_said_to_be_invisible(observe):
    seen = await controls(observe, "<input type=file hidden><label>Agree<input type=checkbox hidden></label>")

    assert [(each.type, each.name, each.visible) for each in seen] == [
        ("file", "", False),
        ("checkbox", "Agree", False),
    ]


SECRETS = [
    "<input type=password value=geheim>",
    "<input autocomplete='section-a one-time-code' value=geheim>",
    "<input autocomplete=cc-number value=geheim>",
    "<input name=api_token value=geheim>",
    "<input id=newPassword value=geheim>",
]


@pytest.mark.parametrize("html", SECRETS)
async def test_what_a_secret_field_holds_is_told_nowhere(observe, html):
    observation = await (await observe(f"{html}<input value=seen>")).look(300)

    assert [each.value for each in observation.controls] == ["", "seen"]
    assert "geheim" not in repr(observation)


async def test_a_page_that_breaks_the_look_cannot_make_it_tell_what_fields_hold(observe):
    html = "<label>P <input type=password value=geheim></label><script>JSON.stringify = () => 1</script>"
    observation = await (await observe(html)).look(300)

    assert 'textbox "P"' in observation.tree
    assert "geheim" not in repr(observation)


async def test_a_list_tells_its_options_and_the_one_chosen(observe):
    select = await only(observe, "<select><option value=s>Small<option value=l selected>Large</select>")

    assert (select.options, select.value) == (("Small", "Large"), "Large")


async def test_a_control_tells_whether_it_is_ticked_and_enabled(observe):
    seen = await controls(
        observe,
        "<input type=checkbox checked><input type=radio><fieldset disabled><button>A</button></fieldset>"
        "<div role=checkbox aria-checked=true aria-disabled=true>B</div>",
    )

    assert [(each.checked, each.enabled) for each in seen] == [
        (True, True), (False, True), (None, False), (True, False),
    ]  # fmt: skip


async def test_all_that_a_selector_could_go_by_is_told(observe):
    field = await only(
        observe,
        "<label>Mail<input id=m name=mail data-cy=e class='a  b' type=email placeholder=P title=T></label>",
    )

    assert (field.tag, field.type, field.id, field.name_attribute, field.test_id) == (
        "input",
        "email",
        "m",
        "mail",
        "e",
    )
    assert (field.classes, field.label, field.placeholder, field.title) == ("a b", "Mail", "P", "T")


async def test_what_is_too_long_to_be_a_name_is_left_out_and_not_cut(observe):
    button = await only(observe, f"<button title='{'t' * 300}'>{'word' * 100}</button>")

    assert (button.name, button.text, button.title) == ("", "", "")


@pytest.mark.parametrize("start", ["<h3>Red shoes</h3>", "<b>Red shoes</b>", "<p>Red shoes</p>"])
async def test_a_card_that_is_one_link_goes_by_its_heading_or_first_words(observe, start):
    card = await only(observe, f"<a href=/shoes>{start}<p>{'They are red. ' * 30}</p></a>")

    assert card.name == "Red shoes"
