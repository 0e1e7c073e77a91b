"""The check-out form: what it asks, and what it says when the answers will not do."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ghostly.demo.visit import Line, Order, subtotal


@dataclass(frozen=True)
class Shipping:
    """One way to send an order."""

    label: str
    cents: int


SHIPPING: Mapping[str, Shipping] = {
    "standard": Shipping("Standard, 3 to 5 days", 490),
    "express": Shipping("Express, tomorrow", 990),
    "pickup": Shipping("I will fetch it from the shop", 0),
}

LONGEST = 200

RULES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "name": (lambda name: 0 < len(name) <= LONGEST, "Enter your name."),
    "email": (
        lambda email: bool(re.fullmatch(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+", email[:LONGEST])),
        "Enter an e-mail address, like ana@example.com.",
    ),
    "address": (
        lambda address: 0 < len(address) <= LONGEST,
        "Enter the address that we should send it to.",
    ),
    "shipping": (lambda shipping: shipping in SHIPPING, "Choose how we should send it."),
    "terms": (lambda terms: terms == "yes", "Accept the terms and conditions."),
}


def complaints(answers: Mapping[str, str]) -> dict[str, str]:
    """One sentence for each answer that will not do, in the form's order; none if all are good."""
    return {name: sentence for name, (is_good, sentence) in RULES.items() if not is_good(answers.get(name, ""))}


def place(number: str, lines: tuple[Line, ...], answers: Mapping[str, str]) -> Order:
    """The order that answers without complaints ask for, shipping included in its price."""
    shipping = SHIPPING[answers["shipping"]]
    return Order(
        number=number,
        lines=lines,
        name=answers["name"],
        email=answers["email"],
        address=answers["address"],
        shipping=shipping.label,
        cents=subtotal(lines) + shipping.cents,
    )
