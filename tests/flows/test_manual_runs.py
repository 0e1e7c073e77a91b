from __future__ import annotations

import hashlib

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

GOTO = {"action": "goto", "url": "/"}
EVERYTHING = """<h1>Order</h1><a href=# onmouseover="hint.hidden = false">Help</a><p id=hint hidden>Hover</p>
<label><input id=gift type=checkbox onchange="wrap.textContent = checked ? 'Wrapped' : 'Plain'">Gift</label>
<p id=wrap></p><p id=fits></p><p id=read></p>
<select id=size onchange="fits.textContent = 'Fits ' + value"><option>S<option value=m>Medium</select>
<input id=cv type=file onchange="files[0].text().then(text => read.textContent = text)">
<p id=twice ondblclick="textContent = 'Twice'">Once</p><p style="height:3000px"></p>
<form onsubmit="history.pushState(0, '', '/done?for=' + who.value); busy.remove(); return false">
<input id=who aria-label=Name><button>Order</button></form><p id=busy>Busy</p>"""
FORM = """<h1>Greeter</h1>
<form onsubmit="out.hidden = false; out.textContent = 'Hello ' + who.value; return false">
<input id=who aria-label=Name><button>Greet</button></form><p id=out role=status hidden></p>"""
NOWHERE = {"action": "click", "selector": "#nowhere", "timeoutMs": 300}


def artifacts(told, topic: str) -> list:
    return [artifact for payload in told.payloads(topic) for artifact in payload.get("artifacts", [])]


def on_disk(tester, artifact) -> bytes:
    return (tester.artifacts / artifact["path"].removeprefix("./artifacts/")).read_bytes()


EVERY_ACTION = [
    GOTO,
    {"action": "waitForSelector", "selector": "text=Order >> nth=0"},
    {"action": "hover", "selector": "text=Help"},
    {"action": "expectVisible", "selector": "#hint"},
    {"action": "check", "selector": "text=Gift"},
    {"action": "expectText", "selector": "#wrap", "text": "Wrapped"},
    {"action": "uncheck", "selector": "#gift"},
    {"action": "expectText", "text": "Plain"},
    {"action": "selectOption", "selector": "#size", "value": ["Medium"]},
    {"action": "expectText", "text": "Fits m"},
    {"action": "setInputFiles", "selector": "#cv", "files": ["cv.txt"]},
    {"action": "expectText", "text": "my life"},
    {"action": "dblclick", "selector": "#twice"},
    {"action": "expectText", "selector": "#twice", "text": "Twice"},
    {"action": "scroll", "y": 500},
    {"action": "fill", "selector": "#who", "value": "Ana"},
    {"action": "press", "selector": "#who", "key": "End"},
    {"action": "click", "selector": "role=button[name='Order']"},
    {"action": "expectUrl", "url": "/done?for=Ana"},
    {"action": "expectUrl", "matches": r"/done\?for=\w+$"},
    {"action": "expectHidden", "selector": "#busy"},
    {"action": "snapshot"},
]


async def test_a_run_over_every_action_passes(tester):
    told = await tester.runs(*EVERY_ACTION, html=EVERYTHING)

    assert [step["action"] for step in told.record["steps"] if step["ok"]] == [
        step["action"] for step in EVERY_ACTION
    ]
    assert (told.record["status"], told.record["verdict"]) == ("pass", "success")
    assert '- heading "Order"' in told.record["steps"][-1]["a11y"]


async def test_a_selector_that_finds_nothing_fails_the_run_in_a_sentence(tester):
    told = await tester.runs(GOTO, NOWHERE, GOTO, html=FORM)

    assert told.record["error"] == "Timeout 300 ms: no element matched '#nowhere'"
    assert (told.record["status"], told.record["stopReason"]) == ("fail", "step-failed")
    assert [step["ok"] for step in told.record["steps"]] == [True, False]


async def test_a_failed_step_has_a_picture_of_the_page(tester):
    told = await tester.runs(GOTO, NOWHERE, html=FORM)
    [shot] = artifacts(told, "step-failed")

    assert told.record["steps"][1]["screenshotPath"] == shot["path"]
    assert on_disk(tester, shot).startswith(b"\x89PNG")


async def test_pictures_after_steps_are_the_bytes_that_the_log_says(tester):
    told = await tester.runs(GOTO, GOTO, html=FORM, captureScreenshotAfterEachStep=True)
    shots = artifacts(told, "step-passed")
    found = [on_disk(tester, shot) for shot in shots]

    assert len(found) == 2
    assert [shot["sha256"] for shot in shots] == [hashlib.sha256(data).hexdigest() for data in found]
    assert [shot["size"] for shot in shots] == [len(data) for data in found]


async def test_a_large_page_leaves_its_tree_in_a_file(tester):
    told = await tester.runs(GOTO, html="<p>one of many</p>" * 1000, captureA11yAfterEachStep=True)
    [tree] = artifacts(told, "step-passed")

    assert on_disk(tester, tree).decode().startswith(told.record["steps"][0]["a11y"])
    assert hashlib.sha256(on_disk(tester, tree)).hexdigest() == tree["sha256"]
    assert on_disk(tester, tree).decode().count("one of many") == 1000


async def test_a_target_that_refuses_is_neither_the_apps_fault_nor_the_tests(tester, deaf_port):
    told = await tester.runs(GOTO, GOTO, baseUrl=f"http://127.0.0.1:{deaf_port}/")

    assert (told.record["verdict"], told.record["stopReason"]) == (
        "inconclusive-environment",
        "target-unreachable",
    )
    assert "the connection was refused" in told.record["error"]


async def test_an_ambiguous_selector_says_so(tester):
    told = await tester.runs(
        GOTO, {"action": "click", "selector": "button"}, html="<button>A</button><button>B</button>"
    )

    assert told.record["steps"][1]["note"] == "selector matched 2 elements; used the first"


async def test_runs_see_nothing_of_each_other(tester):
    remember = "<script>document.cookie = 'seen=1'; localStorage.seen = 1</script><p>remembered"
    recall = "<script>document.write((document.cookie + (localStorage.seen ?? '')) || 'clean')</script>"
    await tester.runs(GOTO, html=remember)
    told = await tester.runs(GOTO, {"action": "waitForSelector", "selector": "text=clean"}, html=recall)

    assert told.record["status"] == "pass"


async def test_every_start_of_a_step_has_its_outcome(tester):
    told = await tester.runs(GOTO, GOTO, html=FORM)

    assert [event.topic for event in told.events] == [
        "run-started",
        "driver-assigned",
        *["step-started", "step-passed"] * 2,
        "run-passed",
    ]
