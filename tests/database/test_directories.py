from __future__ import annotations

import os
from pathlib import Path

import pytest

from ghostly.database.directories import make_directory, open_to, own, socket_directory
from ghostly.database.errors import EmbeddedUnavailable
from ghostly.database.installation import account_for

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root has to become somebody else")


def test_a_link_is_not_trusted_as_a_directory_of_our_own(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)

    with pytest.raises(OSError, match="link"):
        own(tmp_path / "link", account_for(tmp_path))


@AS_ROOT
def test_a_directory_of_somebody_else_is_not_trusted(tmp_path):
    (tmp_path / "theirs").mkdir()
    os.chown(tmp_path / "theirs", 12345, 12345)

    with pytest.raises(EmbeddedUnavailable, match="belongs to somebody else"):
        own(tmp_path / "theirs", account_for(tmp_path))


@AS_ROOT
def test_a_directory_that_the_server_cannot_reach_is_named_and_left_as_it_is(reachable):
    closed = reachable / "closed"
    closed.mkdir(mode=0o700)
    make_directory(closed / "postgres")

    with pytest.raises(EmbeddedUnavailable, match=f"may not enter {closed}: set"):
        open_to(account_for(closed / "none"), closed / "postgres")
    assert closed.stat().st_mode & 0o777 == 0o700


@AS_ROOT
def test_directories_that_root_has_to_make_can_be_walked_through(reachable):
    inner = reachable / "made" / "by" / "root"
    make_directory(inner)
    account = account_for(inner / "none")
    open_to(account, inner)

    assert account.reaches(inner)


def test_a_short_plain_path_has_its_socket_beneath_it():
    assert socket_directory(Path("/data/postgres")) == Path("/data/postgres/socket")


def test_a_path_that_would_be_read_as_two_hosts_has_its_socket_elsewhere():
    assert socket_directory(Path("/data,postgres")).parent == Path("/tmp")


def test_a_path_of_many_bytes_has_its_socket_elsewhere():
    assert socket_directory(Path("/" + "ö" * 50)).parent == Path("/tmp")
