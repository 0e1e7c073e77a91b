"""The labelled flows, by whose turn it is afterwards.

Of each list every second one (the second, the fourth, …) is kept apart: the rules of the pipeline were written and
mended without a look at what became of those.
"""

from __future__ import annotations

from bench.truth.flows import Labelled
from bench.truth.labels import agent, app, environment, nobody, person, test

BY_TURN = (nobody.FLOWS, app.FLOWS, test.FLOWS, agent.FLOWS, environment.FLOWS, person.FLOWS)

USED: tuple[Labelled, ...] = tuple(flow for flows in BY_TURN for flow in flows[::2])
KEPT: tuple[Labelled, ...] = tuple(flow for flows in BY_TURN for flow in flows[1::2])
