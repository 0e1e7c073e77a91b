"""Finds the control that an instruction means. Where two are equally good, it finds none."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from msgspec import Struct

from ghostly.assist.goals.instruction import Target, Verb
from ghostly.assist.offline.planning.names import EXACT, KNOWN, MARGIN, NEAR, agreement, known
from ghostly.assist.vocabulary.controls import CALLED
from ghostly.assist.vocabulary.folding import plain, words
from ghostly.domain.observation import Control, Observation

_TYPED = frozenset({"textbox", "searchbox", "spinbutton"})
_TICKED = frozenset({"checkbox", "switch", "menuitemcheckbox"})
_ROUND = frozenset({"radio", "menuitemradio"})
_ACTIVE = frozenset({"button", "link", "tab", "menuitem", "option", "treeitem"}) | _TICKED | _ROUND
_LEADING = frozenset({"link", "tab", "menuitem", "button", "treeitem"})
_KINDS: dict[str, frozenset[str]] = {
    "button": frozenset({"button"}), "link": frozenset({"link"}), "tab": frozenset({"tab"}),
    "field": _TYPED | {"combobox"}, "checkbox": _TICKED, "radio": _ROUND, "switch": _TICKED | {"button"},
    "dropdown": frozenset({"combobox", "listbox", "button"}),
    "menu": frozenset({"button", "menuitem", "link", "combobox"}),
    "menuitem": frozenset({"menuitem", "menuitemcheckbox", "menuitemradio"}),
    "option": frozenset({"option", "menuitem", "menuitemradio", "radio"}),
    "image": frozenset({"img", "button", "link"}),
    "icon": frozenset({"button", "link", "img"}), "row": frozenset({"row"}),
    "heading": frozenset({"heading", "columnheader", "rowheader"}),
    "header": frozenset({"heading", "columnheader", "rowheader", "button"}),
    "columnheader": frozenset({"columnheader"}), "rowheader": frozenset({"rowheader"}),
    "cell": frozenset({"cell", "gridcell", "columnheader", "rowheader"}), "treeitem": frozenset({"treeitem"}),
    "dialog": frozenset(),
}  # fmt: skip
_LIES_IN = {"columnheader": {"th"}, "rowheader": {"th"}, "cell": {"td", "th"}}
"""What is called a column header may be the button in it."""
_FIT: dict[Verb, frozenset[str]] = {
    "fill": _TYPED,
    "select": frozenset({"combobox", "listbox", "button"}),
    "check": _TICKED | _ROUND,
    "uncheck": _TICKED,
    "holds": _TYPED | {"combobox", "listbox"},
    "go": _LEADING | {"generic"},
}
_SHORTEST = 3
_MORE = re.compile(" ?[(\\[,;:|\u00b7\u2022/+]| [-\u2013\u2014=] ")
_CLICKABLE_KINDS = frozenset(
    {"button", "link", "tab", "menu", "menuitem", "option", "image", "icon", "row", "switch"}
    | {"header", "columnheader", "rowheader", "cell", "treeitem"}
)


class Resolution(Struct, frozen=True):
    """The control that is meant; or the ``rivals``, of which none is better than the other."""

    control: Control | None = None
    rivals: tuple[Control, ...] = ()


def resolve(verb: Verb, target: Target, seen: Observation) -> Resolution:
    """Who is meant, among what is to be seen and can be used for this."""
    found = _resolve(verb, target, seen)
    if found.control is None and not found.rivals and target.whole:
        return _resolve(verb, Target(target.whole), seen)
    return found


def _resolve(verb: Verb, target: Target, seen: Observation) -> Resolution:
    usable = [each for each in seen.controls if _can(verb, each) and _is_there(verb, each) and _lies(target, each)]
    found = _SPECIAL[target.kind](usable) if target.kind in _SPECIAL else _named(target, verb, usable)
    if target.near and len(found) > 1:
        found = [each for each in found if _says_so(each.row, target.near)] or found
    if target.within == "row" and len(found) > 1:
        found = [each for each in found if _stands_before(target.near, each)] or found
    return _one(found, target)


def can_choose(control: Control, value: str) -> str | None:
    """How the list of a native select calls the option, if it has it."""
    if control.tag != "select":
        return None
    told = [each for each in control.options if is_told_more(value, each)]
    same = (each for each in control.options if plain(each) == plain(value))
    return next(same, told[0] if len(told) == 1 else None)


def is_told_more(value: str, option: str) -> bool:
    """Whether the option is called so, and then says more of it: a price in brackets, a time behind a dash."""
    said, whole = plain(value), plain(option)
    return len(said) >= _SHORTEST and whole.startswith(said) and _MORE.match(whole[len(said) :]) is not None


def _can(verb: Verb, control: Control) -> bool:
    """Whether this can be done with a control of that kind."""
    if control.type == "file" or verb == "attach":
        return control.type == "file" and verb == "attach"
    if control.role == "combobox" and verb == "fill":
        return control.tag in {"input", "textarea"}
    return verb not in _FIT or control.role in _FIT[verb]


def _is_there(verb: Verb, control: Control) -> bool:
    """A file's field, and a box behind its own label, are used although they are not seen."""
    unseen = control.type == "file" or (verb in {"check", "uncheck"} and control.type in {"checkbox", "radio"})
    return control.visible or unseen


def _lies(target: Target, control: Control) -> bool:
    """Whether it lies where the goal says."""
    if target.within == "dialog":
        return control.in_dialog
    if target.near:
        return _is_beside(target.near, control)
    return not target.within or target.within in re.split(r"\W+", control.path)


