from __future__ import annotations

from ipaddress import ip_network

import pytest
from aiohttp import web

from ghostly.http.addresses import address_of
from ghostly.http.context import PROXIES

HERE, OFFICE = "127.0.0.1/32", "10.1.0.0/16"
LOGIN = {"email": "nobody@example.com", "password": "guessed"}


@pytest.fixture
async def seen(aiohttp_client):
    """From where a request with these lines seems to come, if these networks are trusted."""

    async def seen(*lines: str, trusted=(HERE, OFFICE)) -> str:
        async def handler(request: web.Request) -> web.Response:
            return web.Response(text=address_of(request))

        app = web.Application()
        app[PROXIES] = tuple(map(ip_network, trusted))
        app.add_routes([web.get("/", handler)])
        client = await aiohttp_client(app)
        async with client.get("/", headers=[("X-Forwarded-For", line) for line in lines]) as answer:
            return await answer.text()

    return seen


@pytest.mark.parametrize(
    ("line", "caller"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("198.51.100.1, 203.0.113.7", "203.0.113.7"),
        ("203.0.113.7, 10.1.2.3", "203.0.113.7"),
        ("203.0.113.7, 10.9.2.3", "10.9.2.3"),
        ("10.1.2.3, 10.1.2.4", "10.1.2.3"),
        ("203.0.113.7:51034", "203.0.113.7"),
        ("[2001:db8::7]:51034", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
    ],
)
async def test_of_what_trusted_proxies_name_the_first_from_the_right_that_is_none_of_them_counts(
    seen, line, caller
):
    assert await seen(line) == caller


@pytest.mark.parametrize("line", ["", "unknown", "_hidden", "1.2.3", "203.0.113.7, unknown"])
async def test_where_a_proxy_names_nobody_it_is_the_proxy_who_calls(seen, line):
    assert await seen(line) == "127.0.0.1"


async def test_several_lines_are_one_list(seen):
    assert await seen("198.51.100.1", "203.0.113.7, 10.1.2.3") == "203.0.113.7"


@pytest.mark.parametrize("trusted", [(), (OFFICE,)])
async def test_who_is_not_trusted_is_not_believed(seen, trusted):
    assert await seen("203.0.113.7", trusted=trusted) == "127.0.0.1"


@pytest.fixture
async def service(serving, request):
    return await serving(proxies=tuple(map(ip_network, request.param)))


@pytest.mark.parametrize(("service", "statuses"), [((HERE,), [429, 401]), ((), [401, 401])], indirect=["service"])
async def test_wrong_logins_count_for_the_address_that_a_trusted_proxy_names(ana, service, statuses):
    for _ in range(31):
        service.parts.people.logins._of_address.take("203.0.113.7")
    callers = [{"X-Forwarded-For": address} for address in ("203.0.113.7", "203.0.113.8")]
    answers = [await ana.anonymous().post("/v1/auth/login", LOGIN, caller) for caller in callers]

    assert [answer.status for answer in answers] == statuses
