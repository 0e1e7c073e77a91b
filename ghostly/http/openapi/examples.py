"""Real requests and their real answers, one for each route, from a node that ran the demo's flow."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from aiohttp import web
from msgspec import Struct


class Example(Struct, frozen=True):
    """One request, and what each status was answered with: JSON, or text for what is no JSON."""

    path: dict[str, str] = {}
    query: dict[str, str] = {}
    body: Any = None
    answers: dict[str, Any] = {}


@cache
def _all() -> dict[str, Example]:
    text = (files(__package__) / "examples.json").read_bytes()
    return msgspec.json.decode(text, type=dict[str, Example])


def example_of(route: web.RouteDef) -> Example:
    """The route's example; an empty one if there is none."""
    return _all().get(f"{route.method} {route.path}", Example())
