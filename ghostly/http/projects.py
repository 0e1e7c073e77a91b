"""Projects: made, shown, taken away."""

from __future__ import annotations

from typing import Annotated, Any

from aiohttp import web
from msgspec import Meta, Struct

from ghostly.accounts import Project
from ghostly.accounts.projects import COLOR
from ghostly.accounts.scopes import READ, WRITE
from ghostly.domain.moment import rfc3339
from ghostly.http.auth import allowed
from ghostly.http.body import answer, read
from ghostly.http.context import PROJECTS
from ghostly.http.keys import Label
from ghostly.http.owners import owner, path_id


class NewProject(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request for a project."""

    label: Label
    color: Annotated[str, Meta(min_length=7, max_length=7, pattern="^#[0-9a-fA-F]{6}$")] = COLOR


async def get_projects(request: web.Request) -> web.Response:
    """GET /v1/projects."""
    caller = await allowed(request, READ)
    found = await request.app[PROJECTS].all(owner(request, caller))
    return answer([_project(project) for project in found])


async def create(request: web.Request) -> web.Response:
    """POST /v1/projects."""
    caller = await allowed(request, WRITE)
    body = await read(request, NewProject)
    made = await request.app[PROJECTS].create(caller.id, body.label, body.color)
    return answer({"ok": True, **_project(made)}, 201)


async def remove(request: web.Request) -> web.Response:
    """DELETE /v1/projects/{id}."""
    caller = await allowed(request, WRITE)
    await request.app[PROJECTS].remove(caller.id, path_id(request))
    return answer({"ok": True})


def _project(project: Project) -> dict[str, Any]:
    shown = project._asdict()
    return shown | {"createdAt": rfc3339(shown.pop("created_at"))}
