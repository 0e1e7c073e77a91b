"""Which fields hold what nobody should read."""

from __future__ import annotations

import asyncio
from time import monotonic

from playwright.async_api import Error, Page

LOOKS_CONFIDENTIAL = """field => {
  const tokens = (field.getAttribute('autocomplete') ?? '').toLowerCase().split(/\\s+/);
  const secret = ['current-password', 'new-password', 'one-time-code', 'cc-number', 'cc-csc'];
  return field.type === 'password' || tokens.some(token => secret.includes(token));
}"""

# A label stands for its field, as it does when a step fills it.
_LOOK = f"""element => {{
  const isField = element.matches('input, textarea, select');
  return ({LOOKS_CONFIDENTIAL})(isField ? element : element.closest('label')?.control ?? element);
}}"""

# What is none for certain. Asked of the one element, in what the browser itself understands: one round trip, at
# a third of what a script of ours costs in the page's own world, and without a look at the rest of the page.
_LOWER = "translate(@{0}, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_PLAIN = f"""xpath=self::*[
  (local-name() = 'input' or local-name() = 'textarea' or local-name() = 'select'
    or not(ancestor-or-self::*[local-name() = 'label']))
  and {_LOWER.format("type")} != 'password'
  and not(contains({_LOWER.format("autocomplete")}, 'password'))
  and not(contains({_LOWER.format("autocomplete")}, 'one-time-code'))
  and not(contains({_LOWER.format("autocomplete")}, 'cc-'))
]"""


async def is_secret(page: Page, selector: str, limit: int) -> bool | None:
    """Whether the first match is a field for a password, one-time code or card number.

    None if that could not be found out within ``limit`` milliseconds.
    """
    deadline = monotonic() + limit / 1000
    try:
        async with asyncio.timeout(limit / 1000):
            first = page.locator(selector).first
            if await first.locator(_PLAIN).count():
                return False
            try:
                return bool(await page.eval_on_selector(selector, _LOOK))  # one round trip; does not wait
            except Error:
                left = max(1.0, (deadline - monotonic()) * 1000)
                await first.wait_for(state="attached", timeout=left)
                return bool(await page.eval_on_selector(selector, _LOOK))
    except (Error, TimeoutError):
        return None


async def typed_passwords(page: Page, limit: float) -> list[str]:
    """What stands in the page's fields for passwords; asked without running a script of ours in the page's world.

    Raises Playwright's ``Error`` if ``limit`` milliseconds do not tell.
    """
    fields = await page.locator("[type=password i]").all()
    return [value for field in fields if (value := await field.input_value(timeout=limit))]
