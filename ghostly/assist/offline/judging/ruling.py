"""Makes a ruling of what a rule found, with the evidence that it rests on."""

from __future__ import annotations

from ghostly.assist.brain import Confidence, Ruling
from ghostly.assist.offline.judging.grounds import Grounds
from ghostly.domain.verdict import Verdict


def ruling(
    grounds: Grounds,
    verdict: Verdict | None,
    confidence: Confidence,
    said: str,
    *seqs: int,
    hint: str | None = None,
) -> Ruling:
    """The ruling, with the evidence that it rests on: the given events, or else the last one."""
    evidence = grounds.dossier.evidence
    known = {one.seq for one in evidence} | {one.seq for one in grounds.dossier.done}
    cited = [seq for seq in dict.fromkeys(seqs) if seq in known]
    if not cited and grounds.failure is not None:
        cited = [grounds.failure.seq]
    if not cited and evidence:
        cited = [evidence[-1].seq]
    lines = tuple(one.text for one in evidence if one.seq in cited)
    return Ruling(
        verdict=verdict,
        confidence=confidence,
        reasoning=said,
        evidence=lines,
        evidence_seqs=tuple(cited),
        hint=hint,
    )


def short(text: str) -> str:
    """The text on one line, cut."""
    told = " ".join(text.split())
    return told if len(told) <= 200 else f"{told[:199]}…"
