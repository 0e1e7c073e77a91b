"""The commands."""

from __future__ import annotations

import click

from ghostly import __version__
from ghostly.cli.history import log, rebuild_command, verify_command
from ghostly.cli.running import demo, run, up, watch


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ghostly")
def main() -> None:
    """Run browser tests, watch them live, and keep every event of theirs in an append-only log.

    Begin with `ghostly demo`; then `ghostly up`, and `ghostly run FLOW.json` in another terminal.
    """


for command in (up, run, watch, demo, log, verify_command, rebuild_command):
    main.add_command(command)
