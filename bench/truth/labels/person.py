"""The evidence proves nothing; a person has to look."""

from __future__ import annotations

from functools import partial

from bench.truth.flows import Labelled

_flow = partial(Labelled, verdict="inconclusive")

FLOWS = (
    _flow(name="a button without an effect", path="/toys", goal='Click "Nothing".', stop="no-victory-condition"),
    _flow(
        name="a form without an effect",
        path="/todos",
        faults="dead",
        goal='Type "Buy milk" into "New to-do". Click "Add". Expect "Milk is on its way".',
    ),
    _flow(
        name="what shall come stands in a field only",
        path="/todos",
        goal='Type "Buy milk" into "New to-do". Expect "Buy milk".',
    ),
    _flow(
        name="a name that stands in a field only",
        path="/contact",
        goal='Fill "Name" with "Ada". Select "Support" in "Topic". Expect "Ada".',
    ),
    _flow(
        name="a form without an effect on a page that claims success",
        path="/todos",
        faults="dead+hostile",
        goal='Type "Buy milk" into "New to-do". Click "Add". Expect "Order placed".',
    ),
    _flow(name="a promise that is never kept", path="/shop", goal='Click "Next". Expect "Summer sale".'),
    _flow(
        name="a message, and nothing that stays", path="/toys", goal='Click "Save draft". Expect "All is well".'
    ),
    _flow(
        name="a message, and nothing that stays, in Spanish",
        path="/toys",
        faults="es",
        goal='Pulsa "Save draft". Verifica que se ve "All is well".',
    ),
)
