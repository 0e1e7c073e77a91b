"""Projects: made, shown, taken away."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

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
from ghostly.http.openapi import Answer, Done, Group, Time, described
from ghostly.http.owners import OWNER, owner, path_id


class NewProject(Struct, frozen=True, forbid_unknown_fields=True):
    """The body of a request for a project."""

    label: Label
    color: Annotated[
        str, Meta(max_length=7, pattern="^#[0-9a-fA-F]{6}$", description="`#` and six hexadecimal digits")
    ] = COLOR


class ListedProject(Struct, frozen=True, rename="camel"):
    """A project; requests name it by id or slug."""

    id: UUID
    slug: str
    label: str
    color: str
    created_at: Time


class CreatedProject(Struct, frozen=True, rename="camel"):
    """A new project."""

    ok: bool
    id: UUID
    slug: str
    label: str
    color: str
    created_at: Time


@described(
    "List projects",
    "The caller's projects, the oldest first.",
    Group.PROJECTS,
    READ,
    Answer("The projects.", list[ListedProject]),
    parameters=(OWNER,),
)
async def get_projects(request: web.Request) -> web.Response:
    """GET /v1/projects."""
    caller = await allowed(request, READ)
    found = await request.app[PROJECTS].all(owner(request, caller))
    return answer([_project(project) for project in found])


@described(
    "Make a project",
    "The slug is made of the label; if the caller has it already, `-2`, `-3` … stands behind it.",
    Group.PROJECTS,
    WRITE,
    {201: Answer("The project.", CreatedProject)},
    body=NewProject,
    errors=("limit_reached",),
)
async def create(request: web.Request) -> web.Response:
    """POST /v1/projects."""
    caller = await allowed(request, WRITE)
    body = await read(request, NewProject)
    made = await request.app[PROJECTS].create(caller.id, body.label, body.color)
    return answer(CreatedProject(True, *made[:-1], rfc3339(made.created_at)), 201)


@described(
    "Take a project away",
    "Its runs stay in the log and in the caller's list.",
    Group.PROJECTS,
    WRITE,
    Answer("It is gone.", Done),
)
async def remove(request: web.Request) -> web.Response:
    """DELETE /v1/projects/{id}."""
    caller = await allowed(request, WRITE)
    await request.app[PROJECTS].remove(caller.id, path_id(request))
    return answer(Done(ok=True))


def _project(project: Project) -> ListedProject:
    return ListedProject(*project[:-1], rfc3339(project.created_at))
