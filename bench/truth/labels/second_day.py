"""Flows of the second day, such as a developer or tester types them; whoever wrote them had not read the pipeline.

What the verdicts mean was known, and some lines around it in the specification. They are kept apart, and each
label is argued above its flow. What the pages do was tried by hand before the first run.
"""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # One switch, one of three buttons and a dialog lead there; the server keeps the plan, also after a reload.
    Labelled(
        name="a plan among three, a switch and a dialog",
        verdict="success",
        path="/gym",
        goal='I want to move my gym membership to the Plus plan. Turn on "Yearly billing", choose Plus and '
        'confirm the change. Then my current plan should be "Plus, billed yearly".',
    ),
    # The book is on the second page, as the goal says; the server moves its due date, also after a reload.
    Labelled(
        name="a row's button on the next page",
        verdict="success",
        path="/loans",
        goal="Go to the next page of my loans and renew Middlemarch. "
        'Its row should now say "28 December 2026" and there should be a message "Middlemarch was renewed".',
    ),
    # Every field has the name it is called by, and 3 times 120 is what the server keeps.
    Labelled(
        name="an invoice as a list of fields",
        verdict="success",
        path="/invoicing",
        goal="Create a new invoice with these values:\n"
        "- Customer: Orchard Bakery\n"
        "- Description: Website maintenance\n"
        "- Quantity: 3\n"
        "- Unit price: 120\n"
        "Afterwards the list should contain INV-0043 with a total of €360.00",
    ),
    # The old password is the one that the server knows, both new ones agree; the message and the date say so.
    Labelled(
        name="a new password behind a tab, in Spanish",
        verdict="success",
        path="/mi-perfil",
        goal="Ve a la pestaña Seguridad y cambia la contraseña. Contraseña actual: Otoño-2025. "
        "Nueva contraseña: Invierno-2026. Repite la nueva contraseña: Invierno-2026. "
        'Pulsa "Cambiar contraseña" y debería salir "Tu contraseña se ha cambiado".',
    ),
    # The contact is in the list as soon as the dialog closes, and after a reload.
    Labelled(
        name="a contact by a dialog, in Spanish",
        verdict="success",
        path="/agenda",
        goal="Quiero añadir un nuevo contacto con nombre Lucía, apellidos Ferrer Pons, teléfono 611222333 y grupo "
        'Familia. Al guardarlo tiene que aparecer "Lucía Ferrer Pons" en la lista.',
    ),
    # One ticket has this subject; what was chosen stands in the list, and after a reload.
    Labelled(
        name="a ticket gets a priority and somebody",
        verdict="success",
        path="/helpdesk",
        goal="Open the ticket Printer on floor 3 is offline, set the priority to High, assign it to Dana Whitfield"
        ' and save the changes. Verify that "Ticket 4811 updated" is shown and the assignee is Dana Whitfield.',
    ),
    # The complaint is what is asked for; a 422 with its reason is how a server says it.
    Labelled(
        name="a car given back before it was taken",
        verdict="success",
        path="/cars",
        goal="Select Lisbon Airport as the pick-up location, enter 2026-12-10 as pick-up date and 2026-12-08 as "
        'return date, then click "Search cars". The form should show the error '
        '"Return date must be after the pick-up date".',
    ),
    # The server reads the guests under another name: two were asked for, it says "on your own", for good.
    Labelled(
        name="guests that the server drops",
        verdict="fail-app-bug",
        path="/meetups",
        goal="RSVP to the Winter Meetup: pick Going, set Guests to 2 and click Send RSVP. "
        "The event should then say You're going with 2 guests.",
    ),
    # The page's own hint proposes 7,5, and the server answers it with a 500.
    Labelled(
        name="half an hour is a 500, in Spanish",
        verdict="fail-app-bug",
        path="/parte-horas",
        goal="Añade una línea al parte: elige Martes como día y Atlas como proyecto, escribe 7,5 en Horas y "
        '"Revisión de planos" en Comentario, y pulsa Añadir línea. El total de la semana debe ser "15,5 h".',
    ),
    # "Grade saved" is said and the row shows B+; after the reload that the goal asks for it is a C again.
    Labelled(
        name="a grade that is forgotten",
        verdict="fail-app-bug",
        path="/gradebook",
        goal="Click Edit in the row of Noah Becker, select B+ as the grade and click Save. "
        "Reload the page. The row of Noah Becker should still show B+.",
    ),
    # There is no daily edition, and the page says that it was given up: what is asked cannot be chosen.
    Labelled(
        name="an edition that was given up, in Spanish",
        verdict="fail-test-broken",
        path="/boletines",
        goal="Suscríbete al boletín de Tecnología con el correo pablo@ejemplo.es y la frecuencia Diaria. "
        'Acepta la política de privacidad, pulsa "Suscribirme" y comprueba que aparece "Ya estás en la lista".',
    ),
    # On the save the server hangs up, and answers nothing any more, a reload neither: it went down.
    Labelled(
        name="the server is gone when the recipe is saved",
        verdict="inconclusive-environment",
        path="/kitchen",
        goal="Edit the recipe Lentil soup: change Servings to 6, add the ingredient Red lentils with the amount "
        '300 g and save the recipe. You should see "Recipe saved".',
    ),
)
