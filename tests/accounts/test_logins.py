from __future__ import annotations

import asyncio
import threading

import pytest

from ghostly.accounts.limits import Buckets
from ghostly.accounts.logins import network_of
from ghostly.domain.account_events import LoginRefused
from ghostly.domain.errors import RateLimited, WrongCredentials
from tests.accounts.conftest import PASSWORD, tries

WRONG, LIMITED = "invalid_credentials", "rate_limited"


# ---- buckets


def test_a_bucket_holds_so_many_tries_and_then_one_at_a_time(seconds):
    bucket = Buckets(3, 10, seconds)
    for _ in range(3):
        assert bucket.wait("x") == 0
        bucket.take("x")

    assert bucket.wait("x") == 10


def test_a_bucket_fills_up_by_itself(seconds):
    bucket = Buckets(3, 10, seconds)
    for _ in range(3):
        bucket.take("x")
    seconds.now += 25

    assert bucket.wait("x") == 0


def test_what_was_given_back_was_never_taken(seconds):
    bucket = Buckets(1, 10, seconds)
    bucket.take("x")
    bucket.give_back("x")

    assert bucket.wait("x") == 0


def test_one_key_empties_nobody_elses_bucket(seconds):
    bucket = Buckets(1, 10, seconds)
    bucket.take("x")

    assert (bucket.wait("x"), bucket.wait("y")) == (10, 0)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::"),
        ("2001:db8::ffff:1", "2001:db8::"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("", ""),
    ],
)
def test_whoever_has_one_address_of_a_network_has_them_all(address, network):
    assert network_of(address) == network


# ---- logins


@pytest.fixture
async def busy(known):
    """As many passwords as can wait are being checked, until this is called."""
    event = threading.Event()
    checks = [asyncio.create_task(known.logins._passwords._on_a_thread(event.wait)) for _ in range(66)]
    await asyncio.sleep(0)

    async def over() -> None:
        event.set()
        await asyncio.gather(*checks)

    yield over
    await over()


async def test_the_right_password_lets_in(known, bo):
    caller = await known.logins.log_in("BO@example.com", PASSWORD, "10.0.0.1")

    assert (caller.id, caller.role) == (bo, "member")


async def test_the_eleventh_wrong_password_has_to_wait(known, bo):
    assert await tries(known, 11) == [WRONG] * 10 + [LIMITED]


async def test_whoever_has_to_wait_is_told_how_long(known, bo):
    await tries(known, 10)

    with pytest.raises(RateLimited) as refused:
        await known.logins.log_in("bo@example.com", PASSWORD, "10.0.0.1")
    assert refused.value.retry_after_s == 60


async def test_nobody_is_shut_out_for_ever(known, bo, seconds):
    await tries(known, 20)
    seconds.now += 61

    assert (await known.logins.log_in("bo@example.com", PASSWORD, "10.0.0.1")).id == bo


async def test_whoever_came_in_before_comes_in_however_often_others_guess(known, bo):
    await known.logins.log_in("bo@example.com", PASSWORD, "10.0.0.1")
    guessed = await tries(known, 12, address="10.6.6.6")

    assert guessed[-1] == LIMITED
    assert (await known.logins.log_in("bo@example.com", PASSWORD, "10.0.0.1")).id == bo


async def test_an_unknown_address_is_limited_like_a_known_one(known, bo):
    assert await tries(known, 11, "nobody@example.com") == await tries(known, 11, address="10.0.0.2")


async def test_another_spelling_of_an_address_is_limited_like_the_first(known, enrol):
    await enrol("bi@example.com")
    await tries(known, 10, "bi@example.com")

    assert await tries(known, 1, "b\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}@example.com") == [LIMITED]


async def test_a_password_that_nobody_had_time_to_check_does_not_count(known, bo, busy):
    refused = await tries(known, 11)
    await busy()

    assert (refused, await tries(known, 1)) == ([LIMITED] * 11, [WRONG])


