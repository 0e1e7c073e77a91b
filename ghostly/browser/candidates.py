"""What is on the page instead of an element that was not found: the nearest by name."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from contextlib import suppress
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from msgspec import Struct, convert
from playwright.async_api import Error, Frame

from ghostly.browser.failures import NothingMatched, StepError
from ghostly.browser.here import Here

_LIMIT_S = 1.0
_MOST_TOLD = 3
_NEAR = 0.6
_LABEL = 60
_PHRASES = 6
_MOST_COMPARED = 600

# What a person would name when asked what there is. What is too long to be a name is left out and not cut, because
# a secret in it could no longer be found. What fields hold is not asked for.
_COLLECT = """() => {
  const KINDS = `a[href], button, input:not([type=hidden]), select, textarea, summary, label, img[alt], iframe,
    h1, h2, h3, h4, h5, h6, li, td, th, p, span,
    [role], [id], [name], [data-testid], [aria-label], [placeholder], [onclick]`;
  const ROLES = {a: 'link', summary: 'button', select: 'list', img: 'image', textarea: 'field', iframe: 'frame'};
  const end = performance.now() + 400, found = [];
  const name = text => text && text.length <= 300 && text.trim() ? text : '';
  const role = element => {
    const kind = element.localName, type = element.type;
    if (element.getAttribute('role')) return element.getAttribute('role').slice(0, 20);
    if (kind === 'input') return /^(submit|button|reset|image)$/.test(type) ? 'button'
      : /^(checkbox|radio)$/.test(type) ? type : 'field';
    return ROLES[kind] ?? (/^h[1-6]$/.test(kind) ? 'heading' : /^(button|label)$/.test(kind) ? kind : 'text');
  };
  const text = element => {
    if (element.localName === 'input') return /^(submit|button|reset)$/.test(element.type) ? element.value : '';
    if (/^(select|textarea|iframe)$/.test(element.localName)) return '';
    return element.textContent.length <= 2000 ? element.innerText : '';
  };
  const attribute = (element, key) => name(element.getAttribute(key));
  const visit = root => {
    for (const element of root.querySelectorAll('*')) {
      if (found.length >= 300 || performance.now() > end) return;
      if (element.shadowRoot) visit(element.shadowRoot);
      if (!element.matches(KINDS) || element.control) continue;  // a label stands for its field
      if (!element.checkVisibility({checkOpacity: true, checkVisibilityCSS: true})) continue;
      const labels = [...element.labels ?? []].slice(0, 5).map(label => name(label.innerText));
      found.push({
        role: role(element), id: name(element.id), testid: attribute(element, 'data-testid'),
        attributes: ['name', 'placeholder', 'aria-label', 'alt', 'title'].map(key => attribute(element, key)),
        text: name(text(element)), labels, classes: [...element.classList].slice(0, 5).map(name),
      });
    }
  };
  visit(document);
  return found;
}"""

_QUOTED = re.compile(r"\"([^\"]+)\"|'([^']+)'|/([^/]+)/")
_NAMED = re.compile(r"[#.]((?:[\w-]|\\.)+)|\[[\w-]+[*^$|~]?=([^\]\"']+)\]")
_ENGINE = re.compile(r"\s*(?:text|id|data-testid|data-test-id|data-test)=(.+)\Z", re.DOTALL)
_ROLE = re.compile(r"role=(\w+)")
_TAG = re.compile(r"\s*([a-z][a-z0-9]*)\b(?!=)")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Candidate(Struct, frozen=True):
    """An element that is visible, by everything that it could be called."""

    role: str
    id: str
    testid: str
    attributes: list[str]
    text: str
    labels: list[str]
    classes: list[str]

    @property
    def name(self) -> str:
        """What a person would call it."""
        label = self.attributes[2]
        return next(filter(None, [label, self.text, *self.labels, *self.attributes]), "")

    @property
    def names(self) -> Iterator[str]:
        """Everything that a selector could have meant."""
        yield from filter(None, [self.id, self.testid, self.text, *self.attributes, *self.labels, *self.classes])


class Wanted(NamedTuple):
    """What a selector seems to have meant: names, and perhaps which kind of element."""

    names: list[str]
    role: str | None


async def nearest(here: Here, selector: str) -> str:
    """``button 'Save changes' (#save), link 'Saved'``: at most three; empty where none is near."""
    wanted = meant(selector)
    if not wanted.names:
        return ""
    found: list[Candidate] = []
    with suppress(Error, TimeoutError):
        async with asyncio.timeout(_LIMIT_S):
            for frame in here.page.frames:
                found += [_cleaned(here, each) for each in await _collect(frame)]
                if len(found) >= _MOST_COMPARED:  # comparing takes its time, and nobody can stop a thread
                    break
    best = await asyncio.to_thread(_ranked, wanted, found)
    return ", ".join(dict.fromkeys(_told(here, candidate) for candidate in best))


def meant(selector: str) -> Wanted:
    """The names in a selector, without the signs of its language."""
    quoted = ["".join(found) for found in _QUOTED.findall(selector)]
    rest = _QUOTED.sub("''", selector)
    engine = _ENGINE.match(rest)
    named = [engine[1]] if engine else ["".join(found) for found in _NAMED.findall(rest)]
    role, tag = _ROLE.match(rest), _TAG.match(rest)
    kind = role[1] if role else {"a": "link", "input": "field"}.get(tag[1], tag[1]) if tag and not engine else None
    names = [words for each in [*quoted, *named] if (words := _words(each))]
    return Wanted(list(dict.fromkeys(names))[:_PHRASES], kind)


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", _CAPITAL.sub(" ", text).replace("_", " ").lower()))[:_LABEL]


async def _collect(frame: Frame) -> list[Candidate]:
    return convert(await frame.evaluate(_COLLECT), list[Candidate])


def _cleaned(here: Here, candidate: Candidate) -> Candidate:
    def clean(value: Any) -> Any:
        return here.clean(value) if isinstance(value, str) else [here.clean(each) for each in value]

    return Candidate(**{key: clean(getattr(candidate, key)) for key in Candidate.__struct_fields__})


def _ranked(wanted: Wanted, found: list[Candidate]) -> list[Candidate]:
    scored = [(_nearness(wanted, candidate), candidate) for candidate in found]
    near = sorted((pair for pair in scored if pair[0] >= _NEAR), key=lambda pair: -pair[0])
    best: list[Candidate] = []
    for _, candidate in near:  # a span in a button is called like the button, which says more
        if candidate.role != "text" or candidate.name not in {other.name for other in best}:
            best.append(candidate)
    return best[:_MOST_TOLD]


def _nearness(wanted: Wanted, candidate: Candidate) -> float:
    names = [_words(name) for name in candidate.names]
    closest = max((_alike(a, b) for a in wanted.names for b in names), default=0.0)
    kind = 0.1 if candidate.role == wanted.role else -0.05 if candidate.role == "text" else 0.0
    return closest + kind if closest > 0.4 else 0.0


def _alike(wanted: str, name: str) -> float:
    """From 0 to 1: how many letters are the same, or how many words of the one stand in the other."""
    if not name:
        return 0.0
    ours, theirs = set(wanted.split()), set(name.split())
    shared = len(ours & theirs) / min(len(ours), len(theirs))
    matcher = SequenceMatcher(None, name, wanted, autojunk=False)
    letters = matcher.ratio() if matcher.real_quick_ratio() > _NEAR and matcher.quick_ratio() > _NEAR else 0.0
    return max(letters, 0.9 * shared)


def _told(here: Here, candidate: Candidate) -> str:
    name = here.quote(candidate.name, _LABEL) if candidate.name else ""
    where = f"(#{plain_id})" if (plain_id := here.quote(candidate.id, _LABEL)[1:-1]) else ""
    if not where and candidate.testid:
        where = f"(data-testid={here.quote(candidate.testid, _LABEL)[1:-1]})"
    return " ".join(filter(None, [candidate.role, name, where]))


async def with_nearest(failure: StepError, here: Here, selector: str) -> NothingMatched:
    """The failure, and after it what is there instead."""
    told = await nearest(here, selector)
    return NothingMatched(f"{failure}; nearest: {told}" if told else str(failure))
