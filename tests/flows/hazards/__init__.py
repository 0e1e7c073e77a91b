"""Pages that do what no page should, and what the run on each of them must come to."""

from __future__ import annotations

from tests.flows.hazards.frames import FRAMES
from tests.flows.hazards.hazard import Hazard, goto, see
from tests.flows.hazards.leaving import AWAY_FROM_HOME
from tests.flows.hazards.loading import BIG, LARGE, LOADS
from tests.flows.hazards.scripts import DIALOGS, LOOPS, TABS

__all__ = ["BIG", "HANGING", "HAZARDS", "Hazard", "goto", "see"]

_ALL = (*LOOPS, *DIALOGS, *TABS, *LOADS, *LARGE, *AWAY_FROM_HOME, *FRAMES)
HAZARDS = {hazard.name: hazard for hazard in _ALL}
HANGING = {name: hazard for name, hazard in HAZARDS.items() if hazard.hangs}
