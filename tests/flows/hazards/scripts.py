"""Scripts that do not end, and dialogs and tabs without number."""

from __future__ import annotations

from tests.flows.hazards.hazard import (
    AWAY,
    BUSY,
    FAIL,
    Hazard,
    click,
    goto,
    on_click,
    on_load,
    see,
)

LOOPS = [
    Hazard("script loop in a click", on_click("for (;;) {}"), ends=FAIL, says=BUSY, hangs=True),
    Hazard("script loop in load", on_load("for (;;) {}"), (), FAIL, BUSY, hangs=True),
    Hazard("alert loop in a click", on_click("for (;;) alert(1)"), ends=FAIL, says=BUSY, hangs=True),
    Hazard("alert loop in load", on_load("for (;;) alert(1)"), (), FAIL, BUSY, hangs=True),
    Hazard(
        "loop in beforeunload",
        on_load("onbeforeunload = onunload = onpagehide = () => { for (;;) {} }"),
        (click(), goto("/fine")),
        FAIL,
        BUSY,
        hangs=True,
    ),
    Hazard(
        "beforeunload that always asks",
        on_load("onbeforeunload = event => { event.preventDefault(); return 'stay?' }"),
        (click(), goto("/fine"), see("fine")),
        says="answered a dialog: beforeunload",
    ),
    Hazard("endless reload", on_load("location.reload()"), (), FAIL, BUSY, hangs=True),
    Hazard(
        "endless reload after load",
        on_load("onload = () => setTimeout(() => location.reload(), 20)"),
        (click("#nowhere"),),
        FAIL,
        "#nowhere",
        hangs=True,
    ),
    Hazard(
        "endless pushState in a loop",
        on_load("for (let n = 0;; n++) history.pushState(n, '', '/p' + n)"),
        (),
        FAIL,
        BUSY,
        hangs=True,
    ),
    Hazard(
        "endless pushState on a timer",
        on_load("let n = 0; setInterval(() => history.pushState(n, '', '/p' + n++), 1)"),
        (click("#nowhere"),),
        FAIL,
        "#nowhere",
        hangs=True,
    ),
    Hazard("endless console", on_load("for (;;) console.log('x'.repeat(1e5))"), (), FAIL, BUSY, hangs=True),
    Hazard(
        "a worker that spins",
        on_load("new Worker(URL.createObjectURL(new Blob(['for (;;) {}'])))"),
        (click(), see("here")),
    ),
    Hazard(
        "a page that eats memory",
        on_click("for (const kept = [];;) kept.push(new Uint8Array(4e6).fill(1))"),
        ends=FAIL,
        says=f"{BUSY}|crashed",
        hangs=True,
        timeout=500,
    ),
    Hazard("endless document.write", on_load("for (;;) document.write('<p>more')"), (), FAIL, BUSY, hangs=True),
    Hazard(
        "a button that never rests",
        "<style>@keyframes a { to { margin-left: 200px } } button { animation: a .2s infinite }</style><button>B",
        ends=FAIL,
        says="does not stop moving",
        hangs=True,
    ),
]

DIALOGS = [
    Hazard(
        "dialogs inside dialogs",
        on_click("out.textContent = [confirm('a'), prompt('b'), alert('c')].join('-')"),
        (click(), see("false--")),
        says="answered 3 dialogs: confirm 'a'",
    ),
    Hazard("window.print", on_click("print(); out.textContent = 'printed'"), (click(), see("printed"))),
    Hazard("a file chooser", "<input type=file><p>here", (click("input"), see("here"))),
    Hazard(
        "a file chooser by script",
        on_click("showOpenFilePicker().catch(e => out.textContent = 'none: ' + e.name)"),
        (click(), see("none")),
    ),
    Hazard(
        "a question for the place",
        on_click("navigator.geolocation.getCurrentPosition(() => {}, e => out.textContent = 'no ' + e.code)"),
        (click(), see("no 1")),
    ),
    Hazard(
        "a question for notifications",
        on_click("Notification.requestPermission().then(answer => out.textContent = 'said ' + answer)"),
        (click(), see("said")),
    ),
    Hazard(
        "a question for the camera",
        on_click("navigator.mediaDevices.getUserMedia({video: 1}).catch(e => out.textContent = 'no ' + e.name)"),
        (click(), see("no Not")),
    ),
]

TABS = [
    Hazard(
        "fifty tabs",
        on_click("for (let n = 0; n < 50; n++) window.open('/fine')"),
        (click(), see("here")),
        says="of which 10 at most stay open",
        timeout=20_000,
    ),
    Hazard("endless tabs", on_click("for (;;) window.open('/fine')"), ends=FAIL, says=BUSY, hangs=True),
    Hazard("a popup at home", on_click("window.open('/fine')"), (click(), see("here"))),
    Hazard(
        "a popup elsewhere",
        on_click("window.open('ELSEWHERE/fine')"),
        (click(), see("never to be seen")),
        FAIL,
        f"{AWAY}.* in a tab of its own",
        timeout=1_500,
    ),
    Hazard("a page that wants to close", on_click("window.close()"), (click(), see("here"))),
]
