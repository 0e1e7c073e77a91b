"""A download is kept only if it was looked through and no secret was found in it."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from ghostly.domain.redaction import Redactor
from ghostly.worker.disclosure import MOST_BYTES, MOST_IN_ALL, may_hold

SECRET = "p@ss wörd/1"
holds = Redactor([SECRET]).finds


def zipped(name: str, data: bytes, *, times: int = 1, how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for number in range(times):
            archive.writestr(f"{name}{number or ''}", data)
    return packed.getvalue()


def kept(directory: Path, data: bytes) -> Path:
    path = directory / "file"
    path.write_bytes(data)
    return path


PLAIN = f"…\n{SECRET}\n…".encode()
TELLING = {
    "as it is": PLAIN,
    "in an address": b"/x?q=p%40ss%20w%C3%B6rd%2F1",
    "in UTF-16": f"\ufeffa{SECRET}".encode("utf-16"),
    "in UTF-16, an odd byte later": b"x" + SECRET.encode("utf-16-le"),
    "far behind": b"-" * 700_000 + PLAIN,
    "over the border of what is looked at in one go": b"-" * (256 * 1024 - 5) + PLAIN,
    "gzipped": gzip.compress(PLAIN),
    "zipped": zipped("a.txt", PLAIN),
    "as a name in a zip": zipped(f"{SECRET}.txt", b""),
    "gzipped in a zip": zipped("a.gz", gzip.compress(PLAIN)),
}


@pytest.mark.parametrize("way", TELLING)
def test_a_secret_is_found(tmp_path, way):
    assert may_hold(kept(tmp_path, TELLING[way]), holds)


UNREADABLE = {
    "too large": b"-" * (MOST_BYTES + 1),
    "too large once it is unpacked": gzip.compress(b"-" * (MOST_BYTES + 1)),
    "too large as the sum of its parts": zipped("a", bytes(MOST_BYTES), times=MOST_IN_ALL // MOST_BYTES),
    "packed in a way that is broken": zipped("a", PLAIN * 9, how=zipfile.ZIP_LZMA).replace(b"]\0", b"\xff\xff", 1),
    "packed too often": zipped("a", zipped("b", zipped("c", b"d"))),
    "cut off": gzip.compress(PLAIN)[:-10],
}


@pytest.mark.parametrize("why", UNREADABLE)
def test_what_cannot_be_looked_through_may_hold_one(tmp_path, why):
    assert may_hold(kept(tmp_path, UNREADABLE[why]), holds)


HARMLESS = {
    "empty": b"",
    "plain": b"plain",
    "gzipped": gzip.compress(b"plain"),
    "zipped": zipped("a.txt", b"plain"),
    "zeros": bytes(256),
}


@pytest.mark.parametrize("data", HARMLESS.values(), ids=HARMLESS)
def test_a_file_without_any_is_harmless(tmp_path, data):
    assert not may_hold(kept(tmp_path, data), holds)


def test_a_file_that_is_not_there_may_hold_one(tmp_path):
    assert may_hold(tmp_path / "gone", holds)
