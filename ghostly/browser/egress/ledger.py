"""What a run was refused, and what it could not reach: the browser itself cannot tell the two apart."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple
from urllib.parse import urlsplit

from ghostly.browser.failures import BrowserGone, StepError, TargetUnreachable, not_loaded

_SHOWN = 3
_REMEMBERED = 50
_PORTS = {"http": 80, "https": 443}
_HIDDEN_BEHIND = {"ERR_EMPTY_RESPONSE", "ERR_TUNNEL_CONNECTION_FAILED"}


class Target(NamedTuple):
    """What the browser wants to speak to."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Refusal(NamedTuple):
    """Nobody was asked, because the address is one that must not be reached."""

    target: Target
    address: str
    kind: str

    def __str__(self) -> str:
        article = "an" if self.kind[0] in "aeiou" else "a"
        leads = "is" if self.target.host == self.address else f"leads to {self.address},"
        return f"{self.target.host} {leads} {article} {self.kind} address, which egress refuses"


class Failure(NamedTuple):
    """Nobody answered; the code is the one that the browser would have given without a proxy."""

    target: Target
    code: str


class Ledger:
    """What happened since it was last asked. In open mode nobody writes into it."""

    def __init__(self) -> None:
        self._count = 0
        self._recent: deque[Refusal | Failure] = deque(maxlen=_REMEMBERED)

    def enter(self, entry: Refusal | Failure) -> None:
        """Remember it; of a page that asks without end, the newest only."""
        self._count += isinstance(entry, Refusal)
        self._recent.append(entry)

    def explain(self, failure: StepError | BrowserGone, what: str) -> StepError | BrowserGone:
        """The same failure to open ``what``, a quoted URL, with its cause if that is known here."""
        if not isinstance(failure, TargetUnreachable) or failure.code not in _HIDDEN_BEHIND:
            return failure
        match self._cause(what.strip("'")):
            case Refusal() as refusal:
                self._forget(refusal)
                return StepError(f"{what} was not opened: {refusal}")
            case Failure(code=code):
                return not_loaded(code, what)
            case _:
                return failure

    def last_refusal(self) -> str | None:
        """The last refusal in words, which need not be told again."""
        refusal = next((entry for entry in reversed(self._recent) if isinstance(entry, Refusal)), None)
        if refusal is not None:
            self._forget(refusal)
        return refusal and str(refusal)

    def take_note(self) -> list[str]:
        """What was refused, as at most one sentence; everything is forgotten with it."""
        count, self._count = self._count, 0
        refused = {f"{one.target} ({one.kind})": None for one in self._recent if isinstance(one, Refusal)}
        self._recent.clear()
        if not count:
            return []
        named = ", ".join(list(refused)[:_SHOWN]) + (" …" if len(refused) > _SHOWN else "")
        return [f"egress refused {'a request' if count == 1 else f'{count} requests'}: {named}"]

    def _cause(self, url: str) -> Refusal | Failure | None:
        asked = _target(url)
        newest = list(reversed(self._recent))
        # A redirect leads elsewhere than was asked; then it is what happened last.
        return next((entry for entry in newest if entry.target == asked), newest[0] if newest else None)

    def _forget(self, refusal: Refusal) -> None:
        kept = [entry for entry in self._recent if entry != refusal]
        self._count = max(0, self._count - (len(self._recent) - len(kept)))
        self._recent = deque(kept, maxlen=_REMEMBERED)


def _target(url: str) -> Target | None:
    try:
        parts = urlsplit(url)
        return Target(parts.hostname or "", parts.port or _PORTS.get(parts.scheme, 0))
    except ValueError:
        return None
