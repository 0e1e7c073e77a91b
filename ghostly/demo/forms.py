"""The two forms that can come back with complaints: check-out and log-in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ghostly.demo.checkout import SHIPPING
from ghostly.demo.goods import money
from ghostly.demo.show import notice, rows
from ghostly.demo.templates import Html, fill, joined, options
from ghostly.demo.visit import Line, Notice, subtotal

LABELS = {  # what the label says, the input's type, what browsers may fill in
    "name": ("Full name", "text", "name"),
    "email": ("E-mail", "email", "email"),
    "address": ("Address", "text", "street-address"),
}


def checkout(lines: Sequence[Line], answers: Mapping[str, str], wrong: Mapping[str, str]) -> Html:
    """The form with the answers so far; each complaint stands beside its field and above them all."""
    ways = {key: f"{way.label} ({money(way.cents)})" for key, way in SHIPPING.items()}
    return fill(
        "checkout",
        fields=joined(field(name, answers.get(name, ""), wrong.get(name, "")) for name in LABELS),
        complaints=complaints(wrong),
        shipping=options(ways, answers.get("shipping", "")),
        terms=Html(" checked") if answers.get("terms") else Html(),
        terms_invalid=invalid("terms", wrong.get("terms", "")),
        terms_complaint=complaint("terms", wrong.get("terms", "")),
        rows=rows("order.row", lines),
        total=money(subtotal(lines)),
    )


def field(name: str, value: str, wrong: str) -> Html:
    """One labelled input and the complaint about it, if any."""
    label, kind, known_as = LABELS[name]
    return fill(
        "checkout.field",
        name=name,
        label=label,
        kind=kind,
        known_as=known_as,
        value=value,
        invalid=invalid(name, wrong),
        complaint=complaint(name, wrong),
    )


def invalid(name: str, wrong: str) -> Html:
    """The attributes that tie an input to the complaint about it, or nothing."""
    return fill("checkout.invalid", name=name) if wrong else Html()


def complaint(name: str, wrong: str) -> Html:
    """The complaint below its input, or nothing."""
    return fill("checkout.complaint", name=name, text=wrong) if wrong else Html()


def complaints(wrong: Mapping[str, str]) -> Html:
    """All complaints in one alert, each leading to its input, or nothing."""
    items = joined(fill("checkout.item", name=name, text=text) for name, text in wrong.items())
    return fill("checkout.complaints", items=items) if items else Html()


def login(email: str, after: str, wrong: str) -> Html:
    """The log-in form; `after` is where a good log-in leads."""
    alert = notice(Notice("alert", wrong)) if wrong else Html()
    return fill("login", email=email, after=after, alert=alert)
