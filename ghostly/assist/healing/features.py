"""Measures each feature of a control against the lost one's, from 0 to 1."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import hypot

from rapidfuzz.distance import Levenshtein

from ghostly.assist.healing.words import alike, meaning
from ghostly.domain.observation import Box, Control

_NEAR_PX = 200.0
_CROSS = 0.9  # found under another attribute than the one that it was known by


def features(known: Control, control: Control, *, crosswise: bool) -> dict[str, float]:
    """All that is known of the lost one. ``crosswise``: its words count under whichever attribute."""
    told = {name: alike(getattr(known, name), getattr(control, name)) for name in _WORDS if getattr(known, name)}
    told |= {
        name: float(getattr(known, name) == getattr(control, name)) for name in _EQUALS if getattr(known, name)
    }
    if known.name or known.text:
        told["name"] = max(_said(known, control))
    if _is_labelled(known):
        told["text"] = alike(known.text, control.text)
    if crosswise:
        told |= {
            name: max(told[name], _across(getattr(known, name), control)) for name in _CROSSED if name in told
        }
    told |= {name: measure(known, control) for name, (of, measure) in _MEASURES.items() if getattr(known, of)}
    return told


_WORDS = ("label", "placeholder", "title", "alt")
_EQUALS = ("test_id", "id", "name_attribute", "href", "tag", "role", "type", "in_dialog")
_CROSSED = ("test_id", "id", "name_attribute", "name", "placeholder", "title", "alt")


def _said(known: Control, control: Control) -> Iterable[float]:
    """A control is called what it is labelled with, else what it shows."""
    yield alike(known.name, control.name)
    if known.alike or not _is_labelled(known):
        yield alike(known.text, control.text)


def _is_labelled(control: Control) -> bool:
    """Whether it is called otherwise than what it shows: a cross that is called Remove Ana."""
    return bool(control.name and control.text) and control.name != control.text


def _across(text: str, control: Control) -> float:
    wanted = meaning(text)
    identifiers = (control.test_id, control.id, control.name_attribute)
    others = (control.name, control.text, control.label, control.placeholder, control.title, control.alt)
    return _CROSS * max(alike(wanted, each) for each in (*map(meaning, identifiers), *others))


def _classes(known: Control, control: Control) -> float:
    ours, theirs = set(known.classes.split()), set(control.classes.split())
    return len(ours & theirs) / len(ours | theirs)


def _options(known: Control, control: Control) -> float:
    ours, theirs = set(known.options), set(control.options)
    return len(ours & theirs) / len(ours | theirs)


def _path(known: Control, control: Control) -> float:
    return Levenshtein.normalized_similarity(_tags(known.path), _tags(control.path))


def _tags(path: str) -> list[str]:
    return path.replace(">", " ").replace("/", " ").split()


def _location(known: Control, control: Control) -> float:
    def near(ours: Box, theirs: Box) -> float:
        return max(0.0, 1.0 - hypot(ours.x - theirs.x, ours.y - theirs.y) / _NEAR_PX)

    return _boxes(known, control, near)


def _area(known: Control, control: Control) -> float:
    return _boxes(
        known, control, lambda ours, theirs: _share(ours.width * ours.height, theirs.width * theirs.height)
    )


def _shape(known: Control, control: Control) -> float:
    return _boxes(
        known, control, lambda ours, theirs: _share(ours.width * theirs.height, theirs.width * ours.height)
    )


def _boxes(known: Control, control: Control, measure: Callable[[Box, Box], float]) -> float:
    return measure(known.box, control.box) if known.box and control.box else 0.0


def _share(one: float, other: float) -> float:
    return min(one, other) / max(one, other, 1.0)


# Of which known attribute each is a measure.
_MEASURES: dict[str, tuple[str, Callable[[Control, Control], float]]] = {
    "classes": ("classes", _classes), "options": ("options", _options), "path": ("path", _path),
    "location": ("box", _location), "area": ("box", _area), "shape": ("box", _shape),
}  # fmt: skip
