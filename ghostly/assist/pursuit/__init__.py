"""Pursues a goal: plans, acts, repairs, checks, asks a judge. It does not know which brain thinks for it."""
