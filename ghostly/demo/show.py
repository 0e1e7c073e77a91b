"""What the shop's pages show."""

from __future__ import annotations

from collections.abc import Sequence

from ghostly.demo.goods import CATEGORIES, Product, money
from ghostly.demo.templates import Html, fill, joined, options
from ghostly.demo.visit import MOST, Line, Notice, Order, Visit, subtotal


def whole(title: str, content: Html, visit: Visit) -> str:
    """A complete page: the shop's head, what the last page left to say, the content."""
    customer = visit.customer
    return fill(
        "layout",
        title=title,
        account=fill("layout.customer", customer=customer) if customer else fill("layout.guest"),
        count=visit.count(),
        notice=notice(visit.take_notice()),
        content=content,
    )


def notice(news: Notice | None) -> Html:
    """The news in its role, or nothing."""
    return fill("layout.notice", role=news.role, text=news.text) if news else Html()


def home(found: Sequence[Product], words: str, category: str) -> Html:
    """What was found on the shelf, below the question."""
    return fill(
        "home",
        words=words,
        categories=options({name: name for name in CATEGORIES}, category),
        result=f"{len(found)} product{'' if len(found) == 1 else 's'}",
        cards=joined(card(each) for each in found) or fill("home.nothing"),
    )


def card(it: Product) -> Html:
    """One product on the shelf."""
    price = money(it.cents) if it.in_stock else "Sold out"
    return fill("home.card", slug=it.slug, name=it.name, category=it.category, price=price)


def product(it: Product) -> Html:
    """One product's own page, with a way to buy it unless it is sold out."""
    buy = fill("product.buy", slug=it.slug, most=MOST) if it.in_stock else fill("product.sold-out")
    return fill(
        "product",
        slug=it.slug,
        name=it.name,
        category=it.category,
        price=money(it.cents),
        text=it.text,
        buy=buy,
    )


def cart(lines: Sequence[Line]) -> Html:
    """The cart as a table that can be changed, or the sentence that it is empty."""
    if not lines:
        return fill("cart.empty")
    return fill("cart", rows=rows("cart.row", lines), total=money(subtotal(lines)))


def rows(part: str, lines: Sequence[Line]) -> Html:
    """A table row for each line, made from this part."""
    return joined(
        fill(
            part,
            slug=line.product.slug,
            name=line.product.name,
            price=money(line.product.cents),
            quantity=line.quantity,
            total=money(line.cents),
            most=MOST,
        )
        for line in lines
    )


def order(it: Order) -> Html:
    """The confirmation of an order."""
    return fill(
        "order",
        number=it.number,
        name=it.name,
        email=it.email,
        address=it.address,
        shipping=it.shipping,
        shipping_price=money(it.cents - subtotal(it.lines)),
        rows=rows("order.row", it.lines),
        total=money(it.cents),
    )


def orders(placed: Sequence[Order]) -> Html:
    """The orders, newest first, or the sentence that there are none."""
    lines = joined(
        fill(
            "orders.row",
            number=it.number,
            things=sum(line.quantity for line in it.lines),
            total=money(it.cents),
        )
        for it in reversed(placed)
    )
    return fill("orders", rows=lines) if lines else fill("orders.none")
