"""What a goal says is not to be seen is never read as what is to be seen."""

from __future__ import annotations

import pytest

from ghostly.assist.goals import understand

UNSEEN = [
    "verify that 'Error' is not shown",
    "verify that 'Error' isn\u2019t displayed",
    "verify that 'Error' never appears",
    "make sure no 'Error' appears",
    "verify that the page shows no 'Error'",
    "verify that the page no longer shows 'Error'",
    "I can no longer see 'Error'",
    "wait until 'Error' disappears",
    "verifica que no se muestra 'Error'",
    "verifica que 'Error' ya no aparece",
    "comprueba que la página no muestra 'Error'",
    "no debería verse 'Error'",
]
UNCLEAR = [
    "verify no error is displayed",
    "click Save and verify no error is displayed",
    "make sure that no error appears",
    "see no errors",
    "see nothing",
    "verify that the dialog does not appear",
    "verify that none of the items is shown",
    "verify I'm not redirected to /login",
    "the Name field is not 'Ana'",
    "el campo Correo electrónico no contiene 'Ana'",
    "el campo Correo electrónico nunca contiene 'Ana'",
    "the Save button should not be enabled",
    "el botón Guardar no está habilitado",
    "click 'Save' but not 'Error'",
    "see 'Saved' but not the error",
    "verifica que 'Error' ya no está",
]


@pytest.mark.parametrize("goal", UNSEEN)
def test_what_shall_not_be_seen_is_understood_as_such(goal: str):
    assert [(one.verb, one.target.name) for one in understand(goal).instructions] == [("unseen", "Error")]


@pytest.mark.parametrize("goal", UNCLEAR)
def test_a_denial_that_is_not_understood_is_unclear(goal: str):
    assert understand(goal).unclear


def test_the_part_that_denies_is_the_one_that_is_named():
    assert understand("click Save and verify no error is displayed").unclear == "no error is displayed"


@pytest.mark.parametrize("name", ["No results found", "Nothing here", "Sin resultados"])
def test_a_name_may_begin_with_a_denial_that_is_written_large(name: str):
    assert [one.target.name for one in understand(f"see {name}").instructions] == [name]
