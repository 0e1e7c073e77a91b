from __future__ import annotations

import asyncio

import asyncpg
import pytest

from ghostly.accounts.projects import write_project
from ghostly.domain.account_events import KeyIssued, ProjectCreated, UserRegistered, UserRemoved
from ghostly.domain.errors import AccountNotFound, EmailTaken, LastAdmin, LimitReached
from ghostly.projections.audit import verify

PASSWORD = "correct horse battery"


async def names(told, user):
    return [type(fact).__name__ for fact in await told(user)]


async def test_the_first_admin_is_told_with_key_and_project(pool, known, told):
    await known.users.first_admin("ana@example.com", None)
    user = await pool.fetchval("select id from users")

    assert [type(fact) for fact in await told(user)] == [UserRegistered, KeyIssued, ProjectCreated]


async def test_there_is_one_first_admin_however_many_nodes_start(pool, known):
    made = await asyncio.gather(*(known.users.first_admin("ana@example.com", "secret words") for _ in range(4)))

    assert sum(credentials is not None for credentials in made) == 1
    assert await pool.fetchval("select count(*) from events") == 3


async def test_who_was_registered_is_told_with_whoever_did_it(known, ana, told):
    user = await known.users.register("cy@example.com", PASSWORD, "member", admin=ana)
    registered, created = await told(user.id)

    assert (registered.role, registered.actor, created.slug) == ("member", f"user:{ana}", "default")


async def test_no_event_says_what_the_address_is(pool, known, ana):
    await known.users.register("cy@example.com", PASSWORD, "member", admin=ana)

    assert await pool.fetchval("select count(*) from events where data::text like '%cy@%'") == 0


async def test_an_address_is_registered_once_whatever_its_case(pool, known, ana, bo):
    with pytest.raises(EmailTaken):
        await known.users.register("BO@example.com", PASSWORD, "member", admin=ana)

    assert await pool.fetchval("select count(*) from events") == 0


async def test_one_address_registered_twenty_times_at_once_is_one_user(pool, known, ana):
    asked = (known.users.register("cy@example.com", PASSWORD, "member", admin=ana) for _ in range(20))
    answers = await asyncio.gather(*asked, return_exceptions=True)

    assert sum(isinstance(answer, EmailTaken) for answer in answers) == 19
    assert await pool.fetchval("select count(*) from events") == 2


async def test_who_is_removed_leaves_an_event_and_nothing_else(pool, known, ana, bo, told):
    await known.projects.create(bo, "Shop")
    await known.keys.issue(bo, "ci", ["runs:read"])
    await known.users.remove(bo, admin=ana)

    assert (await names(told, bo))[-1] == UserRemoved.__name__
    assert (
        await pool.fetchval("select count(*) from api_keys") + await pool.fetchval("select count(*) from projects")
        == 0
    )


async def test_removing_nobody_is_refused(known, ana):
    with pytest.raises(AccountNotFound):
        await known.users.remove(known.users._accounts.new_id(), admin=ana)


async def test_the_last_admin_stays(known, ana, bo):
    with pytest.raises(LastAdmin):
        await known.users.remove(ana, admin=ana)


async def test_of_two_admins_who_remove_each_other_one_stays(pool, known, ana, enrol):
    cy = await enrol("cy@example.com", "admin")
    await asyncio.gather(
        known.users.remove(ana, admin=cy), known.users.remove(cy, admin=ana), return_exceptions=True
    )

    assert await pool.fetchval("select count(*) from users") == 1


async def test_a_change_that_breaks_is_neither_in_the_rows_nor_in_the_log(pool, known, bo, told):
    async def breaks():
        async with known.projects._accounts.changing(bo, "system") as change:
            await write_project(change, bo, "Shop")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await breaks()
    assert (await known.projects.all(bo), await told(bo)) == ([], [])


async def test_a_change_that_the_log_does_not_take_is_not_in_the_rows(pool, known, bo):
    await pool.execute("alter table events add check (topic <> 'project-created')")
    with pytest.raises(asyncpg.CheckViolationError):
        await known.projects.create(bo, "Shop")

    assert await known.projects.all(bo) == []


async def test_whatever_happens_to_an_account_at_once_is_told_in_one_chain(pool, known, bo, told):
    await asyncio.gather(
        *(known.projects.create(bo, f"p{n}") for n in range(15)),
        *(known.keys.issue(bo, f"k{n}", ["runs:read"]) for n in range(15)),
        *(known.secrets.store(bo, "NAME", f"v{n}") for n in range(15)),
    )

    assert [fact.originator_version for fact in await told(bo)] == list(range(1, 46))
    assert (await verify(pool)).found == 0


async def test_a_changed_event_of_an_account_is_found(pool, known, bo):
    await known.projects.create(bo, "Shop")
    await pool.execute("alter table events disable trigger all; update events set actor = 'user:eve'")
    found = await verify(pool)

    assert [(difference.stream, difference.seq) for difference in found.differences] == [(bo, 1)]


async def test_a_user_has_only_so_many_keys(pool, known, bo):
    insert = "insert into api_keys select gen_random_uuid(), $1, 'k', decode(md5(n::text), 'hex'), '', '{}'"
    await pool.execute(f"{insert} from generate_series(1, 100) n", bo)

    with pytest.raises(LimitReached, match="at most 100 api keys"):
        await known.keys.issue(bo, "one more", ["runs:read"])


async def test_twenty_who_want_the_last_place_get_it_once(pool, known, bo):
    insert = "insert into api_keys select gen_random_uuid(), $1, 'k', decode(md5(n::text), 'hex'), '', '{}'"
    await pool.execute(f"{insert} from generate_series(1, 99) n", bo)
    asked = (known.keys.issue(bo, "k", ["runs:read"]) for _ in range(20))
    answers = await asyncio.gather(*asked, return_exceptions=True)

    assert sum(isinstance(answer, LimitReached) for answer in answers) == 19
