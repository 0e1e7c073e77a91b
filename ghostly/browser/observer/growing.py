"""Tells whether a document shows more once somebody scrolls to its end, or to the end of a list in it."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from playwright.async_api import Error, Frame

_PATIENCE_MS = 1_200
_FRAME_S = 3.0

# What is scrolled goes back afterwards. New entries are elements with a text of their own that stand among others
# of their kind: a button that leads back to the top, or a picture that is loaded late, is none.
_GROWS = """async patience => {
  const long = element => element.scrollHeight > element.clientHeight + 40 && element.clientHeight > 40;
  const scrolls = element => /auto|scroll|overlay/.test(getComputedStyle(element).overflowY) && long(element);
  const root = document.scrollingElement;
  const every = [...document.querySelectorAll('body *')].slice(0, 5000).filter(scrolls).slice(0, 5);
  const places = [...(root && long(root) ? [root] : []), ...every.filter(one => one !== root)];
  if (!places.length) return false;
  const textOf = element => element.textContent.trim();
  const known = new Set([...document.querySelectorAll('body *')].slice(0, 5000).map(textOf));
  let came = 0;
  const watcher = new MutationObserver(changes => {
    for (const change of changes) for (const node of change.addedNodes) {
      if (node.nodeType !== 1 || !textOf(node) || known.has(textOf(node))) continue;
      const alike = [...node.parentNode?.children ?? []].filter(one => one.localName === node.localName);
      if (alike.length > 2 && places.some(place => place.contains(node))) came++;
    }
  });
  watcher.observe(document.body, {childList: true, subtree: true});
  const before = places.map(place => place.scrollTop), end = performance.now() + patience;
  for (const place of places) place.scrollTo({top: place.scrollHeight, behavior: 'instant'});
  while (came < 2 && performance.now() < end) await new Promise(done => setTimeout(done, 50));
  watcher.disconnect();
  places.forEach((place, at) => place.scrollTo({top: before[at], behavior: 'instant'}));
  return came > 1;
}"""


async def grows(frame: Frame) -> bool:
    """Whether two entries or more came; False where nobody can tell."""
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(_FRAME_S):
            return bool(await frame.evaluate(_GROWS, _PATIENCE_MS))
    return False
