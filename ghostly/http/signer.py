"""What is signed: logins, and tickets that open one run."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import jwt
from aiohttp import web

from ghostly.http.problems import Problem

ALGORITHM = "HS256"
ISSUER = "ghostly"
TICKET = "ghostly/run"
REQUIRED = ["exp", "sub", "iss"]


class Ticket(NamedTuple):
    """Opens one run's stream and files, for as long as the credential that it was made with is good.

    ``key`` is that credential, if it was a key; ``everything`` whether it could read what is others'.
    """

    user: UUID
    run: UUID
    key: UUID | None
    everything: bool
    issued_at: datetime


class Signer:
    """Issues and checks JWTs; only HS256, with an expiry, from this issuer."""

    def __init__(self, secret: bytes, life: timedelta = timedelta(days=7)) -> None:
        self._secret = secret
        self._life = life

    def issue(self, user: UUID, at: datetime) -> str:
        """A token with which this user is logged in."""
        return self._signed({"sub": str(user), "iat": at, "exp": at + self._life})

    def user(self, token: str) -> UUID:
        """Who is logged in with the token; raises ``Problem`` if it is not good, or a ticket."""
        claims = self._claims(token)
        if "aud" in claims:
            raise Problem("invalid_token")
        return _id(claims["sub"])

    def issue_ticket(self, ticket: Ticket, until: datetime) -> str:
        """A token for the URL of the ticket's run. It has an audience, and so is a login nowhere."""
        claims = {"sub": str(ticket.user), "aud": TICKET, "run": str(ticket.run), "all": ticket.everything}
        claims |= {"key": str(ticket.key)} if ticket.key else {}
        return self._signed({**claims, "iat": ticket.issued_at, "exp": until})

    def ticket(self, token: str) -> Ticket | None:
        """The ticket, None if it is a login; raises ``Problem`` if it is not good."""
        claims = self._claims(token)
        if "aud" not in claims:
            return None
        if claims["aud"] != TICKET or "iat" not in claims:
            raise Problem("invalid_token")
        key, issued_at = claims.get("key"), datetime.fromtimestamp(claims["iat"], UTC)
        everything = claims.get("all") is True
        return Ticket(_id(claims["sub"]), _id(claims.get("run")), key and _id(key), everything, issued_at)

    def _signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"iss": ISSUER, **claims}, self._secret, ALGORITHM)

    def _claims(self, token: str) -> dict[str, Any]:
        options: Any = {"require": REQUIRED, "verify_aud": False}
        try:
            return jwt.decode(token, self._secret, [ALGORITHM], issuer=ISSUER, options=options)
        except (jwt.InvalidTokenError, ValueError) as error:
            raise Problem("invalid_token") from error


def _id(claim: Any) -> UUID:
    try:
        return UUID(claim)
    except (ValueError, TypeError, AttributeError) as error:
        raise Problem("invalid_token") from error


SIGNER = web.AppKey("signer", Signer)
