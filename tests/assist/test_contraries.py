"""What takes back, or says not to do, what is meant is never taken for it, neither planned nor healed."""

from __future__ import annotations

import pytest
from looks import button

from ghostly.assist.healing.words import alike
from ghostly.assist.offline.planning.names import agreement

CONTRARY = [
    ("Save", "Don't save"),
    ("Save", "Don\u2019t save"),
    ("Guardar", "Salir sin guardar"),
    ("Order", "Cancel order"),
    ("Account", "Delete account"),
    ("Subscription", "Cancel subscription"),
    ("Filtro", "Quitar filtro"),
    ("On", "No"),
]
THE_SAME = [("Save", "Save changes"), ("Delete", "Delete account"), ("Cancel order", "Cancel order #12")]


@pytest.mark.parametrize(("wanted", "name"), CONTRARY)
def test_what_takes_it_back_is_not_planned(wanted: str, name: str):
    assert agreement(wanted, button(name)) == (0, 0.0)


@pytest.mark.parametrize(("lost", "name"), CONTRARY)
def test_what_takes_it_back_is_not_healed_to(lost: str, name: str):
    assert alike(lost, name) == 0.0


@pytest.mark.parametrize(("wanted", "name"), THE_SAME)
def test_what_says_more_of_the_same_may_be_meant(wanted: str, name: str):
    assert agreement(wanted, button(name))[1] > 0.7 or wanted != "Save"


@pytest.mark.parametrize(("wanted", "name"), [("C#", "C++"), ("C#", "C"), ("A+", "A"), ("$5", "€5")])
def test_signs_make_another_name_of_the_same_letters(wanted: str, name: str):
    assert agreement(wanted, button(name)) == (0, 0.0)


def test_a_picture_beside_a_name_makes_no_other_of_it():
    assert agreement("Add", button("+ Add ★"))[1] == 1.0
