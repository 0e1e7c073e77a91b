"""Which goals leave something behind that must be there after a reload, in English and Spanish."""

from __future__ import annotations

import pytest

from ghostly.assist.goals import implies_deleting, implies_saving

SAVES = [
    ("click 'Save'", True),
    ("Fill Name with x and press 'Create'", True),
    ("pulsa Guardar", True),
    ("elimina el registro", True),
    ("Add a product to the cart", True),
    ("open the address book page", False),
    ("search for 'shoes'", False),
    ("click Next and see 'Your order was saved'", False),
    ("see 'Saved'", False),
    ("An entry is added", True),
    ("send a complaint", False),
    ("pulsa Enviar", False),
]

VIEWS = [
    "Select 'Red' in Colour, check 'In stock' and click 'Apply filters'. Expect '3 results'",
    "Click 'Add filter'. Select 'Open' in Status. Expect '2 tickets'",
    "Click 'Remove filter'. Expect '12 tickets'",
    "Select 'Newest' in 'Sort by' and click Apply. Expect 'Newest first'",
    "Type 'lamp' into Search and click Submit. Expect '2 results'",
    "Fill 'Search saved items' with 'lamp'. Expect '1 item'",
    "Click 'Update results'. Expect '4 flights'",
    "Click 'Change view', then click 'List'. Expect 'List view'",
    "Click 'Deleted items'. Expect 'Lamp'",
    "Check 'Include deleted'. Expect '14 rows'",
    "Select 'Recently added' in Sort. Expect 'Newest first'",
    "Scroll to 'Create account'. Expect 'Create account'",
    "Hover over 'Delete'. Expect 'Deletes it for ever'",
    "Selecciona Chamberí en Zona y pulsa 'Aplicar filtros'. Comprueba que se ve 'página 1 de 2'",
    "Pulsa 'Quitar filtros'. Comprueba que se ve '40 viviendas'",
    "Elige 'Precio' en 'Ordenar por' y pulsa Aplicar. Verifica que aparece 'más baratos'",
    "Escribe 'casa' en Buscar y pulsa Actualizar. Verifica que aparece '3 resultados'",
    "Click Filters, fill 'Min price' with '10' and click Apply. Expect '3 results'",
    "Click Filters, click 'Red' and click Apply. Expect '3 results'",
    "Search for 'delete me'. Expect '1 result'",
    "Pulsa 'Borrar búsqueda'. Verifica que aparece 'Todos'",
    "Desplázate hasta 'Crear cuenta'. Verifica que aparece 'Crear cuenta'",
]

KEEPS = [
    "Click 'Save filter'. Expect 'My filter'",
    "Create a filter",
    "Select 'Dark' in Theme, click Apply. Expect 'Dark'",
    "Fill City with Rome and click Update. Expect 'Rome'",
    "Fill Title with 'Home' and click 'Update page'. Expect 'Home'",
    "Submit the results",
    "Open Search. Fill Name with Bo and click 'Update profile'. Expect 'Bo'",
    "Type 'milk' into Search, click 'Add milk'. Expect 'milk'",
    "Add milk and filter the list",
    "Change the name to 'Bo'. Sort the list",
    "Search for 'Ana', click 'Ana', fill Address with 'X' and click Update. Expect 'X'",
    "Sort by Name and click Apply. Click 'Ana', fill Phone with '5' and click Apply. Expect '5'",
    "Fill Address with 'X' and click Update. Search for 'Ana'. Expect 'X'",
    "Click 'View profile', fill Phone with '55' and click Update. Expect '55'",
    "Fill Company with 'Search Ltd' and click Update. Expect 'Search Ltd'",
    "Search for 'chair', click 'Chair', fill Coupon with 'X10' and click Apply. Expect '-10'",
    "Click 'Add Water filter to cart'. Expect '1 item'",
    "Click 'Delete saved search'. Expect 'Deleted'",
    "Pulsa 'Añadir filtro de agua al carrito'. Verifica que aparece '1 artículo'",
    "Pulsa 'Eliminar búsqueda guardada'. Verifica que aparece 'Eliminada'",
    "Pulsa 'Actualizar orden de trabajo'. Verifica que aparece 'Hecho'",
    "Elige 'Oscuro' en Tema y pulsa Aplicar. Verifica que aparece 'Oscuro'",
    "Escribe 'Ana' en Nombre y pulsa Actualizar. Verifica que aparece 'Ana'",
    "Pulsa 'Guardar búsqueda'. Verifica que aparece 'Mi búsqueda'",
]

DELETES = [
    ("Click 'Delete project'. 'apollo' is not shown", True),
    ("Click 'Delete filter'. 'Status: open' is not shown", False),
    ("Click 'Deleted'. 'apollo' is not shown", False),
    ("Pulsa 'Eliminar'. No aparece 'Ana'", True),
]


@pytest.mark.parametrize(("goal", "saves"), SAVES)
def test_only_what_is_done_can_save_something(goal: str, saves: bool):
    assert implies_saving(goal) is saves


@pytest.mark.parametrize("goal", VIEWS)
def test_how_a_page_shows_what_it_has_need_not_last(goal: str):
    assert not implies_saving(goal)


@pytest.mark.parametrize("goal", KEEPS)
def test_what_is_entered_lasts_also_beside_a_filter(goal: str):
    assert implies_saving(goal)


@pytest.mark.parametrize(("goal", "deletes"), DELETES)
def test_a_filter_that_is_deleted_may_come_back(goal: str, deletes: bool):
    assert implies_deleting(goal) is deletes
