"""Pursues a goal: the loop and its four roles. It drives no browser and writes no event itself.

- ``brain``, ``means``, ``memory``: the seams. Whoever thinks; the page and the log; earlier runs.
- ``pursuit``: the loop, what it has seen, and where it ends. It knows only the seams.
- ``offline`` and ``openai``: two who think. ``offline`` plans and judges by rules, ``openai`` asks a model.
- ``healing``: finds a control that a step has lost.
- ``goals``: what a goal says, without a page.
- ``vocabulary``: what pages and people say, in English and Spanish; each list of words stands there, once.
- ``step_errors``, ``declining``: what our own errors and notes of a step tell.
"""
