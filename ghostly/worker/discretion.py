"""What may be told of what a run types."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import NamedTuple
from uuid import UUID

from msgspec import to_builtins
from msgspec.structs import replace

from ghostly.domain.events import Json
from ghostly.domain.redaction import MASK, Redactor, secret_name, types_a_secret
from ghostly.domain.run import Said
from ghostly.domain.steps import AnyStep, Fill
from ghostly.event_log.patience import patiently
from ghostly.worker.outage import OUTAGE_S

SecretOf = Callable[[UUID, str], Awaitable[str | None]]
"""What a name means to a user now; None if nothing."""


class Prepared(NamedTuple):
    """A step as it is carried out, as it may be shown, and whether what it types must be covered.

    ``step`` is None when it refers to a secret that nobody gave. ``new``: until now nothing said that its value is
    a secret, and only the page does, which may not even have the field.
    """

    step: AnyStep | None
    shown: Json
    covered: bool = False
    new: bool = False


class Discretion:
    """Keeps the secrets of one run: resolves references, and masks in every fact what was resolved or typed."""

    def __init__(self, owner: UUID, secret_of: SecretOf) -> None:
        self._owner = owner
        self._secret_of = secret_of
        self._redactor = Redactor()

    async def prepare(self, step: AnyStep, is_secret_field: Callable[[Fill], Awaitable[bool]]) -> Prepared:
        """Resolve what the step types; the page is asked only where the step itself does not tell."""
        if not isinstance(step, Fill):
            return Prepared(step, to_builtins(step))
        name = secret_name(step.value)
        value = await patiently(partial(self._secret_of, self._owner, name), OUTAGE_S) if name else step.value
        telling = types_a_secret(step)
        hidden = telling or await is_secret_field(step)
        new = hidden and not telling and not self._redactor.knows(step.value)
        if hidden and value:
            self._redactor.learn(value)
        shown = to_builtins(step) | ({"value": MASK} if hidden and not name else {})
        return Prepared(None if value is None else replace(step, value=value), shown, hidden, new)

    def was_not_typed(self, prepared: Prepared) -> None:
        """There was no such field: what should go into it is the plain text that it was before."""
        if prepared.new and isinstance(prepared.step, Fill):
            self._redactor.forget(prepared.step.value)

    def text(self, text: str) -> str:
        """The text without any secret of this run."""
        return self._redactor.text(text)

    @property
    def has_secrets(self) -> bool:
        """Whether this run has typed any secret so far, or is about to."""
        return self._redactor.has_secrets

    def holds_secret(self, text: str) -> bool:
        """Whether the text gives a secret of this run away."""
        return self._redactor.finds(text)

    def facts(self, facts: Iterable[Said]) -> list[Said]:
        """The facts without any secret of this run."""
        return [Said(fact, self.value(fields)) for fact, fields in facts]

    def value(self, fields: Json) -> Json:
        """The fields without any secret of this run, however deep it lies."""
        masked: Json = self._redactor.value(fields)
        return masked
