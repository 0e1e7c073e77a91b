"""Heads of HTTP/1.1: what a browser asks of its proxy, what goes on to the server, what comes back."""

from __future__ import annotations

import re
import sys
from asyncio import StreamReader
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from ghostly.browser.egress.ledger import Target

LIMIT = 64 * 1024

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_HOST = re.compile(r"[!-~]{1,255}\Z")
_VISIBLE = re.compile(r"[^\x00-\x20\x7f]+\Z")
_TEXT = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*\Z")
_LENGTH = re.compile(r"[0-9]{1,18}\Z")
_BETWEEN_TWO = frozenset({"connection", "keep-alive", "te", "trailer", "upgrade"})


class BadHead(Exception):
    """What came is no head; the text is the status that a browser is answered."""

    code = "ERR_INVALID_HTTP_RESPONSE"


class LongHead(BadHead):
    """What came is longer than any head should be."""

    code = "ERR_RESPONSE_HEADERS_TOO_BIG"


class Request(NamedTuple):
    """What a browser asks: a tunnel if ``head`` is empty, else that this head and so many bytes be passed on."""

    target: Target
    head: bytes
    length: int


Header = tuple[str, str]


async def read(reader: StreamReader) -> list[bytes]:
    """The lines of a head, without their ends; none if nothing came. Raises ``BadHead`` if cut or too long."""
    lines: list[bytes] = []
    size = 0
    while line := await _line(reader):
        size += len(line)
        if size > LIMIT:
            raise LongHead("431 Request Header Fields Too Large")
        if not line.rstrip(b"\r\n"):
            return lines
        lines.append(line.rstrip(b"\r\n"))
    if lines:
        raise BadHead("400 Bad Request")
    return lines


async def _line(reader: StreamReader) -> bytes:
    try:
        return await reader.readline()
    except ValueError:  # longer than the reader may hold
        raise LongHead("431 Request Header Fields Too Large") from None


def request(lines: list[bytes]) -> Request:
    """What the lines ask; raises ``BadHead``."""
    method, target, version = _three(lines[0])
    if version not in {"HTTP/1.1", "HTTP/1.0"} or not _TOKEN.match(method) or not _VISIBLE.match(target):
        raise BadHead("400 Bad Request")
    headers = list(_headers(lines[1:]))
    if method == "CONNECT":
        return Request(_authority(f"//{target}"), b"", sys.maxsize)
    if not target.lower().startswith("http://"):
        raise BadHead("400 Bad Request")
    where = _authority(target)
    kept = [(name, value) for name, value in _end_to_end(headers) if name.lower() != "host"]
    host = urlsplit(target).netloc.rpartition("@")[2]
    head = written(f"{method} {_path(target)} HTTP/1.1", [("Host", host), *kept])
    return Request(where, head, _body_length(headers))


def response(lines: list[bytes]) -> bytes:
    """The head that a server sent, for the browser, and that the connection ends; raises ``BadHead``."""
    if not lines[0].startswith(b"HTTP/"):
        raise BadHead("502 Bad Gateway")
    return written(lines[0].decode("latin-1"), _end_to_end(_headers(lines[1:], strict=False)))


def is_interim(lines: list[bytes]) -> bool:
    """Whether another head follows this one of a server."""
    return re.match(rb"HTTP/\S+ 1(?!01)\d\d", lines[0]) is not None


def written(first: str, headers: Iterable[Header]) -> bytes:
    """A head as bytes; it is the only one on its connection."""
    lines = [first, *(f"{name}: {value}" for name, value in headers), "Connection: close", "", ""]
    return "\r\n".join(lines).encode("latin-1")


def _three(line: bytes) -> list[str]:
    words = line.decode("latin-1").split(" ")
    if len(words) != 3:
        raise BadHead("400 Bad Request")
    return words


def _headers(lines: list[bytes], *, strict: bool = True) -> Iterator[Header]:
    for line in lines:
        name, colon, value = line.decode("latin-1").partition(":")
        if colon and _TOKEN.match(name) and _TEXT.match(value):
            yield name, value.strip(" \t")
        elif strict:
            raise BadHead("400 Bad Request")


def _end_to_end(headers: Iterable[Header]) -> list[Header]:
    """Those that are not between the browser and its proxy, or the proxy and the server, alone."""
    headers = list(headers)
    named = ",".join(value for name, value in headers if name.lower() == "connection").lower().split(",")
    dropped = _BETWEEN_TWO | {name.strip() for name in named} - {"content-length", "transfer-encoding", "host"}
    return [
        (name, value)
        for name, value in headers
        if name.lower() not in dropped and not name.lower().startswith("proxy-")
    ]


def _body_length(headers: list[Header]) -> int:
    lengths = {value for name, value in headers if name.lower() == "content-length"}
    if any(name.lower() == "transfer-encoding" for name, _ in headers):
        raise BadHead("411 Length Required")  # a browser knows how much it sends over HTTP/1.1
    if len(lengths) > 1 or not all(map(_LENGTH.match, lengths)):
        raise BadHead("400 Bad Request")
    return int(lengths.pop()) if lengths else 0


def _authority(url: str) -> Target:
    try:
        parts = urlsplit(url)
        target = Target(parts.hostname or "", 80 if parts.port is None and parts.scheme else parts.port or 0)
    except ValueError:
        raise BadHead("400 Bad Request") from None
    if not _HOST.match(target.host) or not target.port:
        raise BadHead("400 Bad Request")
    return target


def _path(url: str) -> str:
    rest = url[len("http://") :]
    start = next((at for at, sign in enumerate(rest) if sign in "/?#"), len(rest))
    path = rest[start:].partition("#")[0]
    return path if path.startswith("/") else f"/{path}"
