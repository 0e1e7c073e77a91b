"""What must be kept from readers of the disk: keys made once, and what they encrypt."""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec
from cryptography.fernet import Fernet, InvalidToken

FILE = "vault.key"


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's content; made once, readable by its owner only, the same for all who start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # A draft of our own, also where others have our process id, as in containers on one directory.
        with NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.") as draft:
            draft.write(make())
            draft.flush()
            os.fsync(draft.fileno())
            with suppress(FileExistsError):
                # A link never replaces: whoever comes second takes what the first has made.
                os.link(draft.name, path)
    return path.read_bytes()


class Vault:
    """Encrypts what only a run, or a model, may be told; the key lies in the data directory, or was given."""

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)
        self._key = key

    @classmethod
    def at(cls, data_dir: Path) -> Vault:
        """The vault of a data directory, made if there is none."""
        return cls(kept(data_dir / FILE, Fernet.generate_key))

    def lock(self, inputs: list[str]) -> bytes | None:
        """The inputs encrypted; None if there are none."""
        return self._fernet.encrypt(msgspec.json.encode(inputs)) if inputs else None

    def digest(self, data: bytes) -> bytes:
        """A digest of the data that nobody can guess them by without the key."""
        return hmac.digest(self._key, data, "sha256")

    def unlock(self, locked: bytes | None) -> list[str]:
        """The inputs; raises ``ValueError`` if they were locked with another key."""
        if locked is None:
            return []
        try:
            return msgspec.json.decode(self._fernet.decrypt(locked), type=list[str])
        except InvalidToken as error:
            raise ValueError("the inputs were encrypted with another key") from error
