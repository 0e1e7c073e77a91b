"""Documents that do not come, do not end, or are larger than any should be."""

from __future__ import annotations

from tests.flows.hazards.hazard import (
    BOTH,
    FAIL,
    PICTURES,
    Hazard,
    click,
    on_click,
    on_load,
    see,
)

BIG = 200 * 1024 * 1024
NODES = 100_000
STOPPED = "did not finish in time and was stopped|brings more than 100 MiB and was stopped"

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
