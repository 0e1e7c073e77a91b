"""Ports that can be left for a while and taken again."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from pathlib import Path
from random import SystemRandom

GIVEN = Path("/proc/sys/net/ipv4/ip_local_port_range")
MANY = 12_000
RESERVED: list[socket.socket] = []


def lasting_port() -> int:
    """A free port that nobody is given who asks for any, nor any other test as long as this process lives."""
    first = int(GIVEN.read_text().split()[0]) if GIVEN.exists() else 49_152
    for _ in range(100):
        port = SystemRandom().randrange(max(first - MANY, 1_024), max(first, 2_048))
        with suppress(OSError), socket.socket() as trying:
            trying.bind(("127.0.0.1", port))
            reserve(port)
            return port
    raise OSError("no port is free")


def reserve(port: int) -> None:
    """Raises ``OSError`` if another test has it in mind. Only Linux has names that go with their process."""
    if sys.platform == "linux":
        name = socket.socket(socket.AF_UNIX)
        try:
            name.bind(f"\0a test of ghostly has port {port}")
        except OSError:
            name.close()
            raise
        RESERVED.append(name)
