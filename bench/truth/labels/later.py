"""Flows that were written when the rules were there, by someone who had not seen the rules: all are kept apart.

Each label is argued above its flow. What the pages do was tried by hand before the first run.
"""

from __future__ import annotations

from bench.truth.flows import Labelled, click

FLOWS = (
    # The row comes from the server and is there after a reload: the appointment is made.
    Labelled(
        name="an appointment with a date and a radio group, in Spanish",
        verdict="success",
        stop="victory",
        path="/appointments",
        goal='Introduce "2027-03-15" en "Fecha". Elige "Tarde". Pulsa "Reservar cita". '
        'Debe aparecer "15/03/2027".',
    ),
    # The goal asks for the complaint and the complaint comes; a 422 is how the server says it, and no crash.
    Labelled(
        name="a refused account number in a component",
        verdict="success",
        stop="victory",
        path="/transfer",
        goal='Type "DE00 1234" into "IBAN" and press "Check account". '
        'Make sure that "wrong check digit" is displayed.',
    ),
    # The card is gone at once and after a reload: what the goal wants not to be seen is not to be seen.
    Labelled(
        name="gone for good is what shall be",
        verdict="success",
        stop="victory",
        path="/following",
        goal='Click "Unfollow Marta Ruiz". Verify that "Marta Ruiz" is no longer shown.',
    ),
    # The same button has another test id; only one is called like the lost one, and the order is kept.
    Labelled(
        name="a select by its text and a renamed test id",
        verdict="success",
        path="/parcel",
        goal="An express parcel is ordered",
        steps=(
            {"action": "selectOption", "selector": "#shipping", "value": "Express (24 h)"},
            click("data-testid=submit-order"),
        ),
        victory={"textIncludes": ["Parcel on its way, Express (24 h)"]},
        healed=1,
    ),
    # The server answers the save with a 500, late, and the page's message about it does not stay.
    Labelled(
        name="a slow save that ends in 500",
        verdict="fail-app-bug",
        path="/article",
        goal='Click "Publish article". Expect "Live since today".',
    ),
    # The server says that the entry is removed, and shows it again after a reload: the data did not survive.
    Labelled(
        name="removed, and back after a reload, in Spanish",
        verdict="fail-app-bug",
        path="/groceries",
        goal='Pulsa "Eliminar Pera". Comprueba que ya no aparece "Pera".',
    ),
    # The click empties the page and an exception is thrown that nobody catches: a crash.
    Labelled(
        name="the page turns white",
        verdict="fail-app-bug",
        path="/reports",
        goal='Open "Yearly report". You should see "Total revenue".',
    ),
    # The application rightly asks who is there, and the test never says so: its plan cannot be right.
    Labelled(
        name="a script sends to sign in, in Spanish",
        verdict="fail-test-broken",
        path="/payslips",
        goal='Haz clic en "Marzo". Verifica que aparece "Líquido a percibir".',
    ),
    # The field takes e-mail addresses only and what is filled in is none: with these data nothing can be sent.
    Labelled(
        name="data that the browser itself refuses",
        verdict="fail-test-broken",
        path="/invite",
        goal='Fill "Work e-mail" with "ada at example.org". Click "Send invitation". Expect "Invitation sent".',
    ),
    # Each click works and the week is eight clicks away; the time that might be spent ended before.
    Labelled(
        name="too slow for the time that may be spent, in Spanish",
        verdict="fail-agent-lost",
        stop="budget-exhausted",
        path="/archive",
        goal=8 * 'Pulsa "Semana anterior". ' + 'Espera a que se vea "Semana 22".',
        options={"maxLoopMs": 10_000},
    ),
    # The page asks back, and it was Ghostly who said no: with a yes the booking is cancelled.
    Labelled(
        name="a question by the browser answered with no",
        verdict="fail-agent-lost",
        path="/booking",
        goal='Click "Cancel booking 7". Expect "Booking 7: cancelled".',
    ),
    # The server hangs up on the message and on all that comes after it: the target went down.
    Labelled(
        name="the application goes down in the middle, in Spanish",
        verdict="inconclusive-environment",
        path="/chat",
        goal='Escribe "Hola" en "Mensaje". Pulsa "Enviar mensaje". Verifica que aparece "Entregado".',
    ),
    # The discount is another one than expected; nothing on the page says whether the shop or the test is wrong.
    Labelled(
        name="another figure than expected, in a frame",
        verdict="inconclusive",
        path="/checkout",
        goal='Enter "SPRING" in "Coupon". Select "Card" in "Pay with". Click "Apply". Expect "20% off".',
    ),
    # The button does nothing and says nothing; a text that stays proves neither a crash nor a wrong test.
    Labelled(
        name="what shall go stays, and nothing says why, in Spanish",
        verdict="inconclusive",
        path="/notice",
        goal='Pulsa "Ocultar aviso". El texto "Mantenimiento el domingo" no debe mostrarse.',
    ),
)
