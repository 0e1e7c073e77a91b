"""Addresses that a goal names, and whether they are on the origin on which the run stays."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit

from ghostly.assist.goals.instruction import Instruction
from ghostly.domain.flow import origin

_ABSOLUTE = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
_FILES = frozenset(
    {"html", "htm", "xhtml", "php", "asp", "aspx", "jsp", "cgi", "xml", "json", "pdf", "txt", "svg"}
)


def elsewhere(instructions: tuple[Instruction, ...], base_url: str) -> str | None:
    """The first sentence that asks to leave the origin of the run."""
    asked = (one for one in instructions if one.verb == "visit" and one.value)
    return next((one.sentence for one in asked if not is_home(one.value, base_url)), None)


def is_home(value: str, base_url: str) -> bool:
    """Whether the address is on the origin of the base URL, and holds no name or password, as no step's may."""
    try:
        home, there = origin(base_url), absolute(value, base_url)
        return home is not None and origin(there) == home and _who(there) in {"", _who(base_url)}
    except ValueError:
        return False


def absolute(value: str, base_url: str) -> str:
    """The address that is meant: ``shop.example/cart`` without a scheme has a host, ``cart.html`` has none."""
    if _ABSOLUTE.match(value) or not _has_host(value):
        return urljoin(base_url, value)
    return f"{base_url.split('://', maxsplit=1)[0]}://{value}"


def _has_host(value: str) -> bool:
    host = re.split(r"[/?#]", value, maxsplit=1)[0]
    is_file = host.rpartition(".")[2].casefold() in _FILES
    return re.match(r"localhost(?::|\Z)", host) is not None or ("." in host.lstrip(".") and not is_file)


def _who(url: str) -> str:
    """The name and password in the address."""
    return urlsplit(url).netloc.rpartition("@")[0]
