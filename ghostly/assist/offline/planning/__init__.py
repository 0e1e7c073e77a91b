"""Plans the next steps: how far a goal is, which control is meant, what is to be done with it."""

from ghostly.assist.offline.planning.proposing import propose

__all__ = ["propose"]
