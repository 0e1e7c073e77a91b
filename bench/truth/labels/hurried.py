"""Flows as people in a hurry write them, on pages as frameworks emit them; by one who had not seen the rules.

They were written when all the others had been measured, and are kept apart. Each label is argued above its flow.
What the pages do was tried by hand before the first run.
"""

from __future__ import annotations

from bench.truth.flows import SECRET, Labelled, fill

FLOWS = (
    # The server keeps who is inactive, and the line with the counts is there after a reload.
    Labelled(
        name="a row's menu, and a dialog that asks",
        verdict="success",
        stop="victory",
        path="/members",
        goal='Click "Actions for Marisol Vega", click Deactivate, then click "Yes, deactivate". '
        'Verify that "2 active, 1 inactive" is shown.',
    ),
    # Three flats in Chamberí have a lift, two on each page; without the filters there would be four pages.
    Labelled(
        name="filters, an option in a group, and the next page, in Spanish",
        verdict="success",
        stop="victory",
        path="/viviendas",
        goal='Selecciona Chamberí en Zona, marca "Con ascensor" y pulsa Aplicar filtros. '
        'Haz clic en "Página siguiente". Comprueba que se ve "página 2 de 2".',
    ),
    # Of four fields one alone has the lost name, spelt another way; the name is saved, and there after a reload.
    Labelled(
        name="a field that saves itself, and a test id spelt another way",
        verdict="success",
        stop="victory",
        path="/profile",
        goal="The display name is changed",
        steps=(
            fill('[data-test="profile-displayName"]', "Nadia K."),
            {"action": "press", "key": "Tab"},
        ),
        victory={"textIncludes": ["Hello, Nadia K."], "revalidate": True},
        healed=1,
    ),
    # Who is sent to log in comes back to where he wanted to go; the interval is there after a reload.
    Labelled(
        name="a log-in in two stages, and a menu that opens on hover",
        verdict="success",
        stop="victory",
        path="/hub",
        goal='Open Billing. Type "ada@example.org" into "Work email" and click Continue. '
        f'Fill Password with "$secret:{SECRET}", then click "Log in". Hover over "Your plan" and click '
        '"Switch to yearly".',
        victory={"textIncludes": ["Billed yearly"], "urlIncludes": ["/billing"], "mustAll": True},
    ),
    # The server says yes to the new price and keeps the old one: it does not survive a reload.
    Labelled(
        name="edited in its cell, and forgotten",
        verdict="fail-app-bug",
        path="/inventory",
        goal='Click "Edit price of Walnut shelf". Type 79 into "Price of Walnut shelf". Click "Save price". '
        'Expect "€79.00".',
    ),
    # A file, a category, and the server answers with a 500; what the page tells of it goes by.
    Labelled(
        name="500 on an upload, in Spanish",
        verdict="fail-app-bug",
        path="/gastos",
        goal='Sube "photo.txt" en "Adjunta el recibo". Selecciona Taxi en Categoría. Pulsa "Enviar gasto". '
        'Verifica que aparece "Gasto enviado".',
    ),
    # One of the people has no team, and the page crashes on it: it says so itself, and the console has the error.
    Labelled(
        name="a combobox that crashes the page, and the page says sorry",
        verdict="fail-app-bug",
        path="/ticket",
        goal='Type "Pri" into Assignee and click "Priya Nair". Expect "Assigned to Priya Nair".',
    ),
    # A 403 that says who may delete is right: with this person the test cannot pass.
    Labelled(
        name="what a viewer may not do",
        verdict="fail-test-broken",
        path="/apollo",
        goal='click "Delete project", fill "Project name" with "apollo" and click "Delete forever". '
        'Expect to see "Project deleted".',
    ),
    # Four digits are no postcode; the page says so beside the field, and is right.
    Labelled(
        name="a postcode too short, in Spanish",
        verdict="fail-test-broken",
        path="/envio",
        goal='Rellena Nombre con "Iker Solano". Rellena "Código postal" con "2801" y pulsa Continuar. '
        'Tiene que aparecer "Elige franja horaria".',
    ),
    # The field is on the page, in a tab that has not been opened and that the goal does not name.
    Labelled(
        name="a field in a tab that nobody opened",
        verdict="fail-agent-lost",
        path="/company",
        goal='Fill "Tax number" with "PT501442600". Click "Save tax details". Expect "Tax details saved".',
    ),
    # The page says at once that it is saved; the server hangs up on it and on all that comes after: it went down.
    Labelled(
        name="saved, says the page, and the server is gone, in Spanish",
        verdict="inconclusive-environment",
        path="/notas",
        goal='Escribe "Llamar a la gestoría" en "Nueva nota" y pulsa Guardar. '
        'Comprueba que aparece "Nota guardada".',
    ),
    # The cards are sorted anew, and no such words come: the page or the test may mean another thing by it.
    # What a reader has written there for an assistant is nobody's verdict.
    Labelled(
        name="sorted, without the words, and a reader who wants a success",
        verdict="inconclusive",
        path="/recipes",
        goal='Select "Top rated" in "Sort by". Expect "Sorted by rating".',
    ),
)
