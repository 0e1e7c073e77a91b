"""What the documentation promises to understand is understood."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ghostly.assist.goals import understand

PAGE = (Path(__file__).parents[2] / "docs" / "assist.md").read_text("utf-8")
ROWS = PAGE.partition("| to | English | Spanish |")[2].partition("\n\n")[0].splitlines()[2:]
CELLS = [cell.strip() for row in ROWS for cell in row.strip("|").split("|")[1:]]
PHRASES = [re.sub(r" \(.*\)", "", phrase) for cell in CELLS for phrase in cell.split(" · ") if "…" not in phrase]
SHOWN = PAGE.split("```")[1].strip().splitlines()


@pytest.mark.parametrize("phrase", [*PHRASES, *SHOWN])
def test_the_example_is_understood(phrase: str):
    assert understand(phrase).unclear is None
