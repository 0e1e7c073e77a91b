"""Who calls: by login, by API key, or by a ticket in the URL."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web

from ghostly.accounts import Caller
from ghostly.accounts.keys import PREFIX
from ghostly.accounts.scopes import EVERYTHING, READ
from ghostly.http.context import CLOCK, KEYS, USERS
from ghostly.http.problems import Problem
from ghostly.http.query import Text
from ghostly.http.records import RECORDS
from ghostly.http.signer import SIGNER, Signer, Ticket

__all__ = ["AFTERWARDS", "SIGNER", "TOKEN", "Signer", "allowed", "identified"]

AFTERWARDS = timedelta(minutes=10)
"""For how long a ticket still opens a run that has ended: an EventSource reconnects to the same URL."""

TOKEN = Text("token", "A ticket, or a login's token: browsers cannot set headers everywhere.", most=16 * 1024)


async def allowed(request: web.Request, scope: str, *, in_url: bool = False) -> Caller:
    """The caller, whose credential has the scope. ``in_url``: a token or ticket may come as ``?token=`` too.

    Raises ``Problem``: 401 without a good credential, 403 without the scope.
    """
    caller = await _caller(request, in_url=in_url)
    if scope not in caller.scopes:
        raise Problem("forbidden")
    return caller


async def identified(request: web.Request) -> Caller:
    """The caller, whatever the credential allows; raises ``Problem`` without a good one."""
    return await _caller(request, in_url=False)


async def _caller(request: web.Request, *, in_url: bool) -> Caller:
    key, authorization = request.headers.get("X-Api-Key"), request.headers.get("Authorization", "")
    scheme, _, given = authorization.partition(" ")
    if given and scheme.lower() == "bearer":
        given = given.strip()
        return await (_by_key if given.startswith(PREFIX) else _by_token)(request, given)
    if key and not authorization:  # if both headers are there, it is the other one that decides
        return await _by_key(request, key)
    if in_url and (token := TOKEN.given(request)):
        ticket = request.app[SIGNER].ticket(token)
        return await (_by_ticket(request, ticket) if ticket else _by_token(request, token))
    raise Problem("authentication_required")


async def _by_key(request: web.Request, key: str) -> Caller:
    caller = await request.app[KEYS].by_key(key)
    if caller is None:
        raise Problem("invalid_api_key")
    return caller


async def _by_token(request: web.Request, token: str) -> Caller:
    caller = await request.app[USERS].by_id(request.app[SIGNER].user(token))
    if caller is None:
        raise Problem("invalid_token")
    return caller


async def _by_ticket(request: web.Request, ticket: Ticket) -> Caller:
    if request.match_info.get("id") != str(ticket.run) or await _is_over(request, ticket):
        raise Problem("invalid_token")
    people, key = request.app[USERS], ticket.key
    maker = await (request.app[KEYS].by_id(key) if key else people.by_id(ticket.user))
    if maker is None:
        raise Problem("invalid_token")
    # What its maker may do no more, it may not either.
    return maker._replace(scopes=maker.scopes & ({READ, EVERYTHING} if ticket.everything else {READ}))


async def _is_over(request: web.Request, ticket: Ticket) -> bool:
    stand = await request.app[RECORDS].stand(ticket.run)
    if stand is None or not stand.finished:
        return False
    return request.app[CLOCK]() >= max(stand.since, ticket.issued_at) + AFTERWARDS