def _is_beside(text: str, control: Control) -> bool:
    """Whether it lies in a row that says so, or under such a heading; without rows, whether it stands there."""
    if not control.row:
        return words(text) in map(words, control.neighbours)
    return _says_so((*control.row, *control.headings), text) or any(
        is_told_more(text, each) for each in control.row
    )


def _says_so(row: Sequence[str], text: str) -> bool:
    """Whether the row says just that, in one part of it or in some that follow each other."""
    ways = (row[start:end] for start in range(len(row)) for end in range(start + 1, len(row) + 1))
    return words(text) in (words(" ".join(way)) for way in ways)


def _stands_before(text: str, control: Control) -> bool:
    """Whether the text is one of the two before the control: a row begins with what it is about."""
    around = [words(each) for each in control.neighbours]
    return len(around) == 4 and words(text) in around[:2]


def _named(target: Target, verb: Verb, usable: Sequence[Control]) -> list[Control]:
    """Those with the best agreement, of the best kind; all of the kind if it has no name."""
    fitting = [each for each in usable if _is_of(target.kind, each)]
    if not target.name:
        return _preferred(fitting, verb)
    judged = [(*agreement(target.name, each), each) for each in fitting]
    for level in (EXACT, KNOWN, KNOWN - 1):
        if best := [each for reached, _, each in judged if reached == level]:
            return _preferred(_surely(target.kind, best), verb)
    near = [(score, each) for reached, score, each in judged if reached == NEAR]
    best_score = max((score for score, _ in near), default=0.0)
    return _preferred([each for score, each in near if score > best_score - MARGIN], verb)


def _is_of(kind: str, control: Control) -> bool:
    allowed = _KINDS.get(kind)
    if allowed is None or control.role in allowed or (kind in _CLICKABLE_KINDS and control.role == "generic"):
        return True
    return not _LIES_IN.get(kind, set()).isdisjoint(control.path.split("/"))


def _surely(kind: str, found: list[Control]) -> list[Control]:
    """Those that the page itself says to be something, where the goal says what it is."""
    return [each for each in found if not kind or each.role != "generic"] or found


def _preferred(found: list[Control], verb: Verb) -> list[Control]:
    """Of equally named ones those that are seen, lie in the open dialog, are of the likely kind, can be used."""
    for is_better in (_is_visible, _is_in_dialog, _meant_by(verb), _is_enabled):
        found = [each for each in found if is_better(each)] or found
    return found


def _is_visible(control: Control) -> bool:
    return control.visible


def _is_in_dialog(control: Control) -> bool:
    return control.in_dialog


def _is_enabled(control: Control) -> bool:
    return control.enabled


def _meant_by(verb: Verb) -> Callable[[Control], bool]:
    roles = {"go": frozenset({"link", "tab", "menuitem"}), "select": frozenset({"combobox", "listbox"})}.get(
        verb, _ACTIVE
    )
    return lambda control: control.role in roles


def _one(found: list[Control], target: Target) -> Resolution:
    """The one that is left, or the one that the goal counts out. Links to one place are one."""
    if target.ordinal:
        index = target.ordinal - 1 if target.ordinal > 0 else len(found) + target.ordinal
        return Resolution(found[index]) if 0 <= index < len(found) else Resolution()
    places = {each.href if each.role == "link" else "" for each in found}
    same = (
        len(places) == 1
        and not places & {"", "#"}
        and not any(place.startswith("javascript:") for place in places)
    )
    if len(found) == 1 or (found and same):
        return Resolution(found[0])
    return Resolution(rivals=tuple(found))


# ---- what is meant without a name


def _users(usable: Sequence[Control]) -> list[Control]:
    """The field for the name of a user: the last of them before the password's."""
    fields = [each for each in usable if each.type != "password"]
    named = [each for each in fields if each.type == "email" or _says(each, "user")]
    passwords = [index for index, each in enumerate(usable) if each.type == "password"]
    before = [each for each in named if passwords and usable.index(each) < passwords[0]]
    return before[-1:] or named


def _passwords(usable: Sequence[Control]) -> list[Control]:
    return [each for each in usable if each.type == "password"]


def _searches(usable: Sequence[Control]) -> list[Control]:
    search = [each for each in usable if each.role == "searchbox" or each.type == "search"]
    return search or [each for each in usable if each.role in _TYPED | {"combobox"} and _says(each, "search")]


def _submits(usable: Sequence[Control]) -> list[Control]:
    return _preferred([each for each in usable if each.role == "button" and each.type == "submit"], "click")


def _called_like(kind: str, *roles: str) -> Callable[[Sequence[Control]], list[Control]]:
    def find(usable: Sequence[Control]) -> list[Control]:
        found = [each for each in usable if each.role in roles and plain(each.name) in CALLED[kind]]
        return _preferred([each for each in found if each.type == "submit"] or found, "click")

    return find


def _says(control: Control, kind: str) -> bool:
    return any(set(words(name).split()) & CALLED[kind] for name in known(control))


_SPECIAL: dict[str, Callable[[Sequence[Control]], list[Control]]] = {
    "user": _users,
    "password": _passwords,
    "search": _searches,
    "file": list,
    "submit": _submits,
    "login": _called_like("login", "button"),
    "signup": _called_like("signup", "button"),
    "logout": _called_like("logout", "button", "link", "menuitem"),
    "close": _called_like("close", "button"),
}
