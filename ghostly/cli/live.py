"""A run as it is seen on a screen, while it runs and afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Column

from ghostly.cli.screen import safe, say

if TYPE_CHECKING:
    from ghostly.http.client import Message

Json = dict[str, Any]

EVENT, FIELD = 8, 11
"""Where the text begins, behind an event's seq and mark, and behind a field's name."""

_MARKS = {"step_success": "[green]✓[/]", "step_failure": "[red]✗[/]"}
_LINES = {"verdict": "verdict", "verdictReason": "because", "stopReason": "stopped by", "error": "error"}


async def show(messages: AsyncIterator[Message], console: Console, total: int | None = None) -> None:
    """Print each event as it comes; in a terminal with a progress bar beneath (``total`` steps, if known)."""
    with _bar(console) as progress:
        bar = progress.add_task("waiting for a worker", total=total)
        async for message in messages:
            line = told(message, briefly=console.is_terminal)
            if line:
                say(progress.console, line, EVENT)
            if message.data.get("type") == "step_start":
                progress.update(bar, description=told_step(message.data["payload"]["step"]))
            elif message.data.get("type") in _MARKS:
                progress.advance(bar)


def _bar(console: Console) -> Progress:
    return Progress(
        SpinnerColumn(),
        TextColumn("{task.description}", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis")),
        BarColumn(bar_width=16),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        expand=True,
        disable=not console.is_terminal,
    )


def told(message: Message, *, briefly: bool = False) -> str | None:
    """The message as a line; None if it is nothing to a reader: ``briefly``, also what the bar shows anyway."""
    if message.kind == "status":
        return f"[dim]       status[/] {message.data['status']}"
    if message.kind != "assist" or (briefly and message.data["type"] == "step_start"):
        return None
    seq, kind, payload = message.data["seq"], message.data["type"], message.data["payload"]
    return f"[dim]{seq:>5}[/] {_MARKS.get(kind, '[dim]·[/]')} {_told_of(kind, payload)}"


def _told_of(kind: str, payload: Json) -> str:
    if kind in _MARKS:
        return _outcome(told_step(payload["step"]), payload)
    if kind == "step_start":
        return f"[dim]{told_step(payload['step'])} …[/]"
    said = _MORE[kind](payload) if kind in _MORE else ""
    return f"[dim]{kind}[/] {safe(said)}".rstrip()


_MORE: dict[str, Callable[[Json], str]] = {
    "recon": lambda told: told["title"] or told["url"],
    "plan_chunk": lambda told: (
        f"{told['source']}: {len(told['steps'])} step{'s' if len(told['steps']) != 1 else ''}"
    ),
    "loop_state": lambda told: told["state"],
    "victory_check": lambda told: "met" if told["met"] else "not met",
    "heal_action": lambda told: told["rationale"],
    "heal_failure": lambda told: told.get("reason") or told.get("error") or "",
    "judge_verdict": lambda told: f"{told['verdict']}: {told['reasoning']}",
}


def _outcome(what: str, step: Json) -> str:
    note = f" [yellow]{safe(step['note'])}[/]" if step.get("note") else ""
    error = f"\n        [red]{safe(step['error'])}[/]" if step.get("error") else ""
    return f"{what} [dim]{step['durationMs']} ms[/]{note}{_stood_in(step)}{error}"


def _stood_in(step: Json) -> str:
    """Whether it was done with another control than its own, and how to look at that."""
    if step.get("insteadOf"):
        return f" [yellow]approved in place of {safe(repr(step['insteadOf']))}[/]"
    if not step.get("healId"):
        return ""
    heal, review = safe(step["healId"]), step.get("review")
    if review:
        return f" [yellow]healed, {review['verdict']}[/]\n        [dim]ghostly heal show {heal}[/]"
    return f" [yellow]healed[/]\n        [dim]ghostly heal approve {heal} (or reject, show)[/]"


def told_step(step: Json) -> str:
    """The step in a few words."""
    if step.get("label"):
        return safe(step["label"])
    shown = (f"{step[name]!r}" for name in ("selector", "url", "value", "key", "text") if step.get(name))
    return safe(" ".join([step["action"], *shown]))


def show_summary(record: Json, on: Console) -> None:
    """Print the record's main lines."""
    say(on, summary(record), FIELD)


def summary(record: Json) -> str:
    """The record's main lines."""
    passed = sum(step["ok"] for step in record["steps"])
    lines = {
        "run": record["id"],
        "status": colored(record),
        **{title: safe(text) for title, text in _reasons(record)},
        **_evidence(record),
        "steps": f"{passed} of {len(record['steps'])} passed{_healed(record)}",
        "took": f"{record['durationMs']} ms, {record['seq']} events",
    }
    return "\n".join(f"{title:<10} {line}" for title, line in lines.items())


def _reasons(record: Json) -> Iterator[tuple[str, str]]:
    for name, title in _LINES.items():
        # Why a run ended and what its error says are often the same sentence.
        if record.get(name) and record[name] != "cancelled" and not (name == "error" and _said(record)):
            yield title, record[name]


def _evidence(record: Json) -> Json:
    seqs = ", ".join(map(str, record.get("verdictEvidence") or []))
    return {"rests on": f"events {seqs} ({record['verdictSource']})"} if seqs and record.get("assisted") else {}


def _healed(record: Json) -> str:
    return f", [yellow]{record['healedSteps']} healed[/]" if record.get("healedSteps") else ""


def _said(record: Json) -> bool:
    return bool(record["error"] == record.get("verdictReason"))


def steps_of(record: Json) -> Iterator[str]:
    """A line for each step that has an outcome."""
    for step in record["steps"]:
        mark = _MARKS["step_success" if step["ok"] else "step_failure"]
        yield f"[dim]{step['index'] + 1:>5}[/] {mark} {_outcome(step['action'], step)}"


def colored(record: Json) -> str:
    """How it stands, in one word."""
    if record.get("cancelled"):
        return "[yellow]cancelled[/]"
    if record["status"] == "running":
        return str(record["phase"])
    return "[green]pass[/]" if record["status"] == "pass" else "[red]fail[/]"


def mark(record: Json) -> str:
    """The same in one sign."""
    if record.get("cancelled"):
        return "[yellow]![/]"
    return {"pass": _MARKS["step_success"], "fail": _MARKS["step_failure"]}.get(record["status"], "…")


def exit_code(record: Json) -> int:
    """0 passed, 1 failed, 3 nothing proved, 130 cancelled."""
    if record.get("cancelled"):
        return 130
    if record["status"] == "pass":
        return 0
    return 3 if str(record.get("verdict", "")).startswith("inconclusive") else 1
