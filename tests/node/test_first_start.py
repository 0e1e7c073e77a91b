"""What is made once must not be lost, and what is kept must be nobody else's."""

from __future__ import annotations

import socket
import stat
from dataclasses import replace

import pytest

from ghostly import node
from ghostly.http.server import NotListening
from ghostly.settings import SettingError


async def test_a_first_start_that_finds_its_port_taken_leaves_the_admin_to_the_next(settings):
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(NotListening, match="is taken"):
        async with node.up(replace(settings, port=taken.getsockname()[1])):
            pass
    async with node.up(settings) as up:
        assert up.credentials.password


async def test_whoever_only_looks_makes_no_admin(settings):
    async with node.up(settings, serves=False, drives=False):
        pass  # as a worker that comes before the first server
    async with node.up(settings, drives=False, migrating=False) as looking:
        assert looking.credentials is None
    async with node.up(settings) as up:
        assert up.credentials.password


async def test_nobody_else_can_look_into_the_directories(settings, tmp_path):
    given = replace(settings, data_dir=tmp_path / "data")
    async with node.up(given):
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (given.data_dir, given.artifacts_dir)]

    assert not any(mode & (stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH) for mode in modes)


async def test_nobody_else_can_look_into_the_files_of_runs_wherever_they_lie(settings, tmp_path):
    given = replace(settings, artifacts_url=tmp_path / "elsewhere" / "files")
    async with node.up(given):
        mode = stat.S_IMODE(given.artifacts_dir.stat().st_mode)

    assert not mode & (stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH)
    assert not (settings.data_dir / "artifacts").exists()


@pytest.mark.parametrize("name", ["jwt.secret", "vault.key"])
async def test_a_key_that_is_none_is_named(settings, tmp_path, name):
    (tmp_path / name).touch()

    with pytest.raises(SettingError, match=name):
        async with node.up(settings):
            pass
