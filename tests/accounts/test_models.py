from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.fernet import Fernet

from ghostly.accounts import Choice, Vault, people
from ghostly.domain.account_events import ModelChosen

KEY = "sk-hush-hush-0123456789"
URL = "https://models.example/v1"


async def choose(known, user, **changes) -> Choice:
    return await known.models.choose(
        user, **{"provider": "custom", "model": "m", "base_url": URL, "key": KEY} | changes
    )


async def test_what_was_chosen_is_what_thinks(known, bo):
    await choose(known, bo)

    assert await known.models.of(bo) == Choice("custom", "m", URL, "sk-h••••6789")
    assert await known.models.key(bo, URL) == KEY


async def test_a_choice_is_nobody_elses(known, ana, bo):
    await choose(known, bo)

    assert (await known.models.of(ana), await known.models.key(ana, URL)) == (None, None)


async def test_what_was_chosen_last_counts(known, bo):
    await choose(known, bo)
    await choose(known, bo, model="other", key=None)

    assert await known.models.of(bo) == Choice("custom", "other", URL, None)


@pytest.mark.parametrize(
    "url", ["https://evil.example/v1", "http://models.example/v1", "https://models.example:444", None]
)
async def test_a_key_is_for_one_host_alone(known, bo, url):
    await choose(known, bo)

    assert await known.models.key(bo, url) is None


async def test_another_path_of_the_same_host_has_the_same_key(known, bo):
    await choose(known, bo)

    assert await known.models.key(bo, "https://MODELS.example/v2") == KEY


async def test_of_a_short_key_nothing_is_shown(known, bo):
    assert (await choose(known, bo, key="hush")).key_hint == "••••"


async def test_a_row_that_was_moved_cannot_be_read(pool, known, ana, bo):
    await choose(known, bo)
    await pool.execute("update llm_settings set owner = $1", ana)

    with pytest.raises(ValueError, match="for someone else"):
        await known.models.key(ana, URL)


async def test_a_key_that_was_locked_elsewhere_cannot_be_read(pool, known, bo, seconds):
    await choose(known, bo)
    other = people(
        pool, Vault(Fernet.generate_key()), clock=lambda: datetime.now(UTC), new_id=uuid4, monotonic=seconds
    )

    with pytest.raises(ValueError, match="another key"):
        await other.models.key(bo, URL)


async def test_what_is_chosen_is_told_by_its_provider_alone(known, bo, told):
    await choose(known, bo)
    await known.models.forget(bo)

    assert [(type(fact), fact.name) for fact in await told(bo)] == [(ModelChosen, "custom"), (ModelChosen, "")]


async def test_forgetting_nothing_is_quiet(known, bo, told):
    await known.models.forget(bo)

    assert await told(bo) == []


async def test_a_user_who_is_removed_takes_the_choice_along(pool, known, ana, bo):
    await choose(known, bo)
    await known.users.remove(bo, admin=ana)

    assert await pool.fetchval("select count(*) from llm_settings") == 0
