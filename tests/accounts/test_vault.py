from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor

from ghostly.accounts import kept


def test_a_file_is_made_once(tmp_path):
    first = kept(tmp_path / "key", lambda: os.urandom(32))

    assert kept(tmp_path / "key", lambda: os.urandom(32)) == first


def test_it_is_for_its_owner_only(tmp_path):
    kept(tmp_path / "key", lambda: b"secret")

    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_of_many_who_make_it_at_once_all_have_the_same(tmp_path):
    with ThreadPoolExecutor(16) as threads:
        made = set(threads.map(lambda _: kept(tmp_path / "key", lambda: os.urandom(32)), range(64)))

    assert len(made) == 1


def test_what_another_with_our_process_id_is_writing_is_left_alone(tmp_path):
    (tmp_path / f"key.{os.getpid()}").write_bytes(b"theirs")
    kept(tmp_path / "key", lambda: b"ours")

    assert (tmp_path / f"key.{os.getpid()}").read_bytes() == b"theirs"


def test_nothing_else_is_left(tmp_path):
    kept(tmp_path / "key", lambda: b"secret")

    assert [path.name for path in tmp_path.iterdir()] == ["key"]
