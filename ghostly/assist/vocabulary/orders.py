"""Tells where a page speaks to a model that judges it, and not to a person who uses it."""

from __future__ import annotations

import re

_ORDERS = re.compile(
    r"\b(?:ignor|disregard|forget|olvida|haz caso omiso)\w{0,15}\b.{0,40}\b(?:instruc|prompt|rule|regla|prev)"
    r"|\b(?:answer|respond|reply|report|declare|rule|return|output|mark|responde|contesta|declara|devuelve)\w{0,15}\b"
    r".{0,40}\b(?:success|passed|[ée]xito|verdict|veredicto)"
    r"|\b(?:language model|ai (?:agent|assistant|judge|tester)|llm)s?\b.{0,60}\b(?:must|should|shall)\b"
    r"|\bsystem prompt\b|<\|im_start\|>|\[/?INST\]",
    re.IGNORECASE | re.DOTALL,
)


def is_order(text: str) -> bool:
    """Whether the text tells a model what to answer."""
    return _ORDERS.search(text) is not None
