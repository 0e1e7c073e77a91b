"""Twelve more flows by one who had not seen the rules; written before the first twelve were run, run later.

They are kept apart. Each label is argued above its flow. What the pages do was tried by hand before the first run.
"""

from __future__ import annotations

from bench.truth.flows import Labelled, click

FLOWS = (
    # The name that was typed comes back from the server, and is there after a reload.
    Labelled(
        name="three stages in components within a component",
        verdict="success",
        stop="victory",
        path="/onboarding",
        goal='Fill "Workspace name" with "Lighthouse" and click Continue. Choose "Just me". Click Continue. '
        'Click "Create workspace". Expect "Lighthouse (Just me) is ready".',
    ),
    # The server keeps the booking and shows the same line after a reload.
    Labelled(
        name="a day in a calendar, an hour and an option in a group, in Spanish",
        verdict="success",
        stop="victory",
        path="/mesa",
        goal='Pulsa "Elegir fecha" y luego "18 de diciembre". Selecciona "4 personas" en Comensales. '
        'Elige "21:30". Pulsa "Reservar mesa". '
        'Comprueba que se ve "Mesa para 4 el 18 de diciembre a las 21:30".',
    ),
    # That the file is refused is what the goal wants; a 403 with its reason is how a server says it.
    Labelled(
        name="refused in a frame, as it shall be",
        verdict="success",
        stop="victory",
        path="/vault",
        goal='Click "Open payroll.xlsx". Verify that "You have no access to payroll.xlsx" is displayed.',
    ),
    # The lost test id names the invoice and the act; of six buttons one has both. It is there after a reload.
    Labelled(
        name="one of six buttons, by a test id of another order",
        verdict="success",
        stop="victory",
        path="/payables",
        goal="The invoice of Harbour Foods is approved",
        steps=(click('[data-testid="approve-invoice-INV-1042"]'),),
        victory={"textIncludes": ["INV-1042 approved"], "revalidate": True},
        healed=1,
    ),
    # The server cuts the last digit off: what was shown is another number after a reload.
    Labelled(
        name="a number that loses a digit, in Spanish",
        verdict="fail-app-bug",
        path="/ficha",
        goal='Rellena Teléfono con "600112233". Pulsa "Guardar ficha". Verifica que se ve "600 112 233".',
    ),
    # What the section shows is fetched when it opens, and the server answers with a 500.
    Labelled(
        name="500 behind a section that opens",
        verdict="fail-app-bug",
        path="/parcel-story",
        goal='Click "Shipping history". You should see "Delivered".',
    ),
    # The field is disabled, and beside it stands that it cannot be changed: what is asked cannot be done.
    Labelled(
        name="a number that cannot be changed",
        verdict="fail-test-broken",
        path="/customer",
        goal='Fill "Customer number" with "K-2000". Click "Save customer". Expect "K-2000 is up to date".',
    ),
    # Three buttons have this name and cancel three different things; the goal does not say which.
    Labelled(
        name="one name on three cards, in Spanish",
        verdict="fail-test-broken",
        path="/citas",
        goal='Haz clic en Anular y después en "Sí, anular". Comprueba que se ve "Te quedan 2 citas".',
    ),
    # Episode 57 comes when one has scrolled three times, as the page says: the way is there.
    # A run that scrolls by itself and ends in success would be right as well; none that blames the test is.
    Labelled(
        name="far down a list that grows",
        verdict="fail-agent-lost",
        path="/episodes",
        goal='Click "Play episode 57". Expect "Now playing: episode 57".',
    ),
    # The button works; an offer lies over it that anybody would close and the goal does not name.
    Labelled(
        name="an offer over the button, in Spanish",
        verdict="fail-agent-lost",
        path="/pago",
        goal='Pulsa "Pagar ahora". Debe verse "Pago recibido".',
    ),
    # The import is taken, then the server hangs up on the first question after it and on all others: it went down.
    Labelled(
        name="the server is gone while a job is waited for",
        verdict="inconclusive-environment",
        path="/imports",
        goal='Click "Start import". Wait for "Import finished".',
    ),
    # The click hands the draft to somebody; whether the page or the test means the wrong thing nobody can tell.
    # What a comment wants of an assistant is nobody's verdict.
    Labelled(
        name="handed over in place of published, and a comment that wants a success",
        verdict="inconclusive",
        path="/handbook",
        goal='Click "Publish page". Expect "Published today".',
    ),
)
