"""Pages that do what no page should, and what the run on each of them must come to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

PASS = "pass"
FAIL = "fail"
BIG = 200 * 1024 * 1024
NODES = 100_000
SHORT = 600
LONG = 5_000

Steps = tuple[dict[str, Any], ...]


def click(selector: str = "button", **more: Any) -> dict[str, Any]:
    return {"action": "click", "selector": selector, **more}


def goto(url: str, **more: Any) -> dict[str, Any]:
    return {"action": "goto", "url": url, **more}


def see(text: str, **more: Any) -> dict[str, Any]:
    return {"action": "expectText", "text": text, **more}


@dataclass(frozen=True)
class Hazard:
    """A page, the steps after it was opened, and the truth about them.

    ``says`` is found in what the run says of its steps: their notes, and the error of the last if it failed.
    ``hangs`` is for those that a run could stay on for ever, if it had the time.
    """

    name: str
    html: str = ""
    steps: Steps = (click(),)
    ends: str = PASS
    says: str = ""
    path: str = ""
    hangs: bool = False
    timeout: int | None = None
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where its page is."""
        return self.path or "/" + re.sub(r"\W+", "-", self.name)

    @property
    def limit(self) -> int:
        """How long each step may take (milliseconds): short where it takes all of that."""
        return self.timeout or (SHORT if self.hangs else LONG)

    def body(self, site: str, timeout: int | None = None) -> dict[str, Any]:
        """What to ask for, to run it on the site; a longer ``timeout`` holds for every step."""
        patience = timeout or (max(LONG, self.limit) if self.steps else self.limit)
        return {
            "project": "default",
            "baseUrl": site,
            "defaultTimeoutMs": timeout or self.limit,
            "steps": [goto(self.place, timeoutMs=patience), *self.steps],
            **self.options,
        }


def on_click(script: str, after: str = "") -> str:
    """A page with a button that does this."""
    return f'<button onclick="{script}">B</button><p id=out>here</p>{after}'


def on_load(script: str) -> str:
    """A page that does this before it is loaded."""
    return f"<p id=out>here</p><button>B</button><script>{script}</script>"


PICTURES = {"captureScreenshotAfterEachStep": True}
BOTH = {"captureScreenshotAfterEachStep": True, "captureA11yAfterEachStep": True}
STOPPED = "did not finish in time and was stopped|brings more than 100 MiB and was stopped"
BUSY = r"did not answer|does not answer|did not finish loading|was not ready in time"
AWAY = r"left the origin http://127\.0\.0\.1:\d+: the page went to 'http://localhost:\d+"

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
        says="opened 50 tabs",
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

LOADS = [
    Hazard("no answer", "", (), FAIL, "did not finish loading", "/never", hangs=True),
    Hazard("a body without an end", "", (), FAIL, "did not finish loading", "/drip", hangs=True),
    Hazard("a slow page that ends", "", (see("late"),), path="/late", timeout=5_000),
    Hazard("204", "", (), FAIL, "brought no document", "/204"),
    Hazard("401", "", (see("who are you"),), path="/401"),
    Hazard("a redirect to itself", "", (), FAIL, "redirect to redirect without an end", "/round"),
    Hazard(
        "a picture that never comes",
        "<p>here<img src=/never>",
        (),
        FAIL,
        "did not finish loading",
        hangs=True,
    ),
    Hazard(
        "a frame that never comes",
        "<p>here<iframe src=/never></iframe>",
        (),
        FAIL,
        "did not finish loading",
        hangs=True,
    ),
    Hazard(
        "an endless download, fast",
        "<a href=/fast>A</a><p>here",
        (click("a"), see("here")),
        says=STOPPED,
        # Not one to stay on: a hundred MiB are there soon.
    ),
    Hazard(
        "an endless download, slow",
        "<a href=/slow>A</a><p>here",
        (click("a"), see("here")),
        says=STOPPED,
        hangs=True,
    ),
    Hazard("an address that is a download", "", (), FAIL, "is a download and not a page", "/slow"),
]

WORDS = "document.body.append('word '.repeat(4e5))"
NEST = "for (let n = 0; n < 2e4; n++) box = box.appendChild(document.createElement('div'))"
FILL = f"""document.body.append(...Array.from({{length: {NODES}}}, (_, n) =>
  Object.assign(document.createElement('i'), {{textContent: n + ' '}})))"""
