"""What a failure says of the elements that are there instead."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest
from failing import LITTLE, fails, says

from ghostly.browser.candidates import meant
from ghostly.browser.failures import StepError
from ghostly.domain.steps import Click, ExpectText, ExpectVisible, Fill

pytestmark = pytest.mark.asyncio(loop_scope="module")

FORM = """<h1>Profile</h1><form><label>E-mail <input id=email name=email></label>
<input placeholder='Phone number' data-testid=phone><button id=save><span>Save changes</span></button>
<a href=/x>Saved searches</a><button aria-label='Close window'>x</button></form><p>Nothing else"""
MISSED = "Timeout 1000 ms: no element matched "


async def missed(page, selector: str) -> str:
    return (await fails(page, Click(selector=selector, timeout_ms=LITTLE))).removeprefix(MISSED)


async def tells(page, selector: str, what: str) -> bool:
    """Whether that is told in the end: what there was no time to look at, on a busy machine, is not."""
    async with asyncio.timeout(30):
        while what not in await missed(page, selector):
            pass
    return True


NEAREST = {
    "text=Saves": "'text=Saves'; nearest: button 'Save changes' (#save)",
    "#savee": "'#savee'; nearest: button 'Save changes' (#save)",
    "[data-testid=phones]": "'[data-testid=phones]'; nearest: field 'Phone number' (data-testid=phone)",
    "[name=e-mail]": "'[name=e-mail]'; nearest: field 'E-mail' (#email)",
    "[placeholder='Phone']": "nearest: field 'Phone number' (data-testid=phone)",
    'role=button[name="Close"] >> nth=3': "nearest: button 'Close window'",
    "h2:has-text('Profile')": "nearest: heading 'Profile'",
    "//button[text()='Save']": "nearest: button 'Save changes' (#save)",
}


@pytest.mark.parametrize("selector", NEAREST)
async def test_the_nearest_elements_are_told_by_role_and_name(visit, selector):
    page = await visit(FORM)

    assert NEAREST[selector] in await missed(page, selector)


@pytest.mark.parametrize("selector", ["#checkout", "text=Delete account", "body > main > div", "table >> nth=2"])
async def test_nothing_is_told_where_nothing_is_near(visit, selector):
    page = await visit(FORM)

    assert await missed(page, selector) == f"'{selector}'"


async def test_what_is_hidden_is_not_told(visit):
    page = await visit("<button id=save hidden>Save</button><button style='visibility:hidden'>Save</button>")

    assert await missed(page, "text=Save!") == "'text=Save!'"


async def test_at_most_three_are_told(visit):
    page = await visit("".join(f"<button id=save{n}>Save {n}</button>" for n in range(9)))

    assert (await missed(page, "#save")).count("button") == 3


async def test_what_is_in_a_shadow_root_or_a_frame_is_told_too(visit):
    shadow = (
        "<div id=h></div><script>h.attachShadow({mode: 'open'}).innerHTML = '<button>Send it</button>'</script>"
    )
    page = await visit(shadow + "<iframe srcdoc='<a href=/>Send them</a>'></iframe>")

    assert await tells(page, "#send", "nearest: button 'Send it', link 'Send them'")


@pytest.mark.parametrize(
    "step",
    [Fill(selector="#mail", value="x", timeout_ms=LITTLE), ExpectVisible(selector="#mail", timeout_ms=LITTLE)],
)
async def test_every_step_that_misses_its_element_tells_what_is_there(visit, step):
    page = await visit(FORM)

    assert "nearest: field 'E-mail' (#email)" in await fails(page, step)


async def test_an_expectation_of_text_in_what_is_missing_tells_what_is_there(visit):
    page = await visit(FORM)

    told = await fails(page, ExpectText(selector="#mail", text="x", timeout_ms=LITTLE))

    assert "no element matched '#mail'; nearest: field 'E-mail' (#email)" in told


async def test_what_a_field_holds_is_not_told(visit):
    page = await visit("<input id=pin value=hunter2><textarea id=pins>hunter2</textarea>")

    assert "hunter2" not in await missed(page, "#pi")


async def test_a_name_has_no_secrets_and_is_cut_afterwards(visit):
    page = await visit(f"<button id=save>Save {'x' * 50} opensesame</button>")

    with pytest.raises(StepError, match="nearest") as failure:
        await page.perform(
            Click(selector="#sav", timeout_ms=LITTLE), 1, lambda text: text.replace("opensesame", "[REDACTED]")
        )
    assert "opens" not in str(failure.value)


async def test_names_are_on_one_line_and_cut(visit):
    page = await visit(f"<button id=save>Save\x1b[31m\n\n  {'x' * 200}</button>")

    told = await missed(page, "#sav")

    assert "\n" not in told
    assert "\x1b" not in told
    assert len(told) < 100


async def test_a_failure_is_never_long(visit):
    page = await visit(f"<button id={'a' * 250} class=b>{'b' * 250}</button>" * 3)

    told = await fails(page, Click(selector=f"#{'a' * 200}", timeout_ms=LITTLE))

    assert len(told) <= 600


async def test_a_large_page_is_searched_for_a_second_at_most(visit):
    page = await visit("<div><button>Save</button></div>" * 30_000, default_timeout_ms=30_000)
    began = monotonic()

    await fails(page, Click(selector="#saved", timeout_ms=LITTLE))

    assert monotonic() - began < 10


async def test_the_page_is_not_asked_when_it_hangs(hanging):
    assert "nearest" not in await says(hanging, Click(selector="#save", timeout_ms=500))


WORDS = {
    "#saveChanges": (["save changes"], None),
    ".btn-primary.is_active": (["btn primary", "is active"], None),
    'button[aria-label="Close it"]': (["close it"], "button"),
    "text=Log in": (["log in"], None),
    'text="Log in"': (["log in"], None),
    "role=link": ([], "link"),
    "a.more": (["more"], "link"),
    "div > span:nth-child(2)": ([], "div"),
    "": ([], None),
}


@pytest.mark.parametrize("selector", WORDS)
async def test_what_a_selector_means_is_its_names_and_perhaps_its_kind(selector):
    assert tuple(meant(selector)) == WORDS[selector]


async def test_a_page_of_many_frames_is_not_compared_without_end(visit):
    frame = "<iframe srcdoc='" + "<button>Buy</button>" * 250 + "'></iframe>"
    page = await visit(frame * 40 + "<button>Save</button>")

    assert await tells(page, "text=Savee", "nearest: button 'Save'")
