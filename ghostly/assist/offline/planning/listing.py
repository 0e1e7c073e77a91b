"""Finds where a choice is made: in a native list, by an option or radio button, in a list still to be opened."""

from __future__ import annotations

from msgspec.structs import replace

from ghostly.assist.goals.instruction import Instruction, Target
from ghostly.assist.offline.planning.resolving import Resolution, can_choose, is_told_more, resolve
from ghostly.assist.vocabulary.folding import plain
from ghostly.domain.observation import Observation

_ROLES = frozenset({"option", "radio", "menuitemradio", "menuitem", "treeitem"})


def lists(one: Instruction, seen: Observation) -> Resolution:
    """The list that has the option, or the option itself where it stands open on the page."""
    for found in (native(one, seen), _option(one, seen)):
        if found.control is not None or found.rivals:
            return found
    if one.target is None:
        return Resolution()
    unlisted = tuple(each for each in seen.controls if each.tag != "select")
    return resolve("select", one.target, replace(seen, controls=unlisted))


def native(one: Instruction, seen: Observation) -> Resolution:
    """The native list of that name that has the option; the only one that has it, if none is named."""
    holding = tuple(each for each in seen.controls if can_choose(each, one.value) is not None)
    return resolve("select", one.target or Target(kind="dropdown"), replace(seen, controls=holding))


def _option(one: Instruction, seen: Observation) -> Resolution:
    """What is called so and can be chosen: an option of an open list, or a radio button; just so, if one is."""
    there = tuple(each for each in seen.controls if each.role in _ROLES)
    same = tuple(each for each in there if plain(each.name) == plain(one.value))
    told = tuple(each for each in there if is_told_more(one.value, each.name))
    return resolve("click", Target(one.value, exact=True), replace(seen, controls=same or told))
