from __future__ import annotations

import socket
from ipaddress import ip_network

import pytest

from ghostly.browser.egress.ledger import Failure, Refusal
from ghostly.browser.egress.policy import Policy
from tests.browser.egress.conftest import HERE, TUNNEL, echo, served


def names(*answers: list[str] | Exception):
    """A name server with an answer for each time it is asked, the last one for ever; and how often it was."""
    asked: list[str] = []

    async def resolve(name: str) -> list[str]:
        asked.append(name)
        answer = answers[min(len(asked), len(answers)) - 1]
        if isinstance(answer, Exception):
            raise answer
        return answer

    return resolve, asked


async def test_a_plain_request_is_passed_on_as_a_server_expects_it(way):
    async with served() as server:
        answer = await (await way()).get(
            f"127.0.0.1:{server.port}", "Proxy-Authorization: x\r\nConnection: X-Mine\r\nX-Mine: 1\r\nA: b\r\n"
        )

    assert server.heads == [
        f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nA: b\r\nConnection: close\r\n\r\n".encode()
    ]
    assert answer.endswith(b"\r\nConnection: close\r\n\r\nhi")


async def test_a_tunnel_carries_everything_both_ways(way):
    async with served(echo) as server:
        reader, writer = await (await way()).open(f"CONNECT 127.0.0.1:{server.port} HTTP/1.1\r\n\r\n".encode())
        assert await reader.readexactly(len(TUNNEL)) == TUNNEL
        writer.write(bytes(range(256)) * 1000)
        assert await reader.readexactly(256_000) == bytes(range(256)) * 1000
        writer.close()


async def test_a_request_that_is_refused_gets_no_answer_that_a_page_could_read(way):
    way = await way(Policy())
    async with served() as server:
        assert await way.get(f"127.0.0.1:{server.port}") == b""
        assert server.visits == 0
    assert way.ledger.take_note() == [f"egress refused a request: 127.0.0.1:{server.port} (loopback)"]


async def test_a_tunnel_that_is_refused_is_said_to_be_forbidden(way):
    async with served() as server:
        answer = await (await way(Policy())).connect(f"127.0.0.1:{server.port}")

        assert answer.startswith(b"HTTP/1.1 403 ")
        assert server.visits == 0


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f.1", "0x7f000001", "017700000001", "127.1", "127.0.0.1.", "localhost", "a.localhost",
     "LOCALHOST.", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
     "[::127.0.0.1]", "0", "0.0.0.0", "[::]", "[::ffff:0:0]"],
)  # fmt: skip
async def test_however_this_machine_is_spelled_it_is_refused(way, host):
    way = await way(Policy())
    async with served() as server:
        await way.get(f"{host}:{server.port}")
        await way.connect(f"{host}:{server.port}")

        assert server.visits == 0


async def test_a_name_is_asked_for_once_and_what_was_checked_is_connected_to(way):
    resolve, asked = names(["127.0.0.1"], ["127.0.0.2"])
    way = await way(HERE, resolve)
    async with served() as server:
        assert (await way.get(f"rebinds.test:{server.port}")).endswith(b"hi")
        assert asked == ["rebinds.test"]


async def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(way):
    resolve, _ = names(["127.0.0.1"], ["127.0.0.2"])
    way = await way(HERE, resolve)
    async with served(host="0.0.0.0") as server:
        await way.get(f"rebinds.test:{server.port}")
        assert await way.get(f"rebinds.test:{server.port}") == b""
        assert server.visits == 1


async def test_of_a_names_addresses_only_those_are_used_that_may_be_reached(way):
    resolve, _ = names(["169.254.169.254", "::1", "127.0.0.1"])
    async with served() as server:
        assert (await (await way(HERE, resolve)).get(f"mixed.test:{server.port}")).endswith(b"hi")


async def test_an_address_that_does_not_answer_is_left_for_the_next_one(way):
    resolve, _ = names(["127.0.0.3", "127.0.0.1"])
    policy = Policy(allowed=(*HERE.allowed, ip_network("127.0.0.3")))
    async with served() as server:
        assert (await (await way(policy, resolve)).get(f"two.test:{server.port}")).endswith(b"hi")


@pytest.mark.parametrize("error", [socket.gaierror(), UnicodeError("label too long")])
async def test_a_name_that_is_not_known_is_no_refusal(way, error):
    way = await way(HERE, names(error)[0])

    assert (await way.connect("no.test:443")).startswith(b"HTTP/1.1 502 ")
    assert [type(entry) for entry in way.ledger._recent] == [Failure]
    assert way.ledger._recent[0].code == "ERR_NAME_NOT_RESOLVED"


async def test_a_target_that_refuses_is_no_refusal(way, deaf_port):
    way = await way()

    assert await way.get(f"127.0.0.1:{deaf_port}") == b""
    assert way.ledger._recent[0].code == "ERR_CONNECTION_REFUSED"


async def test_a_server_that_closes_without_a_word_is_told(way):
    async def silent(reader, writer):
        await reader.readline()

    way = await way()
    async with served(silent) as server:
        await way.get(f"127.0.0.1:{server.port}")
    assert way.ledger._recent[0].code == "ERR_EMPTY_RESPONSE"


async def test_the_proxy_is_not_asked_through_itself(way):
    way = await way()

    assert (await way.connect(f"127.0.0.1:{way.port}")).startswith(b"HTTP/1.1 403 ")
    assert isinstance(way.ledger._recent[0], Refusal)


@pytest.mark.parametrize(
    "said",
    [b"\x00\xff\x16\x03\x01\r\n\r\n", b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", b"GET http://a/ HTTP/3\r\n\r\n",
     b"GET http://[::1/ HTTP/1.1\r\n\r\n", b"CONNECT a HTTP/1.1\r\n\r\n", b"CONNECT a:99999 HTTP/1.1\r\n\r\n",
     b"GET ftp://a/ HTTP/1.1\r\n\r\n", b"GET http://a\x01/ HTTP/1.1\r\n\r\n", b"one\r\n\r\n",
     b"GET http://a/ HTTP/1.1\r\n folded\r\n\r\n", b"GET http://a/ HTTP/1.1\r\nA: \x00\r\n\r\n",
     b"POST http://a/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
     b"POST http://a/ HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"GET http:/// HTTP/1.1\r\n\r\n"],
)  # fmt: skip
async def test_what_no_browser_says_to_its_proxy_is_a_bad_request(way, said):
    way = await way()

    assert (await way.ask(said)).startswith(b"HTTP/1.1 400 ")
    assert await way.is_quiet()


@pytest.mark.parametrize("said", [b"GET http://a/" + b"a" * 70_000, b"A: b\r\n" * 20_000], ids=["line", "lines"])
async def test_a_head_without_end_is_not_kept(way, said):
    reader, writer = await (await way()).open(b"GET http://a/ HTTP/1.1\r\n" * (said[:1] == b"A") + said)

    assert (await reader.read(13)) == b"HTTP/1.1 431 "
    writer.close()
