"""What one browser has done in the shop: its cart, its log-in, its orders."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ghostly.demo.goods import Product, find

MOST = 20


@dataclass(frozen=True)
class Line:
    """So many of one product."""

    product: Product
    quantity: int

    @property
    def cents(self) -> int:
        """What the line costs."""
        return self.product.cents * self.quantity


@dataclass(frozen=True)
class Order:
    """What was bought, and where it goes."""

    number: str
    lines: tuple[Line, ...]
    name: str
    email: str
    address: str
    shipping: str
    cents: int


@dataclass(frozen=True)
class Notice:
    """One sentence for the next page; its role is `status` for good news and `alert` for bad."""

    role: str
    text: str


@dataclass
class Visit:
    """One browser's memory, found again by its cookie and gone when the shop closes."""

    cart: dict[str, int] = field(default_factory=dict)
    customer: str = ""
    orders: list[Order] = field(default_factory=list)
    notice: Notice | None = None

    def lines(self) -> tuple[Line, ...]:
        """The cart, in the order of adding."""
        found = ((find(slug), quantity) for slug, quantity in self.cart.items())
        return tuple(Line(product, quantity) for product, quantity in found if product)

    def count(self) -> int:
        """How many things lie in the cart."""
        return sum(self.cart.values())

    def tell(self, text: str) -> None:
        """Show good news on the next page."""
        self.notice = Notice("status", text)

    def warn(self, text: str) -> None:
        """Show bad news on the next page."""
        self.notice = Notice("alert", text)

    def take_notice(self) -> Notice | None:
        """The waiting news; the second time there is none."""
        notice, self.notice = self.notice, None
        return notice


def quantity(text: str) -> int | None:
    """A number from 1 to MOST, or None if the text is anything else."""
    number = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else 0
    return number if 1 <= number <= MOST else None


def subtotal(lines: Sequence[Line]) -> int:
    """What the lines cost together, in cents."""
    return sum(line.cents for line in lines)
