"""Whatever is sent that the description allows, or nearly allows, is answered as the description says."""

from __future__ import annotations

import asyncio
from functools import cache

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from ghostly.http.app import ROUTES
from ghostly.http.docs import Described

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
WOULD_END_THE_SESSION = {("delete", "/v1/users/{id}"), ("delete", "/v1/api-keys/{id}")}

quick = settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache  # and not when the tests are collected, which each of their processes does
def operations():
    """All that are described."""
    return [each.ok() for each in schemathesis.openapi.from_dict(Described(ROUTES).document).get_all_operations()]


def cases(mode):
    """A strategy for each operation that leaves its caller as it was."""
    for operation in operations():
        if (operation.method, operation.path) not in WOULD_END_THE_SESSION:
            yield operation.label, operation.as_strategy(generation_mode=mode)


def flaws(strategy, caller, run):
    """What an answer had that was not described; none if all was as it should be."""

    @quick
    @given(case=strategy)
    def is_as_described(case):
        if case.operation.path.startswith(("/v1/runs/{id}", "/artifacts/{id}")):
            case.path_parameters["id"] = run  # one that is there, or we would look at 404s only
        case.call_and_validate(base_url=str(caller.url), headers=caller.headers, checks=CHECKS, timeout=20)

    try:
        is_as_described()
    except BaseExceptionGroup as found:
        return [str(each) for each in found.exceptions]
    except Unsatisfiable:  # nothing that is sent there can be wrong
        return []
    return []


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("role", ["admin", "member"])
async def test_every_answer_is_as_described(ana, bo, finished, role, mode):
    caller = {"admin": ana, "member": bo}[role]
    run = finished if role == "admin" else await bo.starts()
    await bo.cancel(run)  # or its stream would not end
    found = {name: await asyncio.to_thread(flaws, strategy, caller, run) for name, strategy in cases(mode)}

    assert {name: what for name, what in found.items() if what} == {}
