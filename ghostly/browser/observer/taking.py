"""Tells what a page's site took to keep it, from what it was only asked, and what it only counts or turns away."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.async_api import Request, Response

from ghostly.browser.observer.traffic import ASKED, READING

_REFUSED = 400
_COUNTS = re.compile(
    r"analytics?|collect(?:or)?|track(?:er|ing)?|telemetry|metrics|beacons?|page-?views?|impressions?|rum|heartbeat"
    r"|ping|stats|sentry|csp-?reports?|plausible|matomo|piwik|segment|mixpanel|amplitude|hotjar"
)
_ASKS = re.compile(r"_?search|query|suggest(?:ions?)?|autocomplete|lookup|preview|validate")
_GRAPH = re.compile(r"graphql|gql")
_MUTATION = re.compile(rb"\bmutation\b")
_SIGNS_IN = re.compile(r"log-?in|sign-?in|log-?on|signon|sso|oauth2?|auth|acceder|entrar")
_MOST = 100_000  # bytes: what is sent by a form may be a film


class Sent(NamedTuple):
    """What was sent, and what the answer said: ``leads`` is where a redirect leads to."""

    method: str
    kind: str
    url: str
    status: int
    leads: str = ""
    body: bytes = b""


def sent(response: Response) -> Sent:
    """What the answer is to."""
    request = response.request
    leads = response.headers.get("location", "")
    return Sent(
        request.method, request.resource_type, response.url, response.status, leads=leads, body=_body(request)
    )


def is_taken(what: Sent) -> bool:
    """Whether it was a write that was answered well, and not only counted, a question, or sent to log in."""
    if what.method in READING or what.kind not in ASKED or what.status >= _REFUSED:
        return False
    parts = _parts(what.url)
    host = (urlsplit(what.url).hostname or "").partition(".")[0]
    if any(map(_COUNTS.fullmatch, (host, *parts))) or (parts and _ASKS.fullmatch(parts[-1])):
        return False
    if any(map(_GRAPH.fullmatch, parts)) and not _MUTATION.search(what.body):
        return False
    return not any(map(_SIGNS_IN.fullmatch, _parts(what.leads)))


def _body(request: Request) -> bytes:
    return (request.post_data_buffer or b"")[:_MOST] if any(map(_GRAPH.fullmatch, _parts(request.url))) else b""


def _parts(url: str) -> list[str]:
    try:
        return [part.casefold() for part in urlsplit(url).path.split("/") if part]
    except ValueError:
        return []
