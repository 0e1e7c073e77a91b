"""Thinks without a model: understands goals written as instructions, and rules by what a dossier proves."""

from ghostly.assist.offline.brain import OfflineBrain
from ghostly.assist.offline.language import understand
from ghostly.assist.offline.saving import implies_deleting, implies_saving

__all__ = ["OfflineBrain", "implies_deleting", "implies_saving", "understand"]
