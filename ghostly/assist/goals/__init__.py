"""Understands goals in plain English and Spanish: what they ask for, expect, and leave behind. Sees no page."""

from ghostly.assist.goals.language import understand
from ghostly.assist.goals.saving import implies_deleting, implies_saving

__all__ = ["implies_deleting", "implies_saving", "understand"]
