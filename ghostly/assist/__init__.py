"""Pursues a goal: the loop and its four roles. It drives no browser and writes no event itself."""
