"""Passwords: argon2id, on threads of its own, and never more at once than the machine can take."""

from __future__ import annotations

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ghostly.domain.errors import RateLimited

AT_ONCE = 2
"""Each takes 64 MiB and a core for a good tenth of a second."""

WAITING = 64
RETRY_AFTER_S = 5

_hasher = PasswordHasher()


class Passwords:
    """Hashes and checks; a storm of both waits here and takes no thread or memory from others."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="argon2")
        self._asked = 0

    async def hashed(self, password: str) -> str:
        """The hash to be stored; raises ``RateLimited`` if too many wait already."""
        hashed: str = await self._on_a_thread(partial(_hasher.hash, _bytes(password)))
        return hashed

    async def matches(self, hashed: str | None, password: str) -> bool:
        """Whether it is the password; without a hash it is not, which takes as long to find out.

        Raises ``RateLimited`` if too many wait already.
        """
        return bool(await self._on_a_thread(partial(_matches, hashed, password)))

    async def _on_a_thread(self, work: Any) -> Any:
        if self._asked >= AT_ONCE + WAITING:
            raise RateLimited(RETRY_AFTER_S)
        self._asked += 1
        try:
            # Of a client that goes away meanwhile, what no thread has begun is never done.
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._asked -= 1


def _matches(hashed: str | None, password: str) -> bool:
    nobodys = _nobodys()  # also where it is not needed: the first one takes longer
    try:
        return _hasher.verify(hashed or nobodys, _bytes(password)) and hashed is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash(secrets.token_hex())


def _bytes(password: str) -> bytes:
    return password.encode("utf-8", "replace")
