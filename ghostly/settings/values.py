"""How each setting is read from the text that somebody wrote."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.request import url2pathname

PREFIX = "GHOSTLY_"

_ORIGIN = re.compile(r"https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")

Network = IPv4Network | IPv6Network

MAPPED_BITS = 96


class SettingError(ValueError):
    """A setting has a value that cannot be used; the text names it."""


def _number(least: int, most: int = 2**31 - 1) -> Any:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(f"must be a whole number of at least {least}")
        if int(text) > most:
            raise ValueError(f"must be a whole number of at most {most}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1
    if not 0 < seconds < 86_400:
        raise ValueError("must be a number of seconds")
    return seconds


def _one_of(*words: str) -> Any:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"must be {' or '.join(words)}")
        return text

    return read


def _networks(text: str) -> tuple[Network, ...]:
    try:
        return tuple(_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise ValueError("must be networks such as 10.1.0.0/16, separated by commas") from error


def _network(text: str) -> Network:
    """The network; one of IPv4 addresses that are mapped into IPv6 is that of these, as addresses are read."""
    network = ip_network(text)
    mapped = getattr(network.network_address, "ipv4_mapped", None)
    if mapped is None or network.prefixlen < MAPPED_BITS:
        return network
    return IPv4Network((mapped, network.prefixlen - MAPPED_BITS))


def _http_url(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", text):
        raise ValueError("must be an http(s) URL such as http://127.0.0.1:11434/v1")
    return text


def _browser_url(text: str) -> str:
    if not re.fullmatch(r"(wss?|https?)://([^\s/?#]*@)?([\w.-]+|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?([/?]\S*)?", text):
        raise ValueError(
            "must be the URL of a Playwright server (ws://host:port/) or of a CDP endpoint (http://host:port)"
        )
    return text


def _directory(text: str) -> Path:
    path = Path(text).expanduser().absolute()
    if not path.is_dir():
        raise ValueError("must be a directory")
    return path


def _place(text: str) -> Path:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", text):  # one letter is a drive
        file = re.fullmatch(r"(?i:file)://(?:localhost)?(/[^?#]*)", text)
        if file is None:
            raise ValueError("must be a directory or a file:/// URL: no other storage is supported yet")
        text = url2pathname(file[1])
    path = Path(text).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ValueError("must be a directory")
    return path


def _origins(text: str) -> frozenset[str]:
    origins = frozenset(one.strip().rstrip("/") for one in text.split(",") if one.strip())
    if not all(map(_ORIGIN.fullmatch, origins)):
        raise ValueError("must be origins such as https://dashboard.example, in lower case, separated by commas")
    return origins


READERS: dict[str, Any] = {
    "host": str,
    "port": _number(0, 65_535),
    "data_dir": lambda text: Path(text).expanduser().absolute(),
    "database_url": str,
    "jwt_secret": str,
    "jwt_days": _number(1),
    "vault_key": str,
    "admin_email": str,
    "admin_password": str,
    "workers": _number(1),
    "labels": lambda text: tuple(one.strip() for one in text.split(",") if one.strip()),
    "chromium": str,
    "browser_ws": _browser_url,
    "artifacts_url": _place,
    "egress": _one_of("open", "guarded"),
    "egress_private": _one_of("allow", "refuse"),
    "egress_allow": _networks,
    "llm_base_url": _http_url,
    "llm_api_key": str,
    "llm_model": str,
    "llm_timeout_s": _seconds,
    "page_memory_mb": _number(256, 16_777_216),
    "uploads_dir": _directory,
    "max_steps": _number(1),
    "max_timeout_ms": _number(1),
    "max_queued": _number(1),
    "max_streams": _number(1),
    "settle_after_s": _seconds,
    "allowed_origins": _origins,
    "web_dir": _directory,
    "trusted_proxies": _networks,
    "log": _one_of("text", "json"),
    "url": str,
    "api_key": str,
}


def read(name: str, given: Any) -> Any:
    """The setting of this name as its text means it; raises ``SettingError``, which names its variable."""
    if not isinstance(given, str):  # a flag that was read already
        return given
    try:
        return READERS[name](given)
    except ValueError as error:
        shown = re.sub(r"\?.*", "?…", re.sub(r"//\S*@", "//…@", given))  # who calls, with which password
        raise SettingError(f"{PREFIX}{name.upper()} {error}, not {shown!r}") from error
