"""What may enter the log: secrets stay references, literals wait outside it until they were typed.

An immutable log cannot be scrubbed, so everything here happens before an event is built.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from ghostly.domain.flow import Flow
from ghostly.domain.steps import Fill, is_telltale

MASK = "[REDACTED]"

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
        self._secrets: set[str] = set()
        self._pattern: re.Pattern[str] | None = None
        for secret in secrets:
            self.learn(secret)

    def learn(self, secret: str) -> None:
        """Mask this too from now on. Strings under two characters mask nothing but themselves in no text."""
        if len(secret) < 2:
            return
        self._secrets.add(secret)
        longest_first = sorted(self._secrets, key=len, reverse=True)
        self._pattern = re.compile("|".join("".join(map(_written, secret)) for secret in longest_first))

    def text(self, text: str) -> str:
        """The text with every known secret masked."""
        return self._pattern.sub(MASK, text) if self._pattern else text

    def value(self, value: Any) -> Any:
        """Any JSON value, keys included, with every known secret masked."""
        if not self._pattern:
            return value
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {self.text(key): self.value(item) for key, item in value.items()}
        if isinstance(value, (list, tuple)):
            return [self.value(item) for item in value]
        return value


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
