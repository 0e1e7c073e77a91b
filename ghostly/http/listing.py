"""GET /v1/runs: the list, whole or in pages."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import get_args
from uuid import UUID

from aiohttp import web
from msgspec import structs

from ghostly.accounts import Caller
from ghostly.accounts.scopes import READ
from ghostly.domain.verdict import Status, Verdict
from ghostly.http.auth import allowed
from ghostly.http.body import answer
from ghostly.http.context import POOL, PROJECTS
from ghostly.http.openapi import Answer, Group, Header, described
from ghostly.http.owners import OWNER, owner
from ghostly.http.query import Choice, Moment, Number, Text
from ghostly.http.record_shape import Record, RunPage
from ghostly.projections.run_list import Page, Place, Wanted, list_runs

MOST = 1_000
MOST_OF_A_PAGE = 200
USUAL = 50

PROJECT = Text("project", "Keeps runs of the project with this id or slug; an unknown one gives none.")
STATUS = Choice("status", "Keeps runs that stand so.", words=get_args(Status))
VERDICT = Choice("verdict", "Keeps runs with this verdict.", words=get_args(Verdict))
CONTEXT = Text("contextId", "Keeps runs with exactly this context.")
TAG = Text("tag", "Keeps runs that have this tag.")
HEALED = Choice("healed", "Keeps runs of which a step was healed.", words=("true",))
SINCE = Moment("since", "Keeps runs that started at this time or later.")
UNTIL = Moment("until", "Keeps runs that started before this time.")
Q = Text("q", "Keeps runs whose base URL or goal has this part, in any case.")
LIMIT = Number("limit", "Asks for a page of so many.", least=1, greatest=MOST_OF_A_PAGE)
CURSOR = Text("cursor", "Asks for the page behind this place, which the page before gave.")
FILTERS = (PROJECT, STATUS, VERDICT, CONTEXT, TAG, HEALED, SINCE, UNTIL, Q)

LINK = Header("Link", 'Where the rest is, if there is more: `<…>; rel="next"`.')

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@described(
    "List runs",
    "The caller's runs, newest first: a bare array of at most 1,000; a page with `limit` or `cursor`. All filters "
    "that are given must be true.",
    Group.RUNS,
    READ,
    Answer("The runs.", list[Record] | RunPage, headers=(LINK,)),
    parameters=(*FILTERS, LIMIT, CURSOR, OWNER),
)
async def get_runs(request: web.Request) -> web.Response:
    """GET /v1/runs: a bare array without ``limit`` and ``cursor``, a page with one of them."""
    caller = await allowed(request, READ)
    wanted = await _wanted(request, caller)
    limit = LIMIT.of(request)
    is_page = limit is not None or CURSOR.of(request) is not None
    most = (limit or USUAL) if is_page else MOST
    page = await list_runs(request.app[POOL], wanted, most) if wanted else Page([], None)
    if is_page:
        return answer({"items": page.items, "nextCursor": page.next and written(page.next)})
    return answer(page.items, 200, **_link(request, page))


async def _wanted(request: web.Request, caller: Caller) -> Wanted | None:
    """What the query asks for; None where that can be no run."""
    wanted = Wanted(
        owner=owner(request, caller),
        status=STATUS.of(request),
        verdict=VERDICT.of(request),
        context_id=CONTEXT.of(request),
        tag=TAG.of(request),
        healed=True if HEALED.of(request) else None,
        since=SINCE.of(request),
        until=UNTIL.of(request),
        q=Q.of(request),
        after=_place(request),
    )
    name = PROJECT.of(request)
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
    given = CURSOR.of(request)
    if given is None:
        return None
    try:
        raw = urlsafe_b64decode(given)
        place = Place(_EPOCH + int.from_bytes(raw[:8]) * _MICROSECOND, UUID(bytes=raw[8:]))
    except (ValueError, OverflowError) as error:
        raise CURSOR.wrong("is not one that we gave") from error
    if written(place) != given:
        raise CURSOR.wrong("is not one that we gave")
    return place
