"""GET /v1/runs: the list, whole or in pages."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

from aiohttp import web
from msgspec import structs

from ghostly.accounts import Caller
from ghostly.accounts.scopes import READ
from ghostly.domain.verdict import Status, Verdict
from ghostly.http.auth import allowed
from ghostly.http.body import answer
from ghostly.http.context import POOL, PROJECTS
from ghostly.http.owners import owner
from ghostly.http.query import choice, moment, number, text, wrong
from ghostly.projections.run_list import Page, Place, Wanted, list_runs

MOST = 1_000
MOST_OF_A_PAGE = 200
USUAL = 50

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


async def get_runs(request: web.Request) -> web.Response:
    """GET /v1/runs: a bare array without ``limit`` and ``cursor``, a page with one of them."""
    caller = await allowed(request, READ)
    limit = number(request, "limit", 1, MOST_OF_A_PAGE)
    is_page = limit is not None or bool(request.query.get("cursor"))
    wanted = await _wanted(request, caller)
    most = (limit or USUAL) if is_page else MOST
    page = await list_runs(request.app[POOL], wanted, most) if wanted else Page([], None)
    if is_page:
        return answer({"items": page.items, "nextCursor": page.next and written(page.next)})
    return answer(page.items, 200, **_link(request, page))


async def _wanted(request: web.Request, caller: Caller) -> Wanted | None:
    """What the query asks for; None where that can be no run."""
    wanted = Wanted(
        owner=owner(request, caller),
        status=choice(request, "status", Status),
        verdict=choice(request, "verdict", Verdict),
        context_id=text(request, "contextId"),
        tag=text(request, "tag"),
        healed=True if choice(request, "healed", ("true",)) else None,
        since=moment(request, "since"),
        until=moment(request, "until"),
        q=text(request, "q"),
        after=_place(request),
    )
    name = text(request, "project")
    if name is None:
        return wanted
    project = await request.app[PROJECTS].find(wanted.owner, name)
    return structs.replace(wanted, project=project.id) if project else None


def _link(request: web.Request, page: Page) -> dict[str, str]:
    if page.next is None:
        return {}
    more = request.rel_url.update_query(cursor=written(page.next), limit=MOST_OF_A_PAGE)
    return {"Link": f'<{more.raw_path_qs}>; rel="next"'}


def written(place: Place) -> str:
    """The place as a cursor: text that means nothing to anyone but us."""
    at = (place.started_at - _EPOCH) // _MICROSECOND
    return urlsafe_b64encode(at.to_bytes(8) + place.id.bytes).decode()


def _place(request: web.Request) -> Place | None:
    given = text(request, "cursor")
    if given is None:
        return None
    try:
        raw = urlsafe_b64decode(given)
        place = Place(_EPOCH + int.from_bytes(raw[:8]) * _MICROSECOND, UUID(bytes=raw[8:]))
    except (ValueError, OverflowError) as error:
        raise wrong("cursor", "is not one that we gave") from error
    if written(place) != given:
        raise wrong("cursor", "is not one that we gave")
    return place
