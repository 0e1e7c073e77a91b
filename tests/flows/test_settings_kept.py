"""Settings that an application keeps, and those that are as before when the page is loaded again."""

from __future__ import annotations

import pytest

from tests.flows.keeping import ends, nothing_kept, site

__all__ = ["nothing_kept", "site"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


def settings(
    role: str = "switch", name: str = "Email alerts", does: str = "", load: str = "", more: str = ""
) -> str:
    """A setting, which is off at first, and a button that saves it; ``does`` is what turning it on does."""
    turn = f"this.setAttribute('aria-checked', true); {does}"
    saves = "out.textContent = 'Saved'"
    return f"""{more}<div role={role} aria-checked=false tabindex=0 aria-label='{name}' onclick="{turn}">x</div>
        <button onclick="{saves}">Save</button><p id=out></p><script>
        const setting = document.querySelector('[aria-checked]'); {load}</script>"""


TURN_ON = "Turn on the 'Email alerts' switch. Click 'Save'. Expect 'Saved'."
KEEPS = "localStorage.on = 1"
KEPT = "setTimeout(() => localStorage.on && setting.setAttribute('aria-checked', true), 300)"


@pytest.mark.parametrize("role", ["switch", "checkbox"])
async def test_a_setting_that_is_as_before_after_a_reload_was_lost_by_the_application(tester, role):
    assert (await ends(tester, TURN_ON.replace("switch", role), settings(role)))[0] == "fail-app-bug"


async def test_a_setting_that_is_lost_beside_a_text_that_lasts_is_no_success(tester):
    html = settings(load="out.textContent = 'Saved'")

    assert (await ends(tester, TURN_ON, html))[0] == "fail-app-bug"


async def test_a_setting_that_is_drawn_late_after_a_reload_is_waited_for(tester):
    html = settings(does=KEEPS, load=f"{KEPT}; if (localStorage.on) out.textContent = 'Saved'")

    assert (await ends(tester, TURN_ON, html))[0] == "success"


async def test_a_message_that_a_reload_takes_away_beside_a_setting_that_lasts_blames_nobody(tester):
    assert (await ends(tester, TURN_ON, settings(does=KEEPS, load=KEPT)))[0] == "inconclusive"


@pytest.mark.parametrize(
    ("goal", "html"),
    [
        (TURN_ON.replace("Email alerts", "Dark mode"), settings(name="Dark mode")),
        (f"Fill Name with 'Ana'. {TURN_ON}", settings(more="<label>Name <input></label>")),
        (TURN_ON.replace("Save'", "Submit'"), settings("checkbox").replace(">Save<", ">Submit<")),
        (f"Click 'Add'. {TURN_ON}", settings(more="<button>Add</button>")),
    ],
    ids=["a view", "a new entry", "a form that is sent", "something was added"],
)
async def test_what_may_have_been_no_setting_that_is_kept_blames_nobody(tester, goal, html):
    assert (await ends(tester, goal, html))[0] == "inconclusive"
