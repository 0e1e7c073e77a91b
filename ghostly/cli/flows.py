"""Flows as files: what a start asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from ghostly.cli.edge import Failure, refused

Json = dict[str, Any]


def read_flow(path: Path, *, base_url: str | None, project: str | None) -> Json:
    """The body that starts the file's flow; what was said on the command line counts before what the file says.

    Raises ``Failure``.
    """
    body = _object(path)
    if base_url:
        body["baseUrl"] = base_url
    if project:
        body["project"] = project
    plan = body.get("plan") if isinstance(body.get("plan"), dict) else {}
    if not body.get("baseUrl") and not (plan and plan.get("baseUrl")):
        raise Failure(f"Where is the app? Give --base-url, or baseUrl in {path.name}.")
    return {"project": "default", "trigger": "cli", **body}


def pursuing(goal: str, *, base_url: str | None, project: str | None) -> Json:
    """The body that starts the pursuit of a goal; raises ``Failure``."""
    if not base_url:
        raise Failure("Where is the app? Give --base-url.")
    return {"project": project or "default", "baseUrl": base_url, "trigger": "cli", **assisted(goal)}


def assisted(goal: str) -> Json:
    """What makes of a body that starts a flow one that pursues a goal; the flow's steps are then a first plan."""
    return {"assist": {"v2": True, "goal": goal}}


def _object(path: Path) -> Json:
    try:
        written = path.read_bytes()
        if not written.strip():
            raise Failure(f"{path} is empty: it must hold a list of steps, or an object with steps.")
        given = msgspec.json.decode(written)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Failure(f"{path} is not valid JSON: {error}.") from error
    except OSError as error:
        raise refused(error, f"{path} cannot be read") from error
    body = {"steps": given} if isinstance(given, list) else given
    if not isinstance(body, dict):
        raise Failure(f"{path} must hold a list of steps, or an object with steps.")
    return body


def count_of_steps(body: Json) -> int | None:
    """How many steps it has; None if that is not known beforehand."""
    plan = body.get("plan")
    steps = body.get("steps") or (plan.get("steps") if isinstance(plan, dict) else None)
    return len(steps) if isinstance(steps, list) and steps else None
