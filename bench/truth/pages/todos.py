"""The to-do list, and the many ways in which saving to it can go wrong."""

from __future__ import annotations

import asyncio
from html import escape

from aiohttp import web

from bench.truth.place import Place, go, hang_up, page, place

LOADING_S = 2.5

ROUTES = web.RouteTableDef()

# What the form does instead of being sent, by fault. `put(text)` puts an entry on the page, `say(text)` a message.
_SCRIPTS = {
    "throws": "event.preventDefault(); undefined.basket.put(text.value)",
    "optimistic": "event.preventDefault(); put(text.value); say('Saved'); text.value = ''",
    "dead": "event.preventDefault()",
    "api-500": """event.preventDefault(); fetch(this.action + '/api', {method: 'POST', body: text.value})
      .then(answer => { if (answer.ok) put(text.value); else say('Something went wrong') })""",
    "toast": """event.preventDefault(); fetch(this.action + '/api', {method: 'POST', body: text.value})
      .then(() => { text.value = ''; say('Saved'); setTimeout(() => say(''), 1000) })""",
    "loader": """event.preventDefault(); document.getElementById('loader').showModal()
      fetch(this.action + '/api', {method: 'POST', body: text.value})
      .then(() => { document.getElementById('loader').close(); put(text.value); text.value = '' })""",
    "cut": """event.preventDefault(); fetch(this.action + '/cut', {method: 'POST', body: text.value})
      .then(() => put(text.value), () => say('No connection'))""",
}
_TOOLS = """function put(text) { const entry = document.createElement('li'); entry.textContent = text
document.querySelector('#todos').append(entry) }
function say(text) { document.querySelector('#said').textContent = text }"""


@ROUTES.get("/{visit}/{faults}/todos")
async def todos(request: web.Request) -> web.Response:
    here = place(request)
    if here.has("slow"):
        await asyncio.sleep(2)
    if here.has("load-500"):
        return page(request, "Internal Server Error", "<p>The database is on fire.</p>", status=500)
    if here.has("iframe"):
        return page(
            request, "To-dos", f'<iframe title="List" src="{here.at("/frame")}" width=600 height=500></iframe>'
        )
    return page(request, "To-dos", _content(here))


@ROUTES.get("/{visit}/{faults}/frame")
async def frame(request: web.Request) -> web.Response:
    return web.Response(
        text=f"<!doctype html><title>List</title>{_content(place(request))}", content_type="text/html"
    )


@ROUTES.post("/{visit}/{faults}/todos")
async def save(request: web.Request) -> web.Response:
    here, text = place(request), str((await request.post()).get("text", "")).strip()
    if here.has("save-500"):
        return page(request, "Internal Server Error", "<p>TypeError: cannot read 'basket' of null</p>", status=500)
    if not text:
        return page(request, "To-dos", f'<p role="alert">A to-do needs a text</p>{_content(here)}', status=422)
    here.things.todos.append(text)
    return go(request, "/frame" if here.has("iframe") else "/todos")


@ROUTES.post("/{visit}/{faults}/todos/api")
async def api(request: web.Request) -> web.Response:
    here = place(request)
    if here.has("api-500"):
        return web.json_response({"error": "disk full"}, status=500)
    if here.has("loader"):
        await asyncio.sleep(LOADING_S)
    here.things.todos.append(await request.text())
    return web.json_response({"ok": True})


@ROUTES.post("/{visit}/{faults}/todos/cut")
async def cut(request: web.Request) -> web.Response:
    return hang_up(request)


@ROUTES.post("/{visit}/{faults}/todos/{number}/delete")
async def delete(request: web.Request) -> web.Response:
    here = place(request)
    if not here.has("undead"):
        del here.things.todos[int(request.match_info["number"])]
    return go(request, "/todos")


def _content(here: Place) -> str:
    form = _form(here)
    if here.has("shadow"):
        form = f"<div><template shadowrootmode=open>{form}</template></div>"
    entries = "".join(_entry(here, number, text) for number, text in enumerate(here.things.todos))
    return f"""{form}<p id="said" role="status"></p><ul id="todos">{entries}</ul>
<p id="count">{len(here.things.todos)} entries</p>{_menu(here)}
<dialog id="loader" aria-label="Loading">Loading…</dialog><script>{_TOOLS}</script>"""


def _form(here: Place) -> str:
    script = next((script for fault, script in _SCRIPTS.items() if here.has(fault)), "")
    field, button = ("todo-new-field", "todo-add-button") if here.has("renamed") else ("new-todo", "add-todo")
    text = here.say("Add a new entry" if here.has("reworded") else "Add")
    buttons = "" if here.has("gone") else f'<button id="{button}" data-testid="{button}">{text}</button>'
    if here.has("twice"):
        buttons = f"<div>{'<button>Add</button>' * 2}</div>"
    return f"""<form method="post" action="{here.at("/todos")}" onsubmit="{escape(script)}">
<label>{here.say("New to-do")} <input name="text" id="{field}" data-testid="{field}"></label>{buttons}</form>"""


def _entry(here: Place, number: int, text: str) -> str:
    label = "" if here.has("alike") else f' aria-label="{here.say("Delete")} {escape(text)}"'
    undead = "event.preventDefault(); this.closest('li').remove(); count.textContent = '1 entries'"
    instead = undead if here.has("undead") else ""
    return f"""<li>{escape(text)} <button{label} onclick="ask{number}.showModal()">{here.say("Delete")}</button>
<dialog id="ask{number}" aria-label="{escape(text)}?"><form method="post" onsubmit="{instead}"
action="{here.at(f"/todos/{number}/delete")}"><button>{here.say("Yes, delete")}</button>
<button type="button" onclick="ask{number}.close()">{here.say("Cancel")}</button></form></dialog></li>"""


def _menu(here: Place) -> str:
    if not here.has("menu"):
        return ""
    return """<button aria-expanded="false" onclick="more.hidden = !more.hidden">More</button>
<div id="more" hidden><button onclick="say('Exported 2 entries')">Export</button>
<button onclick="say('Printed')">Print</button></div>"""
