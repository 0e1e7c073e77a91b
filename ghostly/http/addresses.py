"""From where a request comes, also where proxies stand between."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from aiohttp import hdrs, web

from ghostly.http.context import PROXIES
from ghostly.settings import Network

Address = IPv4Address | IPv6Address

_WITH_PORT = re.compile(r"(?P<v4>[0-9.]+):[0-9]+|\[(?P<v6>[^\]]*)\](:[0-9]+)?")


def address_of(request: web.Request) -> str:
    """The address of whoever calls, as far as only those are believed who are trusted.

    It is the peer's; and where that is a proxy of ours, the one that it names, and so on from the right; anyone
    can write what stands further left.
    """
    peer = request.remote or ""
    caller = _read(peer)
    trusted = request.app[PROXIES]
    if caller is None or not trusted:
        return peer
    for named in _named(request):
        if not _is_in(caller, trusted) or (before := _read(named)) is None:
            break
        caller = before
    return str(caller)


def _named(request: web.Request) -> Iterator[str]:
    """What ``X-Forwarded-For`` names, the last first; several lines of it are one list."""
    return reversed(",".join(request.headers.getall(hdrs.X_FORWARDED_FOR, ())).split(","))


def _read(text: str) -> Address | None:
    written = text.strip()
    if with_port := _WITH_PORT.fullmatch(written):
        written = with_port["v4"] or with_port["v6"]
    try:
        address = ip_address(written)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_in(address: Address, networks: Iterable[Network]) -> bool:
    return any(address in network for network in networks)
