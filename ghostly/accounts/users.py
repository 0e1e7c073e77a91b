"""Who there is: users, what their role allows, and the first of them."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import asyncpg

from ghostly.accounts.account import Accounts, Change, by
from ghostly.accounts.fresh import Fresh
from ghostly.accounts.keys import write_key
from ghostly.accounts.passwords import Passwords
from ghostly.accounts.projects import write_project
from ghostly.accounts.scopes import ALL, SCOPES, Caller
from ghostly.domain.account_events import UserRegistered, UserRemoved
from ghostly.domain.errors import AccountNotFound, EmailTaken, LastAdmin


class User(NamedTuple):
    """A user as others see one."""

    id: UUID
    email: str
    role: str
    created_at: datetime


class Credentials(NamedTuple):
    """What the first admin gets, once. ``password`` is None where it was given by setting."""

    email: str
    password: str | None
    api_key: str


class Users:
    """All users there are."""

    def __init__(self, accounts: Accounts, passwords: Passwords, fresh: Fresh) -> None:
        self._accounts = accounts
        self._passwords = passwords
        self._fresh = fresh

    async def first_admin(self, email: str, password: str | None) -> Credentials | None:
        """Make the admin, an API key and the project ``default`` if there is no user yet; None if there is."""
        if await self._accounts.pool.fetchval("select exists (select from users)"):
            return None
        chosen = password or secrets.token_urlsafe(12)
        hashed = await self._passwords.hashed(chosen)
        async with self._accounts.beginning(self._accounts.new_id(), "system") as change:
            await _alone(change)  # two nodes may start at once
            if await change.connection.fetchval("select exists (select from users)"):
                return None
            await _write_user(change, email, hashed, "admin")
            _, key = await write_key(change, self._accounts.new_id(), "first", sorted(ALL))
            await write_project(change, self._accounts.new_id(), "Default")
        return Credentials(email, None if password else chosen, key)

    async def register(self, email: str, password: str, role: str, *, admin: UUID) -> User:
        """A new user, who has the project ``default``; raises ``EmailTaken``."""
        hashed = await self._passwords.hashed(password)
        async with self._accounts.beginning(self._accounts.new_id(), by(admin)) as change:
            try:
                created_at = await _write_user(change, email, hashed, role)
            except asyncpg.UniqueViolationError as error:
                raise EmailTaken("there is a user with this e-mail address") from error
            await write_project(change, self._accounts.new_id(), "Default")
        return User(change.user, email, role, created_at)

    async def remove(self, user: UUID, *, admin: UUID) -> None:
        """Take the user away with keys, projects and secrets; runs stay in the log.

        Raises ``AccountNotFound``, and ``LastAdmin`` where nobody would be left to let others in.
        """
        async with self._accounts.beginning(user, by(admin)) as change:
            await _alone(change)  # two admins may remove each other
            role = await change.connection.fetchval("select role from users where id = $1 for update", user)
            if role is None:
                raise AccountNotFound(f"no user {user}")
            admins = await change.connection.fetchval("select count(*) from users where role = 'admin'")
            if role == "admin" and admins == 1:
                raise LastAdmin("nobody would be left to let others in")
            await change.connection.execute("delete from users where id = $1", user)
            change.tell(UserRemoved)
        self._fresh.forget()

    async def all(self) -> list[User]:
        """Every user, the oldest first."""
        rows = await self._accounts.pool.fetch(
            "select id, email, role, created_at from users order by created_at, id"
        )
        return [User(*row) for row in rows]

    async def by_id(self, user: UUID) -> Caller | None:
        """The user with this id, with the scopes of the role; None if there is none (any more)."""
        if known := self._fresh.get(user):
            return known
        row = await self._accounts.pool.fetchrow("select id, email, role from users where id = $1", user)
        if row is None:
            return None
        return self._fresh.keep(user, Caller(row["id"], row["email"], row["role"], SCOPES[row["role"]]))


async def _alone(change: Change) -> None:
    await change.connection.execute("lock table users in share row exclusive mode")


async def _write_user(change: Change, email: str, hashed: str, role: str) -> datetime:
    created_at: datetime = await change.connection.fetchval(
        "insert into users (id, email, password_hash, role) values ($1, $2, $3, $4) returning created_at",
        change.user,
        email,
        hashed,
        role,
    )
    change.tell(UserRegistered, role=role)
    return created_at
