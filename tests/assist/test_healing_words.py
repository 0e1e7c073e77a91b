"""How alike two texts are."""

import pytest

from ghostly.assist.healing.words import alike, contrary, meaning, pictures_apart


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Save", "save"), ("Sesión", "SESION"), ("Sign-in", "Sign in"), ("saveAddress", "save_address")),
        ("closed for repairs", "closedf or repairs"),
    ],
)
def test_case_accents_signs_and_spaces_make_no_difference(one, other):
    assert alike(one, other) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Subscribe", "Susbcribe"),
        ("Save", "Svae"),
        ("Log in", "Sign in"),
        ("Save", "Save all"),
        ("Borrar", "Delete"),
        ("↩", "↩ now"),
        ("Work", "oWrk"),
        ("ad todo", "add todo"),
        ("Deployment", "Deployment →"),
    ],
)
def test_a_slip_a_synonym_and_a_word_more_are_alike_and_not_the_same(one, other):
    assert 0.6 <= alike(one, other) < 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Go", "No"),
        ("Line 1", "Line 2"),
        ("Save", "Print"),
        ("", ""),
        ("Save", ""),
        ("First name", "Last name"),
        ("Precio mínimo", "Precio máximo"),
        *(("Column A", "Column B"), ("Part I", "Part II"), ("Part VI", "Part VII")),
        ("♡", "☺"),
        ("Código postal", "Portal"),
    ],
)
def test_another_word_another_number_and_no_word_are_not_alike(one, other):
    assert alike(one, other) == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *(("Subscribe", "Unsubscribe"), ("Log in", "Log out"), ("Enable alerts", "Disable alerts")),
        *(("Activar", "Desactivar"), ("Abrir sesión", "Cerrar sesión"), ("Show", "Hide"), ("Save", "Do not save")),
    ],
)
def test_the_contrary_is_not_alike_however_few_letters_differ(one, other):
    assert contrary(one, other)
    assert alike(one, other) == 0


def test_of_an_identifier_counts_what_it_names_and_not_the_kind():
    assert meaning("btn-save-address") == "save address"
    assert meaning("submitButton") == "submit"
    assert meaning("btn") == "btn"


def test_a_picture_more_is_another_text_and_the_same_words():
    assert pictures_apart("Deployment", "← Deployment")
    assert not pictures_apart("Deployment", "DEPLOYMENT!")
    assert not pictures_apart("Deployment →", "Installation →")
