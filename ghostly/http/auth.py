"""Who calls, by JWT or API key; and how a JWT is issued."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import jwt
from aiohttp import web

from ghostly.accounts import Caller
from ghostly.http.context import USERS
from ghostly.http.problems import Problem

ALGORITHM = "HS256"
ISSUER = "ghostly"
LIFE = timedelta(days=7)


class Signer:
    """Issues and checks JWTs; only HS256, with an expiry, from this issuer."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def issue(self, user: UUID, at: datetime) -> str:
        """A token with which this user is logged in for seven days."""
        claims = {"sub": str(user), "iss": ISSUER, "iat": at, "exp": at + LIFE}
        return jwt.encode(claims, self._secret, ALGORITHM)

    def user(self, token: str) -> UUID:
        """Whose token it is; raises ``Problem`` if it is not good."""
        try:
            claims = jwt.decode(
                token, self._secret, [ALGORITHM], issuer=ISSUER, options={"require": ["exp", "sub", "iss"]}
            )
            return UUID(claims["sub"])
        except (jwt.InvalidTokenError, ValueError) as error:
            raise Problem("invalid_token") from error


SIGNER = web.AppKey("signer", Signer)


async def allowed(request: web.Request, scope: str, *, in_url: bool = False) -> Caller:
    """The caller, whose credential has the scope. ``in_url``: a token may come as ``?token=`` too.

    Raises ``Problem``: 401 without a good credential, 403 without the scope.
    """
    caller = await _caller(request, in_url=in_url)
    if scope not in caller.scopes:
        raise Problem("forbidden")
    return caller


async def _caller(request: web.Request, *, in_url: bool) -> Caller:
    key, authorization = request.headers.get("X-Api-Key"), request.headers.get("Authorization", "")
    scheme, _, given = authorization.partition(" ")
    if given and scheme.lower() == "bearer":
        given = given.strip()
        return await (_by_key if given.startswith("gly_") else _by_token)(request, given)
    if key and not authorization:  # if both headers are there, it is the other one that decides
        return await _by_key(request, key)
    if in_url and (token := request.query.get("token")):
        return await _by_token(request, token)
    raise Problem("authentication_required")


async def _by_key(request: web.Request, key: str) -> Caller:
    caller = await request.app[USERS].by_key(key)
    if caller is None:
        raise Problem("invalid_api_key")
    return caller


async def _by_token(request: web.Request, token: str) -> Caller:
    caller = await request.app[USERS].by_id(request.app[SIGNER].user(token))
    if caller is None:
        raise Problem("invalid_token")
    return caller
