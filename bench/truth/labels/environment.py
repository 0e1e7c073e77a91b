"""Neither the application nor the test was tried."""

from __future__ import annotations

from functools import partial

from bench.truth.flows import Labelled

_flow = partial(Labelled, verdict="inconclusive-environment")
_OPEN = 'Open "To-dos". Expect "Water the plants".'

FLOWS = (
    _flow(name="the application is down", target="down", goal=_OPEN, stop="target-unreachable"),
    _flow(name="a name that nobody knows", target="unknown", goal=_OPEN, stop="target-unreachable"),
    _flow(name="the connection is cut on the way", path="/tour", goal='Click "Start". Expect "Welcome aboard".'),
    _flow(
        name="the connection is cut on the way, by plan",
        goal="The tour begins",
        steps=({"action": "goto", "url": "AT/cut"},),
        victory={"textIncludes": ["Welcome aboard"]},
    ),
    _flow(name="the first page never answers", path="/never", goal='Expect "At last".'),
    _flow(
        name="the connection is cut behind the page",
        path="/todos",
        faults="cut",
        goal='Type "Buy milk" into "New to-do". Click "Add". Expect "Buy milk".',
    ),
)
