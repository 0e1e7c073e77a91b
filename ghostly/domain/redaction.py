"""What may enter the log: secrets stay references, literals wait outside it until they were typed.

An immutable log cannot be scrubbed, so everything here happens before an event is built.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from msgspec.structs import replace

from ghostly.domain.flow import Flow
from ghostly.domain.steps import Fill, is_telltale

MASK = "[REDACTED]"
PART = 128

_SECRET = re.compile(r"\$secret:([A-Za-z_][A-Za-z0-9_]*)\Z")
_INPUT = re.compile(r"\$input:(\d+)\Z")


def set_inputs_apart(flow: Flow) -> tuple[Flow, list[str]]:
    """The flow with ``$input:<n>`` for the nth literal that it types, and those literals.

    Secret references stay as they are. ``put_inputs_back`` undoes it.
    """
    inputs: list[str] = []

    def reference(step: Fill) -> Fill:
        if secret_name(step.value) is not None:
            return step
        inputs.append(step.value)
        return replace(step, value=f"$input:{len(inputs) - 1}")

    return _each_fill(flow, reference), inputs


def put_inputs_back(flow: Flow, inputs: list[str]) -> Flow:
    """The flow with its literals again; raises ``IndexError`` where one is missing."""

    def literal(step: Fill) -> Fill:
        found = _INPUT.match(step.value)
        return replace(step, value=inputs[int(found[1])]) if found else step

    return _each_fill(flow, literal)


def secret_name(value: str) -> str | None:
    """``NAME`` if the value is the reference ``$secret:NAME``, else None."""
    found = _SECRET.match(value)
    return found[1] if found else None


def types_a_secret(step: Fill) -> bool:
    """Whether the step itself says that its value must not be shown; the page may say so too."""
    return step.secret or secret_name(step.value) is not None or is_telltale(step.selector)


class Redactor:
    """Masks what a run must not tell: every known secret, raw, URL-encoded or JSON-encoded, in any string."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        self._patterns: dict[str, list[re.Pattern[str]]] = {}
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Mask this too from now on. Strings under two characters mask nothing but themselves in no text."""
        for shown in _shown(secret):
            if len(shown) >= 2 and shown not in self._patterns:
                self._patterns[shown] = [re.compile("".join(map(_written, part))) for part in _parts(shown)]

    def forget(self, secret: str) -> None:
        """It is none: mask it no more."""
        for shown in _shown(secret):
            self._patterns.pop(shown, None)

    def knows(self, secret: str) -> bool:
        """Whether it is masked already."""
        return any(shown in self._patterns for shown in _shown(secret))

    @property
    def has_secrets(self) -> bool:
        """Whether it knows any."""
        return bool(self._patterns)

    def finds(self, text: str) -> bool:
        """Whether any known secret is in the text."""
        return any(pattern.search(text) for pattern in self._all())

    def text(self, text: str) -> str:
        """The text with every known secret masked; of those that overlap nothing is left."""
        told, end = [], 0
        for start, stop in _joined(span for pattern in self._all() for span in _spans(pattern, text)):
            told += [text[end:start], MASK]
            end = stop
        return "".join([*told, text[end:]]) if told else text

    def _all(self) -> Iterator[re.Pattern[str]]:
        return chain.from_iterable(self._patterns.values())

    def value(self, value: Any) -> Any:
        """Any JSON value, keys included, with every known secret masked."""
        if not self._patterns:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value


def _shown(secret: str) -> set[str]:
    """As pages show it, which trim and collapse what they show."""
    return {secret, secret.strip(), " ".join(secret.split())}


def _parts(secret: str) -> set[str]:
    """The secret, or what a long one is made of: looking for it costs as its length, and a page may be like it."""
    if len(secret) <= PART:
        return {secret}
    return {secret[start : start + PART] for start in range(0, len(secret) - PART, PART)} | {secret[-PART:]}


def _spans(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while found := pattern.search(text, start):
        yield found.span()
        start = found.start() + 1  # a secret may overlap itself


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _written(character: str) -> str:
    """A pattern for the character, however it is written: browsers, forms and programs do not encode the same."""
    if character.isascii() and character.isalnum():
        return character
    url = "".join(f"%{byte:02x}" for byte in character.encode(errors="surrogatepass"))
    unicode = re.sub("....", r"\\u\g<0>", character.encode("utf-16-be", "surrogatepass").hex())
    forms = {character, json.dumps(character)[1:-1], url, unicode, "+" if character == " " else character}
    return f"(?i:{'|'.join(map(re.escape, forms))})"


def _each_fill(flow: Flow, change: Callable[[Fill], Fill]) -> Flow:
    return replace(flow, steps=[change(step) if isinstance(step, Fill) else step for step in flow.steps])
