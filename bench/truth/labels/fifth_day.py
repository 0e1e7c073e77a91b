"""Goals of the fifth day, by somebody who had read what a user reads first, and had the pages before them."""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # Villette is on the second page; renewing it says so and moves its date, and the server keeps it.
    Labelled(
        name="fifth day: renew Villette",
        verdict="success",
        path="/loans",
        goal='Click "Next" and renew the book Villette. I expect to see "Villette was renewed", and its row '
        'should say "28 December 2026".',
    ),
    # The switch, the plan's button and the dialog's second button lead to exactly this plan.
    Labelled(
        name="fifth day: Plus paid yearly",
        verdict="success",
        path="/gym",
        goal='I want to pay yearly: switch on "Yearly billing", choose the Plus plan and confirm the change. '
        'The current plan should be "Plus, billed yearly".',
    ),
    # The server refuses a return before the pick-up in these words, and no car is listed.
    Labelled(
        name="fifth day: car back too early",
        verdict="success",
        path="/cars",
        goal="Select Porto Airport as the pick-up location, enter 2026-12-10 as the pick-up date and 2026-12-08 "
        'as the return date, then click "Search cars". The page should say "Return date must be after the pick-up '
        'date" and "Fiat Panda" should not be visible.',
    ),
    # Both choices are offered, and saving draws the list anew with them.
    Labelled(
        name="fifth day: hand the printer to Dana",
        verdict="success",
        path="/helpdesk",
        goal='Open the ticket "Printer on floor 3 is offline". Set the priority to High and the assignee to Dana '
        'Whitfield, then save the changes. Check that "Ticket 4811 updated" appears and that the row of 4811 '
        "shows High.",
    ),
    # Three times 45.50 is 136.50, the next number is INV-0043, and a draft is listed as one.
    Labelled(
        name="fifth day: draft for the hotel",
        verdict="success",
        path="/invoicing",
        goal='Click "New invoice". Select Orchid Hotel as the customer, fill in Description "Room signs", '
        'Quantity 3 and Unit price 45.50, and click "Save as draft". "Draft saved" appears and the list contains '
        "INV-0043 with a total of €136.50.",
    ),
    # One of three is deactivated: the message and the counts follow from the server's answer.
    Labelled(
        name="fifth day: deactivate Tomoko",
        verdict="success",
        path="/members",
        goal='Open the actions for Tomoko Arai, click Deactivate and then "Yes, deactivate". Expect "Tomoko Arai '
        'was deactivated". The page should show "2 active, 1 inactive".',
    ),
    # There are two cards in the first column; the new one is the third.
    Labelled(
        name="fifth day: a third task to do",
        verdict="success",
        path="/sprint",
        goal='Add a new task "Write release notes". Verify that it shows up and that the first column now says '
        '"To do (3)".',
    ),
    # The travel mug costs 22.00 € and shipping 5.00 €.
    Labelled(
        name="fifth day: travel mug with shipping",
        verdict="success",
        path="/pottery",
        goal='Reject all cookies, search for "travel" and add the Travel mug to the cart. Open the cart: the '
        "subtotal is 22.00 € and the total is 27.00 €.",
    ),
    # The row goes, the server's line comes, and the other invoices stay.
    Labelled(
        name="fifth day: reject Harbour Foods",
        verdict="success",
        path="/payables",
        goal='Reject invoice INV-1042 from Harbour Foods. "INV-1042 rejected" should be listed below, and '
        "INV-1041 should still be there.",
    ),
    # The name is saved when the field is left, and the greeting comes from the server after a reload.
    Labelled(
        name="fifth day: another display name",
        verdict="success",
        path="/profile",
        goal='Change the display name to "Nadia Roth" and press Tab. Wait until "All changes saved" is shown. '
        'Then reload the page and expect "Hello, Nadia Roth".',
    ),
    # The three steps end with this sentence, made of what was typed and chosen.
    Labelled(
        name="fifth day: workspace for a few",
        verdict="success",
        path="/onboarding",
        goal='Enter "Blue Kite" as the workspace name and continue. Select "A few of us" and continue. Create the '
        'workspace. I should see "Blue Kite (A few of us) is ready".',
    ),
    # The product is found, both choices exist, and the cart lists it in these words.
    Labelled(
        name="fifth day: large blue lantern",
        verdict="success",
        path="/shop",
        goal='Search for lantern, open "Tall lantern", choose the size Large and the colour Blue, and add it to '
        'the cart. The cart should list "Tall lantern, Large, Blue".',
    ),
    # The refusal is what is asked for, and it stands in the frame.
    Labelled(
        name="fifth day: payroll is closed",
        verdict="success",
        path="/vault",
        goal='Open payroll.xlsx. An error "You have no access to payroll.xlsx. Ask its owner." should appear.',
    ),
    # The server answers that it saved the grade and forgets it: after the reload it is C again.
    Labelled(
        name="fifth day: Becker gets a B plus",
        verdict="fail-app-bug",
        path="/gradebook",
        goal='Edit the grade of Noah Becker: select B+ and save. See "Grade saved". Reload the page and check '
        "that the row of Noah Becker still shows B+.",
    ),
    # Accepting the terms throws in the page's script, and the button stays disabled.
    Labelled(
        name="fifth day: sign up for the weekly",
        verdict="fail-app-bug",
        path="/join",
        goal='Sign up with full name "Priya Shah", work e-mail priya@shah.example and password "correct-horse-9". '
        'Choose Spain as the country, accept the terms of service and click "Create account". It should say '
        '"Check your inbox".',
    ),
    # Shipping is standard or express; nothing is called overnight.
    Labelled(
        name="fifth day: parcel overnight",
        verdict="fail-test-broken",
        path="/parcel",
        goal='Choose "Overnight" as Shipping and click "Submit order". See "Parcel on its way, Overnight".',
    ),
    # Nine digits with spaces are allowed; the list and the message come after saving.
    Labelled(
        name="fifth day: Nuria en la agenda",
        verdict="success",
        path="/agenda",
        goal='Pulsa "Nuevo contacto" y rellena el formulario: nombre Nuria, apellidos Sanz, teléfono 611 222 333, '
        'grupo Familia. Guarda. Debe aparecer "Contacto guardado" y "Nuria Sanz" tiene que salir en la lista.',
    ),
    # All that the form wants is given, and it tells the topics and the frequency.
    Labelled(
        name="fifth day: dos boletines al mes",
        verdict="success",
        path="/boletines",
        goal='Marca Cultura y Viajes, escribe nuria@ejemplo.es en "Correo electrónico" y elige la frecuencia '
        'Mensual. Acepta la política de privacidad y pulsa Suscribirme. Debe verse "Ya estás en la lista" y '
        '"Cultura, Viajes · Mensual".',
    ),
    # The 24th is a Tuesday and can be chosen, 10:30 is free, and the booking is listed.
    Labelled(
        name="fifth day: cita con el pediatra",
        verdict="success",
        path="/clinica",
        goal='Elige Pediatría en Especialidad. Pulsa "Elegir fecha" y elige el día "24 de noviembre de 2026". '
        'Elige la hora 10:30 y confirma la cita. Comprueba que aparece "Cita confirmada. Te esperamos." y también '
        '"Pediatría · 24 de noviembre · 10:30".',
    ),
    # Four digits are refused in these words, five lead on.
    Labelled(
        name="fifth day: código postal corto",
        verdict="success",
        path="/envio",
        goal="Rellena Nombre con Pablo Rey y Código postal con 2800 y pulsa Continuar. Debe salir el error "
        '"El código postal debe tener 5 cifras.". Después pon 28004 en Código postal, pulsa Continuar otra vez y '
        'comprueba que aparece "Elige franja horaria".',
    ),
    # Three homes there have a lift, two on a page; the third is the attic.
    Labelled(
        name="fifth day: piso con ascensor",
        verdict="success",
        path="/viviendas",
        goal='Elige Chamberí en Zona, marca "Con ascensor" y aplica los filtros. Debe decir "3 viviendas · página '
        '1 de 2". Ve a la página siguiente y comprueba que se ve "Ático en Ponzano".',
    ),
    # The promotion can be closed, the total stands there, and paying says so.
    Labelled(
        name="fifth day: pagar sin cupón",
        verdict="success",
        path="/pago",
        goal='Cierra la promoción y pulsa "Pagar ahora". Tiene que aparecer "Pago recibido" y el total debe ser '
        "38,40 €.",
    ),
    # The field itself proposes 7,5, and the server answers it with a 500.
    Labelled(
        name="fifth day: siete horas y media",
        verdict="fail-app-bug",
        path="/parte-horas",
        goal='Rellena el formulario: día Martes, proyecto Boreal, horas 7,5 y comentario "Planos". Pulsa "Añadir '
        'línea". Debe aparecer "Línea añadida" y el total de la semana debe ser "15,5 h".',
    ),
    # Tables are for two, three, four, six or eight; five cannot be chosen.
    Labelled(
        name="fifth day: mesa para cinco",
        verdict="fail-test-broken",
        path="/mesa",
        goal='Pulsa "Elegir fecha" y elige el "12 de diciembre". Selecciona 5 personas en Comensales, elige las '
        '21:30 y pulsa "Reservar mesa". Debe verse "Mesa para 5 el 12 de diciembre a las 21:30".',
    ),
)
