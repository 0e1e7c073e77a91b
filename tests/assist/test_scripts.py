"""Names are told apart in every script: what is only an accent in one is another letter in the next."""

from __future__ import annotations

import pytest
from looks import button

from ghostly.assist.healing.words import alike
from ghostly.assist.offline.planning.names import agreement

OTHERS = [("저장", "지정"), ("パス", "バス"), ("दिन", "दान"), ("ข่าว", "ข้าว"), ("저장", "저정"), ("عمل", "علم")]
SAME = [("Anadir", "Añadir"), ("sesion", "Sesión"), ("Éxito", "E\u0301xito"), ("ёлка", "Елка"), ("저장", "저장 :")]


@pytest.mark.parametrize(("wanted", "other"), OTHERS)
def test_another_word_of_the_same_script_is_not_taken_for_the_one_that_is_meant(wanted: str, other: str):
    assert agreement(wanted, button(other)) == (0, 0.0)


@pytest.mark.parametrize(("lost", "other"), OTHERS)
def test_another_word_of_the_same_script_is_not_healed_to(lost: str, other: str):
    assert alike(lost, other) < 0.6


@pytest.mark.parametrize(("wanted", "name"), SAME)
def test_an_accent_that_people_leave_out_may_be_left_out(wanted: str, name: str):
    assert agreement(wanted, button(name))[1] == 1.0
