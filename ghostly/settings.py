"""What can be set from outside; nothing else in the program reads the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any
from urllib.request import url2pathname

from dotenv import dotenv_values
from platformdirs import user_data_path

PREFIX = "GHOSTLY_"
LONGEST_DAYS = 3_650

# What examples and templates give for a secret; whoever signs with one of these lets everyone in.
_KNOWN = re.compile("(?i)change[-_ ]?(me|this|it)|your[-_ ].*(secret|key)|example|a-string-secret|placeholder")
_ORIGIN = re.compile(r"https?://([a-z0-9._-]+|\[[0-9a-f:.]+\])(:[0-9]{1,5})?")
_FERNET = re.compile(r"[A-Za-z0-9_-]{43}=")

SECRET = "GHOSTLY_SECRET_"  # noqa: S105 - the prefix of a name, no secret

Network = IPv4Network | IPv6Network


class SettingError(ValueError):
    """A setting has a value that cannot be used; the text names it."""


def data_dir() -> Path:
    """Where data lives unless told otherwise; root's in /var/lib, where PostgreSQL's own user can reach it."""
    return Path("/var/lib/ghostly") if os.name == "posix" and os.geteuid() == 0 else user_data_path("ghostly")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every setting with its default; each is ``GHOSTLY_<NAME>`` in the environment or in ``.env``."""

    host: str = "127.0.0.1"
    port: int = 4000
    data_dir: Path = field(default_factory=data_dir)
    database_url: str | None = field(default=None, repr=False)
    jwt_secret: str | None = field(default=None, repr=False)
    jwt_days: int = 7
    vault_key: str | None = field(default=None, repr=False)
    admin_email: str = "admin@ghostly.local"
    admin_password: str | None = field(default=None, repr=False)
    workers: int = field(default_factory=lambda: os.cpu_count() or 1)
    labels: tuple[str, ...] = ()
    chromium: str | None = None
    browser_ws: str | None = field(default=None, repr=False)
    artifacts_url: Path | None = None
    egress: str | None = None
    egress_private: str = "allow"
    egress_allow: tuple[Network, ...] = ()
    llm_base_url: str | None = None
    llm_api_key: str | None = field(default=None, repr=False)
    llm_model: str | None = None
    llm_timeout_s: float = 60.0
    uploads_dir: Path | None = None
    max_steps: int = 25
    max_timeout_ms: int = 120_000
    max_queued: int = 1_000
    max_streams: int = 1_000
    settle_after_s: float = 15.0
    allowed_origins: frozenset[str] = frozenset()
    web_dir: Path | None = None
    log: str = "text"
    url: str | None = None
    api_key: str | None = field(default=None, repr=False)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def artifacts_dir(self) -> Path:
        """Where the files of runs are kept."""
        return self.artifacts_url or self.data_dir / "artifacts"

    @property
    def key_file(self) -> Path:
        """Where the first admin's API key is kept."""
        return self.data_dir / "admin.key"

    @property
    def address(self) -> str:
        """The URL at which whoever has these settings listens."""
        return address(self.host, self.port)

    def guarded(self) -> Settings:
        """The same, for a command whose runs are guarded unless it was told otherwise."""
        return replace(self, egress=self.egress or "guarded")

    def alone(self) -> Settings:
        """The same, for a process that serves nobody but itself: on loopback, on a port that is free."""
        return replace(self, host="127.0.0.1", port=0)


def address(host: str, port: int) -> str:
    """The URL of whoever listens there."""
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def load(env: Mapping[str, str] | None = None, **flags: Any) -> Settings:
    """The settings of flags over environment over ``.env`` over defaults.

    Raises ``SettingError``, naming the variable, for a value that cannot be used.
    """
    values = _values(env)
    given = {name: values.get(PREFIX + name.upper()) for name in _READ}
    given |= {name: value for name, value in flags.items() if value not in (None, "")}
    settings = {name: _read(name, value) for name, value in given.items() if value not in (None, "")}
    secrets = {name.removeprefix(SECRET): value for name, value in values.items() if name.startswith(SECRET)}
    return _checked(Settings(**settings, secrets=secrets))


def unknown(env: Mapping[str, str] | None = None) -> list[str]:
    """The names there that look like settings and are none: whoever misspells one gets the default, unawares."""
    ours = {PREFIX + name.upper() for name in _READ}
    looks = (name for name in _values(env) if name.startswith(PREFIX) and not name.startswith(SECRET))
    return sorted(set(looks) - ours)


def _values(env: Mapping[str, str] | None) -> Mapping[str, str]:
    return {**_file(), **os.environ} if env is None else env


def _file() -> dict[str, str]:
    try:
        # As it is written: a password with a dollar sign is no reference to anything.
        values = dotenv_values(".env", interpolate=False)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"The file .env in this directory cannot be read: {error}") from error
    return {name: value for name, value in values.items() if value is not None}


def _number(least: int) -> Any:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise ValueError(f"must be a whole number of at least {least}")
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
        return tuple(ip_network(one.strip()) for one in text.split(",") if one.strip())
    except ValueError as error:
        raise ValueError("must be networks such as 10.1.0.0/16, separated by commas") from error


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


_READ: dict[str, Any] = {
    "host": str,
    "port": _number(0),
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
    "uploads_dir": _directory,
    "max_steps": _number(1),
    "max_timeout_ms": _number(1),
    "max_queued": _number(1),
    "max_streams": _number(1),
    "settle_after_s": _seconds,
    "allowed_origins": _origins,
    "web_dir": _directory,
    "log": _one_of("text", "json"),
    "url": str,
    "api_key": str,
}


def _read(name: str, given: Any) -> Any:
    if not isinstance(given, str):  # a flag that was read already
        return given
    try:
        return _READ[name](given)
    except ValueError as error:
        shown = re.sub(r"\?.*", "?…", re.sub(r"//\S*@", "//…@", given))  # who calls, with which password
        raise SettingError(f"{PREFIX}{name.upper()} {error}, not {shown!r}") from error


def _checked(settings: Settings) -> Settings:
    if settings.port > 65_535:
        raise SettingError(f"GHOSTLY_PORT must be at most 65535, not {settings.port}")
    if settings.jwt_secret is not None:
        _check_secret(settings.jwt_secret)
    if settings.jwt_days > LONGEST_DAYS:
        raise SettingError(f"GHOSTLY_JWT_DAYS must be at most {LONGEST_DAYS}, not {settings.jwt_days}")
    if (settings.llm_base_url is None) != (settings.llm_model is None):
        raise SettingError("GHOSTLY_LLM_BASE_URL and GHOSTLY_LLM_MODEL belong together: give both, or neither")
    if settings.vault_key is not None and not _FERNET.fullmatch(settings.vault_key):
        raise SettingError("GHOSTLY_VAULT_KEY must be a Fernet key: 32 bytes in URL-safe base64, 44 characters")
    return settings


def _check_secret(secret: str) -> None:
    if len(secret.encode()) < 32:
        raise SettingError("GHOSTLY_JWT_SECRET must have at least 32 bytes")
    if len(set(secret)) < 8 or _KNOWN.search(secret):
        raise SettingError("GHOSTLY_JWT_SECRET must be random, and not what an example says: openssl rand -hex 32")
