"""Flows that were written after the later ones had been measured, again by someone who had not seen the rules.

Each label is argued above its flow. What the pages do was tried by hand before the first run.
"""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # The review is on the server with the stars of the second visit to that page, and there after a reload.
    Labelled(
        name="a wizard, back and on again, with stars",
        verdict="success",
        stop="victory",
        path="/review",
        goal='Choose "Tent". Press "Next". Choose "2 stars". Press "Next". Press "Back". Choose "4 stars". '
        'Press "Next". Tap "Publish review". Ensure that "Published: Tent, 4 of 5 stars" is displayed.',
    ),
    # The cheapest is the first row after the click and was the last before: the table is sorted.
    Labelled(
        name="a table sorted by its head",
        verdict="success",
        stop="victory",
        path="/prices",
        goal='Click on the "Price" column header.',
        victory={"selectorVisible": ['tbody tr:first-child:has-text("Crucible")']},
    ),
    # The page turns Spanish, and says of the search just what the goal wants: that there is no such order.
    Labelled(
        name="another language, and a search that finds nothing",
        verdict="success",
        stop="victory",
        path="/orders",
        goal='Haz clic en "Español". Escribe "unicornio" en "Buscar pedidos" y pulsa Intro. '
        'Debe aparecer "Ningún pedido coincide".',
    ),
    # The server keeps nothing and says so in a 200 that the page takes for a yes: it did not survive a reload.
    Labelled(
        name="a switch whose save is refused behind a 200",
        verdict="fail-app-bug",
        path="/preferences",
        goal='Turn on "Paperless receipts". Click "Save preferences". Expect "Receipts come by e-mail".',
    ),
    # The form in the frame is answered with a 500 and a code of the database: the application is broken.
    Labelled(
        name="500 in a frame, in Spanish",
        verdict="fail-app-bug",
        path="/incidents",
        goal='Rellena el campo "Asunto" con "Gotera en el portal". Pulsa "Abrir incidencia". '
        'Asegúrate de que se muestra "Incidencia registrada".',
    ),
    # The page tells what is wrong with the date that the goal gives, and is right: with these data it cannot be.
    Labelled(
        name="a date that has passed, in Spanish",
        verdict="fail-test-broken",
        path="/collection",
        goal='Rellena "Fecha de recogida" con "2019-05-04". Haz click en "Solicitar recogida". '
        'Tiene que verse "Recogida solicitada".',
    ),
    # There is no such tab and nothing is called like it; that another, closed one has the words proves nothing.
    Labelled(
        name="a tab that is not there",
        verdict="fail-test-broken",
        path="/machine",
        goal='Open the "Returns" tab. Verify that "within 30 days" is visible.',
    ),
    # The button is there, in a section that anybody would open and the goal does not name.
    Labelled(
        name="behind a section that nobody opened, in Spanish",
        verdict="fail-agent-lost",
        path="/supply",
        goal='Pulsa el botón "Enviar factura". Comprueba que se ve "Factura de octubre enviada".',
    ),
    # Two pages come, then the server hangs up on the search and on all that comes after it: the target went down.
    Labelled(
        name="the application goes down at the third page",
        verdict="inconclusive-environment",
        path="/library",
        goal='Go to "Browse the catalogue". Enter "Borges" in "Author". Click the "Find" button. '
        'The page should show "Ficciones".',
    ),
    # The button does nothing; the message is there all the time, with no opacity at all, and nobody ever sees it.
    Labelled(
        name="a message that was there and never seen, in Spanish",
        verdict="inconclusive",
        path="/code",
        goal='Haz clic en "Reenviar código". Debería aparecer "Código enviado".',
    ),
)
