"""Reads what is to be seen on a page: its text, with that of open shadow roots and frames."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from typing import NamedTuple

from playwright.async_api import ElementHandle, Error, Frame

from ghostly.browser.here import Here

_FRAME_S = 1.0
_LEAST_MS = 300.0  # who began to look in time may see a little later
_UNSEEN = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")

# Walks the tree as it is displayed, without recursion: pages are deep. What CSS writes in capitals is kept both
# ways, because one author goes by the screen and another by the source. What a field holds is text only where the
# field itself was asked for: else a step that types a word would make the word appear.
# Enough is ``most`` characters, or the time at which ``until`` is past. What is typed into a page's own editor is
# text of the page, but for whoever asks what came of it: ``typed`` is false.
READ = """(root, most = 2e6, until = Infinity, typed = true) => {
  const NONE = new RegExp('^(script|style|noscript|template|head|title|iframe|object|video|audio|canvas'
    + '|textarea|input|select)$');
  const FIELD = /^(text|search|email|url|tel|number|password|date|time|datetime-local|month|week)$/;
  const clipped = (element, style) => style.overflow !== 'visible' && !/^(inline|contents)$/.test(style.display)
    && !/^(html|body)$/i.test(element.tagName) && (element.clientWidth === 0 || element.clientHeight === 0)
    || style.clip === 'rect(0px, 0px, 0px, 0px)' || /^inset\\((50|100)%\\)$/.test(style.clipPath);
  const away = (element, style) => {  // where no scrolling brings anybody
    if (style.position === 'static' && style.transform === 'none') return false;
    const {left, top, right, bottom, width, height} = element.getBoundingClientRect();
    if (!width || !height) return /^matrix\\(0, 0, 0, 0,/.test(style.transform);
    if (style.position !== 'fixed') return right + scrollX < -2000;
    return right <= 0 || bottom <= 0 || left >= innerWidth || top >= innerHeight;
  };
  const editor = element => !typed && /^(|true|plaintext-only)$/i.test(
    Element.prototype.getAttribute.call(element, 'contenteditable') ?? 'false');
  const hides = (element, style) => style.display === 'none' || style.opacity === '0' || clipped(element, style)
    || away(element, style) || element !== start && editor(element);
  const written = [], shown = [];
  const say = (text, style) => {
    const how = style?.textTransform;
    written.push(text);
    shown.push(how === 'uppercase' ? text.toUpperCase() : how === 'lowercase' ? text.toLowerCase()
      : how === 'capitalize' ? text.replace(/(^|\\s)\\S/g, first => first.toUpperCase()) : text);
  };
  const inside = (element, style) => {
    const name = element.localName;
    if (name === 'input' && /^(submit|button|reset)$/.test(element.type)) return [[element.value, style]];
    if (name === 'select') {
      const all = element.multiple || element.size > 1;
      const options = [...(all ? element.options : element.selectedOptions)];
      return options.map(option => [`\\n${option.label}\\n`, style]);
    }
    if (NONE.test(name) || style.contentVisibility === 'hidden') return [];
    if (name === 'details' && !element.open) return [...element.querySelectorAll(':scope > summary')].slice(0, 1);
    if (name === 'slot' && element.assignedNodes().length) return element.assignedNodes();
    return [...(element.shadowRoot ?? element).childNodes];
  };
  const start = root ?? document.body;
  const field = !!root && (root.localName === 'textarea' || root.localName === 'input' && FIELD.test(root.type));
  let box = start;  // what has none of its own stands in that of its parent
  const outer = element => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host;
  while (box && getComputedStyle(box).display === 'contents') box = outer(box);
  const there = !!box && box.checkVisibility({checkOpacity: true});
  if (field) return {there, field, written: there && root.type !== 'password' ? root.value : '', shown: ''};
  const stack = there ? [start] : [];
  for (let size = 0, steps = 1; stack.length && size < most && (steps++ % 64 || performance.now() < until);) {
    const next = stack.pop();
    if (Array.isArray(next)) { say(...next); size += next[0].length; continue }
    if (next.nodeType === 3) {
      const parent = next.assignedSlot ?? next.parentElement ?? next.parentNode.host;
      const style = getComputedStyle(parent);
      if (style.visibility === 'visible' && parseFloat(style.fontSize)) stack.push([next.data, style]);
    }
    if (next.nodeType !== 1) continue;
    if (next.localName === 'br') { say('\\n'); continue }
    const style = getComputedStyle(next);
    if (hides(next, style)) continue;
    const apart = !/^(inline|contents|ruby)/.test(style.display);
    if (apart) stack.push(['\\n']);
    const nodes = inside(next, style);
    for (let i = nodes.length; i--;) stack.push(nodes[i]);
    if (apart) stack.push(['\\n']);
  }
  return {there, field, written: written.join(''), shown: shown.join('')};
}"""

_SHOWS = """(frame, root) => {
  if (!frame.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) return false;
  if (!frame.clientWidth || !frame.clientHeight) return false;
  for (let node = frame; node; node = node.assignedSlot ?? node.parentNode ?? node.host)
    if (!root || node === root) return true;
  return false;
}"""


class Text(NamedTuple):
    """What one document shows, as it is written and as CSS displays it; raw, with a line for each block.

    ``there`` is False where nothing is displayed at all; ``field`` says that it is what a field holds.
    """

    there: bool
    field: bool
    written: str
    shown: str

    def holds(self, text: str) -> bool:
        """Whether the text is part of it, white space aside."""
        wanted = collapsed(text)
        return wanted in collapsed(self.written) or wanted in collapsed(self.shown)


def collapsed(text: str) -> str:
    """The text with every run of white space as one space, without what has no width."""
    return " ".join(text.translate(_UNSEEN).split())


async def read(here: Here, selector: str | None) -> AsyncGenerator[Text, None]:
    """The text of the element, or of the page; then of each frame in it that can be read."""
    root: ElementHandle | None = None
    frame: Frame | None = here.page.main_frame
    if selector is not None:
        root = await here.find(selector).element_handle(timeout=max(here.left, _LEAST_MS))
        frame = await root.owner_frame()
    if frame is None:
        return
    yield Text(**await frame.evaluate(READ, root))
    for child in frame.child_frames:
        async for text in _inside(child, root):
            yield text


async def _inside(frame: Frame, root: ElementHandle | None) -> AsyncGenerator[Text, None]:
    text: Text | None = None
    with suppress(Error, TimeoutError):  # it went away, or hangs: the rest of the page can be read all the same
        async with asyncio.timeout(_FRAME_S):
            holder = await frame.frame_element()
            if await holder.evaluate(_SHOWS, root):
                text = Text(**await frame.evaluate(READ))
    if text is not None:
        yield text
        for child in frame.child_frames:
            async for inner in _inside(child, None):
                yield inner
