"""Flows such as a developer or tester writes on the first day; whoever wrote them had read nothing of the rules.

Each label is argued above its flow. What the pages do was tried by hand before the first run.
"""

from __future__ import annotations

from bench.truth.flows import Labelled

FLOWS = (
    # The mug is in the cart on the server; 18.50 and 5.00 for shipping are 23.50, which the drawer shows as total.
    Labelled(
        name="a shop drawn late, with cookies, search and a total",
        verdict="success",
        path="/pottery",
        goal='Accept all cookies. Search for "mug" and add "Ceramic mug, blue" to the cart. '
        "Then open the cart: the total is 23.50 €.",
    ),
    # The appointment is on the server, and among the coming ones after a reload.
    Labelled(
        name="an appointment from a combobox and a calendar, in Spanish",
        verdict="success",
        path="/clinica",
        goal='Quiero pedir cita: elige "Dermatología" en "Especialidad", pulsa "Elegir fecha", selecciona el día '
        '18 y la hora "10:30", y pulsa "Confirmar cita". Debe aparecer "Cita confirmada".',
    ),
    # The server has her as inactive; the message is there for four seconds.
    Labelled(
        name="one of two Petrovas, searched for and deactivated",
        verdict="success",
        path="/crew",
        goal='As an admin I want to deactivate a user: search for "Petrova", click "Deactivate" in the row of '
        '"Olga Petrova" and confirm. You should see "Olga Petrova was deactivated".',
    ),
    # There were two in progress; the new card is the third, on the server and after a reload.
    Labelled(
        name="a card of a board in shadow roots, added and moved",
        verdict="success",
        path="/sprint",
        goal='Add a new task called "Write release notes", then press "Move right" on its card. '
        'The column should now say "In progress (3)".',
    ),
    # The switch is on, on the server and after a reload.
    Labelled(
        name="a log-in, a protected page and a switch, in Spanish",
        verdict="success",
        path="/portal/notificaciones",
        goal='Inicia sesión con el correo "marta@ejemplo.es" y la contraseña "Girasol-77". Ve a "Notificaciones" '
        'y activa "Avisos por SMS". Debería verse el mensaje "Avisos por SMS activados".',
    ),
    # The receipt says that 41 pounds came, and still does after a reload.
    Labelled(
        name="a guest's checkout in three steps, the card in a frame",
        verdict="success",
        path="/guest",
        goal='Check out as a guest. Enter "Ada Byron" as the full name, "12 Station Road" as the address and '
        '"Leeds" as the town, and continue to delivery. Choose "Express delivery" and continue to payment. Type '
        '4242 4242 4242 4242 into "Card number", 12/30 into "Expiry date" and 123 into "Security code". '
        'Click "Pay £41.00". Expect "Payment received: £41.00".',
    ),
    # It says saved, and the server drops this one field: after a reload there is a dash again.
    Labelled(
        name="a VAT number edited in place, said to be saved and dropped",
        verdict="fail-app-bug",
        path="/firm",
        goal='Open the "Billing" tab, click "Edit VAT number", change the VAT number to "ESB12345678" and save. '
        'You should see "Changes saved".',
    ),
    # The page says so itself: three of 7.90 € are a subtotal of 23.70 €, delivery is free, the total says 15.80 €.
    Labelled(
        name="a total that is not the sum of what is above it",
        verdict="fail-app-bug",
        path="/filters",
        goal='Put 3 packs in the basket: set "Quantity" to 3, click "Add to basket" and then "View basket". '
        "The total must be 23.70 €.",
    ),
    # Two new ones are listed and the counter says one: each that is read is taken away twice.
    Labelled(
        name="a counter that counts twice what was read, in Spanish",
        verdict="fail-app-bug",
        path="/campana",
        goal='Marca como leída la notificación "Tu pedido ha salido del almacén". '
        'El contador debe mostrar "2 sin leer".',
    ),
    # The server answers 500 to each save, and the page apologises for four seconds.
    Labelled(
        name="a picture that the server has no room for",
        verdict="fail-app-bug",
        path="/me",
        goal='Upload "photo.txt" as my profile picture and click "Save profile". It should say "Profile updated".',
    ),
    # The page's own script breaks when the terms are accepted, so that the button stays disabled for ever.
    Labelled(
        name="a button that nothing enables, because the page's script breaks",
        verdict="fail-app-bug",
        path="/join",
        goal='Sign up: full name "Grace Hopper", work e-mail "grace@navy.example", password "COBOL-1959!". '
        'Tick "I accept the terms of service" and click "Create account". I should land on "Check your inbox".',
    ),
    # There are three, the page says so before and after, and is right to refuse five.
    Labelled(
        name="more lamps than there are",
        verdict="fail-test-broken",
        path="/nordlys",
        goal='Set the quantity of "Desk lamp Nordlys" to 5 and click its "Add to cart" button. '
        'The cart should show "Cart: 5 items".',
    ),
    # There are eight languages, and this is none of them; that the old one is said to be saved proves nothing.
    Labelled(
        name="a language that is not offered, in Spanish",
        verdict="fail-test-broken",
        path="/preferencias",
        goal='Cambia el idioma a "Portugués" y haz clic en "Guardar ajustes". '
        'Comprueba que aparece "Ajustes guardados".',
    ),
    # The third of three buttons without a name archives it: anybody sees a box on it, and there is no other way.
    Labelled(
        name="a button that is only a picture",
        verdict="fail-agent-lost",
        path="/receivables",
        goal='Archive the invoice INV-2041. The message "INV-2041 archived" appears.',
    ),
    # The list comes; the search is never answered, nor is anything after it.
    Labelled(
        name="the directory goes away at the first search",
        verdict="inconclusive-environment",
        path="/staff",
        goal='Type "Kovács" into "Find a colleague" and press Enter. The list should show only 2 people.',
    ),
    # The figures are drawn as a picture, and whether they look right is a question for a person.
    Labelled(
        name="a chart that shall look right",
        verdict="inconclusive",
        path="/insights",
        goal='Switch the revenue chart to "This year" and make sure that it looks right.',
    ),
)
