"""A run as it is seen in a terminal, while it runs and afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from ghostly.http.client import Message

Json = dict[str, Any]

console = Console(highlight=False)

_MARKS = {"step_success": "[green]✓[/]", "step_failure": "[red]✗[/]"}


async def show(messages: AsyncIterator[Message], total: int | None = None) -> None:
    """Print each event as it comes; in a terminal with a progress bar beneath (``total`` steps, if known)."""
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        bar = progress.add_task("waiting for a worker", total=total)
        async for message in messages:
            line = told(message)
            if line:
                progress.console.print(line)
            if message.data.get("type") == "step_start":
                progress.update(bar, description=_what(message.data["payload"]["step"]))
            elif message.data.get("type") in _MARKS:
                progress.advance(bar)


def told(message: Message) -> str | None:
    """The message as a line; None if it is nothing to a reader."""
    if message.kind == "status":
        return f"[dim]       status[/] {message.data['status']}"
    if message.kind != "assist":
        return None
    seq, kind, payload = message.data["seq"], message.data["type"], message.data["payload"]
    mark, text = _MARKS.get(kind, "[dim]·[/]"), _told_of(kind, payload)
    return f"[dim]{seq:>5}[/] {mark} {text}"


def _told_of(kind: str, payload: Json) -> str:
    if kind in _MARKS:
        took = f" [dim]{payload['durationMs']} ms[/]"
        note = f" [yellow]{escape(payload['note'])}[/]" if payload.get("note") else ""
        error = f"\n        [red]{escape(payload['error'])}[/]" if payload.get("error") else ""
        return _what(payload["step"]) + took + note + error
    if kind == "step_start":
        return f"[dim]{_what(payload['step'])} …[/]"
    return f"[dim]{kind}[/]"


def _what(step: Json) -> str:
    if step.get("label"):
        return escape(step["label"])
    shown = (f"{step[name]!r}" for name in ("selector", "url", "value", "key") if step.get(name))
    return escape(" ".join([step["action"], *shown]))


def summary(record: Json) -> Table:
    """The record's main lines."""
    table = Table.grid(padding=(0, 2))
    table.add_row("run", record["id"])
    table.add_row("status", _colored(record))
    for name, title in (
        ("verdict", "verdict"),
        ("verdictReason", "because"),
        ("stopReason", "stopped by"),
        ("error", "error"),
    ):
        if record.get(name):
            table.add_row(title, escape(str(record[name])))
    passed = sum(step["ok"] for step in record["steps"])
    table.add_row("steps", f"{passed} of {len(record['steps'])} passed")
    table.add_row("took", f"{record['durationMs']} ms, {record['seq']} events")
    return table


def _colored(record: Json) -> str:
    if record.get("cancelled"):
        return "[yellow]cancelled[/]"
    return "[green]pass[/]" if record["status"] == "pass" else "[red]fail[/]"


def exit_code(record: Json) -> int:
    """0 passed, 1 failed, 3 nothing proved, 130 cancelled."""
    if record.get("cancelled"):
        return 130
    if record["status"] == "pass":
        return 0
    return 3 if str(record.get("verdict", "")).startswith("inconclusive") else 1
