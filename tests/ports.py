"""Ports that can be left for a while and taken again."""

from __future__ import annotations

import socket
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

GIVEN = Path("/proc/sys/net/ipv4/ip_local_port_range")
MANY = 12_000


def lasting_port() -> int:
    """A free port that nobody is given who asks for any, as all others do who share this machine."""
    first = int(GIVEN.read_text().split()[0]) if GIVEN.exists() else 49_152
    for _ in range(100):
        port = SystemRandom().randrange(max(first - MANY, 1_024), max(first, 2_048))
        with suppress(OSError), socket.socket() as trying:
            trying.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
