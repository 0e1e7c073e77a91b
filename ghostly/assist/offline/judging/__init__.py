"""Rules whose turn it is: rules over grounds, which are read from a dossier's facts."""

from ghostly.assist.offline.judging.rules import judge

__all__ = ["judge"]
