from __future__ import annotations

import pytest
from yarl import URL

INDEX, SCRIPT = "<title>Dashboard</title>", "console.log(1)"


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "web"
    (root / "assets").mkdir(parents=True)
    (root / "index.html").write_text(INDEX)
    (root / "assets" / "app.js").write_text(SCRIPT)
    (tmp_path / "outside.txt").write_text("outside")
    (root / "leads-outside.txt").symlink_to(tmp_path / "outside.txt")
    (root / "leads-inside.js").symlink_to(root / "assets" / "app.js")
    return root


@pytest.fixture
async def browser(serving, calling, folder):
    """Somebody without a credential, on a node that serves the folder."""
    return (await calling(await serving(pages=folder), "")).anonymous()


async def test_a_file_of_the_folder_is_served(browser):
    answer = await browser.get("/assets/app.js")

    assert (answer.status, answer.text) == (200, SCRIPT)
    assert "javascript" in answer.headers["Content-Type"]


@pytest.mark.parametrize(
    "path", ["/", "/runs/7", "/assets", "/none.js", "/v1x", "/apis", "/%00", "/" + "a" * 5000]
)
async def test_every_other_path_is_the_index(browser, path):
    answer = await browser.get(URL(path, encoded=True))

    assert (answer.status, answer.text) == (200, INDEX)


@pytest.mark.parametrize("path", ["/v1", "/v1/", "/v1/none", "/api", "/api/v1/none", "/artifacts"])
async def test_what_is_not_the_folders_is_a_404_in_json(browser, path):
    answer = await browser.get(path)

    assert (answer.status, answer.code) == (404, "not_found")


ESCAPES = ["/../outside.txt", "/%2e%2e/outside.txt", "/..%2foutside.txt", "/assets/..%2f..%2foutside.txt"]
ESCAPES += [
    "/..\\outside.txt",
    "/leads-outside.txt",
    "/%2fetc%2fpasswd",
    "/assets/../../outside.txt",
]


@pytest.mark.parametrize("path", ["/.env", "/.git/config", "/assets/.env"])
async def test_what_is_hidden_in_the_folder_is_nobodys_business(browser, folder, path):
    hidden = folder / path.lstrip("/")
    hidden.parent.mkdir(exist_ok=True)
    hidden.write_text("SECRET=1")

    assert (await browser.get(path)).text == INDEX


@pytest.mark.parametrize("leads_to", [".git/config", ".git"])
async def test_a_link_to_what_is_hidden_makes_it_nobodys_less(browser, folder, leads_to):
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("SECRET=1")
    (folder / "link").symlink_to(folder / leads_to)

    assert {(await browser.get(path)).text for path in ("/link", "/link/config")} == {INDEX}


@pytest.mark.parametrize("path", ESCAPES)
async def test_nothing_outside_of_the_folder_is_served(browser, path):
    answer = await browser.get(URL(path, encoded=True))

    assert "outside" not in answer.text
    assert "root:" not in answer.text


async def test_a_link_that_stays_inside_is_followed(browser):
    assert (await browser.get("/leads-inside.js")).text == SCRIPT


async def test_a_page_may_run_its_own_scripts_and_no_others(browser):
    headers = (await browser.get("/")).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'self'; ")
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_a_file_that_the_browser_has_is_not_sent_again(browser):
    tag = (await browser.get("/assets/app.js")).headers["ETag"]

    assert (await browser.get("/assets/app.js", {"If-None-Match": tag})).status == 304


async def test_a_part_that_a_file_does_not_have_is_refused_as_everything_is(browser):
    answer = await browser.get("/assets/app.js", {"Range": "bytes=999-"})

    assert (answer.status, answer.code) == (416, "range_not_satisfiable")


async def test_only_reading_reaches_the_folder(browser):
    assert (await browser.post("/assets/app.js")).status == 404
    assert (await browser.ask("HEAD", "/assets/app.js")).status == 200


async def test_our_own_routes_come_first(browser, folder):
    (folder / "health").write_text("not this")

    assert (await browser.get("/health")).json == {"status": "ok"}


async def test_a_folder_without_an_index_has_no_other_pages(browser, folder):
    (folder / "index.html").unlink()

    assert (await browser.get("/runs/7")).code == "not_found"


async def test_without_the_setting_there_is_no_page(ana):
    assert (await ana.get("/")).code == "not_found"
