"""Pages that want to go where no run may be."""

from __future__ import annotations

from tests.flows.hazards.hazard import (
    AWAY,
    BUSY,
    FAIL,
    Hazard,
    click,
    on_click,
    on_load,
    see,
)

GO = "location.href = "
NOT_THERE = "the browser refused the page '(file|data|chrome):"
TOLD = {("window.open", "data"): ""}  # a tab is opened, and nothing is shown in it
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
        Hazard(
            f"{how} to {scheme}",
            on_click(script.replace("URL", url)),
            REFUSED,
            says=TOLD.get((how, scheme), NOT_THERE),
        )
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
