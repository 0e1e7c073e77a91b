from __future__ import annotations

from pathlib import Path

import pytest

from ghostly.settings import SettingError, Settings, load, unknown


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The working directory, with nothing of ours in the environment."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GHOSTLY_ADMIN_PASSWORD", raising=False)
    return tmp_path


def test_a_flag_counts_before_the_environment():
    assert load({"GHOSTLY_PORT": "1"}, port=0).port == 0


def test_a_port_that_cannot_be_is_named():
    with pytest.raises(SettingError, match="GHOSTLY_PORT must be a whole number of at most 65535"):
        load({"GHOSTLY_PORT": "65536"})


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_flag_without_a_value_is_none(nothing):
    assert load({"GHOSTLY_HOST": "10.0.0.1"}, host=nothing).host == "10.0.0.1"
    assert load({}, host=nothing).host == "127.0.0.1"


@pytest.mark.parametrize(("said", "meant"), [("data", "{here}/data"), ("~/data", "{home}/data")])
def test_a_directory_is_the_same_whether_a_flag_names_it_or_the_environment(here, said, meant):
    place = Path(meant.format(here=here, home=Path.home()))

    assert load({}, data_dir=said).data_dir == load({"GHOSTLY_DATA_DIR": said}).data_dir == place


@pytest.mark.parametrize("password", ["pa${HOME}ss", "pa$ss", "$HOME"])
def test_a_password_in_the_file_is_taken_as_it_is_written(here, password):
    (here / ".env").write_text(f"GHOSTLY_ADMIN_PASSWORD='{password}'\n")

    assert load().admin_password == password


def test_a_file_of_another_editor_is_read_from_its_first_line_on(here):
    (here / ".env").write_text("GHOSTLY_ADMIN_PASSWORD=hush\r\n", "utf-8-sig")

    assert load().admin_password == "hush"


def test_a_file_that_cannot_be_read_is_named(here):
    (here / ".env").write_bytes(b"GHOSTLY_ADMIN_PASSWORD=\xff\n")

    with pytest.raises(SettingError, match=r"^The file \.env in this directory cannot be read: "):
        load()


def test_a_name_that_looks_like_a_setting_and_is_none_is_told():
    assert unknown({"GHOSTLY_EGRES": "guarded", "GHOSTLY_PORT": "1", "GHOSTLY_SECRET_A": "b", "HOME": "/"}) == [
        "GHOSTLY_EGRES"
    ]


def test_no_complaint_holds_the_password_of_an_address():
    with pytest.raises(SettingError) as refused:
        load({"GHOSTLY_LLM_BASE_URL": "http://ana:hush@host/v1"})

    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(("host", "url"), [("127.0.0.1", "http://127.0.0.1:4000"), ("::1", "http://[::1]:4000")])
def test_an_address_is_a_url(host, url):
    assert Settings(host=host).address == url


def test_who_serves_nobody_else_is_heard_by_nobody_else():
    assert Settings(host="0.0.0.0", port=4000).alone() == Settings(host="127.0.0.1", port=0)
