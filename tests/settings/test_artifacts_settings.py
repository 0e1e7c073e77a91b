from __future__ import annotations

from pathlib import Path

import pytest

from ghostly.settings import SettingError, load, unknown


def test_files_of_runs_lie_in_the_data_directory_unless_told_otherwise():
    assert load({"GHOSTLY_DATA_DIR": "/srv/data"}).artifacts_dir == Path("/srv/data/artifacts")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("/srv/files", "/srv/files"),
        ("files", "{here}/files"),
        ("~/files", "{home}/files"),
        ("file:///srv/files%20of%20runs", "/srv/files of runs"),
        ("FILE://localhost/srv/files", "/srv/files"),
    ],
)
def test_a_directory_is_named_by_its_path_or_its_url(said, meant):
    place = Path(meant.format(here=Path.cwd(), home=Path.home()))

    assert load({"GHOSTLY_ARTIFACTS_URL": said}).artifacts_dir == place


@pytest.mark.parametrize(
    "said",
    ["s3://bucket/runs", "https://host/files", "file://host/files", "file:files", "file:///a?b", "file://["],
)
def test_storage_that_is_no_directory_stops_the_start(said):
    with pytest.raises(SettingError, match="GHOSTLY_ARTIFACTS_URL must be a directory or a file:/// URL"):
        load({"GHOSTLY_ARTIFACTS_URL": said})


def test_a_file_is_no_directory(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(SettingError, match="GHOSTLY_ARTIFACTS_URL must be a directory, not"):
        load({"GHOSTLY_ARTIFACTS_URL": str(tmp_path / "file")})


def test_what_opens_a_storage_is_not_shown():
    with pytest.raises(SettingError) as refusal:
        load({"GHOSTLY_ARTIFACTS_URL": "s3://ana:hush@bucket/runs?key=hush"})

    assert "hush" not in str(refusal.value)


def test_the_place_for_files_is_no_unknown_setting():
    assert unknown({"GHOSTLY_ARTIFACTS_URL": "/srv/files"}) == []
