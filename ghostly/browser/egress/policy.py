"""Which addresses a run may reach. Pure: it judges addresses, never names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_network

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PRIVATE = "private"
METADATA = "metadata"
_LOW_32 = 0xFFFF_FFFF

# Where a cloud tells a machine its credentials.
_METADATA_HOSTS = frozenset({
    *map(IPv4Address, ("169.254.169.254", "169.254.170.2", "169.254.170.23")),  # many; AWS's containers
    *map(IPv4Address, ("100.100.100.200", "168.63.129.16", "192.0.0.192")),  # Alibaba, Azure, Oracle
    *map(IPv6Address, ("fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254")),  # AWS, its containers, Google
})  # fmt: skip

# The first that holds an address says what it is.
_KINDS = {
    "link-local": "169.254.0.0/16 fe80::/10",
    METADATA: " ".join(map(str, sorted(_METADATA_HOSTS, key=str))),
    "unspecified": "0.0.0.0/8 ::/128",
    "loopback": "127.0.0.0/8 ::1/128",
    "multicast": "224.0.0.0/4 ff00::/8",
    "broadcast": "255.255.255.255/32",
    PRIVATE: "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 198.18.0.0/15 fc00::/7",
    "reserved": "192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 "
    "2001:db8::/32 3fff::/20",
}
_TABLE = [(ip_network(text), kind) for kind, texts in _KINDS.items() for text in texts.split()]
_GLOBAL = IPv6Network("2000::/3")

# Forms of IPv6 that are nothing but an IPv4 address: mapped, translated, NAT64, compatible.
_CARRIERS = [IPv6Network(text) for text in ("::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "::/96")]
_ISATAP = {0x0000_5EFE, 0x0200_5EFE}


@dataclass(frozen=True, slots=True)
class Policy:
    """Refuses what no app under test is: the machine itself, its link, its cloud. ``allowed`` makes exceptions."""

    private: bool = True
    allowed: tuple[Network, ...] = ()

    def refusal(self, address: Address) -> str | None:
        """What kind of address it is, if it is refused; None if it may be reached."""
        return next((kind for face in faces(address) if (kind := self._refused(face))), None)

    def _refused(self, face: Address) -> str | None:
        kind = _kind(face)
        if kind is None or (kind == PRIVATE and self.private) or self._is_allowed(face):
            return None
        return kind

    def _is_allowed(self, face: Address) -> bool:
        # Who allows a wide network does not think of the one address in it that gives credentials away.
        least = face.max_prefixlen if face in _METADATA_HOSTS else 0
        return any(_holds(network, face) and network.prefixlen >= least for network in self.allowed)


def faces(address: Address) -> Iterator[Address]:
    """Every address at which packets to this one may end: itself, and the IPv4 addresses embedded in it."""
    if isinstance(address, IPv4Address):
        yield address
        return
    number = int(address)
    if number > 1 and any(address in carrier for carrier in _CARRIERS):
        yield IPv4Address(number & _LOW_32)
        return
    yield IPv6Address(number)  # without its scope
    yield from address.teredo or ()
    if address.sixtofour is not None:
        yield address.sixtofour
    if number >> 32 & _LOW_32 in _ISATAP:
        yield IPv4Address(number & _LOW_32)


def _kind(face: Address) -> str | None:
    known = next((kind for network, kind in _TABLE if _holds(network, face)), None)
    unassigned = isinstance(face, IPv6Address) and face not in _GLOBAL
    return known or ("reserved" if unassigned else None)


def _holds(network: Network, face: Address) -> bool:
    return network.version == face.version and face in network
