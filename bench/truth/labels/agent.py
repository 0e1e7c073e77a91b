"""There is a way, and Ghostly does not find it."""

from __future__ import annotations

from functools import partial

from bench.truth.flows import Labelled, click, fill

_flow = partial(Labelled, verdict="fail-agent-lost")

FLOWS = (
    _flow(
        name="a modal over the button",
        path="/todos",
        faults="modal",
        goal='Type "Buy milk" into "New to-do". Click "Add". Expect "Buy milk".',
    ),
    _flow(
        name="a cookie banner over the button, in Spanish",
        path="/todos",
        faults="cookies+es",
        goal='Escribe "Comprar pan" en "Nueva tarea". Pulsa "Añadir". Verifica que se ve "Comprar pan".',
    ),
    _flow(
        name="too many steps for what may be spent",
        path="/wizard",
        goal=5 * 'Click "Continue". ' + 'Expect "Wizard finished".',
        options={"maxHorizons": 1, "stepsPerHorizon": 2},
        stop="budget-exhausted",
    ),
    _flow(
        name="a plan too long for what may be spent",
        goal="A new entry is added",
        steps=(click("text=To-dos"), fill("#new-todo", "Buy milk"), click("#add-todo")),
        victory={"textIncludes": ["Buy milk"]},
        options={"maxHorizons": 1, "stepsPerHorizon": 1},
        stop="budget-exhausted",
    ),
    _flow(
        name="behind a menu that nobody opened",
        path="/todos",
        faults="menu",
        goal='Click "Export". Expect "Exported 2 entries".',
    ),
    _flow(
        name="behind a menu that nobody opened, by plan",
        path="/todos",
        faults="menu",
        goal="The list is printed",
        steps=(click('role=button[name="Print"]'),),
        victory={"textIncludes": ["Printed"]},
    ),
    _flow(name="what shall come is in another tab", goal='Click "Help". Expect "Opening hours".'),
    _flow(
        name="what shall come is in another tab, in Spanish",
        faults="es",
        goal='Pulsa "Ayuda". Verifica que aparece "nine to five".',
    ),
)
