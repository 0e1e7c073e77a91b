"""Which language a client wants to be answered in."""

from __future__ import annotations


def language(accepted: str) -> str | None:
    """``en`` or ``es``, whichever ``Accept-Language`` weighs more; None where it has no wish (absent, ``*``)."""
    weights: dict[str, float] = {}
    for part in accepted.split(","):
        tag, _, quality = part.partition(";")
        name = tag.strip().lower().partition("-")[0]
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            continue
        weights[name] = max(weight, weights.get(name, 0.0))
    spoken = {tag: weight for tag, weight in weights.items() if tag in {"en", "es"} and weight > 0}
    if spoken:
        return max(spoken, key=lambda tag: spoken[tag])
    return "en" if any(tag not in {"", "*"} for tag in weights) else None