async def test_one_machine_guesses_at_many_accounts_only_so_often(known):
    codes = [(await tries(known, 1, f"user{n}@example.com"))[0] for n in range(31)]

    assert codes == [WRONG] * 30 + [LIMITED]


async def test_the_right_password_never_counts(known, bo):
    for _ in range(40):
        await known.logins.log_in("bo@example.com", PASSWORD, "10.0.0.1")

    assert await tries(known, 1) == [WRONG]


async def test_a_hundred_who_guess_at_once_are_limited_like_one_after_the_other(known, bo):
    guesses = (known.logins.log_in("bo@example.com", f"guess {n}", f"10.0.1.{n}") for n in range(100))
    answers = await asyncio.gather(*guesses, return_exceptions=True)

    assert sum(isinstance(answer, WrongCredentials) for answer in answers) == 10


async def test_a_storm_takes_two_threads_and_none_of_the_others(known, bo):
    before = set(threading.enumerate())  # others may have used a thread of the default pool already
    guesses = [known.logins.log_in(f"u{n}@example.com", "guess", f"10.0.{n}.1") for n in range(30)]
    storm = asyncio.gather(*guesses, return_exceptions=True)
    await asyncio.sleep(0.2)
    begun = [thread.name for thread in threading.enumerate() if thread not in before]
    await storm

    assert len([name for name in begun if name.startswith("argon2")]) <= 2
    assert not [name for name in begun if name.startswith("asyncio")]


async def test_who_comes_when_too_many_wait_is_sent_away(known, bo, busy):
    guesses = [known.logins.log_in(f"u{n}@example.com", "guess", f"10.0.{n}.1") for n in range(14)]
    answers = await asyncio.gather(*guesses, return_exceptions=True)

    assert [type(answer) for answer in answers] == [RateLimited] * 14


# ---- what the log hears


async def test_a_refused_login_is_told(known, bo, told):
    await tries(known, 1)
    await known.logins.refusals.tell()
    [fact] = await told(bo)

    assert (type(fact), fact.times, fact.actor) == (LoginRefused, 1, "system")


async def test_a_storm_is_told_once_a_minute_with_how_many_there_were(known, bo, told, seconds):
    for _ in range(15):
        await tries(known, 1)
        await known.logins.refusals.tell()
    seconds.now += 60
    await known.logins.refusals.tell()

    assert [fact.times for fact in await told(bo)] == [1, 14]


async def test_nothing_is_told_of_who_is_let_in(known, bo, told):
    await known.logins.log_in("bo@example.com", PASSWORD, "10.0.0.1")
    await known.logins.refusals.tell()

    assert await told(bo) == []


async def test_nothing_is_told_of_nobody(pool, known):
    await tries(known, 2, "nobody@example.com")
    await known.logins.refusals.tell()

    assert await pool.fetchval("select count(*) from events") == 0


async def test_of_nobody_nothing_is_remembered(known, bo):
    await tries(known, 1)
    await tries(known, 20, "nobody@example.com")
    await known.logins.refusals.tell()

    assert (list(known.logins.refusals._told), known.logins.refusals._untold) == (["bo@example.com"], {})


async def test_what_was_not_told_yet_is_told_at_the_end(known, bo, told):
    tending = asyncio.create_task(known.logins.refusals.tend())
    await tries(known, 3)
    tending.cancel()
    await asyncio.gather(tending, return_exceptions=True)

    assert [fact.times for fact in await told(bo)] == [3]


async def test_a_refusal_that_the_database_does_not_take_is_told_later(pool, known, bo, told, seconds):
    await tries(known, 2)
    await pool.execute("alter table events rename to away")
    await known.logins.refusals.tell()
    await pool.execute("alter table away rename to events")
    seconds.now += 61
    await known.logins.refusals.tell()

    assert [fact.times for fact in await told(bo)] == [2]
