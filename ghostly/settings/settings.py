"""Every setting, with what it is unless somebody says otherwise."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from platformdirs import user_data_path

from ghostly.settings.values import Network


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
    page_memory_mb: int = 4_096
    uploads_dir: Path | None = None
    max_steps: int = 25
    max_timeout_ms: int = 120_000
    max_queued: int = 1_000
    max_streams: int = 1_000
    settle_after_s: float = 15.0
    allowed_origins: frozenset[str] = frozenset()
    web_dir: Path | None = None
    trusted_proxies: tuple[Network, ...] = ()
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
