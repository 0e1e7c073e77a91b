"""Logging in: by e-mail and password, not too often, and what the log hears of those who were refused."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from ghostly.accounts.account import Accounts
from ghostly.accounts.limits import Buckets
from ghostly.accounts.passwords import Passwords
from ghostly.accounts.scopes import SCOPES, Caller
from ghostly.database.errors import REFUSING, UNREACHABLE
from ghostly.domain.account_events import LoginRefused
from ghostly.domain.errors import AccountNotFound, RateLimited, WrongCredentials

logger = logging.getLogger("ghostly.accounts")

BY_ACCOUNT = (10, 60.0)
BY_ADDRESS = (30, 10.0)
FAMILIAR = 10_000
MOST_UNTOLD = 10_000
LONGEST = 254
TOLD_EVERY_S = 60.0
LOOK_S = 1.0
LAST_WORDS_S = 2.0

WHOSE = "select asked, id from unnest($1::text[]) as asked join users on lower(email) = lower(asked)"
FIND = "select id, email, role, password_hash from users where lower(email) = lower($1)"


class Logins:
    """Lets users in; limits wrong tries for each account, and for each address.

    An address from which a user came in before has a bucket of its own for that account: whoever guesses from
    elsewhere shuts nobody out.
    """

    def __init__(self, accounts: Accounts, passwords: Passwords, monotonic: Callable[[], float]) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._of_account = Buckets(*BY_ACCOUNT, monotonic)
        self._of_address = Buckets(*BY_ADDRESS, monotonic)
        self._familiar: OrderedDict[tuple[str, str], None] = OrderedDict()
        self.refusals = Refusals(accounts, monotonic)

    async def log_in(self, email: str, password: str, address: str) -> Caller:
        """The user with this e-mail and password.

        Raises ``RateLimited``; and ``WrongCredentials``, for a wrong password as for an unknown e-mail after the
        same time.
        """
        known_as, network = spelled(email), network_of(address)
        try:
            return await self._try(known_as, network, email, password)
        except (RateLimited, WrongCredentials):
            self.refusals.count(known_as)
            raise

    async def _try(self, known_as: str, network: str, email: str, password: str) -> Caller:
        who = (known_as, network if (known_as, network) in self._familiar else "")
        wait = max(self._of_account.wait(who), self._of_address.wait(network))
        if wait > 0:  # before the database is asked: a storm shall not take its connections
            raise RateLimited(wait)
        # Counted before it is checked: of a thousand who try at once, each must see the others.
        self._of_account.take(who)
        self._of_address.take(network)
        try:
            caller = await self._check(email, password)
        except (RateLimited, *UNREACHABLE):  # nothing was checked
            self._give_back(who, network)
            raise
        self._give_back(who, network)
        self._remember(known_as, network)
        return caller

    async def _check(self, email: str, password: str) -> Caller:
        row = await self._accounts.pool.fetchrow(FIND, email)
        if not await self._passwords.matches(row["password_hash"] if row else None, password) or row is None:
            raise WrongCredentials("the e-mail address is unknown, or the password is wrong")
        return Caller(row["id"], row["email"], row["role"], SCOPES[row["role"]])

    def _give_back(self, who: tuple[str, str], network: str) -> None:
        self._of_account.give_back(who)
        self._of_address.give_back(network)

    def _remember(self, email: str, network: str) -> None:
        self._familiar[email, network] = None
        self._familiar.move_to_end((email, network))
        if len(self._familiar) > FAMILIAR:
            self._familiar.popitem(last=False)


class Refusals:
    """Tells the log of refused logins: of the first within a second, of more how many they were, once a minute.

    Never while a caller waits: it would take longer to be refused with an e-mail address that is known.
    """

    def __init__(self, accounts: Accounts, monotonic: Callable[[], float]) -> None:
        self._accounts = accounts
        self._monotonic = monotonic
        self._told: dict[str, float] = {}
        self._untold: dict[str, int] = {}

    def count(self, email: str) -> None:
        """A login with this e-mail address was refused; that it is nobody's is found out when it is to be told."""
        if email in self._untold or ("\0" not in email and len(self._untold) < MOST_UNTOLD):
            self._untold[email] = self._untold.get(email, 0) + 1

    async def tend(self) -> None:
        """Tell, until cancelled; then of all that was not told yet."""
        try:
            while True:
                await asyncio.sleep(LOOK_S)
                await self.tell()
        finally:
            self._told.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(LAST_WORDS_S):
                    await self.tell()

    async def tell(self) -> None:
        """Tell of every account of which nothing was told for a minute; forget what is nobody's address."""
        now = self._monotonic()
        self._told = {email: at for email, at in self._told.items() if now < at + TOLD_EVERY_S}
        asked = [email for email in self._untold if email not in self._told]
        try:
            users = await self._users(asked)
        except REFUSING as error:
            logger.warning("cannot tell of %d refused logins: %r", len(asked), error)
            return
        for email in asked:
            times = self._untold.pop(email)
            if user := users.get(email):
                self._told[email] = now
                await self._tell(email, user, times)

    async def _users(self, emails: list[str]) -> dict[str, UUID]:
        """Whose the addresses are, asked once for all of them."""
        rows = await self._accounts.pool.fetch(WHOSE, emails) if emails else []
        return {row["asked"]: row["id"] for row in rows}

    async def _tell(self, email: str, user: UUID, times: int) -> None:
        try:
            async with self._accounts.changing(user, "system") as change:
                change.tell(LoginRefused, times=times)
        except AccountNotFound:
            pass
        except REFUSING as error:  # whatever it is: who tells must go on telling of others
            logger.warning("cannot tell of %d refused logins: %r", times, error)
            self._untold[email] = self._untold.get(email, 0) + times


def spelled(email: str) -> str:
    """One spelling for all that the database takes for the same address.

    It maps letter by letter, as few programs do: ``İ`` to ``i``, where Python writes two letters.
    """
    return "".join(letter.lower()[0] for letter in email[:LONGEST])


def network_of(address: str) -> str:
    """The address, or the /64 of an IPv6 one: whoever has one of these has them all."""
    try:
        ip = ip_address(address)
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or IPv6Address(int(ip) >> 64 << 64))
