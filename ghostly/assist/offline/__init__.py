"""Thinks without a model: understands goals written as instructions, and rules by what a dossier proves."""

from ghostly.assist.offline.brain import OfflineBrain
from ghostly.assist.offline.expected import implies_deleting, implies_saving
from ghostly.assist.offline.language import understand

__all__ = ["OfflineBrain", "implies_deleting", "implies_saving", "understand"]
