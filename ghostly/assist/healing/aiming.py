"""Aims a step at another control than the one that it was given."""

from __future__ import annotations

from msgspec.structs import replace

from ghostly.domain.redaction import types_a_secret
from ghostly.domain.steps import AnyStep, Fill


def aimed_at(selector: str, step: AnyStep) -> AnyStep:
    """The same step on that control; what it types stays a secret if it was one."""
    return as_secret_as(step, replace(step, selector=selector))


def as_secret_as(lost: AnyStep, step: AnyStep) -> AnyStep:
    """The step, which types a secret if the lost one did: that one's selector may have been all that told so."""
    if isinstance(lost, Fill) and isinstance(step, Fill) and types_a_secret(lost):
        return replace(step, secret=True)
    return step
