"""Commands for heals: look at one, approve it, reject it."""

from __future__ import annotations

from typing import Any

import click

from ghostly.cli.edge import asks_a_server, execute, onlooker, settings
from ghostly.cli.live import FIELD, told_step
from ghostly.cli.screen import console, print_json, safe, say
from ghostly.settings import Settings

Json = dict[str, Any]

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_heal_id = click.argument("heal_id", metavar="ID")
_note = click.option("--note", help="Why; it is kept in the log. At most 256 characters.")


@click.group()
def heal() -> None:
    """Look at a heal, and say whether it was right.

    A heal is a step that was done with another control, because its own was not to be found any more. `ghostly
    runs show` names the heals of a run.
    """


@heal.command("show")
@_heal_id
@_as_json
@asks_a_server
def show_command(heal_id: str, as_json: bool, url: str | None) -> None:
    """Show the heal ID: what was lost, what took its place and why, and what was said of it.

    \b
    Example:
      ghostly heal show 01a20343-95a7-7fae-b196-c71e5bae0553
    """
    found = execute(_show(settings(quiet=True), url, heal_id))
    if as_json:
        print_json(found)
    else:
        say(console, _told(found), FIELD)


@heal.command("approve")
@_heal_id
@_note
@_as_json
@asks_a_server
def approve_command(heal_id: str, note: str | None, as_json: bool, url: str | None) -> None:
    """Say that the heal ID was right: later runs use its selector at once.

    That is: runs of the same owner, project and base URL. The last word on a heal counts.

    \b
    Examples:
      ghostly heal approve 01a20343-95a7-7fae-b196-c71e5bae0553
      ghostly heal approve $ID --note "renamed in the new checkout"
    """
    _review(heal_id, "approve", note, as_json, url)


@heal.command("reject")
@_heal_id
@_note
@_as_json
@asks_a_server
def reject_command(heal_id: str, note: str | None, as_json: bool, url: str | None) -> None:
    """Say that the heal ID was wrong: no later run uses it.

    That is: no run of the same owner, project and base URL, nor from memory. The last word on a heal counts.

    \b
    Examples:
      ghostly heal reject 01a20343-95a7-7fae-b196-c71e5bae0553
      ghostly heal reject $ID --note "that is the other button"
    """
    _review(heal_id, "reject", note, as_json, url)


def _review(heal_id: str, verb: str, note: str | None, as_json: bool, url: str | None) -> None:
    told = execute(_say(settings(quiet=True), url, heal_id, verb, note))
    if as_json:
        print_json(told)
        return
    lost, selector = (safe(repr(told[step].get("selector"))) for step in ("lost", "step"))
    follows = (
        f"{selector} stands in for {lost}" if verb == "approve" else f"{selector} is not used for {lost} again"
    )
    console.print(f"heal {told['id']} is {told['review']['verdict']}: {follows}", soft_wrap=True)


async def _show(given: Settings, url: str | None, heal_id: str) -> Json:
    async with onlooker(given, url) as ghostly:
        return await ghostly.heal(heal_id)


async def _say(given: Settings, url: str | None, heal_id: str, verb: str, note: str | None) -> Json:
    async with onlooker(given, url) as ghostly:
        return await ghostly.review(heal_id, verb, note)


def _told(found: Json) -> str:
    lines = {
        "heal": found["id"],
        "run": f"{found['runId']}, step {found['stepIndex'] + 1}",
        "outcome": found["outcome"],
        "lost": told_step(found["lost"]) if found["lost"] else "",
        "tried": told_step(found["step"]),
        "why": safe(found["rationale"]),
        "score": found.get("score"),
        "review": _review_of(found.get("review")),
    }
    return "\n".join(f"{title:<10} {line}" for title, line in lines.items() if line not in {None, ""})


def _review_of(review: Json | None) -> str:
    if review is None:
        return "none yet: say `ghostly heal approve ID` or `ghostly heal reject ID`"
    note = f": {safe(review['note'])}" if review.get("note") else ""
    return f"{review['verdict']} by user {review['by']}, {review['at'][:19].replace('T', ' ')}{note}"
