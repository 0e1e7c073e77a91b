"""Reads tables of phrases: which verb is meant by what people say."""

from __future__ import annotations

import re

Phrases = tuple[tuple[str, str, re.Pattern[str]], ...]


def table(text: str) -> Phrases:
    """Verb, how, and pattern of each line ``verb[=how]  pattern``; an indented line belongs to the last."""
    joined = re.sub(r"\n +", "", text.strip())
    rows = (line.split(maxsplit=1) for line in joined.splitlines())
    return tuple((*_named(name), re.compile(pattern)) for name, pattern in rows)


def _named(name: str) -> tuple[str, str]:
    verb, _, how = name.partition("=")
    return verb, how
