"""A process that is nothing but a node, and its garbage collector."""

from __future__ import annotations

import gc
from weakref import ref

from ghostly.node import settled


class Knot:
    """Refers to itself: only a collection finds it."""

    def __init__(self) -> None:
        self.itself = self


def test_what_there_is_is_out_of_collections_until_the_node_ends():
    before = gc.get_freeze_count()
    with settled():
        assert gc.get_freeze_count() > before

    assert gc.get_freeze_count() == before


def test_what_comes_later_is_collected_as_ever():
    with settled():
        knot = ref(Knot())
        gc.collect()

        assert knot() is None
