"""Video, trace and downloads of whole runs: in the record, in the log, on the disk, and without any secret."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOTO = {"action": "goto", "url": "/"}
NOWHERE = {"action": "click", "selector": "#nowhere", "timeoutMs": 300}
FORM = "<input id=box><input id=pw type=password><button>B</button><p id=out></p>"
ALL = {"recordVideoOnFailure": True, "recordTrace": True, "html": FORM}


def on_disk(tester, path: str) -> bytes:
    return (tester.artifacts / path.removeprefix("./artifacts/")).read_bytes()


def unpacked(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"\n".join(archive.read(name) for name in archive.namelist())


def typed(selector: str, value: str, **more) -> dict:
    return {"action": "fill", "selector": selector, "value": value, **more}


async def test_a_failed_run_has_its_video_and_its_trace_in_the_record(tester):
    told = await tester.runs(GOTO, typed("#box", "an open word"), NOWHERE, **ALL)

    assert on_disk(tester, told.record["videoPath"]).startswith(b"\x1a\x45\xdf\xa3")
    assert b"an open word" in unpacked(on_disk(tester, told.record["tracePath"]))


async def test_the_ending_holds_the_hashes_of_both(tester):
    told = await tester.runs(GOTO, NOWHERE, **ALL)
    [ending] = told.payloads("run-failed")

    assert [artifact["path"] for artifact in ending["artifacts"]] == [ending["videoPath"], ending["tracePath"]]
    for artifact in ending["artifacts"]:
        data = on_disk(tester, artifact["path"])
        assert (artifact["sha256"], artifact["size"]) == (hashlib.sha256(data).hexdigest(), len(data))


async def test_a_run_that_passed_has_its_trace_and_no_video(tester):
    told = await tester.runs(GOTO, **ALL)

    assert "videoPath" not in told.record
    assert unpacked(on_disk(tester, told.record["tracePath"]))


async def test_who_asks_for_neither_gets_neither(tester):
    told = await tester.runs(GOTO, NOWHERE, html=FORM)

    assert {"videoPath", "tracePath"}.isdisjoint(told.record)


async def test_a_cancelled_run_leaves_no_half_of_a_video(tester):
    run = await tester.starts(GOTO, {**NOWHERE, "timeoutMs": 60_000}, **ALL)
    await tester.reached(run, 5)
    await tester.client.cancel(run)
    told = await tester.ended(run)

    assert {"videoPath", "tracePath"}.isdisjoint(told.record)
    assert not [path.name for path in (tester.artifacts / run).glob("*") if path.suffix in {".webm", ".zip"}]


@pytest.mark.parametrize(
    "step",
    [
        typed("#box", "hush-hush-1", secret=True),
        typed("#pw", "hush-hush-1"),
        typed("#box", "$secret:PLAIN"),
    ],
)
async def test_a_run_that_types_a_secret_is_not_recorded_and_says_so(tester, step):
    told = await tester.runs(GOTO, step, NOWHERE, **ALL)

    assert {"videoPath", "tracePath"}.isdisjoint(told.record)
    assert told.record["steps"][1]["note"] == "video and trace were left out, because a secret is typed"
    assert {path.suffix for path in (tester.artifacts / told.record["id"]).iterdir()} == {".png"}


async def test_who_wants_secrets_recorded_gets_the_recordings(tester):
    told = await tester.runs(GOTO, typed("#pw", "hush-hush-2"), NOWHERE, recordSecrets=True, **ALL)

    assert b"hush-hush-2" in unpacked(on_disk(tester, told.record["tracePath"]))
    assert told.record["steps"][1].get("note") is None


DOWNLOAD = """<input id=box><a id=get download="report.csv">Get</a><script>
document.oninput = ({target}) => { get.href = 'data:text/csv,' + encodeURIComponent('a,' + target.value) }
get.href = 'data:text/csv,a,b'</script>"""
GET = {"action": "click", "selector": "#get"}


async def test_a_download_is_kept_with_its_hash(tester):
    told = await tester.runs(GOTO, GET, GOTO, html=DOWNLOAD)
    facts = told.payloads("step-passed") + told.payloads("run-passed")
    [artifact] = [artifact for fact in facts for artifact in fact.get("artifacts", [])]

    assert artifact["path"].endswith("/download-01-report.csv")
    assert on_disk(tester, artifact["path"]) == b"a,b"
    assert artifact["sha256"] == hashlib.sha256(b"a,b").hexdigest()


async def test_a_download_that_holds_a_secret_is_not_kept(tester):
    told = await tester.runs(GOTO, typed("#box", "hush-hush-3", secret=True), GET, GOTO, html=DOWNLOAD)

    assert told.record["status"] == "pass"
    assert not list((tester.artifacts / told.record["id"]).glob("*"))


async def test_a_download_of_a_run_with_secrets_has_no_name_that_the_page_gave(tester):
    page = "<input id=pw type=password><a id=get download='report.csv' href='data:text/csv,a,b'>Get</a>"
    told = await tester.runs(GOTO, typed("#pw", "hush-hush-4"), GET, GOTO, html=page)

    assert [path.name for path in (tester.artifacts / told.record["id"]).iterdir()] == ["download-01"]
