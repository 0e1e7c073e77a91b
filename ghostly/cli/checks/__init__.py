"""What Ghostly needs here, each thing tried for real."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from ghostly.cli.checks.browsers import driver, headed, headless, sandbox, video
from ghostly.cli.checks.finding import Finding
from ghostly.cli.checks.machine import artifacts, data_directory, disk, packages, port, python
from ghostly.cli.checks.postgres import database
from ghostly.settings import Settings

__all__ = ["CHECKS", "Check", "Finding"]

Check = Callable[[Settings], Awaitable[Finding]]

CHECKS: tuple[Check, ...] = (
    python,
    packages,
    data_directory,
    artifacts,
    disk,
    database,
    port,
    driver,
    headless,
    headed,
    sandbox,
    video,
)
