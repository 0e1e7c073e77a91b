"""Which language model thinks for whom; a key is encrypted, never shown, and sent only where it was given for."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import UUID

from ghostly.accounts.account import Accounts, by
from ghostly.accounts.vault import Vault
from ghostly.domain.account_events import ModelChosen

COLUMNS = "provider, model, base_url, key_hint"
PUT = f"""
insert into llm_settings (owner, provider, model, base_url, api_key, key_hint) values ($1, $2, $3, $4, $5, $6)
on conflict (owner) do update set provider = excluded.provider, model = excluded.model,
  base_url = excluded.base_url, api_key = excluded.api_key, key_hint = excluded.key_hint, updated_at = now()
returning {COLUMNS}
"""  # noqa: S608


class Choice(NamedTuple):
    """The model that a user chose, as it may be shown: never with its key."""

    provider: str
    model: str
    base_url: str | None
    key_hint: str | None


class Models:
    """The choices of all users."""

    def __init__(self, accounts: Accounts, vault: Vault) -> None:
        self._accounts = accounts
        self._vault = vault

    async def of(self, owner: UUID) -> Choice | None:
        """What the owner chose; None if nothing."""
        row = await self._accounts.pool.fetchrow(f"select {COLUMNS} from llm_settings where owner = $1", owner)  # noqa: S608
        return Choice(*row) if row else None

    async def choose(
        self, owner: UUID, provider: str, model: str, base_url: str | None, key: str | None
    ) -> Choice:
        """From now on this model thinks for the owner; without a key there is none."""
        place = _place(base_url)
        locked = self._vault.lock([str(owner), place, key]) if key else None
        async with self._accounts.changing(owner, by(owner)) as change:
            row = await change.connection.fetchrow(PUT, owner, provider, model, base_url, locked, _hint(key))
            change.tell(ModelChosen, name=provider)
        assert row is not None
        return Choice(*row)

    async def forget(self, owner: UUID) -> None:
        """The owner has chosen nothing, from now on. Quiet if that is so already."""
        async with self._accounts.changing(owner, by(owner)) as change:
            if await change.connection.execute("delete from llm_settings where owner = $1", owner) != "DELETE 0":
                change.tell(ModelChosen, name="")

    async def key(self, owner: UUID, base_url: str | None) -> str | None:
        """The key for this address; None if there is none, or it was given for another host.

        Raises ``ValueError`` if it was encrypted with another key, or for another owner.
        """
        sql = "select api_key from llm_settings where owner = $1"
        match self._vault.unlock(await self._accounts.pool.fetchval(sql, owner)):
            case []:
                return None
            case [for_owner, place, key] if for_owner == str(owner):
                # Whoever may change the address may not get at the key by that.
                return key if place == _place(base_url) else None
        raise ValueError("the key was encrypted for someone else")


def _place(base_url: str | None) -> str:
    parts = urlsplit(base_url or "")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _hint(key: str | None) -> str | None:
    """The ends of a key, by which its owner knows it again; of a short one nothing."""
    if not key:
        return None
    return f"{key[:4]}••••{key[-4:]}" if len(key) >= 16 else "••••"
