"""Takes a selector apart, whichever of Playwright's languages it is written in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

_LONGEST = 1_000  # nobody writes a longer one, and taking one apart takes time that grows faster than it does
_ENGINE = re.compile(r"\s*(?:internal:)?([\w-]+)=(.*)\Z", re.DOTALL)
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'"
_ATTRIBUTE = re.compile(rf"\[\s*@?([\w:-]+)\s*(?:[*^$|~]?=\s*({_STRING}|[^\]\s]+?))?\s*[is]?\s*\]")
_TEXT = re.compile(rf":(?:has-text|text|text-is)\(\s*({_STRING}|[^()]*)\s*\)")
_PSEUDO = re.compile(r"(?<!\\)::?[\w-]+(?:\((?:[^()]|\([^()]*\))*\))?")
_ID = re.compile(r"#((?:[\w-]|\\.)+)")
_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
_TAG = re.compile(r"\s*([a-zA-Z][\w-]*)")
_ROLE = re.compile(r"\s*(\w+)")
_PATH = re.compile(r"\s*(?:\(*/|\.\.)")
_PARENT = re.compile(r"(?:^|[/=\s])\.\.\s*\Z")
_PATH_STEP = re.compile(r"/+(?:[\w-]+::)?([\w*-]+)((?:\[(?:[^\[\]\"']|\"[^\"]*\"|'[^']*')*\])*)")
_PATH_EQUALS = re.compile(r"@([\w:-]+)\s*(?:,|=)\s*(\"[^\"]*\"|'[^']*')")
_PATH_TEXT = re.compile(r"(?:text\(\)|\.|normalize-space\([^)]*\))\s*(?:,|=)\s*(\"[^\"]*\"|'[^']*')")
_QUOTED = re.compile(rf"{_STRING}|\[[^\]]*\]|\([^()]*(?:\([^()]*\)[^()]*)*\)")
_TEST_IDS = ("data-testid", "data-test-id", "data-test", "data-cy", "data-qa")


class Part(Struct, frozen=True):
    """What one link of a selector says of one element. ``attributes`` are as in HTML, ``text`` what it shows."""

    tag: str = ""
    role: str = ""
    text: str = ""
    classes: tuple[str, ...] = ()
    attributes: dict[str, str] = {}

    @property
    def says(self) -> bool:
        """Whether it says anything at all."""
        return bool(self.tag or self.role or self.text or self.classes or self.attributes)

    @property
    def test_id(self) -> str:
        """The attribute that was put there for tests, whatever it is called."""
        return next(filter(None, (self.attributes.get(name) for name in _TEST_IDS)), "")


def parts(selector: str) -> list[Part]:
    """Its links from the outermost to the element itself; empty where none says anything of that."""
    if len(selector) > _LONGEST or _PARENT.search(selector):
        return []
    found = [part for link in _split(selector, ">>") for part in _link(link)]
    return [part for part in found if part.says]


def _link(link: str) -> Iterator[Part]:
    if _PATH.match(link):
        yield from _path(link)
    elif (engine := _ENGINE.match(link)) and not link.lstrip().startswith(("[", "#", ".")):
        yield from _engine(engine[1], engine[2])
    else:
        yield from _css(link)


def _engine(name: str, body: str) -> Iterator[Part]:
    if name == "css":
        yield from _css(body)
    elif name == "xpath":
        yield from _path(body)
    elif name in {"text", "has-text"}:
        yield Part(text=_plain(body))
    elif name == "role":
        role = _ROLE.match(body)
        yield Part(role=role[1] if role else "", text=_attributes(body).get("name", ""))
    elif name == "label":
        yield Part(attributes={"aria-label": _plain(body)})
    elif name in {"attr", "testid"}:
        yield Part(attributes=_attributes(body))
    elif name in {"id", *_TEST_IDS}:
        yield Part(attributes={name: _plain(body)})


def _css(text: str) -> Iterator[Part]:
    first = next(_split(text, ","), "")
    for compound in _compounds(first):
        bare = _PSEUDO.sub("", _ATTRIBUTE.sub("", _TEXT.sub("", compound)))
        tag, told, attributes = _TAG.match(bare), _TEXT.search(compound), _attributes(_TEXT.sub("", compound))
        if named := _ID.search(bare):
            attributes["id"] = named[1].replace("\\", "")
        yield Part(
            tag=tag[1].lower() if tag else "",
            role=attributes.pop("role", ""),
            text=_plain(told[1]) if told else "",
            classes=tuple(each.replace("\\", "") for each in _CLASS.findall(bare)),
            attributes=attributes,
        )


def _path(text: str) -> Iterator[Part]:
    for tag, conditions in _PATH_STEP.findall(text):
        told = _PATH_TEXT.search(conditions)
        attributes = {name: _plain(value) for name, value in _PATH_EQUALS.findall(conditions)}
        classes = tuple(attributes.pop("class", "").split())
        role = attributes.pop("role", "")
        yield Part("" if tag == "*" else tag.lower(), role, _plain(told[1]) if told else "", classes, attributes)


def _attributes(text: str) -> dict[str, str]:
    return {name: _plain(value) for name, value in _ATTRIBUTE.findall(text) if value}


def _plain(text: str) -> str:
    """Without quotes, the slashes of a pattern, and the letter that says whether case counts."""
    text = text.strip()
    if text[:1] in {'"', "'"} and (end := text.rfind(text[0])) > 0:
        return re.sub(r"\\(.)", r"\1", text[1:end])
    return re.sub(r"\\.|[\^$]", "", text[1:].rpartition("/")[0]) if text.startswith("/") else text


def _compounds(text: str) -> Iterator[str]:
    """Without what stands in between: a space, ``>``, ``+``, ``~``; those in quotes and brackets are kept."""
    covered = _QUOTED.sub(lambda found: "_" * len(found[0]), text)
    for found in re.finditer(r"[^\s>+~]+", covered):
        yield text[found.start() : found.end()]


def _split(text: str, sign: str) -> Iterator[str]:
    covered, begin = _QUOTED.sub(lambda found: "_" * len(found[0]), text), 0
    while (end := covered.find(sign, begin)) >= 0:
        yield text[begin:end].strip()
        begin = end + len(sign)
    yield text[begin:].strip()
