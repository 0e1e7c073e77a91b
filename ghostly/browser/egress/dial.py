"""From a name to a connection: resolved once, checked, and connected to the very address that was checked."""

from __future__ import annotations

import asyncio
import errno
import socket
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from ipaddress import ip_address

from ghostly.browser.egress.heads import LIMIT
from ghostly.browser.egress.ledger import Failure, Refusal, Target
from ghostly.browser.egress.policy import Address, Policy

Resolve = Callable[[str], Awaitable[list[str]]]

_RESOLVE_S = 15.0
_NEXT_S = 2.0  # an address that does not answer is left for the next one
_LAST_S = 20.0
_TRIED = 6
_LOOKED_UP_AT_ONCE = 32
_LOCAL = ("127.0.0.1", "::1")  # as browsers have it, whatever the name server says
_CODES = {
    errno.ECONNREFUSED: "ERR_CONNECTION_REFUSED",
    errno.ECONNRESET: "ERR_CONNECTION_RESET",
    errno.EHOSTUNREACH: "ERR_ADDRESS_UNREACHABLE",
    errno.ENETUNREACH: "ERR_ADDRESS_UNREACHABLE",
    errno.ENETDOWN: "ERR_INTERNET_DISCONNECTED",
    errno.ETIMEDOUT: "ERR_CONNECTION_TIMED_OUT",
}


class NotDialled(Exception):
    """There is no connection, and this is why."""

    def __init__(self, entry: Refusal | Failure) -> None:
        super().__init__(str(entry))
        self.entry = entry


async def dial(
    target: Target, policy: Policy, resolve: Resolve, own_ports: set[int]
) -> tuple[StreamReader, StreamWriter]:
    """A connection to the target; raises ``NotDialled``."""
    addresses = await _addresses(target, resolve)
    kinds = {address: _refusal(policy, address, target.port, own_ports) for address in addresses}
    allowed = [address for address, kind in kinds.items() if kind is None]
    for address, kind in kinds.items():
        if kind is not None and not allowed:
            raise NotDialled(Refusal(target, str(address), kind))
    return await _connect(target, allowed[:_TRIED])


def _refusal(policy: Policy, address: Address, port: int, own_ports: set[int]) -> str | None:
    kind = policy.refusal(address)
    if kind is None and port in own_ports and Policy().refusal(address) in {"loopback", "unspecified"}:
        return "loopback"  # a proxy that asks itself would do so for ever
    return kind


async def _addresses(target: Target, resolve: Resolve) -> list[Address]:
    with suppress(ValueError):
        return [ip_address(target.host)]
    found: list[str] = []
    with suppress(OSError, ValueError):  # no such name; or none that could be one
        async with asyncio.timeout(_RESOLVE_S):
            found = await resolve(target.host)
    if not found:
        raise NotDialled(Failure(target, "ERR_NAME_NOT_RESOLVED"))
    return [ip_address(address) for address in found]


async def _connect(target: Target, addresses: list[Address]) -> tuple[StreamReader, StreamWriter]:
    code = "ERR_CONNECTION_FAILED"
    for left, address in reversed(list(enumerate(reversed(addresses)))):
        try:
            async with asyncio.timeout(_NEXT_S if left else _LAST_S):
                # Numeric only: whatever text this is, no name is looked up a second time.
                return await asyncio.open_connection(
                    str(address), target.port, limit=LIMIT, flags=socket.AI_NUMERICHOST
                )
        except TimeoutError:
            code = "ERR_CONNECTION_TIMED_OUT"
        except OSError as error:
            code = _CODES.get(error.errno or 0, "ERR_CONNECTION_FAILED")
    raise NotDialled(Failure(target, code))


class Names:
    """Asks the system for addresses, in threads of its own: a slow name server must not hold up anything else."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(_LOOKED_UP_AT_ONCE)

    async def __call__(self, name: str) -> list[str]:
        """The addresses of a name, best first; raises ``OSError`` or ``ValueError`` if it has none."""
        if f".{name}".removesuffix(".").endswith(".localhost"):
            return list(_LOCAL)
        await self._places.acquire()
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[str]] = loop.create_future()

        def settle(found: list[str] | Exception) -> None:
            self._places.release()
            if answer.done():  # nobody waits any more
                return
            if isinstance(found, Exception):
                answer.set_exception(found)
            else:
                answer.set_result(found)

        def look_up() -> None:
            found = _look_up(name)
            with suppress(RuntimeError):  # the loop has closed meanwhile
                loop.call_soon_threadsafe(settle, found)

        threading.Thread(target=look_up, name="egress looks up", daemon=True).start()
        return await answer


def _look_up(name: str) -> list[str] | Exception:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        return error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
