"""What the shop sells. Prices are whole cents."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Product:
    """One thing on the shelf; its slug names its page and its drawing in goods.svg."""

    slug: str
    name: str
    category: str
    cents: int
    text: str
    in_stock: bool = True


GOODS = (
    Product("paper-lantern", "Paper lantern", "Lanterns", 1490, "Folds flat, glows warm, weighs nothing."),
    Product("brass-lantern", "Brass lantern", "Lanterns", 4800, "Heavy, bright and older than it looks."),
    Product("storm-lantern", "Storm lantern", "Lanterns", 3250, "Stays lit in wind, rain and long stories."),
    Product("beeswax-candle", "Beeswax candle", "Candles", 720, "Hand-rolled; smells of late summer."),
    Product("tea-lights", "Tea lights, box of 24", "Candles", 590, "Four hours each, ninety-six together."),
    Product("floating-candle", "Floating candle", "Candles", 450, "For bowls, ponds and quiet bathtubs."),
    Product("ghost-light", "Ghost night light", "Lamps", 1850, "Watches over the hallway. Says very little."),
    Product("reading-lamp", "Reading lamp", "Lamps", 3900, "One arm, one joint, one more chapter."),
    Product("mushroom-lamp", "Mushroom lamp", "Lamps", 2700, "Grows on you.", in_stock=False),
)

CATEGORIES = tuple(dict.fromkeys(product.category for product in GOODS))


def find(slug: str) -> Product | None:
    """The product with this slug, if the shop has it."""
    return next((product for product in GOODS if product.slug == slug), None)


def search(words: str, category: str) -> list[Product]:
    """Products whose name or text has all the words, in the category unless it is empty."""
    return [
        product
        for product in GOODS
        if category in {"", product.category}
        and all(word in f"{product.name} {product.text}".lower() for word in words.lower().split())
    ]


def money(cents: int) -> str:
    """The amount as a customer reads it: €14.90."""
    return f"€{cents // 100}.{cents % 100:02}"
