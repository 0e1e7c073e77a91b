"""Goals of the third day, in the own words of somebody who had seen the pages and nothing of the pipeline."""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # The contact is kept and listed with what was typed.
    Labelled(
        name="agenda: a colleague with her phone",
        verdict="success",
        path="/agenda",
        goal="Añadir a la agenda a mi compañera Nuria Salas, teléfono 655 120 340, grupo Trabajo. Después "
        "tiene que salir en la lista de contactos con su teléfono y su grupo.",
    ),
    # The dialog refuses the number, in these words, and nothing is added.
    Labelled(
        name="agenda: half a phone number",
        verdict="success",
        path="/agenda",
        goal="Probar que no deja guardar un contacto con el teléfono a medias: nuevo contacto, nombre Pablo, "
        "teléfono 12345, grupo Familia, guardar. Debe avisar de que el teléfono tiene que tener 9 cifras y "
        "Pablo no aparece en la lista.",
    ),
    # It is booked and stands in the table.
    Labelled(
        name="appointments: an afternoon in January",
        verdict="success",
        path="/appointments",
        goal="Quiero reservar una cita para el 15 de enero de 2027, por la tarde. Comprobar que sale en la "
        "tabla de próximas citas (15/01/2027, Tarde).",
    ),
    # Each week back takes two seconds, and comes.
    Labelled(
        name="archive: two weeks back",
        verdict="success",
        path="/archive",
        goal="Estoy viendo las actas de la semana 30. Ir dos semanas hacia atrás y mirar que ponga Semana 28 "
        "(ojo, tarda un poco en cargar)",
    ),
    # The confirmation names the topics and the frequency.
    Labelled(
        name="boletines: culture and travel by the month",
        verdict="success",
        path="/boletines",
        goal="Alta en los boletines:\n"
        "- marcar Cultura y Viajes\n"
        "- correo lucia.prueba@ejemplo.es\n"
        "- frecuencia mensual\n"
        "- aceptar la política de privacidad\n"
        "- darle a suscribirme\n"
        "Resultado esperado: dice que ya estoy en la lista, con Cultura, Viajes y Mensual.",
    ),
    # Wednesday the 25th can be had, so can 10:30; the visit is confirmed and listed.
    Labelled(
        name="clinica: the skin on a Wednesday",
        verdict="success",
        path="/clinica",
        goal="Soy una paciente y pido cita en dermatología para el 25 de noviembre de 2026 a las 10:30. "
        "Quiero que me recuerden la cita por SMS. Al confirmar, me pone que la cita está confirmada y la veo "
        "en Próximas citas.",
    ),
    # The form stays, with the error beneath the field.
    Labelled(
        name="envio: four digits of a post code",
        verdict="success",
        path="/envio",
        goal="Rellena el envío con el nombre Teresa Gil y el código postal 3700 (le falta una cifra), la "
        "calle déjala como está, y continúa. Tiene que salir el error de que el código postal debe tener 5 "
        "cifras.",
    ),
    # The server keeps eight digits of nine: after loading again the last one is missing.
    Labelled(
        name="ficha: the new mobile of Begoña",
        verdict="fail-app-bug",
        path="/ficha",
        goal="Cambia el teléfono de Begoña por el 644512378, guarda la ficha y vuelve a cargar la página. El "
        "móvil tiene que ser 644 512 378.",
    ),
    # A day that is over is refused, in these words.
    Labelled(
        name="collection: last year in March",
        verdict="success",
        path="/collection",
        goal="Solicitar una recogida con una fecha que ya pasó, por ejemplo el 3 de marzo de 2025. No "
        'debería dejarme: espero leer "La fecha no puede ser anterior a hoy."',
    ),
    # The row goes from the page only; the server deletes nothing.
    Labelled(
        name="groceries: no pears",
        verdict="fail-app-bug",
        path="/groceries",
        goal="quitar la pera de la lista de la compra, recargar, y que solo queden manzana y uva",
    ),
    # The counter goes from 3 to 1.
    Labelled(
        name="campana: one read leaves two",
        verdict="fail-app-bug",
        path="/campana",
        goal="Hay tres notificaciones nuevas. Marco como leída la de «Nueva oferta de Ana»: pasa a las "
        "anteriores y el contador de arriba baja a 2 sin leer.",
    ),
    # There are eight specialities, and neurology is none of them.
    Labelled(
        name="clinica: a nerve doctor",
        verdict="fail-test-broken",
        path="/clinica",
        goal="Pedir cita en Neurología el 26 de noviembre de 2026 a las 12:15 y confirmarla. La cita de "
        "neurología debe aparecer en las próximas citas.",
    ),
    # It leads to the sign-in, and from there back to the greeting.
    Labelled(
        name="account: in with the right word",
        verdict="success",
        path="/account",
        goal='login with ada@example.org and password "open sesame", should land on the account page and '
        "say Hello, Ada",
    ),
    # The server refuses with exactly this sentence, in the dialog.
    Labelled(
        name="apollo: a viewer is told off",
        verdict="success",
        path="/apollo",
        goal="I only have viewer rights on this project. When I try to delete it anyway (Delete project, "
        "type apollo to confirm, Delete forever) I should get the message that only an owner of apollo may "
        "delete it.",
    ),
    # A viewer may not delete it: the dialog says so and the project stays.
    Labelled(
        name="apollo: away with the project",
        verdict="fail-test-broken",
        path="/apollo",
        goal="Delete the project apollo. You have to confirm by typing its name. Afterwards the page says "
        "that the project was deleted.",
    ),
    # After two steps of logging in, the menu switches it, and the server keeps it.
    Labelled(
        name="billing: twelve months together",
        verdict="success",
        path="/billing",
        goal="1. Log in as ada@example.org, password: open sesame\n"
        '2. Open the "Your plan" menu and switch to yearly\n'
        '3. The interval on the billing page should now read "Billed yearly"',
    ),
    # The browser's own question is accepted, the page loads again with the new state.
    Labelled(
        name="booking: never mind number seven",
        verdict="success",
        path="/booking",
        goal="cancel booking 7, say yes when it asks whether I'm sure -> booking 7 should be shown as cancelled",
    ),
    # The search lists three cars, this one among them at this price.
    Labelled(
        name="cars: four days in Porto",
        verdict="success",
        path="/cars",
        goal="As a traveller I want to rent a car in Porto. I pick it up at Porto Airport on 10 May 2027 and "
        "bring it back on 14 May 2027. When I search, the results should include a Seat Ibiza for €38 a day.",
    ),
    # The search refuses in these words.
    Labelled(
        name="cars: back before out",
        verdict="success",
        path="/cars",
        goal="Negative test of the search form. Pick-up location Lisbon City Centre, pick-up date "
        '20/06/2027, return date 18/06/2027. We expect the error "Return date must be after the pick-up '
        'date" and no cars listed.',
    ),
    # The server keeps the number and the tab shows it again.
    Labelled(
        name="company: a tax number that stays",
        verdict="success",
        path="/company",
        goal="Go to the Tax tab, put in PT509442013 as the tax number and save. It should say the tax "
        "details were saved, with the number, and still say so when I refresh and open Tax again.",
    ),
    # The form leads to a page that thanks by name.
    Labelled(
        name="contact: a lamp in pieces",
        verdict="success",
        path="/contact",
        goal="Please test our contact form. Name is Priya Nair, e-mail priya@example.com, topic Support, and "
        'as message "My lamp arrived broken". Accept the terms and send it. The next page thanks Priya '
        "Nair and promises an answer within a day.",
    ),
    # The form comes back with this alert.
    Labelled(
        name="contact: nobody ticks the terms",
        verdict="success",
        path="/contact",
        goal="What happens if somebody forgets to tick the terms? Fill in the name Joe Bell, e-mail "
        "joe@example.com, message hello, and send without accepting them. Expected: Please accept the terms",
    ),
    # The frame answers with this line.
    Labelled(
        name="checkout: ten per cent in winter",
        verdict="success",
        path="/checkout",
        goal='apply coupon WINTER10 with card as payment, should see "Coupon WINTER10: 10% off"',
    ),
    # She is on the last page; deactivated, she is so after loading as well.
    Labelled(
        name="crew: Olga leaves",
        verdict="success",
        path="/crew",
        goal="Olga Petrova has left the company. Find her in the users list, deactivate her and confirm. Her "
        "status must be Inactive afterwards, and it must still be Inactive if I reload and look her up "
        "again.",
    ),
    # Two users have this family name.
    Labelled(
        name="crew: two of one family",
        verdict="success",
        path="/crew",
        goal="type petrova in the search box -> exactly two users are left in the table, Irina Petrova and "
        "Olga Petrova",
    ),
    # It is on the second page of the shop; the cart lists it with size and colour.
    Labelled(
        name="cart: something tall and blue",
        verdict="success",
        path="/cart",
        goal="My cart is empty. From here go to the shop, choose the Tall lantern, size Large, colour Blue "
        "and add it to the cart.\n\n"
        "Then the cart should have 1 item in it: Tall lantern, Large, Blue",
    ),
    # Two more loads of twenty bring it; the bar at the bottom names it.
    Labelled(
        name="episodes: number forty-seven",
        verdict="success",
        path="/episodes",
        goal='Scroll down until episode 47 shows up and press play on it. At the bottom I want to read "Now '
        'playing: episode 47".',
    ),
    # The total leaves one pack out: 23.70.
    Labelled(
        name="filters: four packs add up",
        verdict="fail-app-bug",
        path="/filters",
        goal="Put 4 packs of filter papers in the basket and open the basket. 4 x 7.90 € makes 31.60 €, "
        "delivery is free, so the total has to be 31.60 €.",
    ),
    # Of what is edited here the server forgets the VAT number alone.
    Labelled(
        name="firm: another phone",
        verdict="success",
        path="/firm",
        goal="Change the phone number of Talleres Ruiz to 923 555 010 and save it, then reload the page and "
        "make sure that the new number is still there",
    ),
    # The server takes him off the list.
    Labelled(
        name="following: no more of Tom",
        verdict="success",
        path="/following",
        goal="I don't want to follow Tom Okafor any longer. Unfollow him and check that he's gone from the "
        "people I follow, while Marta Ruiz and Li Wei are still there.",
    ),
    # 35 and 6 for the express; the frame takes the card and the receipt tells the sum.
    Labelled(
        name="guest: a hardback by express",
        verdict="success",
        path="/guest",
        goal="Happy path of the guest checkout:\n"
        "- ship to Maeve Byrne, 12 Quay Street, Galway\n"
        "- express delivery\n"
        "- card 4242 4242 4242 4242, expires 11/29, CVC 123\n"
        "- pay\n"
        'Expect: "Thank you for your order" and payment received £41.00',
    ),
    # The frame sends this complaint to the page.
    Labelled(
        name="guest: eight digits of a card",
        verdict="success",
        path="/guest",
        goal="Go through the checkout as Tom Reed, 4 Mill Lane, Leeds, collecting in store, and try to pay "
        "with the card number 4242 4242, expiry 01/28, security code 999. Since the number is too short, the "
        "shop must complain that the card number is incomplete.",
    ),
    # The dialog is confirmed, the server keeps plan and billing.
    Labelled(
        name="gym: Plus for the year",
        verdict="success",
        path="/gym",
        goal="Robin is on Basic and wants Plus, paid yearly. Turn on yearly billing, choose Plus and confirm "
        'the change. Then the current plan says "Plus, billed yearly".',
    ),
    # Both are kept and stand in the row.
    Labelled(
        name="helpdesk: the printer gets Dana",
        verdict="success",
        path="/helpdesk",
        goal="Open the ticket about the printer on floor 3, set its priority to Urgent and assign it to Dana "
        "Whitfield, then save. In the table of open tickets that row should show Urgent and Dana Whitfield.",
    ),
    # The grade is shown as saved and is C again after loading.
    Labelled(
        name="gradebook: better than a C",
        verdict="fail-app-bug",
        path="/gradebook",
        goal="Ms Hale raises the grade of Noah Becker from C to B- and saves. When she comes back later "
        "(reload the page) Noah Becker still has B-.",
    ),
    # The field is disabled, and the page says that numbers cannot be changed.
    Labelled(
        name="customer: another number",
        verdict="fail-test-broken",
        path="/customer",
        goal="Change the customer number from K-1177 to K-2050 and save the customer, it should then say "
        "that K-2050 is up to date",
    ),
)
