"""Pages within pages, and pages that changed what scripts are made of."""

from __future__ import annotations

from tests.flows.hazards.hazard import (
    BOTH,
    BUSY,
    FAIL,
    SHORT,
    Hazard,
    click,
    on_click,
    see,
)

SHADOW = (
    "<div id=host></div><p id=out>here</p><script>host.attachShadow({mode: 'MODE'}).innerHTML = \"INNER\"</script>"
)
BUTTON = "<button onclick=out.textContent='done'>B</button>"
FIELDS = "<input id=a><input id=b type=password>"
CHANGED = """for (const name of ['filter', 'forEach', 'reduce', 'flat']) Array.prototype[name] = null;
JSON.parse = JSON.stringify = Promise.prototype.then = document.querySelector = document.querySelectorAll = null;
Object.prototype.toJSON = () => 1; Element.prototype.getBoundingClientRect = () => { throw 1 }"""
TYPED = (
    click(),
    {"action": "fill", "selector": "#a", "value": "x"},
    {"action": "fill", "selector": "#b", "value": "x"},
    see("done"),
    {"action": "snapshot"},
)
FRAMES = [
    Hazard(
        "a frame from elsewhere",
        "<iframe src=ELSEWHERE/fine></iframe><button>B</button><p>here",
        (click(), see("here")),
    ),
    Hazard(
        "a frame that hangs", "<iframe srcdoc='<script>for (;;) {}</script>'></iframe>", (), FAIL, BUSY, hangs=True
    ),
    Hazard(
        "a frame from elsewhere that hangs", "<iframe src=ELSEWHERE/hang></iframe>", (), FAIL, BUSY, hangs=True
    ),
    Hazard(
        "frames in frames for ever",
        "<iframe id=f></iframe><script>f.src = '?' + Math.random()</script>",
        (),
        FAIL,
        "'x'|did not",
        hangs=True,
    ),
    Hazard("an open shadow root", SHADOW.replace("MODE", "open").replace("INNER", BUTTON), (click(), see("done"))),
    Hazard(
        "a closed shadow root",
        SHADOW.replace("MODE", "closed").replace("INNER", BUTTON),
        (click(),),
        FAIL,
        "no element matched 'button'",
        timeout=SHORT,
    ),
    Hazard(
        "built-ins overwritten",
        on_click("out.textContent = 'done'", f"{FIELDS}<script>{CHANGED}</script>"),
        TYPED,
        options=BOTH,
    ),
    Hazard(
        "built-ins gone",
        on_click(
            "out.textContent = 'done'", f"{FIELDS}<script>{CHANGED}; Map = Set = Promise = JSON = null</script>"
        ),
        TYPED,
        FAIL,
        "the page changed what every script needs",
        options=BOTH,
    ),
]
