"""Where the official trace viewer lies: static files that Playwright's wheel brings along."""

from __future__ import annotations

from pathlib import Path

import playwright


def directory() -> Path | None:
    """The viewer's files; None where this Playwright has none."""
    here = Path(playwright.__file__).parent / "driver" / "package" / "lib" / "vite" / "traceViewer"
    return here if (here / "index.html").is_file() else None