LARGE = [
    Hazard("a document of 200 MB", "", (), FAIL, "did not finish loading", "/big", timeout=500, hangs=True),
    Hazard(
        "a fetch of 200 MB",
        on_click("fetch('/big').then(r => r.arrayBuffer()).then(b => out.textContent = b.byteLength)"),
        (click(), see(str(BIG))),
        timeout=20_000,
    ),
    Hazard("a text of 2 MB", on_load(WORDS), (click(), see("word word")), timeout=10_000),
    Hazard("a hundred thousand nodes", on_load(FILL), (click(), see("99999")), timeout=30_000, options=PICTURES),
    Hazard("a hundred thousand nodes, read after each step", on_load(FILL), (), timeout=20_000, options=BOTH),
    Hazard(
        "a hundred thousand nodes, read",
        on_load(FILL),
        ({"action": "snapshot"},),
        timeout=30_000,
        options=PICTURES,
    ),
    Hazard(
        "twenty thousand boxes in each other",
        on_load(f"let box = document.body; {NEST}; box.append('deep')"),
        ({"action": "snapshot"},),
        FAIL,
        "The page crashed",
        timeout=10_000,
    ),
    Hazard(
        "three hundred frames",
        on_load("for (let n = 0; n < 300; n++) document.body.append(document.createElement('iframe'))"),
        (click(), see("here")),
        timeout=10_000,
    ),
]

GO = "location.href = "
REFUSED = (click(), see("here"), click(), see("here"))
AWAY_FROM_HOME = [
    Hazard("a redirect elsewhere", "", (), FAIL, AWAY, "/to-elsewhere"),
    *(
        Hazard(name, html, (click(button), see("never to be seen")), FAIL, AWAY, timeout=1_500)
        for name, button, html in (
            ("a meta refresh elsewhere", "#nowhere", "<meta http-equiv=refresh content='0;url=ELSEWHERE/fine'>"),
            ("location elsewhere", "button", on_click(f"{GO}'ELSEWHERE/fine'")),
            ("location elsewhere in load", "button", on_load(f"{GO}'ELSEWHERE/fine'")),
            ("a form elsewhere", "button", "<form action=ELSEWHERE/fine><button>B</button></form>"),
            ("a link elsewhere", "a", "<a href=ELSEWHERE/fine>A</a>"),
            (
                "a frame that takes the page elsewhere",
                "#nowhere",
                "<iframe srcdoc=\"<script>top.location = 'ELSEWHERE/fine'</script>\"></iframe>",
            ),
        )
    ),
    *(
        Hazard(f"{how} to {scheme}", on_click(script.replace("URL", url)), REFUSED)
        for scheme, url in {
            "file": "file:///etc/hostname",
            "data": "data:text/html,there",
            "chrome": "chrome://version",
        }.items()
        for how, script in {
            "location": f"{GO}'URL'",
            "a link": "Object.assign(document.createElement('a'), {href: 'URL'}).click()",
            "window.open": "window.open('URL')",
        }.items()
    ),
    Hazard(
        "a javascript link",
        "<a href=\"javascript:void(out.textContent = 'done')\">A</a><p id=out>",
        (click("a"), see("done")),
    ),
    Hazard(
        "a javascript link that writes", "<a href=\"javascript:'written'\">A</a>", (click("a"), see("written"))
    ),
    Hazard(
        "a javascript link that hangs",
        "<a href='javascript:for(;;){}'>A</a>",
        (click("a"), see("x")),
        FAIL,
        BUSY,
        hangs=True,
    ),
    Hazard("a redirect to file", "", (), FAIL, "redirects to where no page may lead", "/to-file"),
    Hazard("a redirect to data", "", (), FAIL, "redirects to where no page may lead", "/to-data"),
]

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

_ALL = (*LOOPS, *DIALOGS, *TABS, *LOADS, *LARGE, *AWAY_FROM_HOME, *FRAMES)
HAZARDS = {hazard.name: hazard for hazard in _ALL}
HANGING = {name: hazard for name, hazard in HAZARDS.items() if hazard.hangs}
