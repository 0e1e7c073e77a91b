"""Where a model is asked, and the ways in which it does not answer."""

from __future__ import annotations

from dataclasses import dataclass, field

from ghostly.domain.redaction import Redactor

PATIENCE_S = 60.0
SHORTEST_KEY = 16  # what is shorter may well be a word: servers that want no key are given any


@dataclass(frozen=True, kw_only=True)
class Endpoint:
    """Something that speaks OpenAI's protocol beneath ``base_url``.

    ``patience_s`` is how long a question may take, its repetition included. ``proxy`` is the way out that judges
    every address; None: it is asked directly.
    """

    base_url: str
    model: str
    api_key: str | None = field(default=None, repr=False)
    patience_s: float = PATIENCE_S
    proxy: str | None = None

    def clean(self, text: str) -> str:
        """The text without the key, on one line, cut: it is shown to people and kept in the log."""
        told = " ".join(self._without_key(text).split())
        return told if len(told) <= 300 else f"{told[:299]}…"

    def heard(self, text: str) -> str:
        """What a model says, without the key: an endpoint knows it, and what it says becomes steps and reasons."""
        return self._without_key(text) if len(self.api_key or "") >= SHORTEST_KEY else text

    def _without_key(self, text: str) -> str:
        return Redactor([self.api_key]).text(text) if self.api_key else text


class LlmFailed(Exception):
    """The model gave no answer that can be used; the text says why, without the key.

    ``status`` is the HTTP status, if there was one; ``retry_after_s`` what the endpoint asks for.
    """

    def __init__(self, text: str, status: int | None = None, retry_after_s: float | None = None) -> None:
        super().__init__(text)
        self.status = status
        self.retry_after_s = retry_after_s

    @property
    def passes_by(self) -> bool:
        """Whether another try a little later may succeed."""
        return self.status == 429 or (self.status or 0) >= 500


class LlmTimeout(LlmFailed):
    """The model did not answer in time."""
