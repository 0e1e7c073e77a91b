"""A process that is nothing but a node, and its garbage collector."""

from __future__ import annotations

import gc
from weakref import ref

from ghostly.node import settle


class Knot:
    """Refers to itself: only a collection finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_there_is_is_out_of_collections_from_then_on():
    here = Knot()
    settle()

    assert not any(each is here for each in gc.get_objects())


def test_what_is_garbage_by_then_is_not_kept():
    knot = ref(Knot())
    settle()

    assert knot() is None


def test_what_comes_later_is_collected_as_ever():
    settle()
    knot = ref(Knot())
    gc.collect()

    assert knot() is None
