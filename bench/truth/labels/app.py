"""The application is broken, and the page proves it."""

from __future__ import annotations

from functools import partial

from bench.truth.flows import Labelled, click, fill

_flow = partial(Labelled, verdict="fail-app-bug")
_MILK = 'Type "Buy milk" into "New to-do". Click "Add". Expect "Buy milk".'
_PAN = 'Escribe "Comprar pan" en "Nueva tarea". Pulsa "Añadir". Verifica que se ve "Comprar pan".'

FLOWS = (
    _flow(name="500 on saving", path="/todos", faults="save-500", goal=_MILK, stop="blocked-by-app-error"),
    _flow(
        name="500 on signing in",
        path="/signin",
        faults="signin-500",
        goal='Fill "E-mail" with "ada@example.org". Fill "Password" with "$secret:SHOP". Click "Sign in". '
        'Expect "Hello, Ada".',
        stop="blocked-by-app-error",
    ),
    _flow(name="an exception on click", path="/todos", faults="throws", goal=_MILK),
    _flow(name="500 behind the page", path="/todos", faults="api-500", goal=_MILK),
    _flow(name="shown, and never saved", path="/todos", faults="optimistic", goal=_MILK),
    _flow(
        name="settings that are forgotten",
        path="/settings",
        faults="amnesia",
        goal='Check "Newsletter". Click "Save settings".',
        victory={"textIncludes": ["Newsletter: on"], "revalidate": True},
    ),
    _flow(
        name="deleted, and there again",
        path="/todos",
        faults="undead",
        goal='Click "Delete Call Ana". Click "Yes, delete".',
        victory={"textIncludes": ["1 entries"], "revalidate": True},
    ),
    _flow(
        name="500 on the first page",
        faults="home-500",
        goal='Open "To-dos". Expect "Water the plants".',
        stop="blocked-by-app-error",
    ),
    _flow(
        name="500 on the second page",
        faults="load-500",
        goal='Open "To-dos". Expect "Water the plants".',
        stop="blocked-by-app-error",
    ),
    _flow(
        name="500 on saving, in Spanish",
        path="/todos",
        faults="es+save-500",
        goal=_PAN,
        stop="blocked-by-app-error",
    ),
    _flow(name="500 on a page that claims success", path="/todos", faults="hostile+save-500", goal=_MILK),
    _flow(name="an exception on click, in Spanish", path="/todos", faults="es+throws", goal=_PAN),
    _flow(
        name="the message says saved, and nothing is",
        path="/todos",
        faults="optimistic",
        goal='Type "Buy milk" into "New to-do". Click "Add". Expect "Saved".',
    ),
    _flow(
        name="a plan whose entry is shown, and never saved",
        path="/todos",
        faults="optimistic",
        goal="A new entry is there",
        steps=(fill("#new-todo", "Buy milk"), click("#add-todo")),
        victory={"textIncludes": ["Buy milk"], "revalidate": True},
    ),
)
