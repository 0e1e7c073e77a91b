"""How a child hears that it may go: its standard input ends, also when its parent was killed."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any


def arguments() -> Any:
    """What the parent gave."""
    return json.loads(sys.argv[1])


def say(**what: Any) -> None:
    """Tell the parent."""
    print(json.dumps(what), flush=True)


async def heard() -> Any:
    """What the parent says next; None when it lets us go."""
    line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    return json.loads(line) if line else None
