"""What was asked cannot be right: the goal, the plan, the data or the victory condition."""

from __future__ import annotations

from functools import partial

from bench.truth.flows import Labelled, click, fill

_flow = partial(Labelled, verdict="fail-test-broken")
_PLAN = (fill("#new-todo", "Buy milk"), click("#add-todo"))

FLOWS = (
    _flow(name="a sentence that nobody understands", goal="Frobnicate the quux until it sings."),
    _flow(
        name="a sentence that nobody understands, in Spanish",
        faults="es",
        goal="Con duendes azules hasta que canten.",
    ),
    _flow(
        name="a victory selector that is nowhere",
        path="/todos",
        goal="A new entry is added",
        steps=_PLAN,
        victory={"textIncludes": ["Buy milk"], "selectorVisible": ["#todo-table"], "mustAll": True},
    ),
    _flow(
        name="a victory selector that is none",
        path="/todos",
        goal="A new entry is added",
        steps=_PLAN,
        victory={"selectorVisible": ["role=button["]},
    ),
    _flow(name="a control that is nowhere", path="/todos", goal='Click "Launch rocket". Expect "Lift-off".'),
    _flow(
        name="a selector like nothing on the page",
        path="/todos",
        goal="The rocket flies",
        steps=(click("#rocket-launcher"),),
        victory={"textIncludes": ["Lift-off"]},
    ),
    _flow(
        name="two equal buttons that do not do the same",
        path="/todos",
        faults="alike",
        goal='Click "Delete". Click "Yes, delete". Expect "1 entries".',
    ),
    _flow(
        name="two equal buttons in place of a lost one",
        path="/todos",
        faults="twice",
        goal="A new entry is added",
        steps=_PLAN,
        victory={"textIncludes": ["Buy milk"]},
    ),
    _flow(
        name="a wrong password",
        path="/signin",
        goal='Fill "E-mail" with "ada@example.org". Fill "Password" with "guess". Click "Sign in". '
        'Expect "Hello, Ada".',
    ),
    _flow(
        name="a form without what it asks for",
        path="/contact",
        goal='Fill "E-mail" with "ada@example.org". Check "I accept the terms". Click "Send". '
        'Expect "We will answer within a day".',
    ),
    _flow(name="nobody signed in", goal='Click "Account". Expect "You have no orders yet".'),
    _flow(name="a link to another origin", goal='Click "Partner". Expect "Opening hours".'),
    _flow(
        name="the first page is on another origin", faults="home-away", goal='Open "Shop". Expect "Page 1 of 3".'
    ),
    _flow(
        name="a secret that nobody stored",
        path="/signin",
        goal='Fill "E-mail" with "ada@example.org". Fill "Password" with "$secret:NOBODY". Click "Sign in". '
        'Expect "Hello, Ada".',
    ),
    _flow(
        name="an option that is not there",
        path="/contact",
        goal='Fill "Name" with "Ada". Select "Complaints" in "Topic". Expect "Thank you".',
    ),
    _flow(
        name="a file that is not there",
        path="/upload",
        goal='Upload "nothing.txt" to "Photo". Click "Upload". Expect "nothing.txt received".',
    ),
    _flow(
        name="a control that is nowhere, and a victory that always holds",
        path="/todos",
        goal='Click "Launch rocket".',
        victory={"textIncludes": ["To-dos"]},
    ),
    _flow(
        name="a plan like nothing on the page, and a victory that always holds",
        path="/todos",
        goal="The rocket flies",
        steps=(click("#rocket-launcher"),),
        victory={"textIncludes": ["Settings"]},
    ),
)
