"""Measures how much a control of the page is like the lost one, feature by feature, in the spirit of Similo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import hypot, sqrt

from msgspec import Struct
from rapidfuzz.distance import Levenshtein

from ghostly.assist.healing.kinds import kind
from ghostly.assist.healing.words import alike, meaning
from ghostly.domain.observation import Box, Control

_NEAR_PX = 200.0
_SAME = 0.8
_CROSS = 0.9  # found under another attribute than the one that it was known by

# Similo's weights, 1.5 for what names a control and 0.5 for the rest, with more of both.
NAMING = {
    "test_id": 1.5, "id": 1.5, "name_attribute": 1.5, "name": 2.0, "label": 0.5, "placeholder": 1.0, "title": 0.5,
    "alt": 0.5, "href": 1.0, "options": 1.0,
}  # fmt: skip
KIND = {"tag": 0.5, "role": 0.5, "type": 0.5, "in_dialog": 0.5}
PLACE = {"classes": 0.5, "path": 0.5, "location": 0.5, "area": 0.25, "shape": 0.25, "neighbours": 1.5}


class Likeness(Struct, frozen=True):
    """How like one control is: each known feature from 0 to 1, and which of them no other control shares.

    ``score`` is the weighted mean of all features.
    """

    control: Control
    features: dict[str, float]
    own: frozenset[str]
    score: float

    @property
    def identity(self) -> float:
        """The best of what names it and names no other."""
        return max((self.features[name] for name in self.own), default=0.0)

    @property
    def called(self) -> float:
        """The best of what names it, whoever shares that."""
        return max((self.features[name] for name in NAMING if name in self.features), default=0.0)

    @property
    def place(self) -> float:
        """How much it looks and stands as the lost one did."""
        return _mean(self.features, PLACE)

    @property
    def surroundings(self) -> float:
        """How much of what stood around the lost one stands around it."""
        return self.features.get("neighbours", 0.0)

    @property
    def has_its_id(self) -> bool:
        """Whether the id, which no other control has, is the same."""
        return "id" in self.own and self.features["id"] == 1.0


def likenesses(known: Control, candidates: Iterable[Control], *, seen_before: bool) -> list[Likeness]:
    """Each candidate's, the most alike first. Of what was never seen, words count under whichever attribute."""
    candidates = list(candidates)
    rarity = _rarity(candidates)
    measured = [(each, _features(known, each, rarity, crosswise=not seen_before)) for each in candidates]
    shared = Counter(name for _, features in measured for name in NAMING if features.get(name, 0.0) >= _SAME)
    weights = _weights(known.alike)
    found = [Likeness(each, told, _own(each, told, shared), _mean(told, weights)) for each, told in measured]
    return sorted(found, key=lambda each: -each.score)


def _weights(alike: int) -> dict[str, float]:
    """What was one of many is told apart by what stands around it, not by what they are all called."""
    if not alike:
        return NAMING | KIND | PLACE
    return NAMING | KIND | PLACE | {"name": NAMING["name"] / (1 + alike), "neighbours": 2 * PLACE["neighbours"]}


def _own(control: Control, features: dict[str, float], shared: Counter[str]) -> frozenset[str]:
    """The radio buttons of a group all have its name, which therefore names none of them."""
    grouped = {"name_attribute"} if kind(control) in {"radio", "tick"} else set()
    return frozenset(name for name in NAMING if name in features and shared[name] <= 1) - grouped


def _features(known: Control, control: Control, rarity: Counter[str], *, crosswise: bool) -> dict[str, float]:
    told = {name: alike(getattr(known, name), getattr(control, name)) for name in _WORDS if getattr(known, name)}
    told |= {
        name: float(getattr(known, name) == getattr(control, name)) for name in _EQUALS if getattr(known, name)
    }
    if known.name or known.text:
        told["name"] = max(_said(known, control))
    if crosswise:
        told |= {
            name: max(told[name], _across(getattr(known, name), control)) for name in _CROSSED if name in told
        }
    told |= {name: measure(known, control) for name, measure in _MEASURES.items() if getattr(known, _OF[name])}
    if known.neighbours:
        told["neighbours"] = _around(known, control, rarity)
    return told


_WORDS = ("label", "placeholder", "title", "alt")
_EQUALS = ("test_id", "id", "name_attribute", "href", "tag", "role", "type", "in_dialog")
_CROSSED = ("test_id", "id", "name_attribute", "name", "placeholder", "title", "alt")


def _said(known: Control, control: Control) -> Iterable[float]:
    """A control is called what it shows, or what it is labelled with."""
    for mine, yours in ((known.name, control.name), (known.text, control.text)):
        yield alike(mine, yours)


def _across(text: str, control: Control) -> float:
    wanted = meaning(text)
    identifiers = (control.test_id, control.id, control.name_attribute)
    others = (control.name, control.text, control.label, control.placeholder, control.title, control.alt)
    return _CROSS * max(alike(wanted, each) for each in (*map(meaning, identifiers), *others))


def _around(known: Control, control: Control, rarity: Counter[str]) -> float:
    """How much of it stands around this one in the same order, or of what stands around this one stood around it.

    The nearest says most, and what stands around many controls says little of any of them.
    """
    ours, theirs = _texts(known), _texts(control)
    return min(_kept(ours, theirs, rarity), _kept(theirs, ours, rarity))


def _kept(ours: list[str], theirs: list[str], rarity: Counter[str]) -> float:
    weights = [1.0 / sqrt(place) / max(1, rarity[text]) for place, text in enumerate(ours, 1)]
    best = [0.0] * (len(theirs) + 1)  # of those up to here, the heaviest that keep their order
    for text, weight in zip(ours, weights, strict=True):
        row = [0.0]
        for place, other in enumerate(theirs):
            row.append(max(row[-1], best[place + 1], best[place] + weight if other == text else 0.0))
        best = row
    return best[-1] / sum(weights) if weights else 0.0


def _texts(control: Control) -> list[str]:
    return list(dict.fromkeys(map(_plain, control.neighbours)))


def _rarity(candidates: list[Control]) -> Counter[str]:
    return Counter(text for each in candidates for text in {*map(_plain, each.neighbours)})


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


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


_MEASURES: dict[str, Callable[[Control, Control], float]] = {
    "classes": _classes, "options": _options, "path": _path, "location": _location, "area": _area, "shape": _shape,
}  # fmt: skip
_OF = {
    "classes": "classes",
    "options": "options",
    "path": "path",
    "location": "box",
    "area": "box",
    "shape": "box",
}


def _mean(features: dict[str, float], weights: dict[str, float]) -> float:
    total = sum(weights[name] for name in features if name in weights)
    return (
        sum(value * weights[name] for name, value in features.items() if name in weights) / total if total else 0.0
    )
