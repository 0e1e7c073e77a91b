"""Finds a control by its place and by what its row says: one of them alone may be another's by now."""

from __future__ import annotations

import json

from ghostly.domain.observation import Control

_ENTER = " >> internal:control=enter-frame >> "


def anchored(control: Control) -> str:
    """A selector that matches it only while it lies in a row that says all of ``row``."""
    holder, enter, inner = control.selector.rpartition(_ENTER)
    row = control.row_selector.rpartition(_ENTER)[2]
    told = "".join(f" >> internal:has={json.dumps(_says(text))}" for text in control.row)
    return f"{holder}{enter}{inner} >> internal:and={json.dumps(f'{row}{told} >> css=*')}"


def _says(text: str) -> str:
    """What says just that, letter for letter: a plate is no dinner plate."""
    return f"css=:is(:scope,*):text-is({json.dumps(text, ensure_ascii=False)})"
