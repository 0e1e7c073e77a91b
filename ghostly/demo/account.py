"""Logging in and out. There is one customer, and the log-in page prints the password."""

from __future__ import annotations

import re
from urllib.parse import quote

from aiohttp import web

from ghostly.demo import forms
from ghostly.demo.answers import VISIT, form, go, page
from ghostly.demo.visit import Visit

EMAIL, PASSWORD = "demo@example.com", "demo-pass"
KNOWN = {"name": "Demo Customer", "email": EMAIL, "address": "1 Lantern Lane, Nightfall"}


async def login(request: web.Request) -> web.Response:
    """The log-in form."""
    after = request.query.get("after", "/")
    return page(request, "Log in", forms.login("", after, ""))


async def log_in(request: web.Request) -> web.Response:
    """Lets the customer in, or says that something does not fit, but not what."""
    typed = await form(request)
    email, after = typed.get("email", ""), typed.get("after", "/")
    if (email.lower(), typed.get("password", "")) != (EMAIL, PASSWORD):
        wrong = "E-mail or password is not right."
        return page(request, "Log in", forms.login(email, after, wrong), status=401)
    visit = request[VISIT]
    visit.customer = EMAIL
    visit.tell("You are logged in.")
    return go(after if leads_into_the_shop(after) else "/")


async def log_out(request: web.Request) -> web.Response:
    """Forgets who the customer is; the cart stays."""
    visit = request[VISIT]
    visit.customer = ""
    visit.tell("You are logged out.")
    return go("/")


def ask_to_log_in(visit: Visit, after: str) -> web.Response:
    """Sends the browser to the log-in page, and from there to where it wanted to go."""
    visit.warn("Log in to see this page.")
    return go(f"/login?after={quote(after, safe='')}")


def leads_into_the_shop(place: str) -> bool:
    """Whether the place is a path: `//host` and `/\\host` lead elsewhere, also with a tab between."""
    return bool(re.fullmatch(r"/(?![/\\])[!-~]*", place))
