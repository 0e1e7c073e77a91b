"""The command that says what is missing here, and what mends it."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import click

from ghostly.cli.edge import execute, settings
from ghostly.cli.screen import console, print_json, safe, say
from ghostly.settings import Settings

if TYPE_CHECKING:
    from ghostly.cli.checks import Finding

MISSING = 1
_MARKS = {"good": "[green]✓[/]", "limited": "[yellow]![/]", "missing": "[red]✗[/]"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def doctor(as_json: bool) -> None:
    """Say what is missing on this machine, and the command that mends it.

    Databases and browsers are started for it and ended again; nothing is left behind. Exits with 1 if something is
    missing without which no run can be carried out; what is only limited is marked with an exclamation mark.

    \b
    Examples:
      ghostly doctor
      GHOSTLY_DATABASE_URL=postgresql://… ghostly doctor
      ghostly doctor --json | jq '.[] | select(.state != "good")'
    """
    given = settings(quiet=True)
    logging.getLogger("ghostly").setLevel(logging.CRITICAL)  # each finding says it in one sentence
    findings = execute(_look(given, silently=as_json))
    if as_json:
        print_json(findings)
    missing = sum(finding.state == "missing" for finding in findings)
    if not as_json:
        console.print("everything that is needed is there" if not missing else f"[red]{missing} missing[/]")
    sys.exit(MISSING if missing else 0)


async def _look(given: Settings, *, silently: bool) -> list[Finding]:
    findings = []
    async for finding in _findings(given):
        findings.append(finding)
        if not silently:
            _say(finding)
    return findings


async def _findings(given: Settings) -> AsyncIterator[Finding]:
    from ghostly.cli.checks import CHECKS, Finding

    for check in CHECKS:
        try:
            yield await check(given)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is broken there, the others are to be looked at too
            yield Finding(check.__name__.replace("_", " "), "missing", f"{type(error).__name__}: {error}")


def _say(finding: Finding) -> None:
    indent = 23 if console.width >= 60 else 4
    say(console, f"{_MARKS[finding.state]} {finding.what:<{indent - 3}} {safe(finding.said)}", indent)
    if finding.mend:
        say(console, f"{'':<{indent}}[bold]{safe(finding.mend)}[/]", indent)
