"""Says what of a sentence is not understood, so that its author knows which word to change."""

from __future__ import annotations

import re

from ghostly.assist.goals.expecting import INTRO
from ghostly.assist.goals.language import understand
from ghostly.assist.goals.reading import Clause
from ghostly.assist.goals.targets import is_pronoun
from ghostly.assist.goals.wording import MARK, Wording
from ghostly.assist.vocabulary.folding import fold

_SAY = "No instruction that is known fits it; one would be: click 'Save'."
_LEAVES = "It leads to another site, and a run stays on its own."
_CONDITION = "Conditions, repetitions and choices are not understood: say each step that is to be done."
_EXPECTS = "Say which text is to be seen, such as: see 'Saved'."
_KIND = "What kind of thing '{}' is, is not known: leave it out, or say button, link, tab, field, column header …."
_PRONOUN = "What '{}' stands for is not known: say the name again."
_AIM = "What it is to be done to is not clear: put its name in quotation marks, as the page shows it."
_LOOKS = (
    "Whether that is so cannot be checked: name a text, number or state that the page shows, such as: see 'Saved'."
)
_STATES = (
    "Quote the text as the page shows it, as in: see '3 items'; or say a value with its label: the total is 5.00."
)
_MANY = 5
_SEVERAL = "Say it step by step, each field and button by its name: choose 'A' in 'From', click 'Send'."
_JUDGED = re.compile(
    r"\b(?:looks?|works?|good|right|fine|nice|ok|correct(?:ly)?|proper(?:ly)?|well|as expected|everything|bien"
    r"|correct\w*"
    r"|funciona\w*|usual|stuff|broken|siempre|todo)\b"
)
_ARTICLE = re.compile(r"\b(?:the|an?|el|la|los|las|un|una|on|to)\b")


def advice(sentence: str) -> str:
    """What its author can do about it; nobody is told to say as an instruction what is one."""
    if understand(sentence).unclear is None:
        return _LEAVES
    wording = Wording(sentence)
    clause = Clause(wording.text, wording)
    if clause.has_condition:
        return _CONDITION
    if _JUDGED.search(fold(clause.text)) and not re.search(MARK, clause.text):
        return _LOOKS
    about = clause.about
    if about is None:
        return _unknown(fold(clause.text))
    if is_pronoun(about):
        return _PRONOUN.format(wording.raw(about))
    beside = " ".join(_ARTICLE.sub(" ", re.sub(MARK, " ", fold(about))).split())
    return _KIND.format(beside[:80]) if beside and len(re.findall(MARK, about)) == 1 else _AIM


def _unknown(text: str) -> str:
    """What is known that is near to what was said."""
    if re.search(r"\b(?:should|must|debe\w*|is|are|es|esta|appears?|aparece)\b", text) and not INTRO.match(text):
        return _STATES
    if INTRO.match(text) or re.match(r"(?:see|ver)\b", text):
        return _EXPECTS
    return _SEVERAL if len(text.split()) >= _MANY else _SAY
