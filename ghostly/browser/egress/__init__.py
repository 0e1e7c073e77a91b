"""What a browser may reach: guarded, all that it wants to connect to is asked for here, and checked."""

from __future__ import annotations

from ghostly.browser.egress.dial import Names, Resolve
from ghostly.browser.egress.ledger import Ledger
from ghostly.browser.egress.policy import Network, Policy
from ghostly.browser.egress.proxy import Listener
from ghostly.browser.failures import BrowserUnavailable

__all__ = ["Egress", "Ledger", "Listener", "Network", "Policy"]


class Egress:
    """The way out of guarded browsers; each gets a listener of its own, so that its refusals are its run's."""

    def __init__(self, policy: Policy, resolve: Resolve | None = None) -> None:
        self.policy = policy
        self._resolve = resolve or Names()
        self._ports: set[int] = set()

    async def listen(self) -> Listener:
        """A listener for one more browser; raises ``BrowserUnavailable``."""
        listener = Listener(self.policy, self._resolve, self._ports)
        try:
            await listener.open()
        except OSError as error:
            raise BrowserUnavailable("No port of 127.0.0.1 can be listened on for the guarded egress.") from error
        return listener
