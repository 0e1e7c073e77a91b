"""Which errors an operation can end in: those that follow from what it takes, and those that it tells."""

from __future__ import annotations

from collections.abc import Iterator

from ghostly.http.openapi.operation import ANY, Operation, Parameter
from ghostly.http.problem_texts import STATUS


def errors_of(path: str, operation: Operation) -> dict[int, list[str]]:
    """The codes by status, in the order in which they are checked for."""
    by_status: dict[int, list[str]] = {}
    for code in dict.fromkeys([*_implied(path, operation), *operation.errors, *_ours(operation)]):
        by_status.setdefault(STATUS[code], []).append(code)
    return dict(sorted(by_status.items()))


def _implied(path: str, operation: Operation) -> Iterator[str]:
    if operation.scope is not None:
        yield from ("authentication_required", "invalid_token", "invalid_api_key")
    if operation.scope not in {None, ANY}:
        yield "forbidden"
    if "{" in path or any(parameter.name == "owner" for parameter in operation.parameters):
        yield "not_found"
    if operation.body is not None:
        yield from ("invalid_json", "validation_error", "body_too_large", "unsupported_media_type")
    if any(_can_be_wrong(parameter) for parameter in operation.parameters):
        yield "validation_error"


def _can_be_wrong(parameter: Parameter) -> bool:
    return parameter.place == "query" and parameter.name != "owner"


def _ours(operation: Operation) -> Iterator[str]:
    yield "internal_error"
    if operation.stored:
        yield "database_unavailable"
