"""Turns what a goal expects into steps that look for it, and into the condition of victory."""

from __future__ import annotations

import re
from itertools import takewhile

from msgspec.structs import replace

from ghostly.assist.goals.instruction import EXPECTATIONS, Instruction, Target
from ghostly.assist.goals.rows import in_row
from ghostly.domain.pursuit import Victory
from ghostly.domain.steps import AnyStep, ExpectHidden, ExpectText, ExpectUrl, ExpectVisible

_MOST = 10
_LONGEST = 1024
_SEEN = " >> visible=true"
_ROLES = {
    "button": "button", "link": "link", "field": "textbox", "checkbox": "checkbox", "radio": "radio", "tab": "tab",
    "dropdown": "combobox", "menuitem": "menuitem", "switch": "switch", "option": "option", "image": "img",
    "heading": "heading", "dialog": "dialog", "row": "row",
    "columnheader": "columnheader", "rowheader": "rowheader", "treeitem": "treeitem",
}  # fmt: skip
_PARTS = {
    "dialog": "dialog", "table": "table", "nav": "navigation", "header": "banner", "footer": "contentinfo",
    "form": "form", "aside": "complementary", "list": "list",
}  # fmt: skip
_STATES = {
    "checked": "[checked]",
    "unchecked": "[checked=false]",
    "enabled": "[disabled=false]",
    "disabled": "[disabled]",
}
_SPECIAL = re.compile(r"[.*+?^${}()|\[\]\\/]")
_SIGNS = r"[^\p{L}\p{N}]*"  # beside a name; to a browser's \W each letter of Russian or Chinese is one
_BETWEEN = r"(?:\s*\([^()]{0,30}\))?(?:\s|[:=\u00b7\u2013\u2014-]|\b(?:is|are|now|es|son)\b){0,12}"
_QUOTES = re.compile("[\"'`<>]")  # a selector is cut at ">>", unless that stands between quotation marks


def victory(instructions: tuple[Instruction, ...]) -> Victory | None:
    """What the goal expects at its end; all of it must be so. None if that cannot be looked up on the page."""
    last = tuple(takewhile(lambda one: one.verb in EXPECTATIONS, reversed(instructions)))[::-1]
    checks = [check for one in last if (check := _check(one))]
    found = Victory(
        text_includes=_of("text", checks),
        selector_visible=_of("selector", checks),
        url_includes=_of("url", checks),
        selector_hidden=_of("hidden", checks),
        must_all=True,
    )
    return found if found.configured else None


def expect(one: Instruction) -> AnyStep | None:
    """The step that waits until it is so; None for what needs a control to look at."""
    return _address(one) if one.verb == "address" else _look(one)


def _look(one: Instruction) -> AnyStep | None:
    about = one.target
    if about is None or one.verb not in {"see", "reads", "unseen", "state"}:
        return None
    if one.verb == "unseen":
        return ExpectHidden(selector=_hidden(about), label=one.label)
    if one.verb == "see" and about.exact and not (about.kind or about.within or about.near):
        return ExpectText(text=about.name, label=one.label)
    return ExpectVisible(selector=_visible(one, about), label=one.label)


def _visible(one: Instruction, about: Target) -> str:
    if one.verb == "state":
        return _in_state(about, one.how)
    if one.verb == "reads":
        return labelled(about, one.value)
    if about.near:
        return in_row(about.near, about.name, exact=about.exact)
    return selector(about, alone=True)


def _hidden(about: Target) -> str:
    """Of a dialog, any: one that is called otherwise by the page would count as hidden while it is open."""
    return selector(Target(kind="dialog") if about.kind == "dialog" else replace(about, exact=False))


def selector(about: Target, *, alone: bool = False) -> str:
    """Matches what is to be seen of it now; nothing on the page is needed to know it.

    ``alone``: a text only as words of their own, and not denied: "unsaved" and "not saved" are not saved.
    """
    role = _ROLES.get(about.kind)
    flags = "" if about.exact else "i"
    named = f"[name={_named(about, role or '', alone=alone)}]" if about.name else ""
    found = f"role={role}{named}" if role else f"text={pattern(about.name, flags, alone=alone)}"
    place = f"role={_PARTS[about.within]} >> " if about.within in _PARTS else ""
    return f"{place}{found}{_SEEN}"


def pattern(text: str, flags: str, *, alone: bool = False) -> str:
    """A regular expression that finds the text, whatever white space is in it."""
    parts = (_SPECIAL.sub(lambda sign: f"\\{sign[0]}", part) for part in text.split())
    found = _QUOTES.sub(lambda sign: f"\\x{ord(sign[0]):02x}", "\\s+".join(parts))
    if alone:
        begins, ends = (r"\b" * (re.match(r"\w", each, re.ASCII) is not None) for each in (text, text[::-1]))
        found = rf"(?<!\bnot? ){begins}{found}{ends}"  # neither "unsaved" nor "not saved" is saved
    return f"/{found}/{flags}"


def labelled(about: Target, value: str) -> str:
    """Matches the value only where it stands with its label: a total of 5 is no subtotal, and no 15."""
    label, first = pattern(about.name, "")[1:-1], about.name[:1]
    letters = "".join(
        f"[{each.lower()}{each.upper()}]" if each.lower() != each.upper() else each for each in first
    )
    begins = r"(?<![\p{L}\p{N}-])" if not first.isalpha() else rf"(?<![\p{{L}}\p{{N}}-])(?={letters})"
    ends = r"(?![\p{L}\p{N}])(?![.,]\p{N})"
    return f"text=/{begins}{label}{_BETWEEN}{pattern(value, '')[1:-1]}{ends}/iu{_SEEN}"


def _named(about: Target, role: str, *, alone: bool = False) -> str:
    """Save is not Save as; but a heading is known by a part of it."""
    if role in {"heading", "dialog", "row"}:
        return pattern(about.name, "i", alone=alone)
    return f"/^{_SIGNS}{pattern(about.name, '')[1:-1]}{_SIGNS}$/iu"


def _in_state(about: Target, state: str) -> str:
    default = "checkbox" if state in {"checked", "unchecked"} else "button"
    role = _ROLES.get(about.kind, default)
    wanted = "[selected]" if role in {"tab", "option"} and state == "checked" else _STATES[state]
    return f"role={role}[name={_named(about, role)}]{wanted}"


def _address(one: Instruction) -> AnyStep:
    if one.how == "without":
        return ExpectUrl(matches=f"^(?!.*{re.escape(one.value)})", label=one.label)
    if one.how in {"end", "place"} and one.value == "/":
        return ExpectUrl(matches=r"^\w+://[^/?#]+/?(?:[?#].*)?$", label=one.label)
    if one.how in {"end", "place"}:
        # Not within a query: who is sent to /login?next=/cart is not at /cart.
        return ExpectUrl(matches=rf"^[^?#]*#?!?{re.escape(one.value.rstrip('/'))}/?(?:[?#].*)?$", label=one.label)
    return ExpectUrl(url=one.value, label=one.label)


def _check(one: Instruction) -> tuple[str, str] | None:
    """Which part of a victory condition it is, and how it reads there."""
    match expect(one):
        case ExpectText(text=text):
            return "text", text
        case ExpectVisible(selector=found):
            return "selector", found
        case ExpectHidden(selector=found):
            return "hidden", found
        case ExpectUrl() if one.how != "without":
            return "url", one.value
    return None


def _of(kind: str, checks: list[tuple[str, str]]) -> tuple[str, ...]:
    found = dict.fromkeys(check for where, check in checks if where == kind)
    return tuple(check for check in found if check and len(check) <= _LONGEST)[:_MOST]
