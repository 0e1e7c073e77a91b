"""What pages and people say, in English and Spanish: each list of words stands here, once, with what it means.

How instructions are worded is grammar, and stands in ``goals``. ``lasting`` and ``controls`` are asked about a
folded text, the others about one as it is shown.

- ``folding``, ``accents``: which texts are the same. ``thesaurus``: which words are, and which are contrary.
- ``answers``: an application refuses, regrets, or confirms. ``crashes``: it says that it broke.
- ``waiting``: it is at work. ``denials``: what is named is not so.
- ``lasting``: what an act leaves behind. ``controls``: what a control is for, by its name.
- ``orders``: a page speaks to a model.
"""
