"""Flows that are asked for, and what is wrong with them."""

from __future__ import annotations

from ghostly.domain.errors import Flaw, Invalid
from ghostly.domain.flow import Flow, Guardrails, check
from ghostly.domain.steps import AnyStep

BASE = "https://shop.example/app/"
GUARDRAILS = Guardrails(max_steps=3, max_timeout_ms=1000, allowed_origins=frozenset({"https://pay.example:443"}))


def flow(*steps: AnyStep, base_url: str = BASE, timeout: int = 1000) -> Flow:
    return Flow(base_url=base_url, steps=list(steps), default_timeout_ms=timeout)


def flaws(asked: Flow) -> list[Flaw]:
    try:
        check(asked, GUARDRAILS)
    except Invalid as refusal:
        return refusal.flaws
    return []


def places(asked: Flow) -> list[str]:
    """Where something is wrong, each place once."""
    return list(dict.fromkeys(flaw.field for flaw in flaws(asked)))
