"""Forms: contact, settings, sign-in, upload."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

from aiohttp import web

from bench.truth.place import Place, go, page, place

EMAIL, PASSWORD = "ada@example.org", "open sesame"

ROUTES = web.RouteTableDef()


@ROUTES.get("/{visit}/{faults}/contact")
async def contact(request: web.Request) -> web.Response:
    return page(request, "Contact", _contact(place(request)))


@ROUTES.post("/{visit}/{faults}/contact")
async def send(request: web.Request) -> web.Response:
    here, sent = place(request), await request.post()
    name = str(sent.get("name", "")).strip()
    if not name:
        return _refuse(request, "Please enter your name")
    if "terms" not in sent:
        return _refuse(request, "Please accept the terms")
    if here.has("in-place"):
        thanks = f"<p role=status>{here.say('Thank you')}, {escape(name)}.</p>"
        return page(request, "Contact", thanks + _contact(here))
    return go(request, f"/thanks?name={quote(name)}&topic={quote(str(sent['topic']))}")


@ROUTES.get("/{visit}/{faults}/thanks")
async def thanks(request: web.Request) -> web.Response:
    here, name, topic = place(request), request.query["name"], request.query["topic"]
    said = f"<p>{here.say('Thank you')}, {escape(name)}. {here.say('We will answer within a day.')}</p>"
    return page(request, "Contact", f"{said}<p>{here.say('Topic')}: {escape(topic)}</p>")


@ROUTES.get("/{visit}/{faults}/settings")
async def settings(request: web.Request) -> web.Response:
    here, told = place(request), request.query.get("told", "")
    said = here.say("Settings saved") if told else ""
    return page(request, "Settings", f'<p id="said" role="status">{said}</p>{_settings(here)}')


@ROUTES.post("/{visit}/{faults}/settings")
async def save(request: web.Request) -> web.Response:
    here, sent = place(request), await request.post()
    here.things.newsletter = "newsletter" in sent
    here.things.theme = str(sent.get("theme", "Light"))
    return go(request, "/settings?told=1")


@ROUTES.get("/{visit}/{faults}/account")
async def account(request: web.Request) -> web.Response:
    here = place(request)
    if not here.things.customer:
        return go(request, "/signin")
    return page(request, "Account", f"<p>Hello, {escape(here.things.customer)}. You have no orders yet.</p>")


@ROUTES.get("/{visit}/{faults}/signin")
async def signin(request: web.Request) -> web.Response:
    return page(request, "Sign in", _signin(""))


@ROUTES.post("/{visit}/{faults}/signin")
async def enter(request: web.Request) -> web.Response:
    here, sent = place(request), await request.post()
    if here.has("signin-500"):
        return page(request, "Internal Server Error", "<p>session store: connection refused</p>", status=500)
    if (sent["email"], sent["password"]) != (EMAIL, PASSWORD):
        return page(request, "Sign in", _signin("Wrong e-mail or password"), status=401)
    here.things.customer = "Ada"
    return go(request, "/account")


@ROUTES.get("/{visit}/{faults}/upload")
async def upload(request: web.Request) -> web.Response:
    kept = "".join(f"<li>{escape(name)} received</li>" for name in place(request).things.uploads)
    form = '<label>Photo <input type="file" name="photo"></label><button>Upload</button>'
    return page(
        request, "Photos", f'<form method="post" enctype="multipart/form-data">{form}</form><ul>{kept}</ul>'
    )


@ROUTES.post("/{visit}/{faults}/upload")
async def receive(request: web.Request) -> web.Response:
    photo = (await request.post()).get("photo")
    if isinstance(photo, web.FileField):
        place(request).things.uploads.append(photo.filename)
    return go(request, "/upload")


def _refuse(request: web.Request, why: str) -> web.Response:
    here = place(request)
    return page(request, "Contact", f'<p role="alert">{here.say(why)}</p>{_contact(here)}', status=422)


def _contact(here: Place) -> str:
    topics = "".join(f"<option>{here.say(topic)}</option>" for topic in ("Sales", "Support"))
    return f"""<form method="post"><label>{here.say("Name")} <input name="name"></label>
<label>{here.say("E-mail")} <input name="email" type="email"></label>
<label>{here.say("Topic")} <select name="topic">{topics}</select></label>
<label>{here.say("Message")} <textarea name="message"></textarea></label>
<label><input type="checkbox" name="terms"> {here.say("I accept the terms")}</label>
<button>{here.say("Send")}</button></form>"""


def _settings(here: Place) -> str:
    state = "on" if here.things.newsletter else "off"
    checked = "checked" if here.things.newsletter else ""
    themes = "".join(
        f'<label><input type="radio" name="theme" value="{theme}"'
        f"{' checked' if theme == here.things.theme else ''}> {theme}</label>"
        for theme in ("Light", "Dark")
    )
    told = f"<p id=state>{here.say('Newsletter')}: {here.say(state)}</p><p>Theme: {here.things.theme}</p>"
    return f"""<form method="post" onsubmit="{_instead(here)}">
<label><input type="checkbox" name="newsletter" {checked}> {here.say("Newsletter")}</label>
{themes}<button>{here.say("Save settings")}</button></form>{told}"""


def _instead(here: Place) -> str:
    if here.has("amnesia"):
        return "event.preventDefault(); state.textContent = 'Newsletter: on'; said.textContent = 'Settings saved'"
    return ""


def _signin(alert: str) -> str:
    told = f'<p role="alert">{alert}</p>' if alert else ""
    return f"""{told}<form method="post"><label>E-mail <input name="email" type="email"></label>
<label>Password <input name="password" type="password"></label><button>Sign in</button></form>"""
