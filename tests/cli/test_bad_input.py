from __future__ import annotations

import socket

import pytest
from click.testing import CliRunner

from ghostly.cli import main

STEPS = '[{"action": "goto", "url": "/"}]'


@pytest.fixture
def invoke(tmp_path, monkeypatch):
    """Calls a command in an empty directory, with settings of its own."""
    monkeypatch.chdir(tmp_path)

    def invoke(*words: str, **settings: str):
        environment = {
            "GHOSTLY_DATA_DIR": str(tmp_path),
            **{f"GHOSTLY_{name}": text for name, text in settings.items()},
        }
        return CliRunner().invoke(main, words, env=environment)

    return invoke


def flow(tmp_path, content: str | bytes) -> str:
    path = tmp_path / "flow.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def complaint(result) -> str:
    """What the command said instead of doing anything: one sentence, and exit code 2."""
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")
    return result.output.removeprefix("Error: ").rstrip("\n")


def test_help_names_every_command(invoke):
    result = invoke("--help")

    assert result.exit_code == 0
    assert all(f"\n  {command} " in result.output for command in ("demo", "run", "up", "watch"))


@pytest.mark.parametrize("command", main.commands)
def test_every_command_has_help(invoke, command):
    assert invoke(command, "--help").exit_code == 0


def test_the_version_is_told(invoke):
    assert invoke("--version").output.startswith("ghostly, version ")


def test_a_file_that_is_missing_is_named(invoke):
    result = invoke("run", "nowhere.json")

    assert result.exit_code == 2
    assert "File 'nowhere.json' does not exist." in result.output


@pytest.mark.parametrize("content", ["", " \n"])
def test_a_file_that_is_empty_is_said_so(invoke, tmp_path, content):
    assert "flow.json is empty: " in complaint(invoke("run", flow(tmp_path, content)))


@pytest.mark.parametrize("content", ["{", "{'a': 1}", b"\xff\xfe", "[" * 100_000])
def test_a_file_that_is_not_json_is_said_so(invoke, tmp_path, content):
    assert "flow.json is not valid JSON: " in complaint(invoke("run", flow(tmp_path, content)))


@pytest.mark.parametrize("content", ["7", "null", '"text"'])
def test_a_file_that_holds_no_steps_is_said_so(invoke, tmp_path, content):
    assert complaint(invoke("run", flow(tmp_path, content))).endswith(
        "must hold a list of steps, or an object with steps."
    )


def test_a_flow_without_a_base_url_asks_where_the_app_is(invoke, tmp_path):
    result = invoke("run", flow(tmp_path, STEPS))

    assert complaint(result) == "Where is the app? Give --base-url, or baseUrl in flow.json."


def test_a_server_that_does_not_answer_is_named(invoke, tmp_path, deaf_port):
    url = f"http://127.0.0.1:{deaf_port}"
    result = invoke("run", flow(tmp_path, STEPS), "--base-url", url, "--url", url)

    assert complaint(result) == f"No Ghostly answers at {url}."


@pytest.mark.parametrize("url", ["http://", "http://[::1"])
def test_a_server_that_is_no_address_answers_no_better(invoke, url):
    assert complaint(invoke("watch", "x", "--url", url)) == f"No Ghostly answers at {url}."


@pytest.mark.parametrize("url", ["nonsense", "127.0.0.1:4000", "ftp://127.0.0.1"])
def test_an_address_that_begins_otherwise_is_told_how_one_begins(invoke, url):
    said = f"No Ghostly answers at {url}: an address begins with http:// or https://."

    assert complaint(invoke("watch", "x", "--url", url)) == said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "many"),
        ("PORT", "70000"),
        ("WORKERS", "0"),
        ("JWT_SECRET", "short"),
        ("LOG", "loud"),
        ("SETTLE_AFTER_S", "-1"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(invoke, name, text):
    assert complaint(invoke("up", **{name: text})).startswith(f"GHOSTLY_{name} must ")


def test_a_setting_that_is_written_wrongly_is_told(invoke):
    assert "GHOSTLY_EGRES is no setting" in invoke("watch", "x", "--url", "http://", EGRES="guarded").output


@pytest.mark.parametrize("words", [("--port", "-1"), ("--port", "70000"), ("--workers", "0")])
def test_a_flag_that_cannot_be_used_is_named(invoke, words):
    result = invoke("up", *words)

    assert result.exit_code == 2
    assert f"Invalid value for '{words[0]}'" in result.output


@pytest.mark.parametrize("url", ["nonsense", "postgresql://127.0.0.1:1/x", "postgresql:///x?host=/nowhere"])
def test_a_database_that_does_not_answer_is_said_so(invoke, url):
    assert complaint(invoke("up", "--port", "0", DATABASE_URL=url)).startswith("The database")


@pytest.mark.parametrize("name", ["vault.key", "jwt.secret"])
def test_a_key_that_is_none_is_said_so(invoke, tmp_path, dsn, name):
    (tmp_path / name).touch()

    assert str(tmp_path / name) in complaint(invoke("up", "--port", "0", DATABASE_URL=dsn))


def test_a_directory_that_cannot_be_made_is_named(invoke, tmp_path, dsn):
    (tmp_path / "file").touch()
    result = invoke("up", "--port", "0", "--data-dir", "file/data", DATABASE_URL=dsn)

    assert complaint(result) == f"{tmp_path}/file/data: Not a directory."


def test_a_key_is_read_without_what_is_around_it(invoke, dsn):
    assert "The API key is not valid" in complaint(invoke("runs", "list", DATABASE_URL=dsn, API_KEY="gly_x\r\n"))


def test_a_port_that_is_taken_is_said_so(invoke, dsn):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = invoke("up", "--port", str(port), DATABASE_URL=dsn)

    assert complaint(result).startswith(
        f"Port {port} of 127.0.0.1 is taken, perhaps by a Ghostly that is up already:"
    )


@pytest.mark.parametrize("command", ["up", "worker"])
def test_a_browser_that_is_not_there_stops_the_start(invoke, command):
    said = "GHOSTLY_CHROMIUM must be an executable file, by path or by name, not '/nowhere/chromium'."

    assert complaint(invoke(command, CHROMIUM="/nowhere/chromium")) == said


def test_an_address_that_is_not_here_is_named(invoke, dsn):
    result = invoke("up", "--host", "no.such.invalid", "--port", "0", DATABASE_URL=dsn)

    assert complaint(result).startswith("Nobody can be served at no.such.invalid, port 0 (")
