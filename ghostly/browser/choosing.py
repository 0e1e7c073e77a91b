"""Choosing: an option of a list, a file for a field. Each is looked at afterwards, or before."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from playwright.async_api import Error, TimeoutError  # noqa: A004 -- Playwright's is not the builtin

from ghostly.browser.failures import StepError, option_is_missing
from ghostly.browser.here import Here
from ghostly.domain.steps import SelectOption, SetInputFiles

_MOST_TOLD = 10
_LOOK_MS = 1_000

# A label stands for its field. What is gone already was replaced by a page that went on: that is no refusal.
_CHOSEN = """(element, wanted) => {
  const select = element.matches('select') ? element : element.closest('label')?.control ?? element;
  if (!select.isConnected || !select.selectedOptions) return [];
  const one = text => text.trim().replace(/\\s+/g, ' ');
  const is = (option, text) => option.value === text || one(option.label) === one(text);
  const chosen = [...select.selectedOptions];
  return wanted.filter(text => !chosen.some(option => is(option, text)))
    .concat(chosen.filter(option => !wanted.some(text => is(option, text))).map(option => option.label));
}"""
_OPTIONS = """element => {
  const select = element.matches('select') ? element : element.closest('label')?.control ?? element;
  return [...select.options].slice(0, 50).map(option => one(option.label) || option.value);
  function one(text) { return text.length > 500 ? '' : text.trim() }
}"""
_FILE_FIELD = """element => {
  const field = element.matches('input') ? element : element.closest('label')?.control ?? element;
  if (!field.matches('input[type=file]')) return 'is not a field for files';
  return field.matches(':disabled') ? 'is not enabled' : '';
}"""


async def select_option(here: Here, step: SelectOption) -> None:
    """By value or label; then look whether just these are chosen: where one can be, Playwright takes the first."""
    found = here.find(step.selector)
    element = await found.element_handle(timeout=here.left)
    try:
        await found.select_option(step.choices, timeout=here.left)
    except TimeoutError as error:
        if option_is_missing(error):
            raise here.late(await _what_there_is(here, step)) from None
        raise
    wrong: list[str] = []
    with suppress(Error):  # the page went on to another document because of the choice
        wrong = await element.evaluate(_CHOSEN, step.choices)
    if wrong:
        told = ", ".join(here.quote(text, 40) for text in wrong[:_MOST_TOLD])
        raise StepError(f"{here.quote(step.selector)} did not take the choice: {told}")


async def _what_there_is(here: Here, step: SelectOption) -> str:
    wanted = " and ".join(here.quote(text, 40) for text in step.choices[:_MOST_TOLD])
    options: list[Any] = []
    with suppress(Error):
        options = await here.find(step.selector).evaluate(_OPTIONS, timeout=_LOOK_MS)
    told = ", ".join(here.quote(option, 40) for option in options[:_MOST_TOLD])
    more = ", …" if len(options) > _MOST_TOLD else ""
    return f"{here.quote(step.selector)} has no option {wanted}; " + (
        f"its options: {told}{more}" if told else "it has none"
    )


async def set_input_files(here: Here, step: SetInputFiles) -> None:
    """Read the files, wait until the field can take them, give them; Playwright itself looks at neither."""
    files = await here.uploads.read(step.files)
    found = here.find(step.selector)
    element = await found.element_handle(timeout=here.left)
    if problem := await element.evaluate(_FILE_FIELD):
        if problem != "is not enabled":
            raise StepError(f"{here.quote(step.selector)} {problem}")
        try:
            await element.wait_for_element_state("enabled", timeout=here.left)
        except TimeoutError:
            raise here.late(f"{here.quote(step.selector)} {problem}") from None
    await found.set_input_files(files, timeout=here.left)
