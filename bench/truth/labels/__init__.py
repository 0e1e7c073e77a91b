"""The labelled flows, by whose turn it is afterwards.

Of each list every second one (the second, the fourth, …) is kept apart: the rules of the pipeline were written and
mended without a look at what became of those. So are those that were written later. One that came out wrong, and
was then looked at to mend the rules, belongs to the used ones from then on: so do all of the first three days.
"""

from __future__ import annotations

from bench.truth.flows import Labelled
from bench.truth.labels import (
    afresh,
    agent,
    app,
    environment,
    fifth_day,
    first_day,
    fourth_day,
    hurried,
    later,
    nobody,
    overnight,
    person,
    second_day,
    test,
    third_day,
)

BY_TURN = (nobody.FLOWS, app.FLOWS, test.FLOWS, agent.FLOWS, environment.FLOWS, person.FLOWS)
LOOKED_AT = {
    "a complaint is what shall come, in Spanish",
    "a secret that nobody stored",
    "a file that is not there",
    "the connection is cut behind the page",
    "a promise that is never kept",
    "data that the browser itself refuses",
    "a question by the browser answered with no",
    "a table sorted by its head",
    "a switch whose save is refused behind a 200",
    "behind a section that nobody opened, in Spanish",
    "a row's menu, and a dialog that asks",
    "filters, an option in a group, and the next page, in Spanish",
    "a field that saves itself, and a test id spelt another way",
    "edited in its cell, and forgotten",
    "a combobox that crashes the page, and the page says sorry",
    "what a viewer may not do",
    "a postcode too short, in Spanish",
    "a number that cannot be changed",
    "a number that loses a digit, in Spanish",
    "far down a list that grows",
}

_APART = (
    *(flow for flows in BY_TURN for flow in flows[1::2]),
    *later.FLOWS,
    *afresh.FLOWS,
    *hurried.FLOWS,
    *overnight.FLOWS,
    *fourth_day.FLOWS,
    *fifth_day.FLOWS,
)

USED: tuple[Labelled, ...] = (
    *(flow for flows in BY_TURN for flow in flows[::2]),
    *(flow for flow in _APART if flow.name in LOOKED_AT),
    *first_day.FLOWS,
    *second_day.FLOWS,
    *third_day.FLOWS,
)
KEPT: tuple[Labelled, ...] = tuple(flow for flow in _APART if flow.name not in LOOKED_AT)
