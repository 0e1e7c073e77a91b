"""What points at something said before, or runs on into the next clause, is never taken for a name or a value."""

from __future__ import annotations

import pytest

from ghostly.assist.goals import understand

UNCLEAR = [
    "Approve the request of Samuel Ortiz and check he disappears from Pending and appears in Approved",
    "Aprueba la solicitud de Samuel Ortiz y verifica que desaparece de Pendientes",
    "Abre el diálogo Nuevo cliente, presiona Esc y ya no se debería ver",
    "make sure it looks right on the checkout",
    "Click 'Import', wait for it to finish (max 30 seconds) and it says 120 rows imported",
    "Create a course named 'Algebra' with a limit of 25 students and find it in My courses",
    "1) go to Shop 2) sort by price 3) click Buy",
    "Sort by price and check the first card is Pencil, the last one Standing Desk",
    "Look up the customer 'Nakamura' and open her record",
    "Send the contact form empty",
    "fill Description with 'Care', Quantity with 3 and Unit price with 120",
    "Sort by price and check the first card is Pencil",
    "find order 10045, open it",
    "Tick Compare on Nova 5 and on Pixel Mini",
    "Pay with card 4242 4242 4242 4242, expiry 12/29, CVC 123",
    "Delete 'Lamp', delete 'Mug' and verify that the product is not visible",
    "Delete 'Lamp', delete 'Mug' and verify that he is not visible",
    "Click 'Forgot password?', enter Sue and submit",
]
READ = [
    ("Click 'Forgot?' and enter sue@mail.test", [("click", "Forgot?", ""), ("fill", "user", "sue@mail.test")]),
    ("Verify that none of them says 'Out of stock'", [("unseen", "Out of stock", "")]),
    ("ninguno debe decir 'Agotado'", [("unseen", "Agotado", "")]),
    ("find order 10045", [("fill", "search", "10045"), ("press", "search", "Enter")]),
    ("choose size 42 and colour black", [("select", "size", "42"), ("select", "colour", "black")]),
    ("the menu shows Home, Shop and Help", [("see", "Home", ""), ("see", "Shop", ""), ("see", "Help", "")]),
    ("escribe ana en Usuario, deja vacía la contraseña", [("fill", "Usuario", "ana"), ("fill", "contraseña", "")]),
    ("leave the password empty", [("fill", "password", "")]),
    ("it should redirect to the url /login", [("address", "", "/login")]),
    ("a dialog asks 'Are you sure?'", [("see", "Are you sure?", "")]),
    ("deben aparecer dos errores: 'Falta' y 'Sobra'", [("see", "Falta", ""), ("see", "Sobra", "")]),
    ("el subtotal tiene que ser de $18.500", [("reads", "subtotal", "$18.500")]),
    ("the shipping cost must be 0.00", [("reads", "shipping cost", "0.00")]),
    ("Clear all filters", [("do", "Clear all filters", "")]),
    ("Open the search with Ctrl+K, type invoices", [("press", "", "Control+k"), ("fill", "search", "invoices")]),
    ("Abrí el carrito, poné el código «VENCIDO»", [("go", "carrito", ""), ("fill", "código", "VENCIDO")]),
    ("the button 'Sign in' must read 'Entrar'", [("see", "Entrar", "")]),
]  # fmt: skip


@pytest.mark.parametrize("goal", UNCLEAR)
def test_what_may_be_meant_otherwise_is_not_understood(goal: str) -> None:
    assert understand(goal).unclear is not None


@pytest.mark.parametrize(("goal", "meant"), READ)
def test_a_goal_is_read_one_thing_after_the_other(goal: str, meant: list[tuple[str, str, str]]) -> None:
    read = understand(goal).instructions

    named = [(one.target.name or one.target.kind if one.target else "") for one in read]
    assert [(one.verb, name, one.value) for one, name in zip(read, named, strict=True)] == meant
