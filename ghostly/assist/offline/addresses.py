"""Addresses that a goal names, and whether they are on the origin on which the run stays."""

from __future__ import annotations

from urllib.parse import urljoin

from ghostly.assist.offline.instruction import Instruction
from ghostly.domain.flow import origin


def elsewhere(instructions: tuple[Instruction, ...], base_url: str) -> str | None:
    """The first sentence that asks to leave the origin of the run."""
    asked = (one for one in instructions if one.verb == "visit" and one.value)
    return next((one.sentence for one in asked if not is_home(one.value, base_url)), None)


def is_home(value: str, base_url: str) -> bool:
    """Whether the address is on the origin of the base URL."""
    try:
        home = origin(base_url)
        return home is not None and origin(absolute(value, base_url)) == home
    except ValueError:
        return False


def absolute(value: str, base_url: str) -> str:
    """The address that is meant: ``shop.example/cart`` without a scheme has a host, ``cart.html`` has none."""
    host = value.split("/", maxsplit=1)[0]
    bare = "." in host and not value.startswith((".", "/", "?", "#")) and "//" not in value
    is_file = host.rsplit(".", 1)[-1] in {"html", "htm", "php", "aspx", "jsp"}
    is_host = (bare and not is_file) or host.startswith("localhost")
    return (
        f"{base_url.split('://', maxsplit=1)[0]}://{value}"
        if is_host and "//" not in value
        else urljoin(base_url, value)
    )
