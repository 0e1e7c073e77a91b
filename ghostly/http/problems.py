"""Every way to say no over HTTP: one shape, stable codes, texts in English and Spanish."""

from __future__ import annotations

import logging
import math
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence

import asyncpg
import msgspec
from aiohttp import web
from aiohttp.web_request import BaseRequest
from msgspec import UNSET, Struct, UnsetType

from ghostly.database import errors
from ghostly.domain.errors import Flaw, Invalid, LimitReached, RateLimited, Refused
from ghostly.event_log import LogUnavailable, PayloadTooLarge
from ghostly.http.language import language
from ghostly.http.problem_texts import STATUS, TEXTS

logger = logging.getLogger("ghostly.http")

REQUEST_ID = "X-Request-Id"
ID = web.RequestKey("id", str)
_SANE = re.compile(r"[A-Za-z0-9._-]{1,128}\Z")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Detail(Struct, frozen=True):
    """One thing wrong with the request: the exact place, and a sentence."""

    field: str
    message: str


class Error(Struct, frozen=True, rename="camel"):
    """Why nothing was done. `error` is for people, `code` never changes; `requestId` finds it in the log."""

    ok: bool
    error: str
    code: str
    request_id: str
    details: list[Detail] | UnsetType = UNSET


UNREACHABLE = (*errors.UNREACHABLE, LogUnavailable)


class Problem(Exception):
    """A request that is answered with an error; ``flaws`` name the places in the request."""

    def __init__(self, code: str, flaws: Sequence[Flaw] = (), headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.flaws = flaws
        self.headers = headers or {}


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give every request an id, and every failure the contract's shape."""
    given = request.headers.get(REQUEST_ID, "")
    request[ID] = given if _SANE.match(given) else new_id()
    try:
        return await handler(request)
    except web.HTTPException as error:
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
        return answer_problem(request, Problem(_OF_STATUS.get(error.status, "validation_error"), headers=allow))
    except Exception as error:  # the edge of the program: whatever it is, the client gets an answer
        problem = _problem(request, error)
        if (
            request.writer.output_size > 0
        ):  # half of an answer was sent: a second one in it would be taken for data
            raise
        return answer_problem(request, problem)


def new_id() -> str:
    """An id for a request that brought none."""
    return secrets.token_hex(8)


_OF_STATUS = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large", 415: "unsupported_media_type"}
_OF_REFUSAL = {
    "run_already_finished",
    "not_found",
    "invalid_credentials",
    "email_taken",
    "heal_not_reviewable",
    "last_admin",
    "limit_reached",
    "rate_limited",
}


def _problem(request: web.Request, error: Exception) -> Problem:
    match error:
        case Problem():
            return error
        case Refused() if error.code in _OF_REFUSAL:
            return _refused(error)
    if (flaws := _flaws(error)) is not None:
        return Problem("validation_error", flaws)
    if isinstance(error, UNREACHABLE):
        logger.warning("request %s: %r", request[ID], error)
        return Problem("database_unavailable")
    logger.error("request %s failed", request[ID], exc_info=error)
    return Problem("internal_error")


def _refused(error: Refused) -> Problem:
    match error:
        case RateLimited():
            return Problem(error.code, headers={"Retry-After": str(math.ceil(error.retry_after_s))})
        case LimitReached():
            return Problem(error.code, [Flaw(error.what, f"a user has at most {error.most}")])
    return Problem(error.code)


def _flaws(error: Exception) -> Sequence[Flaw] | None:
    """What is wrong with the request, if it is that which broke."""
    match error:
        case Invalid():
            return error.flaws
        case PayloadTooLarge():
            return [Flaw("steps", "the flow does not fit into 256 KiB")]
        case asyncpg.CharacterNotInRepertoireError() | asyncpg.UntranslatableCharacterError():
            return ()  # a text with a NUL, say, that the client sent: nothing is called that
        case asyncpg.DataError() if isinstance(error.__cause__, UnicodeEncodeError):
            return ()  # a text with half a character
    return None


def told(problem: Problem, request_id: str, wanted: str | None) -> Error:
    """The problem as it is told in this language (None: as the seed pages say it)."""
    _, seed, english, spanish = TEXTS[problem.code]
    sentence = {"es": spanish, "en": english}.get(wanted or "", seed or english)
    if not problem.flaws:
        return Error(ok=False, error=sentence, code=problem.code, request_id=request_id)
    details = [Detail(flaw.field, flaw.message) for flaw in problem.flaws]
    sentence = f"{sentence} {details[0].field}: {details[0].message}"
    return Error(ok=False, error=sentence, code=problem.code, request_id=request_id, details=details)


def answer_problem(request: BaseRequest, problem: Problem) -> web.Response:
    """The problem in the contract's shape, in the language that the client asked for."""
    status = STATUS[problem.code]
    body = told(problem, request[ID], language(request.headers.get("Accept-Language", "")))
    headers = {**({"Retry-After": "2"} if status == 503 else {}), **problem.headers}
    return web.Response(
        body=msgspec.json.encode(body), status=status, headers=headers, content_type="application/json"
    )
