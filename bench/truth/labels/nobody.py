"""The goal is reached, and the page proves it."""

from __future__ import annotations

from functools import partial

from bench.truth.flows import Labelled, click, fill

_flow = partial(Labelled, verdict="success", stop="victory")
_MILK = 'Type "Buy milk" into "New to-do". Click "Add". Expect "Buy milk".'
_IN_CONTACT = 'Fill "Name" with "Ada". Select "Support" in "Topic". Check "I accept the terms". Click "Send".'
_MILK_THERE = {"textIncludes": ["Buy milk"]}

FLOWS = (
    _flow(name="an entry is added", path="/todos", goal=_MILK),
    _flow(
        name="an entry is added, from the home page on",
        goal='Open "To-dos". Fill "New to-do" with "Buy bread" and click "Add". Verify that "3 entries" is shown.',
    ),
    _flow(
        name="an entry is added, in Spanish",
        path="/todos",
        faults="es",
        goal='Escribe "Comprar pan" en "Nueva tarea". Pulsa "Añadir". Verifica que se ve "Comprar pan".',
    ),
    _flow(
        name="a form is sent, in Spanish",
        faults="es",
        goal='Ve a "Contacto". Rellena "Nombre" con "Ana". Selecciona "Soporte" en "Tema". Marca "Acepto las '
        'condiciones". Haz clic en "Enviar". Comprueba que aparece "Gracias, Ana".',
    ),
    _flow(
        name="a form with a native select is sent", path="/contact", goal=f'{_IN_CONTACT} Expect "Thank you, Ada".'
    ),
    _flow(
        name="a radio button and a select made by the page",
        path="/shop/1",
        goal='Check "Large". Click "Colour". Click "Blue". Click "Add to cart". Expect "Large, Blue".',
    ),
    _flow(
        name="a complaint is what shall come",
        path="/contact",
        goal='Fill "E-mail" with "ada@example.org". Click "Send". Expect "Please enter your name".',
    ),
    _flow(
        name="a complaint is what shall come, in Spanish",
        path="/contact",
        faults="es",
        goal='Escribe "Ana" en "Nombre" y haz clic en "Enviar". Verifica que se muestra "Acepta las condiciones".',
    ),
    _flow(
        name="signed in with a secret",
        path="/signin",
        goal='Fill "E-mail" with "ada@example.org". Fill "Password" with "$secret:SHOP". Click "Sign in". '
        'Expect "Hello, Ada".',
    ),
    _flow(
        name="sent to sign in, and signed in",
        goal='Click "Account". Type "ada@example.org" into "E-mail". Type "$secret:SHOP" into "Password". '
        'Click the "Sign in" button. Expect to see "You have no orders yet".',
    ),
    _flow(
        name="the goal closes the cookie banner",
        path="/todos",
        faults="cookies",
        goal=f'Click "Accept all". {_MILK}',
    ),
    _flow(
        name="the goal closes the modal",
        path="/todos",
        faults="modal",
        goal='Click "No, thanks". Type "Buy tea" into "New to-do", then click "Add". You should see "Buy tea".',
    ),
    _flow(name="a dialog says that it loads", path="/todos", faults="loader", goal=_MILK),
    _flow(name="a page that comes late", faults="slow", goal='Open "To-dos". Expect "Water the plants".'),
    _flow(name="the form is in a frame", path="/todos", faults="iframe", goal=_MILK),
    _flow(
        name="the form is in a shadow root",
        path="/todos",
        faults="shadow",
        goal='Enter "Buy salt" in "New to-do". Press "Add". Check that "Buy salt" is visible.',
    ),
    _flow(
        name="test ids were renamed",
        path="/todos",
        faults="renamed",
        goal="A new entry is added",
        steps=(fill("data-testid=new-todo", "Buy milk"), click("data-testid=add-todo")),
        victory=_MILK_THERE,
        healed=2,
    ),
    _flow(
        name="a button has another text",
        path="/todos",
        faults="reworded",
        goal="A new entry is added",
        steps=(fill("data-testid=new-todo", "Buy milk"), click('role=button[name="Add new entry"]')),
        victory=_MILK_THERE,
        healed=1,
    ),
    _flow(
        name="a typo in an id",
        path="/todos",
        goal="A new entry is added",
        steps=(fill("#new-todo", "Buy milk"), click("#ad-todo")),
        victory=_MILK_THERE,
        healed=1,
    ),
    _flow(
        name="a typo in a name",
        path="/todos",
        goal="A new entry is added",
        steps=(fill('role=textbox[name="New todo"]', "Buy milk"), click("#add-todo")),
        victory=_MILK_THERE,
        healed=1,
    ),
    _flow(
        name="a search that finds nothing",
        path="/shop",
        goal='Type "unicorn" into "Search". Click "Search". Expect "Nothing found".',
    ),
    _flow(name="page by page", path="/shop", goal='Click "Next". Click "Next". Expect "Page 3 of 3".'),
    _flow(
        name="an entry is deleted after a question",
        path="/todos",
        goal='Click "Delete Call Ana". Click "Yes, delete". Expect "1 entries".',
    ),
    _flow(
        name="an entry is deleted after a question, in Spanish",
        path="/todos",
        faults="es",
        goal='Pulsa "Borrar Call Ana". Pulsa "Sí, borrar". Verifica que aparece "1 entries".',
    ),
    _flow(
        name="a file is uploaded",
        path="/upload",
        goal='Upload "photo.txt" to "Photo". Click "Upload". Expect "photo.txt received".',
    ),
    _flow(name="a tab opens, and the first goes on", goal='Click "Help". Click "Shop". Expect "Page 1 of 3".'),
    _flow(name="a missing page is what shall come", goal='Go to "AT/nowhere". Expect "Page not found".'),
    _flow(name="the address proves it", goal='Open "Settings".', victory={"urlIncludes": ["/settings"]}),
    _flow(
        name="a checkbox and a radio button are saved",
        path="/settings",
        goal='Check "Newsletter". Choose "Dark". Click "Save settings". Expect "Newsletter: on".',
    ),
    _flow(
        name="a selector and a text prove it together",
        path="/settings",
        goal='Check "Newsletter". Click "Save settings".',
        victory={"selectorVisible": ["#state"], "textIncludes": ["Newsletter: on"], "mustAll": True},
    ),
    _flow(
        name="a message goes by, and what was typed stays",
        path="/todos",
        faults="toast",
        goal='Type "Buy milk" into "New to-do". Click "Add". Expect "Saved".',
    ),
    _flow(name="a message goes by", path="/toys", goal='Click "Copy". Expect "Copied".'),
    _flow(name="a double click", path="/toys", goal='Double-click "Box". Expect "Opened twice as fast".'),
    _flow(
        name="a hint that shows on hover", path="/toys", goal='Hover over "Size guide". Expect "It is 12 cm tall".'
    ),
    _flow(name="a key", path="/toys", goal='Type "A1" into "Code". Press Enter. Expect "Code taken".'),
    _flow(
        name="a whole plan",
        goal="A new entry is added",
        steps=(click("text=To-dos"), fill("#new-todo", "Buy milk"), click("#add-todo"), click("text=Settings")),
        victory={"textIncludes": ["Newsletter: off"]},
        options={"isFullPlan": True},
    ),
    _flow(
        name="a plan opens a dialog twice",
        path="/board",
        goal="A card is on the board",
        steps=(
            *(2 * (click('role=button[name="New card"]'),)),
            fill('role=textbox[name="Title"]', "Launch"),
            click('role=button[name="Create"]'),
        ),
        victory={"textIncludes": ["Card: Launch"], "revalidate": False},
    ),
    _flow(name="a hostile page on which all goes well", path="/todos", faults="hostile", goal=_MILK),
    _flow(
        name="an answer that no reload brings again",
        path="/contact",
        faults="in-place",
        goal=_IN_CONTACT,
        victory={"textIncludes": ["Thank you, Ada"], "revalidate": False},
    ),
    _flow(
        name="two equal buttons that do the same",
        path="/todos",
        faults="twice",
        goal="A new entry is added",
        steps=(fill("#new-todo", "Buy milk"), click('role=button[name="Add"]')),
        victory=_MILK_THERE,
    ),
)
