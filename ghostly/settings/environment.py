"""Where settings are looked for: flags, the environment, ``.env``; and which of them do not go together."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Any

from dotenv import dotenv_values

from ghostly.settings.settings import Settings
from ghostly.settings.values import PREFIX, READERS, SettingError, read

LONGEST_DAYS = 3_650

# What examples and templates give for a secret; whoever signs with one of these lets everyone in.
_KNOWN = re.compile("(?i)change[-_ ]?(me|this|it)|your[-_ ].*(secret|key)|example|a-string-secret|placeholder")
_FERNET = re.compile(r"[A-Za-z0-9_-]{43}=")

SECRET = "GHOSTLY_SECRET_"  # noqa: S105 - the prefix of a name, no secret


def load(env: Mapping[str, str] | None = None, **flags: Any) -> Settings:
    """The settings of flags over environment over ``.env`` over defaults.

    Raises ``SettingError``, naming the variable, for a value that cannot be used.
    """
    values = _values(env)
    given = {name: values.get(PREFIX + name.upper()) for name in READERS}
    given |= {name: value for name, value in flags.items() if value not in (None, "")}
    settings = {name: read(name, value) for name, value in given.items() if value not in (None, "")}
    secrets = {name.removeprefix(SECRET): value for name, value in values.items() if name.startswith(SECRET)}
    return _checked(Settings(**settings, secrets=secrets))


def unknown(env: Mapping[str, str] | None = None) -> list[str]:
    """The names there that look like settings and are none: whoever misspells one gets the default, unawares."""
    ours = {PREFIX + name.upper() for name in READERS}
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
