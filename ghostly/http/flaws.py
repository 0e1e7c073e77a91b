"""What is wrong with a body that does not fit its type: the exact place, and a sentence for whoever sent it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches
from functools import cache
from itertools import chain
from typing import Any

import msgspec

from ghostly.domain.errors import Flaw

Schema = dict[str, Any]

LONGEST = 64  # characters of what somebody wrote that are told back

_PLACE = re.compile(r" - at `(key in )?\$\.?(?P<place>[^`]*)`\Z")
_MISSING = re.compile(r"Object missing required field `(?P<name>[^`]*)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`", re.DOTALL)

_BOUND = {">=": "at least", "<=": "at most"}
_UNITS = {"str": "characters", "array": "entries", "object": "fields"}
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
}


def flaw_of(error: msgspec.ValidationError, kind: Any) -> Flaw:
    """The flaw that the error tells of, in words that know nothing of Python; ``kind`` was wanted."""
    text = str(error)
    found = _PLACE.search(text)
    place, sentence = (found["place"], text[: found.start()]) if found else ("", text)
    if missing := _MISSING.fullmatch(sentence):
        return Flaw(_inside(place, missing["name"]), "is missing")
    if unknown := _UNKNOWN.fullmatch(sentence):
        names = chain.from_iterable(each.get("properties", ()) for each in _at(kind, place))
        return Flaw(_inside(place, unknown["name"]), f"there is no such field{_meant(unknown['name'], names)}")
    return Flaw(place or "body", _said(sentence, list(_at(kind, place))))


def _inside(place: str, name: str) -> str:
    short = name if len(name) <= LONGEST else f"{name[:LONGEST]}…"
    return f"{place}.{short}" if place else short


def _said(sentence: str, wanted: list[Schema]) -> str:
    for pattern, say in _SENTENCES:
        if found := pattern.fullmatch(sentence):
            return say(found, wanted) or sentence
    return sentence


def _of_form(_: re.Match[str], wanted: list[Schema]) -> str:
    return next(
        (f"must be {each['description']}" for each in wanted if "description" in each), "must not be blank"
    )


def _of_length(found: re.Match[str], _: list[Schema]) -> str:
    if (found["sign"], found["size"]) == (">=", "1"):
        return "must not be empty"
    return f"must have {_BOUND[found['sign']]} {found['size']} {_UNITS.get(found['kind'], 'entries')}"


def _of_size(found: re.Match[str], _: list[Schema]) -> str:
    return f"must be {_BOUND[found['sign']]} {found['size']}"


def _of_kind(found: re.Match[str], _: list[Schema]) -> str:
    return f"must be {_named(found['wanted'])}, not {_named(found['given'])}"


def _named(kinds: str) -> str:
    several = kinds.split(" | ")
    asked = [kind for kind in several if kind != "null"] or several  # that nothing may stand there helps nobody
    return " or ".join(_KINDS.get(kind, kind) for kind in asked)


def _of_words(found: re.Match[str], wanted: list[Schema]) -> str:
    given, words = found["given"].strip("'"), _words(wanted)
    if meant := _meant(given, words):
        return f"there is no {given!r}{meant}"
    return f"must be one of {', '.join(words)}" if len(words) > 1 else f"must be {words[0]}" if words else ""


def _meant(given: str, known: Iterable[str]) -> str:
    near = get_close_matches(given, sorted({*known}), n=1) if len(given) <= LONGEST else []
    return f"; did you mean {near[0]!r}?" if near else ""


def _words(wanted: Iterable[Schema]) -> list[str]:
    words = [word for each in wanted for word in each.get("enum", ())]
    return [str(word).lower() if isinstance(word, bool) else str(word) for word in words]


_SENTENCES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], list[Schema]], str]], ...] = (
    (re.compile(r"Invalid (enum )?value (?P<given>.*)", re.DOTALL), _of_words),
    (re.compile(r"Expected `str` matching regex .*", re.DOTALL), _of_form),
    (re.compile(r"Expected `(?P<kind>\w+)` of length (?P<sign>[<>]=) (?P<size>\d+)"), _of_length),
    (re.compile(r"Expected `\w+` (?P<sign>[<>]=) (?P<size>\S+)"), _of_size),
    (re.compile(r"Expected `(?P<wanted>[^`]*)`, got `(?P<given>[^`]*)`"), _of_kind),
)
"""What msgspec says, and how we say it."""


# ---- what may stand at a place


def _at(kind: Any, place: str) -> Iterator[Schema]:
    """What may stand at the place (``steps[].action``), as far as the type tells."""
    schemas, named = _described(kind)
    for name in re.findall(r"[^.\[\]]+|\[[^\]]*\]", place):
        schemas = [inner for each in schemas for inner in _expanded(_below(each, name), named)]
    yield from schemas


def _below(schema: Schema, name: str) -> Schema:
    below: Schema = schema.get("items", {}) if name.startswith("[") else schema.get("properties", {}).get(name, {})
    return below


def _expanded(schema: Schema, named: dict[str, Schema]) -> list[Schema]:
    if "$ref" in schema:
        return _expanded(named[schema["$ref"]], named)
    if "anyOf" in schema:
        return [each for one in schema["anyOf"] for each in _expanded(one, named)]
    return [schema]


@cache
def _described(kind: Any) -> tuple[list[Schema], dict[str, Schema]]:
    (schema,), components = msgspec.json.schema_components([kind], ref_template="{name}")
    return _expanded(schema, components), components
