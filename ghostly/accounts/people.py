"""Everything that knows of accounts, put together on one database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from ghostly.accounts.account import Accounts
from ghostly.accounts.fresh import Fresh
from ghostly.accounts.keys import Keys
from ghostly.accounts.llm import Models
from ghostly.accounts.logins import Logins
from ghostly.accounts.passwords import Passwords
from ghostly.accounts.projects import Projects
from ghostly.accounts.secrets import Secrets
from ghostly.accounts.users import Users
from ghostly.accounts.vault import Vault


class People(NamedTuple):
    """Who there is, how they get in, and what is theirs."""

    users: Users
    keys: Keys
    logins: Logins
    projects: Projects
    secrets: Secrets
    models: Models


def people(
    pool: asyncpg.Pool,
    vault: Vault,
    *,
    clock: Callable[[], datetime],
    new_id: Callable[[], UUID],
    monotonic: Callable[[], float],
) -> People:
    """The people of a database; ``vault`` keeps their secrets."""
    accounts, passwords, fresh = Accounts(pool, clock, new_id), Passwords(), Fresh(monotonic)
    return People(
        users=Users(accounts, passwords, fresh),
        keys=Keys(accounts, fresh),
        logins=Logins(accounts, passwords, monotonic),
        projects=Projects(accounts),
        secrets=Secrets(accounts, vault, monotonic),
        models=Models(accounts, vault),
    )
