"""Thinks without a model: plans what a goal says, and rules by what a dossier proves."""

from ghostly.assist.offline.brain import OfflineBrain

__all__ = ["OfflineBrain"]
