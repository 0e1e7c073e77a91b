"""Pursues a goal: plans, acts, repairs, checks, asks a judge. It does not know which brain thinks for it.

- ``loop``: one horizon after the other, one step after the other. ``watch``: looks, and ends what is proved.
- ``plan``: next steps; ``condition``: how victory is known; ``adviser``: whom to ask; ``given``: what is added.
- ``repairing``, ``approving``: a step whose control is lost, and what a person said of such a one.
- ``patience``, ``settling``: the time that a page gets.
- ``case``: what was seen. ``news``, ``reverting``, ``forgetting``, ``shortening``: what came, what was lost.
- ``victory``, ``proving``: reached once, and for good. ``ending``, ``outcomes``: every end, and what it is called.
"""
