"""Goals of the fourth day, in the own words of somebody who had seen the pages and nothing of the pipeline."""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # Twelve at 18.75 make 225.00; the server keeps it as INV-0043, open.
    Labelled(
        name="fourth day: invoicing, breakfast for the hotel",
        verdict="success",
        path="/invoicing",
        goal="""1. start a new invoice
2. customer is the Orchid Hotel (it comes up as a suggestion when you start typing)
3. Breakfast baskets, 12 pieces, 18.75 each, payable in 30 days
4. create it

Expected: in the list there's a new line INV-0043 for Orchid Hotel, €225.00, Open""",
    ),
    # It is on page two, can be renewed, and is then due on that day.
    Labelled(
        name="fourth day: loans, the long novel",
        verdict="success",
        path="/loans",
        goal="I'm a library member and won't finish Middlemarch in time. I look it up among my loans (not on the "
        "first page, I have to leaf on) and renew it. Its due date should now be 28 December 2026 and it should "
        "be marked as renewed.",
    ),
    # The menu, the question, and then the server keeps her inactive.
    Labelled(
        name="fourth day: members, off she goes",
        verdict="success",
        path="/members",
        goal="deactivate Marisol Vega via the three dots, say yes when asked. header should read "
        "2 active, 1 inactive, and she's Inactive",
    ),
    # An answer without guests is kept as it was given.
    Labelled(
        name="fourth day: meetups, perhaps",
        verdict="success",
        path="/meetups",
        goal="""Given the list of upcoming events
When I RSVP to the Winter Meetup with Maybe, no guests, and leave the host a note: My train might be late
Then the card of the Winter Meetup says Maybe
And its button is called Change RSVP from now on""",
    ),
    # The page sends "guests", the server reads "guest": it says that one comes alone.
    Labelled(
        name="fourth day: meetups, a party of three",
        verdict="fail-app-bug",
        path="/meetups",
        goal="Please check the RSVP with company: say you are going to the Autumn Hackday and bring 2 guests. "
        'After sending, the event has to show "You\'re going with 2 guests".',
    ),
    # All three stages work, and the last one says so.
    Labelled(
        name="fourth day: onboarding, a heron",
        verdict="success",
        path="/onboarding",
        goal="As the owner of a small studio I want to get my workspace going. I call it Blue Heron, I say that a "
        "few of us will use it, I look over the summary and create it. Done when it tells me that "
        "Blue Heron (A few of us) is ready.",
    ),
    # The order is kept and listed below the form.
    Labelled(
        name="fourth day: parcel, in a hurry",
        verdict="success",
        path="/parcel",
        goal="order a parcel with express shipping -> shows up underneath as on its way, Express (24 h)",
    ),
    # 39.00 and 9.00 and 5.00 for shipping are 53.00.
    Labelled(
        name="fourth day: pottery, tea and coffee",
        verdict="success",
        path="/pottery",
        goal="""- reject the cookies
- put one teapot and one espresso cup into the cart
- open the cart

should be: subtotal 48.00 €, shipping 5.00 €, total 53.00 €""",
    ),
    # Saved on leaving the field, greeted at once and after a reload.
    Labelled(
        name="fourth day: profile, a real name",
        verdict="success",
        path="/profile",
        goal="Change the display name from nadia82 to Nadia Rahimi. There is no save button, leaving the field is "
        "enough. The greeting at the top then says Hello, Nadia Rahimi, and still does when I reload the page.",
    ),
    # The third button of the row archives it; of twenty nineteen are left.
    Labelled(
        name="fourth day: receivables, into the box",
        verdict="success",
        path="/receivables",
        goal="Accounting wants INV-2043 archived (little box icon, last one in its row). When that's done it is "
        "no longer in the list and the counter under the list says 19 invoices.",
    ),
    # Three stages, each kept, and the last page repeats both.
    Labelled(
        name="fourth day: review, a night outdoors",
        verdict="success",
        path="/review",
        goal="Write a review for a tent: 4 stars, go on to the end and publish. "
        'The last page says "Published: Tent, 4 of 5 stars".',
    ),
    # Both are kept, and the page says so below the form.
    Labelled(
        name="fourth day: settings, dark and informed",
        verdict="success",
        path="/settings",
        goal="I would like to be sure that a user can subscribe to the newsletter and pick the dark theme in one "
        "go. After saving we see a note that the settings were saved, and below it Newsletter: on, Theme: Dark.",
    ),
    # The search finds it, both choices exist, and the cart lists it.
    Labelled(
        name="fourth day: shop, smallest of the lanterns",
        verdict="success",
        path="/shop",
        goal="""Test case: buying a lantern

Steps
- search for lantern
- open Tiny lantern
- size Large, colour Black
- add it to the cart

Result: 1 in your cart, and it is the Tiny lantern, Large, Black""",
    ),
    # Green, blue and black are all there is.
    Labelled(
        name="fourth day: shop, a yellow candle",
        verdict="fail-test-broken",
        path="/shop",
        goal="A customer wrote that she couldn't order the Red candle. Please search for it, take the small one "
        "in yellow and put it into the cart. The cart should contain Red candle, Small, Yellow.",
    ),
    # The right address and password; the account greets her.
    Labelled(
        name="fourth day: signin, hello to Ada",
        verdict="success",
        path="/signin",
        goal="sign in as ada@example.org with password open sesame, expect to be greeted: Hello, Ada",
    ),
    # Three in progress, with the new one among them, and two to do as before.
    Labelled(
        name="fourth day: sprint, one more thing",
        verdict="success",
        path="/sprint",
        goal="As a team lead I add a task Update privacy page to the sprint and start it straight away, i.e. I "
        "move it one column to the right. Then there are 3 cards in progress, one of them mine, and 2 left in To "
        "do.",
    ),
    # One is added, one deleted after a question: two are left.
    Labelled(
        name="fourth day: todos, stamps but no call",
        verdict="success",
        path="/todos",
        goal="""* add "Buy stamps"
* get rid of "Call Ana" (there is a confirmation)
* what remains: Water the plants, Buy stamps - 2 entries""",
    ),
    # It opens within the frame, below the list.
    Labelled(
        name="fourth day: vault, the contract",
        verdict="success",
        path="/vault",
        goal="Open the contract that was shared in the data room. The preview reads "
        "'Contract of 3 May, two pages'.",
    ),
    # The page repeats whom it has invited.
    Labelled(
        name="fourth day: invite, Kim",
        verdict="success",
        path="/invite",
        goal="Our admin wants to bring a new colleague into the team. She enters kim.berg@example.com and sends "
        "the invitation; the page confirms that the invitation was sent to kim.berg@example.com.",
    ),
    # 15, 35, 40 and 90 minutes; what a reviewer wrote about one of them is no matter.
    Labelled(
        name="fourth day: recipes, when hungry",
        verdict="success",
        path="/recipes",
        goal="sort soups by quickest. miso (15 min) has to be first, borscht (90 min) last",
    ),
    # Ticking the terms throws, and the button stays disabled whatever is entered.
    Labelled(
        name="fourth day: join, Ruth from Leeds",
        verdict="fail-app-bug",
        path="/join",
        goal="""Sign-up, happy path:
Full name: Ruth Calder
Work e-mail: ruth@calder.example
Password: Lighthouse-88
Country: United Kingdom
Terms accepted, no digest
Create the account. We should land on "Check your inbox".""",
    ),
    # The server answers ok and keeps nothing: after a reload it costs 189.00 again.
    Labelled(
        name="fourth day: inventory, a cheaper bench",
        verdict="fail-app-bug",
        path="/inventory",
        goal="I reduce the price of the Oak bench to 175.50 with the pencil and save it. When I load the page "
        "again the bench must still be €175.50.",
    ),
    # She has no team, and the page crashes on reading it.
    Labelled(
        name="fourth day: ticket, over to Priya",
        verdict="fail-app-bug",
        path="/ticket",
        goal="Support: printer ticket 4127 has nobody yet. Make Priya Nair the assignee, then the ticket says it "
        "is assigned to Priya Nair.",
    ),
    # Three are in stock, and the shop refuses more.
    Labelled(
        name="fourth day: nordlys, five for the office",
        verdict="fail-test-broken",
        path="/nordlys",
        goal="We need five Nordlys desk lamps for the office: set the quantity to 5, add to cart, and the cart "
        "at the top shows 5 items.",
    ),
    # The day, the table for six and the hour are there, and the page repeats them.
    Labelled(
        name="fourth day: mesa, cena de seis",
        verdict="success",
        path="/mesa",
        goal="Somos seis y queremos cenar el 19 de diciembre a las 21:30: reservar mesa. Arriba tiene que poner "
        "«Mesa para 6 el 19 de diciembre a las 21:30».",
    ),
    # The old one is right, the new one long enough, and the page says that it changed today.
    Labelled(
        name="fourth day: mi perfil, clave de invierno",
        verdict="success",
        path="/mi-perfil",
        goal="Un usuario llama porque no sabe cambiar su contraseña. Se hace en la pestaña de seguridad: la de "
        "ahora es Otoño-2025 y la nueva va a ser Invierno-2026 (hay que ponerla dos veces). Al terminar sale un "
        "aviso de que la contraseña se ha cambiado y pone «Último cambio: hoy».",
    ),
    # The coupon lies over everything; without it the payment is taken.
    Labelled(
        name="fourth day: pago, sin cupón",
        verdict="success",
        path="/pago",
        goal="cerrar el anuncio del 10 % que tapa la página, pagar, y debe salir Pago recibido",
    ),
    # Eight and six are fourteen.
    Labelled(
        name="fourth day: parte de horas, martes de planos",
        verdict="success",
        path="/parte-horas",
        goal="""Apuntar en el parte:
- día: martes
- proyecto: Boreal
- horas: 6
- comentario: Planos de la cubierta

Resultado esperado: la línea sale en la tabla y el total de la semana pasa a 14 h""",
    ),
    # The page proposes 7,5 itself; the server falls over it.
    Labelled(
        name="fourth day: parte de horas, media hora suelta",
        verdict="fail-app-bug",
        path="/parte-horas",
        goal="Quiero comprobar que se admiten medias horas. Añado el miércoles 7,5 horas en Interno con el "
        "comentario Formación. La línea debe aparecer en la tabla y el total quedarse en 15,5 h.",
    ),
    # She gets in, the switch is kept and still on after a reload.
    Labelled(
        name="fourth day: portal, mensajes al móvil",
        verdict="success",
        path="/portal",
        goal="""1. Entrar con marta@ejemplo.es y la contraseña Girasol-77
2. Ir a Notificaciones
3. Activar los avisos por SMS
4. Recargar: los avisos por SMS tienen que seguir activados""",
    ),
    # It can be chosen, is kept, and stands there after a reload.
    Labelled(
        name="fourth day: preferencias, en gallego",
        verdict="success",
        path="/preferencias",
        goal="Como usuaria gallega quiero tener la aplicación en mi lengua. Elijo Galego como idioma, guardo los "
        "ajustes y, si vuelvo a cargar la página, el idioma sigue siendo Galego.",
    ),
    # There are eight languages, and Portuguese is none of them.
    Labelled(
        name="fourth day: preferencias, desde Lisboa",
        verdict="fail-test-broken",
        path="/preferencias",
        goal='poner idioma "Português" y zona horaria Lisboa, guardar. Esperado: "Ajustes guardados" y el idioma '
        "en Português",
    ),
    # The button is within what has to be opened first, and says what it did.
    Labelled(
        name="fourth day: supply, la factura de octubre",
        verdict="success",
        path="/supply",
        goal="El cliente quiere que le mandemos otra vez la factura de octubre (48,20 €). Está en el apartado de "
        "pagos. Después de enviarla debería leerse «Factura de octubre enviada».",
    ),
    # Only one of those in Chamberí has both.
    Labelled(
        name="fourth day: viviendas, con vistas",
        verdict="success",
        path="/viviendas",
        goal="Busco piso en Chamberí, que tenga ascensor y terraza. Al aplicar los filtros solo debe quedar el "
        "Ático en Ponzano, de 1800 € al mes.",
    ),
    # The other language is one link away, and the search leaves one of two.
    Labelled(
        name="fourth day: orders, dónde está el hervidor",
        verdict="success",
        path="/orders",
        goal="Cambia la página a español y busca hervidor en los pedidos. En la lista está Hervidor y ya no está "
        "Lámpara.",
    ),
    # Both are settled and listed below; one is left in the table.
    Labelled(
        name="fourth day: payables, una no y otra sí",
        verdict="success",
        path="/payables",
        goal="""- rechazar la factura INV-1042 (Harbour Foods)
- aprobar la INV-1043
- abajo sale: INV-1042 rejected, INV-1043 approved
- en la tabla solo queda la INV-1041""",
    ),
)
